import { describe, expect, it } from 'vitest'
import { UnfitDatabase } from '../../src/adapters/postgres/installation.ts'
import { newEncryptionKey } from '../../src/adapters/temporal/encryption-keys.ts'
import { judgeClock } from '../../src/doctor/checks/clocks.ts'
import { judgeCredential } from '../../src/doctor/checks/entra.ts'
import { judgeKeys } from '../../src/doctor/checks/keys.ts'
import { judgeMinting, passChecks } from '../../src/doctor/checks/passes.ts'
import { judgeTried } from '../../src/doctor/checks/permissions.ts'
import { judgeServer, judgeUnfit } from '../../src/doctor/checks/postgres.ts'
import { judgeSettings } from '../../src/doctor/checks/settings.ts'
import { judgeChannel, judgeScopes, judgeSocket, judgeToken } from '../../src/doctor/checks/slack.ts'
import { judgeAttribute, judgeRetention, judgeVersion } from '../../src/doctor/checks/temporal.ts'
import { runChecks } from '../../src/doctor/check.ts'
import type { Examined } from '../../src/doctor/examined.ts'
import type { Finding } from '../../src/doctor/finding.ts'
import { needs } from '../../src/doctor/permissions.ts'
import { pinnedPolicy } from '../core/exception/given.ts'

const states = (findings: readonly Finding[]): readonly string[] => findings.map(({ state }) => state)
const day = 86_400

describe('a clock', () => {
  it.for([
    [0, ['ok']],
    [-5_400, ['ok']],
    [6_000, ['warning']],
    [-29_000, ['warning']],
    [30_000, ['wrong']],
    [undefined, ['unchecked']],
  ] as const)('%s ms off', ([skew, expected]) => {
    expect(states(judgeClock('Slack', skew))).toEqual(expected)
  })
  it('that is ahead is called so', () => {
    expect(judgeClock('Slack', -40_000)[0]?.says).toContain('40 s ahead of that of Slack')
  })
})

describe('a certificate', () => {
  it.for([
    [-1, ['wrong']],
    [0.5, ['warning']],
    [29, ['warning']],
    [31, ['ok']],
  ] as const)('with %s days to live', ([days, expected]) => {
    expect(states(judgeCredential('reader', { until: days * day * 1000 }, 0))).toEqual(expected)
  })
  it('that is none', () => {
    expect(states(judgeCredential('reader', 'unreadable', 0))).toEqual(['wrong'])
  })
})

describe('the order of a pass that can’t be', () => {
  const id = '5b1c7a4e-0000-4000-8000-00000000c0de'
  it.for([
    [400, 'Invalid LifetimeInMinutes specified. The valid range between 60 and 480.', 'ok'],
    [400, 'Converged UserCredentialPolicy does not allow creating or updating this', 'warning'],
    [403, 'Request Authorization failed', 'wrong'],
    [201, '', 'wrong'],
    [429, 'Too many requests.', 'unchecked'],
  ] as const)('answered %s %s', ([status, said, expected]) => {
    expect(states(judgeMinting({ status, said }, 'somebody'))).toEqual([expected])
  })
  it.each<[string, unknown, number, string, number]>([
    ['is deleted', { id }, 204, 'it was deleted at once', 1],
    ['and not deleted is said to be there', { id }, 500, 'it could not be deleted', 1],
    ['without an id as well', {}, 204, 'it could not be deleted', 0],
  ])(
    'that is carried out all the same %s, and is not given twice',
    async (_, body, deletes, says, deletions) => {
      const asked: string[] = []
      const send = async ({ method }: { readonly method: string }) => {
        asked.push(method)
        return { status: method === 'POST' ? 201 : deletes, body: method === 'POST' ? body : {} }
      }
      const sam = { id: `entra:${id}`, name: 'Sam', enabled: true, guest: false }
      const examined = {
        program: 'worker',
        policy: async () => pinnedPolicy([]),
        directory: () => ({ membersOf: async () => [sam] }),
        graph: () => ({ send }),
      } as unknown as Examined
      const checks = passChecks(examined).filter(({ name }) => name === 'entra.mint')
      const found = await runChecks(checks)
      expect(states(found)).toEqual(['wrong'])
      expect(found[0]?.says).toContain(says)
      expect(asked).toEqual(['POST', ...Array<string>(deletions).fill('DELETE')])
    },
  )
})

describe('a permission that the token carries', () => {
  const [need] = needs
  const tried = (status: number, said = '') =>
    need === undefined ? [] : judgeTried('reader', need, [need.permission], { status, said })
  it.for([
    [200, '', []],
    [403, '', ['wrong']],
    [403, 'your tenant is not licensed for this feature.', ['warning']],
    [0, 'network', ['warning']],
  ] as const)('and Graph answers %s %s', ([status, said, expected]) => {
    expect(states(tried(status, said))).toEqual(expected)
  })
})

