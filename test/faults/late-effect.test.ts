import { afterAll, beforeAll, expect, it } from 'vitest'
import { dana, openScene, provider, until, type Scene } from './scene.ts'

let scene: Scene

beforeAll(async () => {
  scene = await openScene()
})
afterAll(() => scene.close())

// The one test that waits as long as a lost attempt can still have an effect: 90 seconds.
it('a provider that makes the pass long after its caller was killed: it is ended too, then the claim opens again', async () => {
  const { desk, entra } = scene
  const program = await scene.serve()
  await scene.approved(dana)
  entra.faults.plan({ match: provider.mint, when: 'before', do: 'hang', ms: 35_000 })
  await desk.press(dana.slack, 'Show my code')
  await until('the provider was asked', () => entra.faults.pending() === 0)
  process.kill(program.pid, 'SIGKILL')
  await program.ended
  await scene.serve()
  await scene.reaches(dana, 'ending', 60_000)
  expect(entra.mints()).toBe(0)

  await until('the provider acts', () => entra.mints() === 1, 60_000)
  await scene.reaches(dana, 'approved', 120_000)
  expect(scene.hasPass(dana)).toBe(false)
  expect((await scene.facts('reopened')).length).toBe(1)

  scene.slack.people.reload(dana.slack)
  await desk.sees(dana.slack, 'ready again')
  expect(await desk.openCode()).not.toBe('')
  await scene.reaches(dana, 'active')
  expect(entra.mints()).toBe(2)
  expect(await scene.facts('shown')).toMatchObject([{ attempt: 2 }])
}, 240_000)
