import { randomUUID } from 'node:crypto'
import { WorkflowNotFoundError, type Client } from '@temporalio/client'
import type { Pool } from 'pg'
import type { Logger } from 'pino'
import type { Ports } from './activities/ports.ts'
import { createBelongs } from './adapters/directory/belongs.ts'
import { createCachedDirectory } from './adapters/entra/cached-directory.ts'
import { createDirectory } from './adapters/entra/directory.ts'
import { createGraph } from './adapters/entra/graph.ts'
import { createEntraIssuer } from './adapters/entra/issuer.ts'
import { createSignIns } from './adapters/entra/sign-ins.ts'
import { createRiskSignals } from './adapters/entra/risk-signals.ts'
import { createResponder } from './adapters/entra/responder.ts'
import { createEntraReader } from './adapters/entra/reader.ts'
import { readCodeKey } from './adapters/local/code-keys.ts'
import { createFraudSignals } from './adapters/local/signals.ts'
import { createDenials } from './adapters/local/denials.ts'
import { createLocalProvider } from './adapters/local/provider.ts'
import { localTerms } from './adapters/local/reader.ts'
import { createBindings } from './adapters/postgres/bindings.ts'
import { createCaseViews } from './adapters/postgres/case-views.ts'
import { createCards } from './adapters/postgres/cards.ts'
import { createDeliveries } from './adapters/postgres/deliveries.ts'
import { createIntents } from './adapters/postgres/intents.ts'
import { createLedger } from './adapters/postgres/ledger.ts'
import { createPolicies } from './adapters/postgres/policies.ts'
import { createRevocations } from './adapters/postgres/revocations.ts'
import { createStops } from './adapters/postgres/stops.ts'
import { createViews } from './adapters/postgres/views.ts'
import { sha256 } from './adapters/signing/keys.ts'
import { createSigner } from './adapters/signing/signer.ts'
import { createVerifier } from './adapters/signing/verifier.ts'
import { createPeople } from './adapters/slack/people.ts'
import { createSlack } from './adapters/slack/slack.ts'
import { createCaseEngine } from './bot/fraud/engine.ts'
import { createEngine } from './bot/engine.ts'
import type { BotPorts } from './bot/ports.ts'
import type { Config } from './config.schema.ts'
import {
  exceptionWorkflowId,
  followUpWorkflowId,
  taskQueues,
  workflowType,
  type Installation,
} from './core/names.ts'
import { allKinds } from './core/kinds.ts'
import type { PinnedPolicy } from './core/policy/policy.ts'
import type { Links } from './core/card/card.ts'
import type { FraudSignals, LiveCodes, RiskSignals } from './core/ports.ts'
import { displayId } from './core/ids.ts'
import { workflowSummary } from './core/text/en.ts'
import { join, stop } from './workflows/messages.ts'

/** What both sides of the program stand on. */
export type Ground = {
  readonly config: Config
  readonly installation: Installation
  readonly pool: Pool
  /** Undefined until Temporal has answered once. */
  readonly client: () => Client | undefined
  readonly policy: PinnedPolicy
  readonly team: string
  readonly log: Logger
}

/** The worker's side: it holds what can issue, and no key that signs statements. */
export function workerPorts(ground: Ground, liveCodes: LiveCodes): Ports {
  const { config, pool, team, policy, log } = ground
  const graph = graphOf(config)
  const directory = createDirectory(graph)
  const slack = slackOf(config)
  const bindings = createBindings(pool, team)
  return {
    directory,
    belongs: createBelongs(directory),
    people: createPeople({ slack, directory, bindings, team }),
    providers: {
      entra: { reader: createEntraReader(graph), issuer: createEntraIssuer(graph) },
      local: createLocalProvider(pool, readCodeKey(config.HALLPASS_CODE_KEY)),
    },
    signIns: createSignIns(graph),
    responder: createResponder(graph),
    denials: createDenials(pool, readCodeKey(config.HALLPASS_CODE_KEY)),
    cases: createCaseViews(pool),
    exceptions: exceptionsOf(ground),
    intents: createIntents(pool),
    ledger: createLedger(pool),
    stops: createStops(pool),
    revocations: createRevocations(pool),
    cards: createCards(pool),
    views: createViews(pool),
    policies: createPolicies(pool, policy),
    slack,
    verifier: createVerifier(config.HALLPASS_VERIFY_KEYS),
    sha256,
    liveCodes,
    links: linksOf(config),
    followUps: followUpsOf(ground),
    warn: (what, about) => log.warn(about, what),
    uuid: randomUUID,
    now: Date.now,
  }
}

