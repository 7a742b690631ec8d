import { afterAll, beforeAll, expect, it } from 'vitest'
import { say } from '../../src/workflows/messages.ts'
import {
  answersOf,
  letIntruderIn,
  readEnvelopes,
  resetToBefore,
  signedByAnother,
  type Intruder,
} from './hostile.ts'
import { dana, olga, openScene, provider, until, type Scene } from './scene.ts'

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

it('the minting activity believes nobody: what it is given must be signed, about one request, fresh, and new', async () => {
  const { desk, entra } = scene
  await scene.asked(dana)
  // A partner’s approval of another request is genuine, and about something else.
  await scene.approved(olga)
  const other = await readEnvelopes(scene, olga)

  await desk.approve('U0AVA')
  await scene.reaches(dana, 'approved')
  // The provider refuses once: that leaves a genuine claim of this moment, and no pass.
  entra.faults.plan({ match: provider.mint, when: 'before', do: 'status', status: 400, body: {} })
  await desk.press(dana.slack, 'Show my code')
  await desk.window(dana.slack, 'No code was shown')
  const read = await readEnvelopes(scene, dana)
  const order = { request: read('request'), approvals: [read('approve')], claim: read('claim'), attempt: 2 }
  const { request, claim } = order
  const otherView = { ...claim, statement: { ...claim.statement, body: { view: 'V0STRANGER' } } }
  const longer = { ...request.statement, body: { ...request.statement.body, duration: 28_800 } }
  const forgedApproval = signedByAnother(order.approvals[0]?.statement ?? request.statement)

  const alarms = (await scene.facts('alarm')).length
  const refusals: readonly (readonly [object, string])[] = [
    [{ ...order, approvals: [] }, 'not-approved'],
    [{ ...order, approvals: [forgedApproval] }, 'unverified'],
    [{ ...order, approvals: [other('approve')] }, 'unverified'],
    [{ ...order, claim: otherView }, 'unverified'],
    [{ ...order, claim: signedByAnother({ ...claim.statement, at: Date.now() }) }, 'unverified'],
    [{ ...order, request: { ...request, statement: longer } }, 'unverified'],
    [{ ...order, request: other('request') }, 'unverified'],
    [order, 'attempt-seen'],
    [{ ...order, attempt: 3 }, 'attempt-seen'],
  ]
  for (const [forged, code] of refusals) {
    expect(await intruder.mint(forged)).toEqual({ is: 'refused', refusal: { code } })
  }
  expect(entra.mints()).toBe(0)
  const raised = (await scene.facts('alarm')).slice(alarms).map(({ what }) => what)
  expect(raised.filter((what) => what === 'forged-grant')).toHaveLength(6)
  expect(raised.filter((what) => what === 'attempt-replayed')).toHaveLength(2)
  await until('security reads of it', () =>
    scene.security().includes('No code was made. Find out who can reach Hallpass’s Temporal'),
  )
  await until('security reads of it', () => scene.security().includes('Find out who reset it in Temporal'))

  // The same people, the same request, and a press of its own: that does mint.
  expect(await desk.openCode()).not.toBe('')
  expect(entra.mints()).toBe(1)
})

it('a workflow that is reset while its pass is alive mints no second one, and revoking still ends the first', async () => {
  const { desk, entra } = scene
  await scene.forget(dana)
  const id = await scene.approved(dana)
  await desk.openCode()
  await scene.reaches(dana, 'active')
  const before = entra.mints()

  const run = await resetToBefore(scene, dana, 'claim')
  await until('the claim was refused', async () =>
    (await answersOf(scene, dana, run)).includes('foreign-pass'),
  )
  expect(entra.mints()).toBe(before)
  expect(scene.isAlive(dana)).toBe(true)
  await desk.type('U0HANNA', `/tap revoke ${id} the workflow was reset`)
  await until('the pass is gone', () => !scene.hasPass(dana))
})

it('a workflow that is reset after the use of its pass mints nothing: what is over stays over', async () => {
  const { desk, entra } = scene
  await desk.sees(olga.slack, 'Show my code')
  const code = await desk.openCode(olga.slack)
  const before = entra.mints()
  expect(await entra.controls.signIn({ user: scene.idOf(olga), code })).toMatchObject({ ok: true })
  await scene.reaches(olga, 'used')
  await until('it is stopped', async () => (await scene.rows('select * from stopped')).length > 0)

  const run = await resetToBefore(scene, olga, 'claim')
  await until('the claim was refused', async () => (await answersOf(scene, olga, run)).includes('"over"'))
  expect(entra.mints()).toBe(before)
})

it('an approval of yesterday’s request counts for nothing on a new one', async () => {
  const old = (await readEnvelopes(scene, olga))('approve')
  await scene.forget(olga)
  await scene.asked(olga)
  const forged = (await scene.facts('forged')).length
  const answer = await scene.workflowOf(olga).executeUpdate(say, { args: [old] })
  expect(answer).toMatchObject({ ok: false, reason: { code: 'unverified' } })
  await until('it is on record', async () => (await scene.facts('forged')).length === forged + 1)
  await scene.reaches(olga, 'waiting')
})
