import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { needs } from '../../src/doctor/permissions.ts'
import { seedState } from '../../src/sandbox/entra/seed.ts'
import { memoryStore, type StateStore } from '../../src/sandbox/state-store.ts'
import { selfSigned } from '../adapters/entra/self-signed.ts'
import { startInstallation, type Installation } from '../setup/installation.ts'
import { withEntra } from './broken.ts'
import { linesOf, looked, notOk, permissionsOf, type Changes, type Looked } from './looked.ts'

let installation: Installation

beforeAll(async () => {
  installation = await startInstallation()
})
afterAll(() => installation.close())

const look = (changes: Changes): Promise<Looked> => looked(installation, changes)
const permissions = needs.map(({ permission }) => permission)

describe('permissions', () => {
  it.for(needs)('without $permission', async ({ permission, spare, without }) => {
    const rest = permissions.filter((other) => other !== permission)
    const report = await withEntra(installation, { permissions: rest }, look)
    const state = spare === true ? 'warning' : 'wrong'
    expect(linesOf(report, 'entra.reader.permissions')).toContain(
      `${state}: The reader (ENTRA_CLIENT_ID) lacks ${permission}: ${without}. -> Add ${permission} `,
    )
    expect(report.well).toBe(spare === true)
  })
  it.for([
    ['RoleManagement.ReadWrite.Directory', /^wrong: .* can make anybody a Global Administrator/],
    ['Mail.Read', /^warning: The reader .* has Mail\.Read, which it does not need\. -> Take Mail\.Read away/],
  ] as const)('%s is too wide', async ([permission, says]) => {
    const wide = { permissions: [...permissions, permission] }
    const report = await withEntra(installation, wide, look)
    expect(linesOf(report, 'entra.reader.permissions')).toMatch(says)
  })
})

/** An application of the tenant with the rights for one thing. */
const other = (name: string) => ({
  clientId: `${name}-id`,
  clientSecret: `secret-of-the-${name}`,
  clientCertificate: undefined,
  permissions: permissionsOf(name),
})

describe('applications', () => {
  const others = [other('issuer'), other('responder')]
  const settings = {
    ENTRA_ISSUER_CLIENT_ID: 'issuer-id',
    ENTRA_ISSUER_CLIENT_SECRET: 'secret-of-the-issuer',
    ENTRA_RESPONDER_CLIENT_ID: 'responder-id',
    ENTRA_RESPONDER_CLIENT_SECRET: 'secret-of-the-responder',
  }

  it('three, each with its own rights, are as they should be', async () => {
    const apart = { permissions: permissionsOf('reader'), others }
    const report = await withEntra(installation, apart, (changes) => look({ ...changes, ...settings }))
    expect(report.well).toBe(true)
    expect(notOk(report).filter((line) => /permissions|applications/.test(line))).toEqual([])
  })
  it('a reader that could mint beside an issuer is wrong', async () => {
    const mixed = { permissions, others }
    const report = await withEntra(installation, mixed, (changes) => look({ ...changes, ...settings }))
    expect(linesOf(report, 'entra.reader.permissions')).toMatch(
      /^wrong: The reader .* has UserAuthMethod-TAP\.ReadWrite\.All: .* can make a pass for anybody/m,
    )
  })
  it('so is a bot alone whose one application could', async () => {
    const report = await looked(installation, {}, { program: 'bot' })
    expect(linesOf(report, 'entra.reader.permissions')).toContain('can make a pass for anybody')
    expect(report.well).toBe(false)
  })
  it('a certificate is better than a secret, and must be of its key', async () => {
    const { certificate, key } = selfSigned()
    const proven = { ENTRA_CLIENT_CERTIFICATE: certificate, ENTRA_CLIENT_CERTIFICATE_KEY: key }
    const report = await withEntra(installation, { clientCertificate: certificate }, async (changes) => {
      const foreign = { ...proven, ENTRA_CLIENT_CERTIFICATE_KEY: selfSigned().key }
      return Promise.all([look({ ...changes, ...proven }), look({ ...changes, ...foreign })])
    })
    expect(linesOf(report[0], 'entra.reader.credential')).toBe('')
    expect(report[0].well).toBe(true)
    expect(report[1].found.map(({ says }) => says).join()).toContain('needs the RSA key that belongs to it')
    expect(report[1].well).toBe(false)
  })
})

describe('passes', () => {
  it.for([
    ['switched off', { state: 'disabled' }, /^wrong: Temporary Access Pass is switched off/],
    ['for nobody', { includeTargets: [] }, /^wrong: The tenant lets nobody have a pass/],
    [
      'of an hour and a half at least',
      { defaultLifetimeInMinutes: 90, minimumLifetimeInMinutes: 90 },
      /^wrong: defaults\.duration of the policy, 1 hour, is outside/,
    ],
    [
      'of two hours at most',
      { maximumLifetimeInMinutes: 120 },
      /^warning: The rule “A pass for a colleague” allows 8 hours, and the tenant 2 hours/,
    ],
    [
      'that work more than once',
      { isUsableOnce: false },
      /^warning: The tenant allows passes that work more/,
    ],
  ] as const)('%s', async ([, change, says]) => {
    const report = await withEntra(installation, { store: stateWith(change) }, look)
    expect(linesOf(report, 'entra.pass-policy')).toMatch(says)
  })
  it('administrators whom the tenant excludes are all seen to be', async () => {
    const { roleAssignments } = seedState(Date.now())
    const excludeTargets = roleAssignments.map(({ principalId }, index) => ({
      id: principalId,
      targetType: index === 0 ? 'user' : 'group',
    }))
    const report = await withEntra(installation, { store: stateWith({ excludeTargets }) }, look)
    expect(linesOf(report, 'entra.administrators')).toBe('')
  })
  it('whom the tenant excludes can not be tried with, and that is said', async () => {
    const store = stateWith({ excludeTargets: [{ id: helpdeskGroup, targetType: 'group' }] })
    const report = await withEntra(installation, { store }, look)
    expect(linesOf(report, 'entra.mint')).toMatch(/^warning: Entra lets us make passes, but none for /)
  })
})

const helpdeskGroup = '06a733da-0b1f-4328-95b2-fcf0f2fed5df'

/** A tenant with another policy of passes. */
function stateWith(change: object): StateStore {
  const state = seedState(Date.now())
  const store = memoryStore()
  void store.save({ ...state, passPolicy: { ...state.passPolicy, ...change } })
  return store
}
