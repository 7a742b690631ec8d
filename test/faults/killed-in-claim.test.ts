import { afterAll, beforeAll, expect, it } from 'vitest'
import { dana, olga, openScene, provider, until, type Scene } from './scene.ts'

let scene: Scene

beforeAll(async () => {
  scene = await openScene()
})
afterAll(() => scene.close())

it('a program asked to end in the middle of a mint finishes it, shows the code, and ends with code 0', async () => {
  const { desk, entra } = scene
  const program = await scene.serve()
  await scene.approved(olga)
  entra.faults.plan({ match: provider.mint, when: 'after', do: 'hang', ms: 3_000 })
  await desk.press(olga.slack, 'Show my code')
  await until('the pass is there', () => scene.isAlive(olga))

  const asked = Date.now()
  process.kill(program.pid, 'SIGTERM')
  expect(await program.ended).toBe('ended with code 0')
  expect(Date.now() - asked).toBeLessThan(35_000)
  expect(desk.reads(olga.slack)).toContain('rich_text_preformatted')
  expect(scene.isAlive(olga)).toBe(true)

  const next = await scene.serve()
  await scene.reaches(olga, 'active', 60_000)
  expect(entra.mints()).toBe(1)
  await scene.forget(olga)
  await next.stop()
})

it('a program killed in two claims, before and after the provider acted: nothing stays alive, nothing was shown', async () => {
  const { desk, entra } = scene
  const program = await scene.serve()
  await scene.approved(dana)
  await scene.approved(olga)
  const before = entra.mints()

  entra.faults.plan({ match: provider.methods, when: 'before', do: 'hang', ms: 60_000 })
  await desk.press(dana.slack, 'Show my code')
  await until('the first claim waits', () => entra.faults.pending() === 0)
  entra.faults.plan({ match: provider.mint, when: 'after', do: 'hang', ms: 8_000 })
  await desk.press(olga.slack, 'Show my code')
  await until('the second pass is there', () => scene.isAlive(olga))
  process.kill(program.pid, 'SIGKILL')
  await program.ended

  const began = Date.now()
  await scene.serve()
  await until('the orphan is gone', () => !scene.hasPass(olga), 60_000)
  expect(Date.now() - began).toBeLessThan(30_000)
  await scene.reaches(dana, 'ending', 60_000)
  await scene.reaches(olga, 'ending', 60_000)
  expect(entra.mints() - before).toBe(1)
  expect(scene.hasPass(dana)).toBe(false)
  const lost = await scene.facts('mint-failed')
  expect(lost).toHaveLength(2)
  for (const fact of lost) expect(fact).toMatchObject({ attempt: 1, settled: false })
  for (const { slack } of [dana, olga]) {
    await desk.sees(slack, 'The code got lost on its way')
    expect(desk.reads(slack)).not.toContain('rich_text_preformatted')
  }
})
