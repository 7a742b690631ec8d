import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { newSecretKey } from '../../src/adapters/local/secret-key.ts'
import { newKeys } from '../../src/adapters/signing/keys.ts'
import { newEncryptionKey } from '../../src/adapters/temporal/encryption-keys.ts'
import { hallpass } from '../cli/hallpass.ts'
import { temporaryFolder } from '../setup/folder.ts'
import { startInstallation, type Installation } from '../setup/installation.ts'
import { poorNamespace, withEntra, withRight } from './broken.ts'
import { linesOf, looked, notOk, permissionsOf, type Changes } from './looked.ts'

let installation: Installation
let folder: string

beforeAll(async () => {
  folder = temporaryFolder()
  installation = await startInstallation()
})
afterAll(() => installation.close())

/** What the stand-ins are not as they should be, and what nobody can see. */
const usual = [
  'entra.administrators warning',
  'entra.applications warning',
  'entra.reader.credential warning',
  'keys warning',
  'slack.address unchecked',
  'slack.app unchecked',
  'temporal.keys unchecked',
]

describe('an installation in order', () => {
  it('is well, and what could be better or can’t be seen is said', async () => {
    const report = await looked(installation)
    expect(notOk(report).toSorted()).toEqual(usual)
    expect(report.well).toBe(true)
    expect(new Set(report.found.map(({ part }) => part)).size).toBe(8)
    for (const one of report.found.filter(({ state }) => state !== 'ok')) expect(one.fix).toMatch(/\w{3}/)
  })
  it('probing for a pass makes none', async () => {
    const before = installation.entra.mints()
    const { found } = await looked(installation)
    expect(found.find(({ check }) => check === 'entra.mint')).toMatchObject({
      state: 'ok',
      says: 'A pass could be made: Entra refused one of a minute for its time alone.',
    })
    expect(installation.entra.mints()).toBe(before)
  })
  it('a program alone is asked for nothing of the other', async () => {
    const permissions = permissionsOf('reader')
    const bot = await withEntra(installation, { permissions }, (changes) =>
      looked(installation, { ...changes, HALLPASS_CODE_KEY: '' }, { program: 'bot' }),
    )
    expect(bot.well).toBe(true)
    expect(bot.found.map(({ check }) => check)).not.toContain('entra.mint')
    const noKeys = { HALLPASS_SIGNING_KEY: '', HALLPASS_SIGNAL_KEY: '', SLACK_SIGNING_SECRET: '' }
    const worker = await looked(installation, noKeys, { program: 'worker' })
    expect(worker.well).toBe(true)
    expect(worker.found.map(({ check }) => check)).not.toContain('slack.address')
  })
})

/** The sandbox's policy with one piece exchanged. */
function policyWith(from: string, to: string): Changes {
  const text = readFileSync(new URL('../../src/sandbox/policy.yaml', import.meta.url), 'utf8')
  const file = join(folder, `${to.replaceAll(/\W/g, '')}.yaml`)
  writeFileSync(file, text.replaceAll(from, to))
  return { HALLPASS_CONFIG: file }
}

function noDatabase(): Changes {
  const url = new URL(installation.environment['DATABASE_URL'] ?? '')
  url.port = '1'
  return { DATABASE_URL: url.href }
}

function sameKeys(): Changes {
  const key = newSecretKey()
  return { HALLPASS_CODE_KEY: key, HALLPASS_SIGNAL_KEY: key }
}

const ofOne = '{ named: [sam.okafor@contoso.example] }'
const ofNobody = '{ named: [dieter.disabled@contoso.example] }'

const rows: readonly (readonly [string, string, () => Changes, RegExp])[] = [
  [
    'a key that does not fit',
    'keys',
    () => ({ HALLPASS_VERIFY_KEYS: newKeys().verifyKey }),
    /lacks the key that belongs to/,
  ],
  ['a key that is none', 'keys', () => ({ HALLPASS_CODE_KEY: 'short' }), /HALLPASS_CODE_KEY is no key/],
  ['one key for two things', 'keys', sameKeys, /are the same key/],
  [
    'a group that does not exist',
    'policy.people',
    () => policyWith('Helpdesk', 'Help desk'),
    /people\.helpdesk .* can’t be found in the directory \(group-unknown\)/,
  ],
  [
    'a group of one',
    'policy.people',
    () => policyWith('{ directoryGroup: Security }', ofOne),
    /people\.security .* has one member/,
  ],
  [
    'a set of people who can’t act',
    'policy.people',
    () => policyWith('{ directoryGroup: Helpdesk }', ofNobody),
    /people\.helpdesk .* has no member who can act/,
  ],
  [
    'a policy with an error',
    'policy.file',
    () => policyWith('duration: 1h', 'duration: soon'),
    /line \d+, defaults\.duration/,
  ],
  [
    'the role of the owner',
    'postgresql.rights',
    () => ({ DATABASE_URL: installation.database.ownerUrl }),
    /UPDATE on fact, DELETE on fact/,
  ],
  [
    'no database there',
    'postgresql.server',
    noDatabase,
    /PostgreSQL can't be asked \(unavailable: ECONNREFUSED\)/,
  ],
  [
    'no Temporal there',
    'temporal.version',
    () => ({ TEMPORAL_ADDRESS: '127.0.0.1:1' }),
    /Temporal at 127\.0\.0\.1:1 can't be reached/,
  ],
  [
    'no namespace',
    'temporal.namespace',
    () => ({ TEMPORAL_NAMESPACE: 'nowhere' }),
    /Temporal has no namespace nowhere/,
  ],
  [
    'a setting that is missing',
    'settings.complete',
    () => ({ ENTRA_TENANT_ID: '' }),
    /ENTRA_TENANT_ID is not set/,
  ],
]

