import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { migrate } from '../../src/adapters/postgres/migrate.ts'
import { newEncryptionKey } from '../../src/adapters/temporal/encryption-keys.ts'
import { as, createRole } from '../adapters/postgres/as.ts'
import { hallpass } from '../cli/hallpass.ts'
import { startInstallation, type Installation } from '../setup/installation.ts'
import { withEntra } from './broken.ts'
import { linesOf, looked, notOk, permissionsOf, type Changes, type Looked } from './looked.ts'

let installation: Installation

beforeAll(async () => {
  installation = await startInstallation()
  const { database } = installation
  await createRole(database.superuserUrl, 'hallpass_codec')
  await migrate({ ownerUrl: database.ownerUrl, installation: 'sandbox' })
})
afterAll(() => installation.close())

/** What the other programs need and these two do not. */
const ofServers = {
  SLACK_BOT_TOKEN: '',
  SLACK_SIGNING_SECRET: '',
  HALLPASS_SIGNING_KEY: '',
  HALLPASS_VERIFY_KEYS: '',
  TEMPORAL_ADDRESS: '127.0.0.1:1',
  SLACK_API_URL: 'http://127.0.0.1:1/api/',
}

function asVerify(): Changes {
  return {
    ...ofServers,
    DATABASE_URL: installation.database.checkUrl,
    HALLPASS_CHECK_SECRETS: 'vpn-gateway=the-secret-of-the-vpn-gateway',
    HALLPASS_ENCRYPTION_KEY: '',
    ENTRA_CLIENT_ID: '',
    GRAPH_BASE_URL: 'http://127.0.0.1:1/v1.0',
  }
}

function asCodec(): Changes {
  const url = new URL(installation.database.superuserUrl)
  url.searchParams.set('options', '-c role=hallpass_codec')
  return {
    ...ofServers,
    DATABASE_URL: url.href,
    HALLPASS_ENCRYPTION_KEY: newEncryptionKey(),
    HALLPASS_CODE_KEY: '',
    HALLPASS_SIGNAL_KEY: '',
    HALLPASS_CODEC_AUDIENCE: '5b1c7a4e-0000-4000-8000-00000000c0de',
    HALLPASS_CODEC_ORIGIN: 'https://temporal.contoso.example',
  }
}

const partsOf = ({ found }: Looked) => new Set(found.map(({ part }) => part))
const verify = (changes: Changes = {}) =>
  looked(installation, { ...asVerify(), ...changes }, { program: 'verify' })
const codec = (changes: Changes = {}) => {
  const permissions = permissionsOf('reader')
  return withEntra(installation, { permissions }, (others) =>
    looked(installation, { ...asCodec(), ...others, ...changes }, { program: 'codec' }),
  )
}

describe('the check alone', () => {
  it('is well without Slack, Temporal and Entra, and those are not asked', async () => {
    const report = await verify()
    expect(notOk(report)).toEqual([])
    expect(partsOf(report)).toEqual(new Set(['Settings', 'Keys', 'Policy', 'PostgreSQL', 'Clocks']))
    expect(report.found.map(({ says }) => says)).toContain('These may ask: vpn-gateway.')
  })
  it('misses what it needs, a client of the policy without a secret, and a certificate beyond this machine', async () => {
    const report = await verify({
      HALLPASS_CODE_KEY: '',
      HALLPASS_CHECK_SECRETS: 'other-gateway=the-secret-of-the-vpn-gateway',
      HALLPASS_VERIFY_HOST: '0.0.0.0',
    })
    expect(linesOf(report, 'settings.complete')).toMatch(/HALLPASS_CODE_KEY is not set\..*`hallpass verify`/)
    expect(linesOf(report, 'settings.complete')).toContain('codes travel encrypted only')
    expect(linesOf(report, 'policy.clients')).toMatch(
      /^wrong: The policy's checks name vpn-gateway: .* -> \S/,
    )
  })
  it.each([
    ['the programs’ role', () => installation.database.programUrl],
    ['the owner', () => installation.database.ownerUrl],
  ])('as %s may do more than it should', async (_, url) => {
    const report = await verify({ DATABASE_URL: url() })
    expect(linesOf(report, 'postgresql.chains')).toMatch(
      /^wrong: .*chains that are not its own\. -> Connect as hallpass_verify/,
    )
    expect(report.well).toBe(false)
  })
  it('as the role of the codec can answer nobody', async () => {
    const report = await verify({ DATABASE_URL: asCodec()['DATABASE_URL'] ?? '' })
    expect(linesOf(report, 'postgresql.chains')).toContain('may not add facts to the chains check/...')
  })
})

describe('the codec alone', () => {
  it('is well without Slack and Temporal, and those are not asked', async () => {
    const report = await codec()
    expect(notOk(report)).toEqual(['entra.reader.credential warning'])
    expect(partsOf(report)).toEqual(new Set(['Settings', 'Keys', 'Policy', 'PostgreSQL', 'Entra', 'Clocks']))
    expect(report.found.map(({ check }) => check)).not.toContain('entra.mint')
  })
  it('misses what it needs, and a key that decrypts anything', async () => {
    const report = await codec({
      HALLPASS_CODEC_ORIGIN: 'https://temporal/page',
      HALLPASS_ENCRYPTION_KEY: 'off',
    })
    expect(linesOf(report, 'settings.complete')).toMatch(
      /HALLPASS_CODEC_ORIGIN is no origin.*`hallpass codec`/,
    )
    expect(linesOf(report, 'keys')).toMatch(
      /^wrong: HALLPASS_ENCRYPTION_KEY is off: there is nothing to decode/,
    )
  })
  it('as the role of the check can write nobody down', async () => {
    const report = await codec({ DATABASE_URL: installation.database.checkUrl })
    expect(linesOf(report, 'postgresql.chains')).toMatch(
      /may not add facts to the chains codec\/\.\.\..* -> Connect as hallpass_codec/,
    )
  })
})

it('what was tried leaves nothing behind', async () => {
  const { programUrl, ownerUrl } = installation.database
  await verify({ DATABASE_URL: programUrl })
  expect(await as(ownerUrl, 'select chain from fact')).toEqual([])
})

it('hallpass doctor --only verify, from the command line', async () => {
  const args = ['doctor', '--installation', 'sandbox', '--json', '--only', 'verify']
  const { code, out } = await hallpass(args, { ...installation.environment, ...asVerify() })
  expect(JSON.parse(out)).toMatchObject({ ok: true, counts: { wrong: 0 } })
  expect(code).toBe(0)
})
