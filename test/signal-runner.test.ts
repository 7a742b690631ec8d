import { describe, expect, it } from 'vitest'
import type { BotPorts } from '../src/bot/ports.ts'
import { Fault } from '../src/core/fault.ts'
import type { FraudSignal } from '../src/core/fraud/ports.ts'
import { yes } from '../src/core/result.ts'
import { runSignals } from '../src/signal-runner.ts'
import { dana, hanna, person } from './core/exception/given.ts'
import { eventually } from './setup/installation.ts'

const vpn = { userName: 'upn', form: 'code' }
const named = (userName: string): FraudSignal =>
  ({
    id: `of ${userName}`,
    at: 1,
    source: 'fraud-code',
    application: 'vpn',
    client: 'gate',
    who: { userName },
  }) as const

const down = async (): Promise<never> => Promise.reject(new Fault('slack', 'unavailable', 'network'))

/** Runs the signals until they were all done but those that fail, and answers about whom was reported. */
async function reported(pending: readonly FraudSignal[], more: Partial<BotPorts> = {}) {
  const about: string[] = []
  const done: string[] = []
  const people = [dana, { ...hanna, enabled: false }].map((one) => ({ ...one, upn: `${one.name}@x.example` }))
  const bot = {
    policy: () => ({ hash: 'p', policy: { applications: { vpn } } }),
    people: { accountOf: down, resolve: down, resolveMail: down },
    person: async () => dana,
    personNamed: async (name: string) => {
      if (name.startsWith('odd')) throw new Fault('graph', 'refused', '400')
      return people.find(({ upn }) => upn === name)
    },
    signer: { sign: (statement: unknown) => ({ statement, keyId: 'k', signature: 's' }) },
    caseEngine: {
      report: async ({ statement }: { statement: { caseId: string; body: { subject: string } } }) => {
        about.push(statement.body.subject)
        return statement.caseId
      },
    },
    cases: { byId: async () => undefined },
    sha256: () => 'a'.repeat(64),
    uuid: () => 'u',
    now: () => 1,
    team: 'T1',
    ...more,
  } as unknown as BotPorts
  const runner = runSignals({
    bot,
    signals: {
      record: async () => undefined,
      latestDetection: async () => undefined,
      pending: async () => pending.filter(({ id }) => !done.includes(id)),
      done: async (id) => void done.push(id),
    },
    risk: { since: async () => yes([]) },
    warn: () => undefined,
  })
  const good = pending.filter(({ id }) => !id.startsWith('of odd'))
  await eventually(async () => expect(done).toHaveLength(good.length))
  await runner.stop()
  return about
}

describe('the fraud code that somebody typed', () => {
  it('is reported while Slack is away, and for whoever has no account there', async () => {
    expect(await reported([named('dana@x.example')])).toEqual([dana.id])
  })

  it('is reported for somebody whose account is disabled', async () => {
    expect(await reported([named('hanna@x.example')])).toEqual([hanna.id])
  })

  it('is reported whatever was typed as another name before it', async () => {
    expect(await reported([named('odd'), named('dana@x.example')])).toEqual([dana.id])
  })

  it('is nobody’s under a name that nobody signs in with', async () => {
    const mail = person('mail', { mail: 'mail@x.example', upn: 'other@x.example' })
    expect(
      await reported([named('nobody'), named('mail@x.example')], { personNamed: async () => mail }),
    ).toEqual([])
  })
})
