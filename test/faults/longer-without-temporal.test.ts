import { afterAll, beforeAll, expect, it } from 'vitest'
import { as } from '../adapters/postgres/as.ts'
import { openWire, type Wire } from './proxy.ts'
import { dana, olga, openScene, until, type Scene } from './scene.ts'

let scene: Scene
let wire: Wire

beforeAll(async () => {
  scene = await openScene()
  wire = await openWire(scene.environment['TEMPORAL_ADDRESS'] ?? '')
  await scene.serve({ TEMPORAL_ADDRESS: wire.host })
})
afterAll(async () => {
  wire.mend()
  await scene.close()
  await wire.close()
})

it.each([
  ['whoever ends a pass that was replaced ends the longer one', dana, undefined],
  [
    'also when a row of the projection was written over',
    olga,
    `update exception_view set state = state #- '{request,extends}'`,
  ],
] as const)(
  'without Temporal, %s',
  async (_what, subject, writtenOver) => {
    const { desk, entra } = scene
    const first = await scene.approved(subject)
    await desk.openCode(subject.slack)
    await desk.close(subject.slack)
    await scene.reaches(subject, 'active')
    await desk.type('U0HANNA', `/tap extend ${first} 2h her new phone comes at noon`)
    await desk.sees('U0MARCO', `Give ${subject.name} more time?`)
    await desk.approve()
    await desk.sees(subject.slack, 'Your longer temporary pass is ready')
    const longer = await desk.openCode(subject.slack)
    await scene.reaches(subject, 'active')
    await desk.sees('U0HANNA', /was replaced by TAP-[0-9A-Z]{4}-[0-9A-Z]{4} at/)
    expect(scene.isAlive(subject)).toBe(true)
    const before = (await scene.facts('revoked-directly')).length
    if (writtenOver !== undefined) await as(scene.database.programUrl, writtenOver)
    wire.cut()

    await desk.type('U0HANNA', `/tap revoke ${first} the wrong person called`)
    await until('the longer pass is gone', () => !scene.hasPass(subject), 60_000)
    await desk.sees('U0HANNA', 'It is being ended now')
    expect(await entra.controls.signIn({ user: scene.idOf(subject), code: longer })).toMatchObject({
      ok: false,
    })
    await until('both stand there', async () => (await scene.facts('revoked-directly')).length === before + 2)
    const ended = (await scene.facts('revoked-directly')).map((fact) => fact['exceptionId'])
    expect(new Set(ended).size).toBe(before + 2)

    wire.mend()
    await scene.reaches(subject, 'revoked', 60_000)
  },
  120_000,
)
