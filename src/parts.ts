import { type Client } from '@temporalio/client'
import type { Pool } from 'pg'
import type { Logger } from 'pino'
import { createGraph } from './adapters/entra/graph.ts'
import { createSlack } from './adapters/slack/slack.ts'
import type { Config, GraphConfig } from './settings/config.schema.ts'
import { type Installation } from './core/names.ts'
import type { PinnedPolicy } from './core/policy/policy.ts'
import type { Links } from './core/card/card.ts'
import type { Telemetry } from './telemetry/telemetry.ts'
import { currentTrail } from './telemetry/trail.ts'

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
  readonly telemetry: Telemetry
}

/** Where messages lead. */
export function linksOf(config: Config): Links {
  return { signIn: config.HALLPASS_SIGN_IN_URL, securityInfo: config.HALLPASS_SECURITY_INFO_URL }
}

/** Slack as this configuration reaches it. */
export function slackOf(config: Config, { slack }: Telemetry): ReturnType<typeof createSlack> {
  return createSlack({ token: config.SLACK_BOT_TOKEN, apiUrl: config.SLACK_API_URL, fetch: slack.fetch })
}

/** Microsoft Graph as one of its applications reaches it; where that is not set, as the reader does. */
export function graphOf(
  { applications, ...config }: GraphConfig,
  name: keyof GraphConfig['applications'],
  telemetry?: Telemetry,
): ReturnType<typeof createGraph> {
  return createGraph({
    correlation: () => currentTrail().correlation,
    ...(telemetry && { fetch: telemetry.graph.fetch }),
    ...(applications[name] ?? applications.reader),
    tenantId: config.ENTRA_TENANT_ID,
    authorityUrl: config.ENTRA_AUTHORITY_URL,
    graphUrl: config.GRAPH_BASE_URL,
  })
}

/** The same for each application. */
export function graphsOf(
  config: GraphConfig,
  telemetry: Telemetry,
): Readonly<Record<keyof GraphConfig['applications'], ReturnType<typeof createGraph>>> {
  const of = (name: keyof GraphConfig['applications']) => graphOf(config, name, telemetry)
  return { reader: of('reader'), issuer: of('issuer'), responder: of('responder') }
}

/** Temporal's client. Throws until Temporal has answered once. */
export function present(client: Client | undefined): Client {
  if (client === undefined) throw new Error('Temporal has not answered yet.')
  return client
}
