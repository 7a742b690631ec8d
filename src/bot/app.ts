import { App, HTTPReceiver, type Logger } from '@slack/bolt'
import { registerActions } from './actions.ts'
import { registerCommands } from './command.ts'
import { registerForms } from './forms.ts'
import { registerCaseActions } from './fraud/actions.ts'
import { registerFraudCommand } from './fraud/command.ts'
import { registerCaseForms } from './fraud/forms.ts'
import type { BotPorts } from './ports.ts'

/** Where and as whom the bot listens. `apiUrl` ends with a slash. */
export type SlackDoor = {
  readonly token: string
  readonly signingSecret: string
  readonly apiUrl: string
  readonly port: number
  readonly host: string
  readonly logger: Logger
}

/** Larger requests are not Slack's. */
const largestBody = '1mb'

export type Bot = { readonly start: () => Promise<void>; readonly stop: () => Promise<void> }

/**
 * The bot: Slack's requests in, signed statements out. Bolt checks Slack's signature before anything here runs; the token
 * is tried at the start, where a failure can be told. Receiver and App get options objects of their own.
 */
export function createBot(door: SlackDoor, ports: BotPorts): Bot {
  const receiver = createReceiver(door)
  const app = new App({
    token: door.token,
    receiver,
    logger: door.logger,
    clientOptions: { slackApiUrl: door.apiUrl, retryConfig: { retries: 0 }, timeout: 2_500 },
    deferInitialization: true,
    convoStore: false,
  })
  registerCommands(app, ports)
  registerActions(app, ports)
  registerForms(app, ports)
  registerFraudCommand(app, ports)
  registerCaseActions(app, ports)
  registerCaseForms(app, ports)
  app.error(async (problem) => {
    // Never the body: it holds response_urls and what people typed.
    ports.warn('a Slack request failed', { because: problem.name })
  })
  return {
    async start() {
      await app.init()
      await app.start({ port: door.port, host: door.host })
    },
    async stop() {
      await app.stop()
    },
  }
}

function createReceiver({ signingSecret, port, logger }: SlackDoor): HTTPReceiver {
  return new HTTPReceiver({
    signingSecret,
    endpoints: ['/slack/events'],
    port,
    logger,
    bodyLimit: largestBody,
    customRoutes: [
      {
        path: '/healthz',
        method: 'GET',
        handler: (_request, response) => {
          response.writeHead(200, { 'content-type': 'text/plain' })
          response.end('ok\n')
        },
      },
    ],
  })
}
