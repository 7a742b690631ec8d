import { createBelongs } from './adapters/directory/belongs.ts'
import { createCachedDirectory } from './adapters/entra/cached-directory.ts'
import { createDirectory } from './adapters/entra/directory.ts'
import { createRiskSignals } from './adapters/entra/risk-signals.ts'
import { createEntraReader } from './adapters/entra/reader.ts'
import { readSignalKey } from './adapters/local/signal-keys.ts'
import { createFraudSignals } from './adapters/local/signals.ts'
import { localTerms } from './adapters/local/reader.ts'
import { createBindings } from './adapters/postgres/bindings.ts'
import { createCaseViews } from './adapters/postgres/case-views.ts'
import { createCards } from './adapters/postgres/cards.ts'
import { createDeliveries } from './adapters/postgres/deliveries.ts'
import { createRevocations } from './adapters/postgres/revocations.ts'
import { createViews } from './adapters/postgres/views.ts'
import { sha256 } from './adapters/signing/keys.ts'
import { createSigner } from './adapters/signing/signer.ts'
import { createVerifier } from './adapters/signing/verifier.ts'
import { createPeople } from './adapters/slack/people.ts'
import { createCaseEngine } from './bot/fraud/engine.ts'
import { createEngine } from './bot/engine.ts'
import type { BotPorts } from './bot/ports.ts'
import type { BotConfig } from './settings/config.schema.ts'
import { kinds } from './core/kinds.ts'
import { taskQueues } from './core/names.ts'
import type { FraudSignals, RiskSignals } from './core/fraud/ports.ts'
import { Fault } from './core/fault.ts'
import type { Person } from './core/people/person.ts'
import type { Directory } from './core/ports.ts'
import { graphOf, linksOf, present, slackOf, type Ground } from './parts.ts'
import { createSystemReport } from './system-report.ts'
import { watchDeeds } from './telemetry/deed.ts'

/** The bot's side: it holds the key that signs statements, and nothing that can issue. */
export function botPorts(ground: Ground, own: BotConfig): BotPorts {
  const { config, pool, team, policy, client, installation, log, telemetry } = ground
  const graph = graphOf(config, 'reader', telemetry)
  const directory = createCachedDirectory(createDirectory(graph))
  const slack = slackOf(config, telemetry)
  const reader = createEntraReader(graph)
  const engine = { client: () => present(client()), taskQueue: taskQueues(installation).main, sha256 }
  return {
    people: createPeople({ slack, directory, bindings: createBindings(pool, team), team }),
    belongs: createBelongs(directory),
    terms: { entra: () => reader.terms(), local: async () => localTerms, drill: async () => localTerms },
    views: createViews(pool),
    deliveries: createDeliveries(pool),
    cases: createCaseViews(pool),
    caseEngine: createCaseEngine(engine),
    fraudCommand: own.HALLPASS_FRAUD_COMMAND,
    cards: createCards(pool),
    links: linksOf(config),
    policy: () => policy,
    engine: createEngine(engine),
    revocations: createRevocations(pool),
    signer: createSigner(own.HALLPASS_SIGNING_KEY),
    verifier: createVerifier(config.HALLPASS_VERIFY_KEYS),
    person: (id) => directory.personById(id),
    personNamed: (name) => personNamed(directory, name),
    sha256,
    team,
    commands: commandsOf(own),
    now: Date.now,
    warn: (what, about) => log.warn(about, what),
    system: createSystemReport(ground),
    deed: watchDeeds({ ...telemetry, log }),
    acknowledged: telemetry.metrics.acknowledged,
  }
}

function commandsOf(own: BotConfig): BotPorts['commands'] {
  const { HALLPASS_COMMAND: tap, HALLPASS_BYPASS_COMMAND: bypass } = own
  return { tap, bypass, drill: `${tap} ${kinds.drill.said?.word}` }
}

/** A name that nobody has, or more than one, is nobody's. */
async function personNamed(directory: Directory, name: string): Promise<Person | undefined> {
  try {
    const [person] = await directory.membersOf({ named: [name] })
    return person
  } catch (error) {
    const isNobodys = error instanceof Fault && /^person-(?:unknown|ambiguous)$/.test(error.status)
    if (isNobodys) return undefined
    throw error
  }
}

/** Where frauds are reported without Slack. */
export function signalPorts(
  { config, pool, telemetry }: Ground,
  own: BotConfig,
): {
  readonly signals: FraudSignals
  readonly risk: RiskSignals
} {
  return {
    signals: createFraudSignals(pool, readSignalKey(own.HALLPASS_SIGNAL_KEY)),
    risk: createRiskSignals(graphOf(config, 'reader', telemetry)),
  }
}
