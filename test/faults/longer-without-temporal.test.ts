import { afterAll, beforeAll, expect, it } from 'vitest'
import { openWire, type Wire } from './proxy.ts'
import { dana, openScene, until, type Scene } from './scene.ts'

let scene: Scene
let wire: Wire

beforeAll(async () => {
  scene = await openScene()
  wire = await openWire(scene.environment['TEMPORAL_ADDRESS'] ?? '')
  await scene.serve({ TEMPORAL_ADDRESS: wire.host })
}, 60_000)
afterAll(async () => {
  wire.mend()
  await scene.close()
  await wire.close()
})

it('without Temporal, whoever ends a pass that was replaced ends the longer one', async () => {
  const { desk, entra } = scene
  const first = await scene.approved(dana)
  await desk.openCode()
  await desk.close(dana.slack)
  await scene.reaches(dana, 'active')
  await desk.type('U0HANNA', `/tap extend ${first} 2h her new phone comes at noon`)
  await desk.sees('U0MARCO', 'Give Dana Cruz more time?')
  await desk.approve()
  await desk.sees(dana.slack, 'Your longer temporary pass is ready')
  const longer = await desk.openCode()
  await scene.reaches(dana, 'active')
  await desk.sees('U0HANNA', /was replaced by TAP-[0-9A-Z]{4}-[0-9A-Z]{4} at/)
  expect(scene.isAlive(dana)).toBe(true)
  wire.cut()

  await desk.type('U0HANNA', `/tap revoke ${first} the wrong person called`)
  await until('the longer pass is gone', () => !scene.hasPass(dana), 30_000)
  await desk.sees('U0HANNA', 'It is being ended now')
  expect(await entra.controls.signIn({ user: scene.idOf(dana), code: longer })).toMatchObject({ ok: false })
  await until('both stand there', async () => (await scene.facts('revoked-directly')).length === 2)
  const ended = (await scene.facts('revoked-directly')).map((fact) => fact['exceptionId'])
  expect(new Set(ended).size).toBe(2)

  wire.mend()
  await scene.reaches(dana, 'revoked', 40_000)
}, 120_000)
