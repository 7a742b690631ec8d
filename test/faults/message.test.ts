import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { policyOfMessages } from '../setup/policy.ts'
import { openMoodySlack, type MoodySlack, type Whim } from './proxy.ts'
import { dana, olga, openScene, pause, until, type Scene, type Subject } from './scene.ts'

let scene: Scene
let slack: MoodySlack
let program: Awaited<ReturnType<Scene['serve']>>

beforeAll(async () => {
  scene = await openScene({ policyFile: policyOfMessages('3m') })
  slack = await openMoodySlack(scene.slack.apiUrl)
  program = await scene.serve({ SLACK_API_URL: slack.apiUrl })
})
afterAll(async () => {
  await scene.close()
  await slack.close()
})

/** Whether a call puts the code into the message. */
const sends = (method: string, body: string): boolean =>
  method === 'chat.update' && decodeURIComponent(body.replaceAll('+', ' ')).includes('rich_text_preformatted')

const noneSent = (user: string): Promise<void> =>
  until('no message holds a code', () => scene.desk.codesSent(user).length === 0, 60_000)

/** Hanna revokes it, and nothing of it is left. */
async function revoked(subject: Subject, id: string): Promise<void> {
  await scene.desk.type('U0HANNA', `/tap revoke ${id} the wrong person called`)
  await scene.reaches(subject, 'revoked', 60_000)
  await noneSent(subject.slack)
}

describe('a code of which nobody can tell whether it was sent', () => {
  it.each<readonly [string, Whim]>([
    ['Slack answers 503', 'status'],
    ['the connection breaks', 'drop'],
    ['the code is in the message, and the answer gets lost', 'lose-the-answer'],
  ])('%s: the pass is ended, the message goes, and the person may press again', async (_what, whim) => {
    const { desk } = scene
    const id = await scene.approved(dana)
    const failed = (await scene.facts('mint-failed')).length
    slack.mood((method, body) => (sends(method, body) ? whim : undefined))
    await desk.press(dana.slack, 'Show my code')
    await desk.window(dana.slack, 'What was made could not be shown, so it was ended')
    expect(scene.hasPass(dana)).toBe(false)
    await noneSent(dana.slack)
    await until('it is on record', async () => (await scene.facts('mint-failed')).length === failed + 1)
    expect((await scene.facts('mint-failed')).at(-1)).toMatchObject({
      settled: true,
      refusal: { code: 'not-delivered' },
    })
    slack.mood(() => undefined)
    await scene.reaches(dana, 'approved')
    expect(await desk.sendCode()).not.toBe('')
    await revoked(dana, id)
  })

  it('a message that could not be prepared holds no code', async () => {
    const { desk } = scene
    const id = await scene.approved(olga)
    slack.mood((method) => (method === 'chat.postMessage' ? 'lose-the-answer' : undefined))
    await desk.press(olga.slack, 'Show my code')
    await desk.window(olga.slack, 'What was made could not be shown, so it was ended')
    slack.mood(() => undefined)
    expect(desk.codesSent(olga.slack)).toEqual([])
    expect(scene.hasPass(olga)).toBe(false)
    await revoked(olga, id)
  })
})

it('while Slack is away nothing waits to be ended; the message goes when Slack is back', async () => {
  const { desk } = scene
  const id = await scene.approved(olga)
  await desk.sendCode(olga.slack)
  await scene.reaches(olga, 'active')
  slack.mood((method) => (method.startsWith('chat.') ? 'status' : undefined))
  await desk.type('U0HANNA', `/tap revoke ${id} the wrong person called`)
  await until('the pass is gone', () => !scene.hasPass(olga))
  // More tries than a window gets.
  await pause(8_000)
  expect(desk.codesSent(olga.slack)).toHaveLength(1)
  slack.mood(() => undefined)
  await noneSent(olga.slack)
  await scene.reaches(olga, 'revoked', 60_000)
})

it('the worker is killed when the code is in the message: what it left is ended and taken away', async () => {
  const { desk } = scene
  while (desk.modal(dana.slack) !== undefined) await desk.close(dana.slack)
  await scene.approved(dana)
  const stopListening = scene.slack.onCall(({ method, args }) => {
    // Slack has it, and the answer is not on its way yet.
    if (method === 'chat.update' && JSON.stringify(args).includes('rich_text_preformatted'))
      process.kill(program.pid, 'SIGKILL')
  })
  await desk.press(dana.slack, 'Show my code')
  await program.ended
  stopListening()
  expect(desk.codesSent()).toHaveLength(1)
  program = await scene.serve({ SLACK_API_URL: slack.apiUrl })
  await scene.reaches(dana, 'ending', 60_000)
  await noneSent(dana.slack)
  await until('the pass is gone', () => !scene.hasPass(dana), 60_000)
})
