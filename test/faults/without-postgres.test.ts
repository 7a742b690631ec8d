import { afterAll, beforeAll, expect, it } from 'vitest'
import { openWire, type Wire } from './proxy.ts'
import { dana, olga, openScene, provider, until, type Scene } from './scene.ts'

let scene: Scene
let wire: Wire

beforeAll(async () => {
  scene = await openScene()
  const url = new URL(scene.environment['DATABASE_URL'] ?? '')
  wire = await openWire(url.host)
  url.host = wire.host
  await scene.serve({ DATABASE_URL: url.href })
})
afterAll(async () => {
  wire.mend()
  await scene.close()
  await wire.close()
})

it('without PostgreSQL nothing is recorded and no code is made; what must end, ends', async () => {
  const { desk, entra } = scene
  await scene.approved(olga)
  await scene.approved(dana)
  await desk.openCode()
  await scene.reaches(dana, 'active')
  const before = entra.mints()

  // The claim is under way when the database goes: what the record of attempts does not hold is not made.
  entra.faults.plan({ match: provider.methods, when: 'before', do: 'hang', ms: 4_000 })
  await desk.press(olga.slack, 'Show my code')
  await until('the claim is under way', () => entra.faults.pending() === 0)
  wire.cut()
  await desk.type('U0HANNA', '/tap @ava 1h INC7 lost the phone on the train')
  await desk.sees('U0HANNA', '*Nothing was recorded.*')
  await desk.press(dana.slack, 'Not me')
  await desk.sees(dana.slack, '*Nothing was recorded.*')
  await desk.window(olga.slack, 'No code was shown')

  // Whoever runs Temporal can still end it: cancelling is revoking.
  await scene.workflowOf(dana).cancel()
  await until('the pass is gone', () => !scene.hasPass(dana), 60_000)
  expect(entra.mints()).toBe(before)
  expect(scene.hasPass(olga)).toBe(false)

  wire.mend()
  await scene.reaches(dana, 'revoked', 60_000)
  expect(await scene.facts('shown')).toHaveLength(1)
})
