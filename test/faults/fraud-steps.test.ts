import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { steps, type Step } from '../../src/core/fraud/plan.ts'
import { caseDeskOf, type CaseDesk } from '../bot/case-desk.ts'
import { handsOf, type Hands } from '../bot/hands.ts'
import { crowdOf, directoryWith, workspaceWith } from '../setup/crowd.ts'
import { openGraph } from '../setup/direct-graph.ts'
import { misbehaviours } from './misbehaviours.ts'
import { openScene, until, type Scene } from './scene.ts'

/** The calls that a report leads to, about one person. */
const calls: readonly (readonly [string, Step, string, RegExp])[] = [
  ['the list of passes', 'passes', 'GET', /temporaryAccessPassMethods$/],
  ['the end of a pass', 'passes', 'DELETE', /temporaryAccessPassMethods\/[^/]+$/],
  ['the block', 'block', 'PATCH', /users\/[^/]+$/],
  ['the sign-out', 'sessions', 'POST', /revokeSignInSessions$/],
]
const whens = ['before', 'after'] as const
const faults = [
  ...misbehaviours.flatMap(([what, fault]) =>
    whens.map((when) => [`${what}, ${when} the effect`, { ...fault, when }] as const),
  ),
  // Longer than anybody waits for an answer, so that it is asked again, and has its effect twice.
  ['an answer that comes too late', { do: 'hang', ms: 11_000, when: 'before' }] as const,
]
const combinations = calls.flatMap((call) => faults.map((fault) => [call, fault] as const))
const people = crowdOf(combinations.length + misbehaviours.length)
const rows = combinations.map(([call, fault], index) => [`${call[0]}: ${fault[0]}`, index] as const)

let scene: Scene
let hands: Hands
let desk: CaseDesk

const personOf = (index: number) => {
  const person = people[index]
  if (person === undefined) throw new Error('The crowd is too small.')
  return person
}
const type = (user: string): Promise<string> =>
  hands.command(user, `<@${user}> somebody called`, { command: '/fraud' })

beforeAll(async () => {
  scene = await openScene({ seed: workspaceWith(people), entraStore: await directoryWith(people) })
  await scene.serve()
  hands = await handsOf(scene)
  desk = caseDeskOf(scene, hands)
  const { entra, environment } = scene
  const graph = await openGraph(entra.graphUrl, entra.authorityUrl, environment)
  await Promise.all(people.map(({ objectId }) => graph.makePass(objectId)))
  for (const [index, [[, , verb, path], [, fault]]] of combinations.entries()) {
    const { objectId } = personOf(index)
    const match = (method: string, at: string) => method === verb && at.includes(objectId) && path.test(at)
    entra.faults.plan({ ...fault, match })
  }
  await Promise.all(combinations.map((_, index) => type(personOf(index).id)))
})
afterAll(async () => {
  await hands.close()
  await scene.close()
})

const accountOf = (index: number) => {
  const account = scene.entra.controls.view().users.find(({ id }) => id === personOf(index).objectId)
  if (account === undefined) throw new Error('Nobody is there.')
  return account
}
/** The card in security's channel about somebody, as text. */
const cardOf = (index: number): string =>
  JSON.stringify(
    scene.desk
      .messages('U0SAM', 'security')
      .find(({ blocks }) => JSON.stringify(blocks[0]).includes(`about ${personOf(index).name}`)),
  )

describe('whatever Graph answers, everything is done in the end, and the card says so', () => {
  it.for(rows)('%s', async ([, index]) => {
    const { name } = personOf(index)
    const all = steps.toSorted()
    await until(
      'everything is done',
      async () => {
        const [found] = await desk.casesAbout(name)
        const done = Object.entries(found?.state.steps ?? {}).filter(
          ([, { result }]) => result?.is === 'done',
        )
        return done.length === all.length
      },
      60_000,
    )
    expect(accountOf(index)).toMatchObject({ enabled: false, risk: 'confirmedCompromised', pass: undefined })
    expect(await desk.casesAbout(name)).toHaveLength(1)
    await until('the card says so', () =>
      // Whoever asks again after a lost answer finds no pass any more.
      [/Account blocked/, /Signed out everywhere/, /Passes revoked|No pass is alive/].every((says) =>
        says.test(cardOf(index)),
      ),
    )
  })
  it('each failure met its call', () => {
    expect(scene.entra.faults.pending()).toBe(0)
  })
})

const isRisk = (method: string, path: string) => method === 'POST' && path.endsWith('confirmCompromised')

describe('the risk engine, which is told of one person after the other', () => {
  it.for(misbehaviours.map(([what, fault], index) => [what, fault, combinations.length + index] as const))(
    '%s: it is told again, and meanwhile the card says that it is being tried',
    async ([what, fault, index]) => {
      // A yes of nonsense is a yes: nothing waits for the risk engine.
      const times = what === 'nonsense' ? 1 : 3
      for (let time = 0; time < times; time += 1)
        scene.entra.faults.plan({ ...fault, match: isRisk, when: 'after' })
      await type(personOf(index).id)
      await until('the account is blocked', () => !accountOf(index).enabled)
      if (what !== 'nonsense')
        await until('the card says that', () => cardOf(index).includes('risk engine: being tried since'))
      await until('it is told', () => cardOf(index).includes('Reported to Entra’s risk engine'), 60_000)
      expect(accountOf(index).risk).toBe('confirmedCompromised')
    },
  )
})
