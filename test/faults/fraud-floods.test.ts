import { afterAll, beforeAll, expect, it } from 'vitest'
import { caseDeskOf, type CaseDesk } from '../bot/case-desk.ts'
import { handsOf, madeUp, type Hands } from '../bot/hands.ts'
import { crowdOf, directoryWith, workspaceWith } from '../setup/crowd.ts'
import { openScene, until, type Scene } from './scene.ts'

const people = crowdOf(21)
const [atOnce, oneByOne, ofMany] = [people.slice(0, 10), people.slice(10, 20), people[20]]

let scene: Scene
let hands: Hands
let desk: CaseDesk

beforeAll(async () => {
  scene = await openScene({ seed: workspaceWith(people), entraStore: await directoryWith(people) })
  await scene.serve()
  hands = await handsOf(scene)
  desk = caseDeskOf(scene, hands)
}, 60_000)
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

it('at once', async () => {
  await Promise.all(atOnce.map(({ id }) => type('U0HANNA', `<@${id}> cannot place a call`)))
  const cases = await Promise.all(atOnce.map(({ name }) => desk.settled(name)))
  console.log(blocked(atOnce), cases.map(({ state }) => [state.plan.withheld?.because, state.steps.block?.result?.is, state.steps.checks?.result?.is].join(' ')))
  console.log((await scene.facts('alarm')).length)
  for (const { name } of atOnce) expect(cards(name)).toBe(1)
})

it('one by one', async () => {
  for (const { id } of oneByOne) await type('U0HARI', `<@${id}> cannot place a call`)
  const cases = await Promise.all(oneByOne.map(({ name }) => desk.settled(name)))
  console.log(blocked(oneByOne), cases.map(({ state }) => [state.plan.withheld?.because, state.steps.block?.result?.is, state.steps.checks?.result?.is].join(' ')))
  console.log((await scene.facts('alarm')).length)
})
