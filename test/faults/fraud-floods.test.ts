import { afterAll, beforeAll, expect, it } from 'vitest'
import { caseDeskOf, type CaseDesk } from '../bot/case-desk.ts'
import { handsOf, madeUp, type Hands } from '../bot/hands.ts'
import { crowdOf, directoryWith, workspaceWith } from '../setup/crowd.ts'
import { openScene, until, type Scene } from './scene.ts'

const people = crowdOf(26)
const [atOnce, oneByOne] = [people.slice(0, 10), people.slice(10, 20)]
const [afterOthers, ofMany] = [people.slice(20, 25), people[25]]

let scene: Scene
let hands: Hands
let desk: CaseDesk

beforeAll(async () => {
  scene = await openScene({ seed: workspaceWith(people), entraStore: await directoryWith(people) })
  await scene.serve()
  hands = await handsOf(scene)
  desk = caseDeskOf(scene, hands)
})
afterAll(async () => {
  await hands.close()
  await scene.close()
})

type People = typeof people
const type = (user: string, text: string): Promise<string> => hands.command(user, text, { command: '/fraud' })
const blocked = (all: People): number => all.filter(({ name }) => !desk.isEnabled(name)).length

/** How often security's channel has a card about a person. */
const cards = (name: string): number =>
  scene.desk
    .messages('U0SAM', 'security')
    .filter(({ blocks }) => JSON.stringify(blocks[0]).includes(`Fraud reported about ${name}`)).length

/** How many reports the newest case about a person has heard. */
const heardOf = async (name: string): Promise<number> =>
  (await desk.casesAbout(name))[0]?.state.reporters.length ?? 0

/** What became of some accounts: whether they are blocked, and how often that waits for security. */
async function outcome(all: People) {
  const cases = await Promise.all(all.map(({ name }) => desk.settled(name)))
  const withheld = cases.filter(({ state }) => state.plan.withheld?.because === 'too-many')
  for (const { state } of cases) {
    expect(state.steps.exceptions?.result?.is).toBe('done')
    expect(state.steps.passes?.result?.is).toBe('done')
    expect(Object.values(state.steps).filter(({ result }) => result?.is === 'impossible')).toEqual([])
  }
  return { blocked: blocked(all), withheld: withheld.length }
}

it.for([
  ['at the same moment', 'U0HANNA', atOnce],
  ['one after the other', 'U0HARI', oneByOne],
] as const)(
  'ten people reported by one person, %s: three are blocked, the rest waits for security, with a card each',
  async ([how, by, all]) => {
    const report = ({ id }: People[number]) => type(by, `<@${id}> cannot place a call`)
    const alarms = (await scene.facts('alarm')).length
    if (how === 'at the same moment') await Promise.all(all.map(report))
    else for (const one of all) await report(one)
    expect(await outcome(all)).toEqual({ blocked: 3, withheld: 7 })
    await until('each has a card', () => all.every(({ name }) => cards(name) === 1))
    expect(await scene.facts('alarm')).toHaveLength(alarms)
  },
)

it('the word of whoever reported later counts as well: three others an hour, whoever opened the cases', async () => {
  for (const { id } of afterOthers) await type('U0MARCO', `<@${id}> it looks odd`)
  expect(await outcome(afterOthers)).toEqual({ blocked: 0, withheld: 0 })
  for (const { id } of afterOthers) await type('U0SAM', `<@${id}> signs in from two places`)
  const [last] = afterOthers.slice(-1)
  await desk.caseThat(last?.name ?? '', ({ reporters }) => reporters.length === 2)
  expect(await outcome(afterOthers)).toEqual({ blocked: 3, withheld: 2 })
})

it('fifty reports about one person make one case and one card', async () => {
  if (ofMany === undefined) throw new Error('The crowd is too small.')
  const { id, name } = ofMany
  const reporters = ['U0HANNA', 'U0AVA', 'U0MARCO', 'U0SAM', 'U0BEN']
  const said = await Promise.all(
    Array.from({ length: 50 }, (_, index) =>
      type(reporters[index % reporters.length] ?? '', `<@${id}> called, says number ${index}`),
    ),
  )
  expect(new Set(said.map((says) => /\*Case (FRD-\S+) is/.exec(says)?.[1])).size).toBe(1)
  // Each of the five is heard five times: more would say nothing new, and fill the history.
  await until('all are heard', async () => (await heardOf(name)) === 25, 50_000)
  const { id: caseId } = await desk.settled(name)
  expect(await desk.casesAbout(name)).toHaveLength(1)
  expect((await desk.factsOf(caseId)).filter(({ type: fact }) => fact === 'reported')).toHaveLength(1)
  await until('the card is there', () => cards(name) === 1)
  const told = scene.desk.messages('U0MARCO').filter((message) => JSON.stringify(message).includes(name))
  expect(told.length).toBeLessThanOrEqual(1 + afterOthers.length)
  expect(await heardOf(name)).toBe(25)
})

it('a delivery that Slack repeats is one report', async () => {
  const twice = { command: '/fraud', trigger_id: madeUp() }
  const say = () => hands.command('U0OLGA', '<@U0OLGA> somebody called me', twice)
  const said = await Promise.all([say(), say(), say()])
  expect(new Set(said.map((says) => /\*Case (FRD-\S+) is/.exec(says)?.[1])).size).toBe(1)
  await desk.settled('Olga Novak')
  expect(await desk.casesAbout('Olga Novak')).toHaveLength(1)
  await until('the card is there', () => cards('Olga Novak') === 1)
  const done = (await scene.facts('step-taken')).filter(({ step }) => step === 'block')
  expect(new Set(done.map(({ chain }) => chain)).size).toBe(done.length)
})
