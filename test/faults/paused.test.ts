import { afterAll, beforeAll, expect, it } from 'vitest'
import { dana, olga, openScene, pause, provider, until, type Scene } from './scene.ts'

let scene: Scene
/** How often a code went to a screen. */
let shown = 0

/** What the workflow gives a mint, and after which silence Temporal takes its worker for dead; milliseconds. */
const mintTakes = 30_000
const silence = 5_000

beforeAll(async () => {
  scene = await openScene()
  scene.slack.onCall(({ method, args }) => {
    if (method === 'views.update' && JSON.stringify(args).includes('rich_text_preformatted')) shown += 1
  })
})
afterAll(() => scene.close())

it('a mint that wakes up after Temporal gave it up ends what it made and shows nothing', async () => {
  const { desk, entra } = scene
  const program = await scene.serve()
  await scene.approved(dana)
  await scene.approved(olga)

  // Dana's sleeps past its whole time; Olga's wakes up within its time, but after it was given up for its silence.
  const scheduled = Date.now()
  entra.faults.plan({ match: provider.mint, when: 'after', do: 'hang', ms: 1_000 })
  await desk.press(dana.slack, 'Show my code')
  await until('the pass is there', () => scene.isAlive(dana))
  process.kill(program.pid, 'SIGSTOP')
  try {
    await pause(scheduled + mintTakes + 1_000 - Date.now())
  } finally {
    process.kill(program.pid, 'SIGCONT')
  }
  await until('the pass of the late mint is gone', () => !scene.hasPass(dana))
  await scene.reaches(dana, 'ending')
  expect(shown).toBe(0)
  expect(desk.reads(dana.slack)).not.toContain('rich_text_preformatted')

  entra.faults.plan({ match: provider.mint, when: 'after', do: 'hang', ms: 1_000 })
  await desk.press(olga.slack, 'Show my code')
  await until('the pass is there', () => scene.isAlive(olga))
  process.kill(program.pid, 'SIGSTOP')
  await pause(silence + 3_000)
  process.kill(program.pid, 'SIGCONT')
  await until('the pass of the given up mint is gone', () => !scene.hasPass(olga))
  await scene.reaches(olga, 'ending')
  expect(shown).toBe(0)
  expect(entra.mints()).toBe(2)
})
