import { afterAll, beforeAll, expect, it } from 'vitest'
import { openWire, type Wire } from './proxy.ts'
import { dana, olga, openScene, until, type Scene } from './scene.ts'

let scene: Scene
let wire: Wire
let served: Awaited<ReturnType<Scene['serve']>>

/** The person may wait this long for the end of a pass; milliseconds. */
const soon = 5_000

beforeAll(async () => {
  scene = await openScene()
  wire = await openWire(scene.environment['TEMPORAL_ADDRESS'] ?? '')
  served = await scene.serve({ TEMPORAL_ADDRESS: wire.host })
})
afterAll(async () => {
  wire.mend()
  await scene.close()
  await wire.close()
})

it('without Temporal a pass is ended all the same, by command and by *Not me*, and nothing new begins', async () => {
  const { desk } = scene
  await scene.approved(dana)
  await desk.openCode()
  const id = await scene.approved(olga)
  await desk.openCode(olga.slack)
  await scene.reaches(olga, 'active')
  await scene.reaches(dana, 'active')
  wire.cut()

  const pressed = Date.now()
  const revoked = desk.type('U0HANNA', `/tap revoke ${id} the wrong person called`)
  await desk.press(dana.slack, 'Not me')
  await until('both passes are gone', () => !scene.hasPass(dana) && !scene.hasPass(olga), 60_000)
  expect(Date.now() - pressed).toBeLessThan(soon)
  await revoked
  await desk.sees('U0HANNA', 'It is being ended now')
  await desk.sees(dana.slack, 'It is being ended now')
  await until('security knows', () => scene.security().includes('Dana Cruz pressed *Not me*'))

  const asked = Date.now()
  await desk.type('U0HANNA', '/tap @ava 1h INC7 lost the phone on the train')
  await desk.sees('U0HANNA', '*Nothing was recorded.* Hallpass’s engine (Temporal) does not answer')
  expect(Date.now() - asked).toBeLessThan(soon)

  wire.mend()
  await scene.reaches(olga, 'revoked', 60_000)
  await scene.reaches(dana, 'stopped', 60_000)
  await until('her case is open', () => scene.security().includes('Fraud reported about Dana Cruz'), 60_000)
  await scene.forget(dana)
})

it('a program that starts while Temporal is away ends passes all the same, and works when Temporal comes', async () => {
  const { desk } = scene
  await scene.approved(dana)
  await desk.openCode()
  await scene.reaches(dana, 'active')
  await served.stop()
  wire.cut()
  await scene.serve({ TEMPORAL_ADDRESS: wire.host })

  const pressed = Date.now()
  const stopped = desk.press(dana.slack, 'Not me')
  await until('the pass is gone', () => !scene.hasPass(dana), 60_000)
  expect(Date.now() - pressed).toBeLessThan(soon)
  await stopped
  const asked = Date.now()
  await desk.type('U0HARI', '/tap @ava 1h INC7 lost the phone on the train')
  await desk.sees('U0HARI', '*Nothing was recorded.* Hallpass’s engine (Temporal) does not answer')
  expect(Date.now() - asked).toBeLessThan(soon)

  wire.mend()
  await scene.reaches(dana, 'stopped', 60_000)
  await scene.approved(olga)
  expect(await desk.openCode(olga.slack)).not.toBe('')
})
