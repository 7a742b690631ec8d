import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest'
import { newKeys } from '../../src/adapters/signing/keys.ts'
import { newEncryptionKey } from '../../src/adapters/temporal/encryption-keys.ts'
import { hallpass, type Ended } from '../cli/hallpass.ts'
import { temporaryFolder } from '../setup/folder.ts'
import { policyWithKeys } from '../setup/policy.ts'
import { openMoodySlack, type MoodySlack } from './proxy.ts'
import { dana, olga, openScene, until, type Scene, type Subject } from './scene.ts'

const folder = temporaryFolder()
const file = (name: string): string => join(folder, name)
/** Whoever has a key, as the policy names them; Hari is of the helpdesk, and Ina's key stands in no policy. */
const people = ['sam.okafor', 'rita.lund', 'hari.patel', 'ina'] as const
const pairs = Object.fromEntries(people.map((name) => [name, newKeys()]))
const wish = ['false-alarm', 'She pressed it herself, called back']
const safe = ['--password-reset', '--methods-reviewed', '--yes']

/** What the case says is encrypted, for the programs and in the terminal. */
const encrypted = { HALLPASS_ENCRYPTION_KEY: newEncryptionKey() }

let scene: Scene
let slack: MoodySlack

beforeAll(async () => {
  for (const name of people) writeFileSync(file(name), pairs[name]?.signingKey ?? '')
  const named = people.filter((name) => name !== 'ina')
  const keys = named.map((name) => [`${name}@contoso.example`, pairs[name]?.verifyKey ?? ''])
  scene = await openScene({ policyFile: policyWithKeys(Object.fromEntries(keys) as Record<string, string>) })
  slack = await openMoodySlack(scene.slack.apiUrl)
  await scene.serve({ SLACK_API_URL: slack.apiUrl, ...encrypted })
}, 150_000)
afterEach(() => slack.mood(() => undefined))
afterAll(async () => {
  await scene.close()
  await slack.close()
})

/** The command, with nothing of Slack in its environment, and of the keys only that of payloads. */
function fraud(who: (typeof people)[number], ...args: readonly string[]): Promise<Ended> {
  const given = Object.entries(scene.environment).filter(([name]) => !/SLACK|_KEYS?$/.test(name))
  const world = ['--installation', 'sandbox', '--allow-stand-ins']
  const all = ['fraud', ...args, '--key-file', file(who), ...world]
  return hallpass(all, { ...Object.fromEntries(given), ...encrypted })
}

const isEnabled = ({ name }: Subject): boolean =>
  scene.entra.controls.view().users.find((user) => user.name === name)?.enabled === true

/** Reported by the person; answers the id that people read once the account is blocked. */
async function reported(subject: Subject): Promise<string> {
  const handle = subject.name.split(' ')[0]?.toLowerCase()
  await scene.desk.type(subject.slack, `/fraud @${handle} somebody called and wanted my code`)
  await until('the account is blocked', () => !isEnabled(subject))
  const open = `select letters from case_view where subject = 'entra:${scene.idOf(subject)}' and status = 'open'`
  await until('the case is on record', async () => (await scene.rows(open)).length === 1)
  const letters = String((await scene.rows(open))[0]?.['letters'])
  return `FRD-${letters.slice(0, 4)}-${letters.slice(4)}`
}

const saysNo = (words: string) => ({ code: 1, error: expect.stringContaining(words) as string })

it('Slack unusable: two of security close a case in a terminal, and the account is given back', async () => {
  const id = await reported(dana)
  slack.mood(() => 'status')
  const out = file('wish.json')
  const closed = await fraud('sam.okafor', 'close', id, ...wish, ...safe, '--out', out)
  expect(closed).toMatchObject({ code: 0, error: '' })
  for (const words of [
    `${id}: fraud reported about Dana Cruz`,
    '• Account blocked, ',
    'Sam Okafor wants to close it: false alarm.',
    'Reason: “She pressed it herself, called back”',
    'as soon as a second person of security agrees',
    `hallpass fraud agree ${out}`,
  ])
    expect(closed.out).toContain(words)
  expect(isEnabled(dana)).toBe(false)

  expect(await fraud('sam.okafor', 'agree', out, '--yes')).toMatchObject(
    saysNo('You asked for this yourself.'),
  )
  expect(isEnabled(dana)).toBe(false)
  const agreed = await fraud('rita.lund', 'agree', out, '--yes')
  expect(agreed).toMatchObject({ code: 0, error: '' })
  expect(agreed.out).toContain('not because Sam Okafor says so.')
  expect(agreed.out).toContain(`Case ${id} is closed: false alarm. The account was given back.`)
  expect(isEnabled(dana)).toBe(true)

  slack.mood(() => undefined)
  const again = await fraud('rita.lund', 'agree', out, '--yes')
  expect(again).toMatchObject({ code: 0, out: expect.stringContaining('was given back') as string })
  const isTold = () => scene.security().includes('The account was given back.')
  await until('everybody is told', isTold, 60_000)
  expect(await scene.facts('unblocked')).toHaveLength(1)
  expect(await scene.facts('case-forged')).toEqual([])
}, 150_000)

it('nothing is signed by whoever may not, or without what has to be said; nothing is agreed to that was changed', async () => {
  const id = await reported(olga)
  const out = file('olga.json')
  const close = ['close', id, ...wish, '--out', out]
  expect(await fraud('sam.okafor', ...close)).toMatchObject(saysNo('--password-reset'))
  expect(await fraud('ina', ...close, ...safe)).toMatchObject(saysNo('The policy has this key for nobody.'))
  expect(await fraud('hari.patel', ...close, ...safe)).toMatchObject(saysNo('Only security can do this.'))
  const unconfirmed = safe.filter((option) => option !== '--yes')
  expect(await fraud('sam.okafor', ...close, ...unconfirmed)).toMatchObject(saysNo('Nothing was signed'))
  expect(existsSync(out)).toBe(false)

  expect(await fraud('sam.okafor', ...close, ...safe)).toMatchObject({ code: 0 })
  expect(await fraud('sam.okafor', ...close, ...safe)).toMatchObject(saysNo('is there already'))
  expect(await fraud('hari.patel', 'agree', out, '--yes')).toMatchObject(
    saysNo('Your agreement was refused: Only security'),
  )
  const changed = file('changed.json')
  writeFileSync(changed, readFileSync(out, 'utf8').replace('"false-alarm"', '"test"'))
  expect(await fraud('rita.lund', 'agree', changed, '--yes')).toMatchObject(
    saysNo('Do not agree, and tell security.'),
  )
  expect(isEnabled(olga)).toBe(false)
  expect(await scene.facts('case-forged')).toEqual([])
}, 150_000)