/** The bot's side: it holds the key that signs statements, and nothing that can issue. */
export function botPorts(ground: Ground): BotPorts {
  const { config, pool, team, policy, client, installation, log } = ground
  const graph = graphOf(config)
  const directory = createCachedDirectory(createDirectory(graph))
  const slack = slackOf(config)
  const reader = createEntraReader(graph)
  return {
    people: createPeople({ slack, directory, bindings: createBindings(pool, team), team }),
    belongs: createBelongs(directory),
    terms: { entra: () => reader.terms(), local: async () => localTerms },
    views: createViews(pool),
    deliveries: createDeliveries(pool),
    cases: createCaseViews(pool),
    caseEngine: createCaseEngine({
      client: () => present(client()),
      taskQueue: taskQueues(installation).main,
      sha256,
    }),
    fraudCommand: config.HALLPASS_FRAUD_COMMAND,
    cards: createCards(pool),
    links: linksOf(config),
    policy: () => policy,
    engine: createEngine({
      client: () => present(client()),
      taskQueue: taskQueues(installation).main,
      sha256,
    }),
    revocations: createRevocations(pool),
    signer: createSigner(config.HALLPASS_SIGNING_KEY),
    verifier: createVerifier(config.HALLPASS_VERIFY_KEYS),
    person: (id) => directory.personById(id),
    sha256,
    team,
    commands: { tap: config.HALLPASS_COMMAND, bypass: config.HALLPASS_BYPASS_COMMAND },
    now: Date.now,
    warn: (what, about) => log.warn(about, what),
  }
}

/** Where frauds are reported without Slack. */
export function signalPorts({ config, pool }: Ground): {
  readonly signals: FraudSignals
  readonly risk: RiskSignals
} {
  return {
    signals: createFraudSignals(pool, readCodeKey(config.HALLPASS_CODE_KEY)),
    risk: createRiskSignals(graphOf(config)),
  }
}

function linksOf(config: Config): Links {
  return { signIn: config.HALLPASS_SIGN_IN_URL, securityInfo: config.HALLPASS_SECURITY_INFO_URL }
}

/** Slack as this configuration reaches it. */
export function slackOf(config: Config): ReturnType<typeof createSlack> {
  return createSlack({ token: config.SLACK_BOT_TOKEN, apiUrl: config.SLACK_API_URL })
}

function graphOf(config: Config): ReturnType<typeof createGraph> {
  return createGraph({
    tenantId: config.ENTRA_TENANT_ID,
    clientId: config.ENTRA_CLIENT_ID,
    credential: config.entraCredential,
    authorityUrl: config.ENTRA_AUTHORITY_URL,
    graphUrl: config.GRAPH_BASE_URL,
  })
}

function present(client: Client | undefined): Client {
  if (client === undefined) throw new Error('Temporal has not answered yet.')
  return client
}

/** A signal that starts the follow-up where none is running: the person has one follow-up, whatever comes together. */
function followUpsOf({ client, installation }: Ground): Ports['followUps'] {
  return {
    async open(start) {
      await present(client()).workflow.signalWithStart(workflowType.followUp, {
        workflowId: followUpWorkflowId(start.subject),
        taskQueue: taskQueues(installation).main,
        args: [start],
        signal: join,
        signalArgs: [start],
        staticSummary: workflowSummary.followUp(displayId(start.kind, start.exceptionId)),
      })
    },
  }
}

/** A signal to whatever is running for this person; what is over has nothing to stop. */
function exceptionsOf({ client }: Ground): Ports['exceptions'] {
  return {
    async stop(subject, report) {
      const { workflow } = present(client())
      const ids = allKinds.map((kind) => exceptionWorkflowId(kind, subject))
      await Promise.all(
        ids.map((id) =>
          workflow
            .getHandle(id)
            .signal(stop, report)
            .catch((error: unknown) => {
              if (!(error instanceof WorkflowNotFoundError)) throw error
            }),
        ),
      )
    },
  }
}
