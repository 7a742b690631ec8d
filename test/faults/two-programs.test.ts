import { createServer } from 'node:net'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { deliver } from '../../src/sandbox/slack/delivery.ts'
import { choice } from '../setup/desk.ts'
import { dana, openScene, type Scene } from './scene.ts'

let scene: Scene
let otherPort: string
/** The first words of every message that was posted, by place. */
const posted: string[] = []

beforeAll(async () => {
  scene = await openScene()
  scene.slack.onCall(({ method, args }) => {
    if (method === 'chat.postMessage') posted.push(JSON.stringify(args))
  })
  otherPort = String(await freePort())
  await Promise.all([scene.serve(), scene.serve({ PORT: otherPort })])
})
afterAll(() => scene.close())

it('two programs at once: one exception, one card for each, one mint', async () => {
  const { desk, entra } = scene
  await Promise.all([desk.ask(), askTheOther('U0HARI')])
  await scene.reaches(dana, 'waiting')
  await desk.sees('U0MARCO', 'Let Dana Cruz sign in')
  expect(await scene.facts('requested')).toHaveLength(1)
  // Two approvers in the same moment, whose words two processes may take.
  await desk.press('U0MARCO', 'Approve')
  await desk.press('U0AVA', 'Approve')
  await desk.window('U0MARCO', 'How did you make sure')
  await desk.window('U0AVA', 'How did you make sure')
  const checked = choice('checked', 'checked-choice', 'called-back', 'I called back')
  await Promise.all([desk.submit('U0MARCO', checked), desk.submit('U0AVA', checked)])
  await scene.reaches(dana, 'approved')
  expect(await scene.facts('approved')).toHaveLength(1)
  expect(await desk.openCode()).not.toBe('')
  await scene.reaches(dana, 'active')
  expect(entra.mints()).toBe(1)
  expect(await scene.facts('shown')).toHaveLength(1)

  const [row] = await scene.rows(`select display_id from exception_view`)
  await desk.type('U0SAM', `/tap revoke ${String(row?.['display_id'])} the wrong person called`)
  await scene.reaches(dana, 'revoked')
  await desk.sees(dana.slack, 'Your temporary pass was revoked')
  expect(posted.filter((one, index) => posted.indexOf(one) !== index)).toEqual([])
  const chains = await scene.rows(
    'select chain, count(*)::int as facts, max(seq) as last from fact group by chain',
  )
  for (const { facts, last } of chains) expect(facts).toBe(last)
})

function askTheOther(user: string) {
  const { SLACK_SIGNING_SECRET: signingSecret = '' } = scene.environment
  const address = {
    url: () => `http://127.0.0.1:${otherPort}/slack/events`,
    signingSecret,
    now: Date.now,
    stopping: new AbortController().signal,
  }
  return deliver(address, {
    command: '/tap',
    text: '<@U0DANA|dana> 1h INC124 lost her phone on the train',
    team_id: 'T0HALLPASS',
    user_id: user,
    channel_id: 'D0',
    trigger_id: `${Date.now()}.other`,
    response_url: 'http://127.0.0.1:9/nobody',
  })
}

async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  await new Promise((resolve) => server.close(resolve))
  return typeof address === 'object' && address !== null ? address.port : 0
}
