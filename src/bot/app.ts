import { App } from '@slack/bolt'
import { registerActions } from './actions.ts'
import { registerCommands } from './command.ts'
import { createEntrance, type SlackDoor, type Start } from './door.ts'
import { registerForms } from './forms.ts'
import { registerCaseActions } from './fraud/actions.ts'
import { registerFraudCommand } from './fraud/command.ts'
import { registerCaseForms } from './fraud/forms.ts'
import type { BotPorts } from './ports.ts'
import { timeAcknowledgements } from './time-acknowledgements.ts'

/** The bot, from outside. */
export type Bot = {
  /** Tries the token and opens what others connect to. */
  readonly listen: () => Promise<void>
  /** Opens what we connect to; from then on requests come in. */
  readonly open: () => Promise<void>
  readonly stop: () => Promise<void>
  /** Rejects when nothing can come in any more. */
  readonly lost: Promise<never>
}

/**
 * The bot: Slack's requests in, signed statements out. Nothing comes in that Slack did not sign or send over the app's own
 * socket; the token is tried at the start, where a failure can be told. Receiver and App get options objects of their own.
 */
export function createBot(door: SlackDoor, ports: BotPorts): Bot {
  const entrance = createEntrance(door, ports.warn)
  const app = new App({
    token: door.token,
    receiver: entrance.receiver,
    logger: door.logger,
    clientOptions: { slackApiUrl: door.apiUrl, retryConfig: { retries: 0 }, timeout: 2_500 },
    deferInitialization: true,
    convoStore: false,
  })
  timeAcknowledgements(app, ports)
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
  const start: Start = (where) => (where === undefined ? app.start() : app.start(where))
  return {
    async listen() {
      await app.init()
      await entrance.listen(start)
    },
    open: () => entrance.open(start),
    async stop() {
      await app.stop()
      await entrance.close()
    },
    lost: entrance.lost,
  }
}
