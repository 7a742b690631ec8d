import { afterAll, beforeAll, expect, it } from 'vitest'
import { createSigner } from '../../src/adapters/signing/signer.ts'
import { letIntruderIn, readEnvelopes, type Intruder } from './hostile.ts'
import { dana, openScene, type Scene } from './scene.ts'

let scene: Scene
let intruder: Intruder

beforeAll(async () => {
  scene = await openScene()
  const [opened] = await Promise.all([letIntruderIn(scene), scene.serve()])
  intruder = opened
})
afterAll(async () => {
  await intruder.close()
  await scene.close()
})

/** Everything that a mint needs, all of it genuine: the approval from the history, and a press of this moment. */
async function genuineOrder(): Promise<object> {
  const read = await readEnvelopes(scene, dana)
  const { statement } = read('request')
  const { exceptionId, requestHash } = statement
  const actor = { person: statement.body.subject, ...statement.body.subjectSlack }
  const press = { v: 1, exceptionId, requestHash, actor, at: Date.now(), kind: 'claim' } as const
  const claim = createSigner(scene.keys.signingKey).sign({ ...press, body: { view: 'V0ANY' } })
  return { request: read('request'), approvals: [read('approve')], claim, attempt: 1 }
}

it('what was revoked is never minted again, with whatever a workflow comes', async () => {
  const id = await scene.approved(dana)
  await scene.desk.type('U0SAM', `/tap revoke ${id} nobody can reach Dana`)
  await scene.reaches(dana, 'revoked')
  expect(await intruder.mint(await genuineOrder())).toEqual({ is: 'refused', refusal: { code: 'over' } })
  expect(scene.entra.mints()).toBe(0)
})

it('a person approves what the bot signed, not what somebody wrote into the projection', async () => {
  await scene.asked(dana)
  const doctored = `update exception_view set state = jsonb_set(state, '{request,subjectName}', '"Olga Novak"')`
  await scene.rows(`${doctored} where status = 'waiting'`)
  await scene.desk.press('U0MARCO', 'Approve')
  await scene.desk.sees('U0MARCO', 'is not signed by Hallpass')
  expect(JSON.stringify(scene.desk.modal('U0MARCO'))).not.toContain('How did you make sure')
  expect(await scene.facts('approved')).toHaveLength(1)
})
