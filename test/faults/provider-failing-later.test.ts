import { afterAll, beforeAll, expect, it } from 'vitest'
import { misbehaviours } from './misbehaviours.ts'
import { dana, olga, openScene, provider, until, type Scene } from './scene.ts'

let scene: Scene

beforeAll(async () => {
  scene = await openScene()
  await scene.serve()
})
afterAll(() => scene.close())

it('looks that fail leave the pass as it is, and the next one sees it used', async () => {
  const { desk, entra } = scene
  await scene.approved(dana)
  const code = await desk.openCode()
  for (const [, fault] of misbehaviours) entra.faults.plan({ ...fault, match: provider.look, when: 'before' })
  expect(await entra.controls.signIn({ user: scene.idOf(dana), code })).toMatchObject({ ok: true })
  await scene.reaches(dana, 'used', 60_000)
})

it.each([
  ...misbehaviours.map(([what, fault]) => [what, 'before', fault] as const),
  ['a cut connection', 'after', { do: 'drop' }] as const,
])('%s, %s the effect: the revocation is done until the provider confirms it', async (_what, when, fault) => {
  const { desk, entra } = scene
  const id = await scene.approved(olga)
  await desk.openCode(olga.slack)
  await scene.reaches(olga, 'active')
  entra.faults.plan({ ...fault, match: provider.revoke, when })
  await desk.type('U0HANNA', `/tap revoke ${id} the wrong person called`)
  await scene.reaches(olga, 'revoked')
  expect(entra.faults.pending()).toBe(0)
  expect(scene.hasPass(olga)).toBe(false)
})

it('a pass that was used and is deleted while the answer gets lost: the person is signed out all the same', async () => {
  const { desk, entra } = scene
  const id = await scene.approved(olga)
  const code = await desk.openCode(olga.slack)
  await scene.reaches(olga, 'active')
  // Nobody looks at the pass for a while, so that the revocation is what finds its use.
  entra.faults.plan({ match: provider.look, when: 'before', do: 'hang', ms: 6_000 })
  await until('the look hangs', () => entra.faults.pending() === 0)
  expect(await entra.controls.signIn({ user: scene.idOf(olga), code })).toMatchObject({ ok: true })
  expect(entra.sessionsOf(scene.idOf(olga))).toHaveLength(1)
  entra.faults.plan({ match: provider.revoke, when: 'after', do: 'drop' })
  await desk.type('U0HANNA', `/tap revoke ${id} the wrong person called`)
  await scene.reaches(olga, 'ended')
  expect(entra.sessionsOf(scene.idOf(olga))).toHaveLength(0)
  expect((await scene.facts('revoked')).at(-1)).toMatchObject({ wasUsed: true, sessionsRevoked: true })
})