describe('wrong, with how to mend it, and everything else looked at all the same:', () => {
  it.for(rows)('%s', async ([, check, changes, says]) => {
    const report = await looked(installation, changes())
    expect(linesOf(report, check)).toMatch(new RegExp(`^wrong: [^]*${says.source}[^]* -> \\S`))
    expect(report.well).toBe(false)
    expect(new Set(report.found.map(({ part }) => part)).size).toBe(8)
  })
  it.for(['update on fact', 'delete on local_use', 'update on local_end', 'update on local_try'])(
    'the right to %s',
    async (right) => {
      const report = await withRight(installation, right, () => looked(installation))
      expect(linesOf(report, 'postgresql.rights').toLowerCase()).toContain(`happened: ${right}. -> `)
    },
  )
  it('a namespace that forgets after a day, and finds nothing', async () => {
    const report = await looked(installation, { TEMPORAL_NAMESPACE: await poorNamespace(installation) })
    expect(linesOf(report, 'temporal.namespace')).toMatch(/^wrong: .* keeps histories for one day only/)
    expect(linesOf(report, 'temporal.search-attribute')).toMatch(/^wrong: .* no search attribute HallpassId/)
  })
  it('a misspelt setting, which is a warning', async () => {
    const report = await looked(installation, { HALLPASS_SIGNIN_KEY: 'x' })
    expect(linesOf(report, 'settings.known')).toMatch(/^warning: .*; did you mean HALLPASS_SIGNING_KEY\?/)
    expect(report.well).toBe(true)
  })
  it('everything away at once', async () => {
    const { found } = await looked(installation, {
      SLACK_API_URL: 'http://127.0.0.1:1/api/',
      GRAPH_BASE_URL: 'http://127.0.0.1:1/v1.0',
      ENTRA_AUTHORITY_URL: 'http://127.0.0.1:1',
      TEMPORAL_ADDRESS: '127.0.0.1:1',
      ...noDatabase(),
    })
    const wrong = found.filter(({ state }) => state === 'wrong').map(({ part }) => part)
    expect([...new Set(wrong)]).toEqual(['PostgreSQL', 'Temporal', 'Slack', 'Entra', 'Clocks'])
  })
})

describe('hallpass doctor', () => {
  const args = ['doctor', '--installation', 'sandbox', '--allow-stand-ins']

  it('ends with 0 when all is well, and with 1 when something is wrong; no secret is printed', async () => {
    const environment = { ...installation.environment, HALLPASS_ENCRYPTION_KEY: newEncryptionKey() }
    const well = await hallpass(args, environment)
    expect(well.out.match(/WRONG.*/g)).toBeNull()
    expect(well).toMatchObject({ code: 0, error: '' })
    expect(well.out).toMatch(/^All is well: \d+ could be better, \d+ to see by hand, \d+ in order\.$/m)
    const planted = { SLACK_BOT_TOKEN: 'xoxb-planted-1', ENTRA_CLIENT_SECRET: 'planted-2' }
    const broken = { ...environment, ...planted, HALLPASS_CODE_KEY: 'planted-3' }
    const ill = await hallpass(args, broken)
    expect(ill.code).toBe(1)
    expect(ill.out).toContain('Slack does not take SLACK_BOT_TOKEN')
    const secrets = Object.entries(environment).flatMap(([name, value]) =>
      /KEY$|KEYS$|SECRET$|TOKEN$/.test(name) ? value : [],
    )
    expect(secrets.length).toBeGreaterThan(6)
    for (const secret of [...secrets, 'planted']) expect(well.out + ill.out + ill.error).not.toContain(secret)
  })
  it('hides even what the error of a library quotes', async () => {
    const url = 'postgres://hallpass_app:planted-password@nowhere.invalid:5432/planted-database'
    const { out } = await hallpass(args, { ...installation.environment, DATABASE_URL: url })
    expect(out).toContain("PostgreSQL can't be asked")
    expect(out).not.toContain('planted')
  })
  it('is not stopped by a password that no address can hold', async () => {
    const url = 'postgres://hallpass_app:planted%password@nowhere.invalid:5432/hallpass'
    const { out } = await hallpass(args, { ...installation.environment, DATABASE_URL: url })
    expect(out).toContain("PostgreSQL can't be")
    expect(out).not.toContain('planted')
  })
  it('says the same as JSON for machines', async () => {
    const { code, out } = await hallpass([...args, '--json', '--only', 'worker'], installation.environment)
    expect(code).toBe(0)
    expect(JSON.parse(out)).toMatchObject({ ok: true, counts: { wrong: 0 } })
  })
  it('with nothing set it says everything that is missing, and does not fail', async () => {
    const { code, out, error } = await hallpass(args, { TEMPORAL_ADDRESS: '127.0.0.1:1' })
    expect({ code, error }).toEqual({ code: 1, error: '' })
    expect(out).toMatch(/WRONG {4}SLACK_BOT_TOKEN is not set\./)
    expect(out).toContain('slack.token: not looked at, because SLACK_BOT_TOKEN is not set')
  })
})
