import { describe, expect, it } from 'vitest'
import { admit } from '../../src/activities/admit.ts'
import type { Ports } from '../../src/activities/ports.ts'
import type { Directory } from '../../src/core/ports.ts'
import type { Envelope, StatementOf } from '../../src/core/envelope/statement.ts'
import type { Case } from '../../src/core/fraud/state.ts'
import { no } from '../../src/core/result.ts'
import type { Person } from '../../src/core/people/person.ts'
import {
  actorOf,
  allowing,
  asked as requestedAt,
  ava,
  dana,
  hanna,
  marco,
  person,
  pinnedPolicy,
  refusing,
  requestHash,
  says,
} from '../core/exception/given.ts'
import { carl, caseId, plan, reported, stateAfter } from '../core/fraud/given.ts'

const pinned = pinnedPolicy([refusing, allowing])
const olga = person('olga')

const request = (by: Person): Envelope<StatementOf<'request'>> => ({
  statement: says('request', by, 0, { actor: actorOf(by) }),
  keyId: 'k',
  signature: 's',
})

/** A directory in which Hanna is the helpdesk, and a provider that writes down what it is asked. */
function world({ privileged = false, open = [] }: { privileged?: boolean; open?: readonly Case[] } = {}) {
  const asked: string[] = []
  const people = [dana, hanna, marco, ava, olga]
  const directory: Pick<Directory, 'personById' | 'isPrivileged' | 'managerOf' | 'membersOf'> = {
    personById: async (id) => people.find((one) => one.id === id),
    isPrivileged: async () => privileged,
    managerOf: async () => marco,
    membersOf: async () => [ava],
  }
  const reader = {
    terms: async () => {
      asked.push('terms')
      return { enabled: true, shortest: 600, longest: 28_800, step: 60 }
    },
    credentials: async () => {
      asked.push('credentials')
      return []
    },
  }
  const ports = {
    directory,
    belongs: async (_policy: unknown, set: string, id: string) => set === 'helpdesk' && id === hanna.id,
    providers: { entra: { reader } },
    policies: { byHash: async () => pinned, current: () => pinned },
    cases: { openAbout: async () => open.map((state) => ({ caseId, state })) },
    now: () => requestedAt,
    verifier: { verify: () => true },
    sha256: () => requestHash,
  } as unknown as Ports
  return { ports, asked }
}

describe('admission asks the provider about nobody for whom this person may not ask', () => {
  it('somebody outside of the helpdesk is refused by directory and policy alone', async () => {
    const { ports, asked } = world()
    expect(await admit(ports, request(olga))).toMatchObject({
      plan: { ok: false, reason: { code: 'no-rule' } },
    })
    expect(asked).toEqual([])
  })
  it('so is whoever asks for an administrator', async () => {
    const { ports, asked } = world({ privileged: true })
    expect(await admit(ports, request(hanna))).toMatchObject({
      requested: { details: { subjectName: 'dana', requesterName: 'hanna' } },
      plan: { ok: false, reason: { code: 'rule-refuses' } },
    })
    expect(asked).toEqual([])
  })
  it('the helpdesk is judged by what the provider says, too', async () => {
    const { ports, asked } = world()
    expect(await admit(ports, request(hanna))).toMatchObject({ plan: { ok: true }, askedNames: 'marco, ava' })
    expect(asked).toEqual(['terms', 'credentials'])
  })
})

describe('admission while a case of fraud about the subject is open', () => {
  it('refuses', async () => {
    const { ports } = world({ open: [stateAfter(reported())] })
    expect(await admit(ports, request(hanna))).toMatchObject({ plan: no({ code: 'case-open' }) })
  })

  it('wants one approver more where somebody without a part in it reported', async () => {
    const bySomebody = reported({ by: actorOf(carl), as: 'somebody', plan: plan({ reporter: 'somebody' }) })
    const { ports } = world({ open: [stateAfter(bySomebody)] })
    expect(await admit(ports, request(hanna))).toMatchObject({ plan: { ok: true, value: { needed: 2 } } })
  })
})
