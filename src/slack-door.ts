import { createSlackSocket } from './adapters/slack/socket.ts'
import type { Bot } from './bot/app.ts'
import type { SlackDoor } from './bot/door.ts'
import type { BotConfig, Config } from './settings/config.schema.ts'
import { step } from './start-step.ts'

/** What somebody has to mend when Slack opens no socket, at the start or later. */
const noSocket =
  'Slack opens no socket for the app: check SLACK_APP_TOKEN, and that Socket Mode is switched on'

/** The door that the environment says: a socket where there is an app-level token, else an address. */
export function doorOf(
  config: Config,
  { slackBy, PORT: port, HOST: host }: BotConfig,
  logger: SlackDoor['logger'],
): SlackDoor {
  const { SLACK_API_URL: apiUrl } = config
  return {
    token: config.SLACK_BOT_TOKEN,
    by:
      'appToken' in slackBy
        ? {
            socket: createSlackSocket({
              appToken: slackBy.appToken,
              apiUrl,
              warn: (what) => logger.warn(what),
            }),
          }
        : { signingSecret: slackBy.signingSecret },
    apiUrl,
    port,
    host,
    logger,
  }
}

/** Opens the door. Rejects with what to mend; so does `lost`, later, when nothing can come in any more. */
export async function openDoor(
  bot: Bot,
  { HOST, PORT }: BotConfig,
): Promise<{ readonly lost: Promise<never> }> {
  const address = `${HOST}:${PORT}`
  await step(`Can't listen at ${address}: it may be in use; check HOST and PORT`, () => bot.listen())
  await step(noSocket, () => bot.open())
  return { lost: step(noSocket, () => bot.lost) }
}
