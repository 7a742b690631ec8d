import { afterAll, beforeAll, expect, it } from 'vitest'
import { createViews } from '../../src/adapters/postgres/views.ts'
import { createPool } from '../../src/adapters/postgres/pool.ts'
import { rebuild } from '../../src/adapters/postgres/rebuild.ts'
import { as } from '../adapters/postgres/as.ts'
import { dana, olga, openScene, until, type Scene, type Subject } from './scene.ts'

let scene: Scene

beforeAll(async () => {
  scene = await openScene()
  await scene.serve()
})
afterAll(() => scene.close())

const carriedOut = () =>
  scene.rows('select envelope, step from revocation join revocation_step on id = revocation_id')

it('a pass that was used long ago: who may not, ends nothing; *Not me* signs out; both stand in the ledger', async () => {
  const { desk, entra } = scene
  const id = await scene.approved(dana)
  const code = await desk.openCode()
  expect(await entra.controls.signIn({ user: scene.idOf(dana), code })).toMatchObject({ ok: true })
  await scene.reaches(dana, 'used', 60_000)

  await desk.type('U0HARI', `/tap revoke ${id} I do not like it`)
  await desk.sees('U0HARI', 'Whether you may end it is being checked.')
  await desk.sees('U0HARI', '*The pass for Dana Cruz was not ended.* Only whoever asked for it')
  await until('it is closed', async () => (await carriedOut()).length > 0)
  expect((await carriedOut()).map(({ step }) => step)).toEqual(['closed'])
  expect(entra.sessionsOf(scene.idOf(dana))).toHaveLength(1)
  expect(await scene.facts('revocation-refused')).toMatchObject([
    { said: 'revoke', refusal: { code: 'not-allowed' }, by: { user: 'U0HARI' } },
  ])

  await desk.press(dana.slack, 'Not me')
  await desk.sees(dana.slack, 'It is being ended now')
  await desk.sees(dana.slack, 'Dana Cruz was signed out everywhere.')
  expect(entra.sessionsOf(scene.idOf(dana))).toHaveLength(0)
  await until('security knows', () => scene.security().includes('Dana Cruz pressed *Not me*'))
  const [fact] = await scene.facts('revoked-directly')
  expect(fact).toMatchObject({ seq: 1, said: 'not-me', by: { user: 'U0DANA' }, sessionsRevoked: true })
  expect(fact?.chain).toMatch(/^revocation\/[0-9a-f]{64}$/)

  await desk.type('U0SAM', `/tap status ${id}`)
  await desk.sees(
    'U0SAM',
    /Hari Patel tried to revoke it, but may not; nothing was ended\.\\n[^\\]*Dana Cruz pressed \*Not me\*: signed out everywhere\./,
  )

  await scene.rows(`delete from detail where chain like 'revocation/%'`)
  const pool = createPool(scene.database.programUrl)
  await rebuild(pool)
  const [view] = await createViews(pool).aboutSubject(`entra:${scene.idOf(dana)}`)
  await pool.end()
  expect(view?.revocations).toMatchObject([
    { type: 'revocation-refused', details: { name: '(erased)' } },
    { type: 'revoked-directly', details: { name: '(erased)' } },
  ])
})

it('a row that somebody wrote over turns no revocation on somebody else', async () => {
  const { desk, entra } = scene
  await scene.approved(olga)
  const code = await desk.openCode(olga.slack)
  expect(await entra.controls.signIn({ user: scene.idOf(olga), code })).toMatchObject({ ok: true })
  await scene.reaches(olga, 'used', 60_000)
  const whose = (subject: Subject) => `subject = 'entra:${scene.idOf(subject)}'`
  const [danas] = await scene.rows(`select display_id as id from exception_view where ${whose(dana)}`)
  const revoke = `/tap revoke ${String(danas?.['id'])} it was not her`
  const writeOver = (state: string) =>
    as(
      scene.database.programUrl,
      `update exception_view set state = ${state}
       from (select state as theirs from exception_view where ${whose(olga)}) as other where ${whose(dana)}`,
    )

  await writeOver(
    `jsonb_set(jsonb_set(state, '{request,subject}', theirs #> '{request,subject}'), '{lease}', theirs -> 'lease')`,
  )
  await desk.type('U0SAM', revoke)
  await until('Dana’s is ended', async () => (await scene.facts('revoked-directly')).length === 2)

  await writeOver('theirs')
  await desk.type('U0SAM', revoke)
  await until('it is refused', async () => (await scene.facts('alarm')).length > 0)
  expect(await scene.facts('alarm')).toMatchObject([{ what: 'forged-revocation' }])

  expect(entra.sessionsOf(scene.idOf(olga))).toHaveLength(1)
  expect(scene.hasPass(olga)).toBe(true)
})

it('what nobody can end any more is answered at once: how it ended, by whom, when', async () => {
  const { desk } = scene
  const id = await scene.approved(olga)
  await desk.type('U0SAM', `/tap revoke ${id} nobody can reach Olga`)
  await scene.reaches(olga, 'revoked')
  await desk.type('U0HANNA', `/tap revoke ${id} the wrong person called`)
  await desk.sees('U0HANNA', /\*It is over\.\* The pass for Olga Novak was revoked by [^;]+; it ended at/)
  const written = await scene.rows(
    `select envelope -> 'statement' -> 'actor' ->> 'user' as speaker from revocation`,
  )
  expect(written).not.toContainEqual({ speaker: 'U0HANNA' })
})
