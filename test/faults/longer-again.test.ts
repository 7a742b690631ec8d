import { afterAll, beforeAll, expect, it } from 'vitest'
import { dana, olga, openScene, until, type Scene, type Subject } from './scene.ts'

let scene: Scene

beforeAll(async () => {
  scene = await openScene()
  await scene.serve()
})
afterAll(() => scene.close())

/** Somebody’s pass was replaced by a longer one, whose code they were shown. */
async function replaced(subject: Subject): Promise<{ readonly first: string; readonly code: string }> {
  const { desk } = scene
  const first = await scene.approved(subject)
  await desk.openCode(subject.slack)
  await desk.close(subject.slack)
  await scene.reaches(subject, 'active')
  await desk.type('U0HANNA', `/tap extend ${first} 2h her new phone comes at noon`)
  await desk.sees('U0MARCO', `Give ${subject.name} more time?`)
  await desk.approve()
  await desk.sees(subject.slack, 'Your longer temporary pass is ready')
  const code = await desk.openCode(subject.slack)
  await desk.close(subject.slack)
  await scene.reaches(subject, 'active')
  await desk.sees('U0HANNA', /was replaced by TAP-[0-9A-Z]{4}-[0-9A-Z]{4} at/)
  return { first, code }
}

it('a longer pass that was not seen is opened again, though the first one is stopped for good', async () => {
  const { desk } = scene
  const { code } = await replaced(dana)
  await desk.press(dana.slack, 'It does not work')
  await desk.pressInView(dana.slack, 'I did not see it')
  await scene.reaches(dana, 'approved')
  expect(await desk.openCode()).not.toBe(code)
  expect(scene.isAlive(dana)).toBe(true)
})

it('a word on what is long over goes past the next exception of the same person, and signs out', async () => {
  const { desk, entra } = scene
  const { first, code } = await replaced(olga)
  expect(await entra.controls.signIn({ user: scene.idOf(olga), code })).toMatchObject({ ok: true })
  await scene.reaches(olga, 'used', 60_000)
  await scene.asked(olga)
  await desk.type('U0SAM', `/tap revoke ${first} it was not her`)
  await until('they are signed out', () => entra.sessionsOf(scene.idOf(olga)).length === 0, 60_000)
  expect(await scene.facts('alarm')).toEqual([])
  expect(await scene.facts('forged')).toEqual([])
})
