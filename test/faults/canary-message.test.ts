import { afterAll, beforeAll, expect, inject, it } from 'vitest'
import { memoryStore } from '../../src/sandbox/state-store.ts'
import { policyOfMessages } from '../setup/policy.ts'
import { logsBelow, place, placesOf, spelled, tablesOf, workflowsOf, type Place } from './canary.ts'
import { bypassFor, dana, olga, openScene, until, type Scene } from './scene.ts'

const code = 'k&3"W\\2v'
const slackStore = memoryStore()
const traffic: Place[] = []
let scene: Scene

beforeAll(async () => {
  scene = await openScene({ codes: [code], slackStore, policyFile: policyOfMessages('8s') })
  scene.slack.onCall(({ method, args, answer }) => traffic.push(place(method, [args, answer])))
  await scene.serve({ LOG_LEVEL: 'debug' })
})
afterAll(() => scene.close())

/** Everything that rests anywhere, what Slack keeps among it. */
async function atRest(): Promise<readonly Place[]> {
  const [tables, workflows] = await Promise.all([tablesOf(scene), workflowsOf(scene)])
  return [...tables, ...workflows, ...logsBelow(inject('folder')), place('Slack', await slackStore.load())]
}

it('the code of a pass is in one message while it is there, and then nowhere', async () => {
  const { desk } = scene
  await scene.approved(dana)
  expect(await desk.sendCode()).toBe(code)
  await scene.reaches(dana, 'active')
  expect(placesOf(code, await atRest())).toEqual(['Slack'])
  expect(desk.codesSent()).toEqual([code])
  // A person presses what can be pressed: none of it sends the message with the code to the bot.
  await desk.close(dana.slack)
  await desk.press(dana.slack, 'It does not work')
  await desk.window(dana.slack, 'Missed it?')

  await until('its time is over', () => desk.codesSent().length === 0)
  await until(
    'the card does not point to it any more',
    () => !desk.reads(dana.slack).includes('It is in the message'),
  )
  expect(scene.isAlive(dana)).toBe(true)
  expect(placesOf(code, await atRest())).toEqual([])
  expect(placesOf(code, traffic)).toEqual(['chat.update'])
  const wheres = traffic.map(({ where }) => where)
  expect(wheres).toEqual(expect.arrayContaining(['chat.postMessage', 'views.update', 'block_actions']))
  expect(wheres.filter((where) => where === 'chat.delete')).toHaveLength(1)
})

it('the code of a bypass, which Hallpass made itself, likewise', async () => {
  const { desk } = scene
  traffic.length = 0
  await desk.type('U0HANNA', '/bypass @olga 300s for vpn phone is at home')
  await desk.sees('U0AVA', 'Olga Novak')
  await desk.approve('U0AVA')
  const typed = await desk.sendCode(olga.slack)
  const spellings = [typed, typed.replaceAll('-', ''), typed.toLowerCase()]
  expect(typed).toMatch(/^[0-9A-HJKMNP-TV-Z]{4}(?:-[0-9A-HJKMNP-TV-Z]{4}){3}$/)
  await scene.reaches(bypassFor(olga), 'active')
  expect(placesOf(typed, await atRest())).toEqual(['Slack'])

  await until('its time is over', () => desk.codesSent(olga.slack).length === 0)
  const rest = await atRest()
  for (const spelling of spellings) expect(placesOf(spelling, rest)).toEqual([])
  const sent = spellings.flatMap((spelling) => placesOf(spelling, traffic))
  expect(new Set(sent)).toEqual(new Set(['chat.update']))
  expect(placesOf(typed, traffic)).toEqual(['chat.update'])
})

it('the code of a drill, which opens nothing, likewise', async () => {
  const { desk } = scene
  traffic.length = 0
  await desk.type('U0HANNA', '/tap drill @olga 5m we practise with a lost phone')
  await desk.sees('U0AVA', 'Drill: let Olga Novak')
  await desk.approve('U0AVA')
  const typed = await desk.sendCode(olga.slack)
  expect(desk.reads(olga.slack)).toContain('Opens nothing; it ends at')
  expect(placesOf(spelled(typed), await atRest())).toEqual(['Slack'])

  await until('its time is over', () => desk.codesSent(olga.slack).length === 0)
  expect(placesOf(spelled(typed), await atRest())).toEqual([])
  expect(placesOf(spelled(typed), traffic)).toEqual(['chat.update'])
})
