import { setTimeout as sleep } from 'node:timers/promises'
import type { BotPorts } from './bot/ports.ts'
import { reportFraud } from './bot/fraud/report.ts'
import { addressOf, signsInAs } from './core/local/target.ts'
import type { FraudSignal, FraudSignals, RiskSignals } from './core/fraud/ports.ts'
import type { Person } from './core/people/person.ts'
import { signalWords } from './core/text/en.ts'

/** How often it is looked whether somebody typed the fraud code, and how often the provider's risk engine is asked; milliseconds. */
const every = 2_000
const askEvery = 60_000

/** Where asking goes on is an hour before the newest detection: one may appear a while after its time. Milliseconds. */
const overlap = 3_600_000

type Parts = {
  readonly bot: BotPorts
  readonly signals: FraudSignals
  readonly risk: RiskSignals
  readonly warn: (what: string, about: Readonly<Record<string, string>>) => void
}

/**
 * Opens cases for what people reported without Slack: at the VPN with the fraud code, or in the provider's own app. Each once;
 * what came while nobody ran is found afterwards.
 */
export function runSignals(parts: Parts): { readonly stop: () => Promise<void> } {
  const stopping = new AbortController()
  const { signal } = stopping
  const repeat = async (pause: number, work: () => Promise<void>): Promise<void> => {
    while (!signal.aborted) {
      await work().catch((error: unknown) =>
        parts.warn('signals of fraud can not be read', {
          because: error instanceof Error ? error.name : 'unknown',
        }),
      )
      await sleep(pause, undefined, { signal }).catch(() => undefined)
    }
  }
  const running = [repeat(every, () => reportAll(parts)), repeat(askEvery, () => askRiskEngine(parts))]
  return {
    async stop() {
      stopping.abort()
      await Promise.all(running)
    },
  }
}

/** Without permission or licence there is nothing to ask; it is asked again, for both can be given later. */
async function askRiskEngine({ risk, signals, bot, warn }: Parts): Promise<void> {
  const latest = await signals.latestDetection()
  const found = await risk.since((latest ?? bot.now()) - overlap)
  if (!found.ok)
    return warn('the risk engine may not be asked: reports in the provider’s app open no case', {})
  for (const detection of found.value) await signals.record(detection)
}

/** One that can't be reported now, or never, holds up no other. */
async function reportAll(parts: Parts): Promise<void> {
  for (const pending of await parts.signals.pending())
    await report(parts, pending).catch((error: unknown) =>
      parts.warn('a signal of fraud has to be reported again', {
        signal: pending.id,
        because: error instanceof Error ? error.name : 'unknown',
      }),
    )
}

async function report({ bot, signals, warn }: Parts, signal: FraudSignal): Promise<void> {
  const person = await whoOf(bot, signal)
  if (person === undefined) {
    warn('somebody reported fraud under a name that nobody has', { signal: signal.id })
    return signals.done(signal.id)
  }
  // Whom to tell in Slack. What they reported waits neither for Slack, nor for an account there.
  const account = await bot.people.accountOf(person).catch(() => undefined)
  const actor = { person: person.id, team: bot.team, user: account?.user ?? '' }
  const reported = await reportFraud(
    bot,
    { actor, person },
    {
      subject: person.id,
      ...(account && { subjectSlack: account }),
      what: 'sign-in',
      words: signalWords(signal),
      ...(signal.source === 'fraud-code' && { application: signal.application }),
    },
    { delivery: `signal/${signal.id}`, at: bot.now() },
  )
  return reported.is === 'unrecorded' ? undefined : signals.done(signal.id)
}

/** Whose name it is, read from the directory where nothing was issued that tells. */
async function whoOf(bot: BotPorts, signal: FraudSignal): Promise<Person | undefined> {
  if (signal.source === 'risk-detection') return bot.person(signal.subject)
  if ('subject' in signal.who) return bot.person(signal.who.subject)
  const application = bot.policy().policy.applications[signal.application]
  if (application === undefined) return undefined
  const { userName } = signal.who
  const found = await bot.personNamed(addressOf(application, userName))
  return found !== undefined && signsInAs(found, application, userName) ? found : undefined
}
