import { randomUUID } from 'node:crypto'
import { WorkflowNotFoundError } from '@temporalio/client'
import type { Ports } from './activities/ports.ts'
import { createBelongs } from './adapters/directory/belongs.ts'
import { createDirectory } from './adapters/entra/directory.ts'
import { createEntraIssuer } from './adapters/entra/issuer.ts'
import { createSignIns } from './adapters/entra/sign-ins.ts'
import { createResponder } from './adapters/entra/responder.ts'
import { createEntraReader } from './adapters/entra/reader.ts'
import { readCodeKey } from './adapters/local/code-keys.ts'
import { createDenials } from './adapters/local/denials.ts'
import { createLocalProviders } from './adapters/local/provider.ts'
import { createBlockTurns } from './adapters/postgres/block-turns.ts'
import { createBindings } from './adapters/postgres/bindings.ts'
import { createCaseViews } from './adapters/postgres/case-views.ts'
import { createCards } from './adapters/postgres/cards.ts'
import { createIntents } from './adapters/postgres/intents.ts'
import { createLedger } from './adapters/postgres/ledger.ts'
import { createPolicies } from './adapters/postgres/policies.ts'
import { createRevocations } from './adapters/postgres/revocations.ts'
import { createStops } from './adapters/postgres/stops.ts'
import { createViews } from './adapters/postgres/views.ts'
import { sha256 } from './adapters/signing/keys.ts'
import { personalKeys } from './adapters/signing/personal-keys.ts'
import { createVerifier } from './adapters/signing/verifier.ts'
import { createPeople } from './adapters/slack/people.ts'
import type { WorkerConfig } from './settings/config.schema.ts'
import { exceptionWorkflowId, followUpWorkflowId, taskQueues, workflowType } from './core/names.ts'
import { allKinds } from './core/kinds.ts'
import type { LiveCodes } from './core/ports.ts'
import { displayId } from './core/ids.ts'
import { workflowSummary } from './core/text/en.ts'
import { join, stop } from './workflows/messages.ts'
import { graphsOf, linksOf, present, slackOf, type Ground } from './parts.ts'

/** The worker's side: it holds what can issue, and no key that signs statements. */
export function workerPorts(ground: Ground, own: WorkerConfig, liveCodes: LiveCodes): Ports {
  const { config, pool, team, policy, log, telemetry } = ground
  const { reader: graph, responder: responding, issuer } = graphsOf(config, telemetry)
  const codeKey = readCodeKey(own.HALLPASS_CODE_KEY)
  const directory = createDirectory(graph)
  const slack = slackOf(config, telemetry)
  const bindings = createBindings(pool, team)
  return {
    directory,
    belongs: createBelongs(directory),
    people: createPeople({ slack, directory, bindings, team }),
    providers: {
      entra: { reader: createEntraReader(graph), issuer: createEntraIssuer(issuer) },
      ...createLocalProviders(pool, codeKey),
    },
    signIns: createSignIns(graph, responding),
    responder: createResponder(responding),
    denials: createDenials(pool, codeKey),
    cases: createCaseViews(pool),
    blockTurns: createBlockTurns(pool),
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
    personalKeys,
    sha256,
    liveCodes,
    links: linksOf(config),
    followUps: followUpsOf(ground),
    warn: (what, about) => log.warn(about, what),
    uuid: randomUUID,
    now: Date.now,
  }
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
