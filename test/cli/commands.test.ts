import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { personalKeys } from '../../src/adapters/signing/personal-keys.ts'
import { createSigner } from '../../src/adapters/signing/signer.ts'
import { createVerifier } from '../../src/adapters/signing/verifier.ts'
import { readEncryptionKeys } from '../../src/adapters/temporal/encryption-keys.ts'
import type { Statement } from '../../src/core/envelope/statement.ts'
import { createDatabase, type TestDatabase } from '../setup/postgres.ts'
import { hallpass, type Ended } from './hallpass.ts'

describe('hallpass keys new', () => {
  it('prints NAME=value lines, and what one key signs the other verifies', async () => {
    const { code, out, error } = await hallpass(['keys', 'new'])
    expect({ code, error }).toEqual({ code: 0, error: '' })
    expect(out.split('\n').filter((line) => line !== '' && !/^#|^[A-Z_]+=\S+$/.test(line))).toEqual([])
    const keys = variables(out)
    expect(Object.keys(keys)).toEqual([
      'HALLPASS_SIGNING_KEY',
      'HALLPASS_VERIFY_KEYS',
      'HALLPASS_CODE_KEY',
      'HALLPASS_SIGNAL_KEY',
      'HALLPASS_ENCRYPTION_KEY',
    ])
    expect(readEncryptionKeys(keys['HALLPASS_ENCRYPTION_KEY'] ?? '').first).toBeDefined()
    const said: Statement = {
      v: 1,
      exceptionId: 'a',
      requestHash: 'b',
      actor: { team: 'T', user: 'U', person: 'entra:1' },
      at: 1,
      kind: 'withdraw',
      body: {},
    }
    const envelope = createSigner(keys['HALLPASS_SIGNING_KEY'] ?? '').sign(said)
    expect(createVerifier(keys['HALLPASS_VERIFY_KEYS'] ?? '').verify(envelope)).toBe(true)
  })
  it('prints others every time', async () => {
    const [one, other] = await Promise.all([hallpass(['keys', 'new']), hallpass(['keys', 'new'])])
    expect(variables(one.out)).not.toEqual(variables(other.out))
  })
})

describe('hallpass keys person', () => {
  it('prints a pair: what one signs the other verifies, and a policy takes that one', async () => {
    const { code, out, error } = await hallpass(['keys', 'person'])
    expect({ code, error }).toEqual({ code: 0, error: '' })
    const { HALLPASS_PERSON_KEY: own = '', HALLPASS_PERSON_VERIFY_KEY: known = '' } = variables(out)
    const signed = createSigner(own).sign({
      v: 1,
      caseId: 'a',
      actor: { team: '', user: '', person: 'entra:1' },
      at: 1,
      kind: 'unblock',
      body: { close: 'b' },
    })
    expect(personalKeys.signerOf({ 'sam@example.com': known }, signed)).toBe('sam@example.com')
  })
})

describe('hallpass fraud', () => {
  const close = ['fraud', 'close', 'FRD-7F3K-Q2MD', 'test', 'A test']
  const key = ['--key-file', 'key']

  it.for([
    ['close', 'without a reason', [...close.slice(0, 4), ...key], "missing required argument 'reason'"],
    [
      'close',
      'with no outcome of ours',
      [...close.slice(0, 3), 'won', 'Why', ...key],
      "value 'won' is invalid for argument 'outcome'",
    ],
    ['close', 'without a key', close, "required option '--key-file <file>' not specified"],
    ['agree', 'without a file', ['fraud', 'agree', ...key], "missing required argument 'file'"],
  ] as const)('%s %s: it says so and ends with 1', async ([, , args, says]) => {
    const { code, out, error } = await hallpass([...args])
    expect({ code, out }).toEqual({ code: 1, out: '' })
    expect(error).toContain(says)
    expect(error.trimEnd().split('\n').at(-1)).toBe('Run `hallpass --help` for what there is.')
  })

  it('needs the database, the directory and the policy, and nothing of Slack', async () => {
    const { code, error } = await hallpass([...close, ...key])
    expect(code).toBe(1)
    expect(error.match(/[A-Z_]{8,}/g)).toEqual([
      'DATABASE_URL',
      'HALLPASS_ENCRYPTION_KEY',
      'ENTRA_TENANT_ID',
      'HALLPASS_CONFIG',
      'ENTRA_CLIENT_ID',
      'ENTRA_CLIENT_SECRET',
      'ENTRA_CLIENT_CERTIFICATE',
      'ENTRA_CLIENT_CERTIFICATE_KEY',
    ])
  })
})

describe('hallpass migrate', () => {
  let database: TestDatabase
  beforeAll(async () => {
    database = await createDatabase('nothing')
  })
  afterAll(() => database.drop())

  it('sets a database up, and may be run again', async () => {
    const first = await migrate(database.ownerUrl)
    const second = await migrate(database.ownerUrl)
    const ready = 'The database is ready: sandbox, rights granted to hallpass_app.'
    expect(first).toMatchObject({ code: 0, error: '' })
    expect(first.out).toMatch(/^Ran the migration 001_tables\.$/m)
    expect(first.out.trimEnd().endsWith(ready)).toBe(true)
    expect(second).toMatchObject({ code: 0, out: `${ready}\n`, error: '' })
  })
  it('leaves a database of the other world alone', async () => {
    expect(await migrate(database.ownerUrl, 'production')).toMatchObject({
      code: 1,
      error:
        'This database belongs to a sandbox installation and this program runs as production: use another database.\n',
    })
  })
  const wrong: readonly (readonly [string, () => string | undefined, RegExp])[] = [
    ['no address', () => undefined, /^Set DATABASE_OWNER_URL: .*\.$/],
    [
      'no PostgreSQL there',
      () => database.ownerUrl.replace(/:\d+\//, ':1/'),
      /^PostgreSQL can't be used: check DATABASE_OWNER_URL \(unavailable: ECONNREFUSED\)$/,
    ],
    [
      'the role of the programs',
      () => database.programUrl,
      /^The programs' role hallpass_app has the rights of the owner/,
    ],
  ]
  it.for(wrong)('says what to mend with %s', async ([, url, says]) => {
    const { code, error } = await migrate(url())
    expect(code).toBe(1)
    expect(error.trimEnd()).toMatch(says)
  })
})

describe('what it does not know', () => {
  it.for([
    ['a command', ['serv'], "error: unknown command 'serv'"],
    ['an option', ['serve', '--fast'], "error: unknown option '--fast'"],
    [
      'a world',
      ['serve', '--installation', 'test'],
      "error: option '--installation <world>' argument 'test' is invalid",
    ],
    ['words after a command', ['keys', 'new', 'ones'], 'error: too many arguments'],
  ] as const)('%s: it says so, points at the help, and ends with 1', async ([, args, says]) => {
    const { code, out, error } = await hallpass([...args])
    expect(code).toBe(1)
    expect(out).toBe('')
    expect(error).toContain(says)
    expect(error.trimEnd().split('\n').at(-1)).toBe('Run `hallpass --help` for what there is.')
  })
  it('help names every command', async () => {
    const { code, out } = await hallpass(['--help'])
    expect(code).toBe(0)
    const commands = [
      'serve',
      'bot',
      'worker',
      'migrate',
      'keys',
      'codec',
      'fraud',
      'doctor',
      'init',
      'sandbox',
    ]
    for (const command of commands) expect(out).toContain(`  ${command} `)
  })
})

function variables(out: string): Readonly<Record<string, string>> {
  const lines = out.matchAll(/^([A-Z_]+)=(\S+)$/gm)
  return Object.fromEntries(Array.from(lines, ([, name = '', value = '']) => [name, value]))
}

function migrate(url: string | undefined, world = 'sandbox'): Promise<Ended> {
  return hallpass(['migrate', '--installation', world], { DATABASE_OWNER_URL: url })
}
