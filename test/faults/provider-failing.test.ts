import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { misbehaviours } from './misbehaviours.ts'
import { dana, olga, openScene, provider, until, type Scene } from './scene.ts'

let scene: Scene

beforeAll(async () => {
  scene = await openScene()
  await scene.serve()
})
afterAll(() => scene.close())

describe('at admission', () => {
  it.each(misbehaviours)('%s: it is looked again, and the request is admitted', async (_what, fault) => {
    scene.entra.faults.plan({ ...fault, match: provider.passes, when: 'before' })
    const id = await scene.asked(dana)
    expect(scene.entra.faults.pending()).toBe(0)
    await scene.desk.sees('U0HANNA', id)
    await scene.desk.press('U0HANNA', 'Withdraw')
    await scene.reaches(dana, 'withdrawn')
  })

  it('a provider that answers after four seconds: the person reads that it is recorded and checked, then the rest', async () => {
    const { desk, entra } = scene
    entra.faults.plan({ match: provider.passes, when: 'before', do: 'hang', ms: 4_000 })
    await desk.ask('/tap @olga 1h INC123 lost the phone on the train')
    await desk.sees('U0HANNA', 'It is still being checked')
    await scene.reaches(olga, 'waiting')
    await desk.press('U0HANNA', 'Withdraw')
    await scene.reaches(olga, 'withdrawn')
    expect(await scene.facts('withdrawn')).toHaveLength(misbehaviours.length + 1)
  })
})

describe('at the mint', () => {
  const whens = ['before', 'after'] as const

  it.each(misbehaviours.flatMap(([what, fault]) => whens.map((when) => [what, when, fault] as const)))(
    '%s, %s the effect: no code is shown, nothing stays alive, the person reads what is next',
    async (_what, when, fault) => {
      const { desk, entra } = scene
      await scene.approved(dana)
      const before = entra.mints()
      entra.faults.plan({ ...fault, match: provider.mint, when })
      await desk.press(dana.slack, 'Show my code')
      await desk.window(dana.slack, 'No code was shown')
      await scene.reaches(dana, 'ending')
      await desk.sees(dana.slack, 'The code got lost on its way, so it is being ended')
      await until('nothing is alive', () => !scene.hasPass(dana))
      expect(entra.mints() - before).toBe(when === 'after' ? 1 : 0)
      expect(desk.reads(dana.slack)).not.toContain('rich_text_preformatted')
      await scene.forget(dana)
    },
  )

  it('a final no: the attempt is spent, the person reads why, and may press again', async () => {
    const { desk, entra } = scene
    await scene.approved(dana)
    entra.faults.plan({ match: provider.mint, when: 'before', do: 'status', status: 403, body: {} })
    await desk.press(dana.slack, 'Show my code')
    await desk.window(dana.slack, 'Microsoft Entra does not let Hallpass make a pass')
    await until('it is on record', async () =>
      (await scene.facts('mint-failed')).some(({ settled }) => settled === true),
    )
    await scene.reaches(dana, 'approved')
    expect(await desk.openCode()).not.toBe('')
  })
})