describe('a variable that is not set', () => {
  it.for([
    [{}, /^Set it for `hallpass bot`/],
    [{ SLACK_BOT_TOKEN: '', SLACK_BOT_TOKEN_FILE: '/etc/token' }, /^\/etc\/token is empty/],
  ] as const)('%j', ([env, advice]) => {
    const [finding] = judgeSettings(['SLACK_BOT_TOKEN is not set'], 'bot', env)
    expect(finding?.says).toBe('SLACK_BOT_TOKEN is not set.')
    expect(finding?.fix).toMatch(advice)
  })
})

describe('PostgreSQL', () => {
  it.for([
    [{ major: 18, encrypted: false, address: null }, ['ok']],
    [{ major: 18, encrypted: false, address: '127.0.0.1' }, ['ok']],
    [{ major: 18, encrypted: true, address: '10.0.0.5' }, ['ok']],
    [{ major: 18, encrypted: false, address: '10.0.0.5' }, ['ok', 'warning']],
    [{ major: 15, encrypted: true, address: '10.0.0.5' }, ['ok']],
    [{ major: 14, encrypted: true, address: '10.0.0.5' }, ['wrong']],
  ] as const)('%j', ([server, expected]) => {
    expect(states(judgeServer(server))).toEqual(expected)
  })
  it.for([
    ['This database is older than this program: run `hallpass migrate` first.', /^Run `hallpass migrate`/],
    ['This database is newer than this program: update the program.', /^No migration mends this/],
  ] as const)('%s', ([message, advice]) => {
    const { state, says, fix } = judgeUnfit(new UnfitDatabase(message))
    expect([state, says]).toEqual(['wrong', message])
    expect(fix).toMatch(advice)
  })
})

describe('Slack', () => {
  it('the token of a person is not that of the app', () => {
    const body = { ok: true, team: 'Contoso', user: 'sam' }
    expect(judgeToken({ answer: { ok: true }, body })[0]?.says).toContain('the token of a person')
  })
  it('a header that does not come is no scope that is missing', () => {
    expect(states(judgeScopes(undefined))).toEqual(['unchecked'])
  })
  it('an app-level token without its scope is told which', () => {
    expect(judgeSocket({ ok: false, error: 'missing_scope' })[0]?.fix).toContain('connections:write')
  })
  it('an archived channel is none', () => {
    const archived = {
      name: 'old',
      is_member: true,
      is_archived: true,
      is_ext_shared: false,
      is_pending_ext_shared: false,
      is_shared: false,
      is_org_shared: false,
    }
    expect(judgeChannel({ name: 'approvals', id: 'C1' }, archived)[0]?.says).toContain('is archived')
  })
})

describe('Temporal', () => {
  it.for([
    ['1.27.9', 'wrong'],
    ['1.28.0', 'ok'],
    ['2.0.1', 'ok'],
    ['', 'unchecked'],
  ] as const)('of version %s', ([version, expected]) => {
    expect(states(judgeVersion(version))).toEqual([expected])
  })
  it.for([
    [90 * day, 'ok'],
    [89 * day, 'wrong'],
    [undefined, 'unchecked'],
  ] as const)('that keeps histories for %s seconds', ([seconds, expected]) => {
    expect(states(judgeRetention('hallpass', seconds))).toEqual([expected])
  })
  it.for([
    [2, 'ok'],
    [1, 'wrong'],
    [undefined, 'wrong'],
  ] as const)('with a search attribute of type %s', ([type, expected]) => {
    expect(states(judgeAttribute('hallpass', type))).toEqual([expected])
  })
})

describe('checks', () => {
  it('one that never answers is given up, and stops no other', async () => {
    const found = await runChecks(
      [
        { part: 'Slack', name: 'a', look: () => new Promise<never>(() => undefined) },
        { part: 'Slack', name: 'b', look: () => [{ state: 'ok', says: 'Well.' }] },
      ],
      20,
    )
    expect(found.map(({ check, state }) => `${check} ${state}`)).toEqual(['a wrong', 'b ok'])
    expect(found[0]?.says).toBe("Slack can't be asked (no answer within 0.02 s).")
  })
  it('one that fails is asked once more', async () => {
    let asked = 0
    const look = (): readonly Finding[] => {
      asked += 1
      if (asked === 1) throw new Error('busy')
      return [{ state: 'ok', says: 'Well.' }]
    }
    expect(states(await runChecks([{ part: 'Slack', name: 'a', look }]))).toEqual(['ok'])
  })
  it('histories that anybody can read are warned of, a key that is none is wrong', () => {
    expect(states(judgeKeys({ encryption: 'off' }))).toEqual(['warning', 'ok'])
    expect(states(judgeKeys({ encryption: `off,${newEncryptionKey()}` }))).toEqual(['warning', 'ok'])
    expect(states(judgeKeys({ encryption: `${newEncryptionKey()},off` }))).toEqual(['ok'])
    expect(states(judgeKeys({ encryption: 'of' }))).toEqual(['wrong'])
  })
  it('no key is quoted', () => {
    expect(JSON.stringify(judgeKeys({ signing: 'planted.key', code: 'planted' }))).not.toContain('planted')
  })
})
