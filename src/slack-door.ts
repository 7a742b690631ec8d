import { createSlackSocket } from './adapters/slack/socket.ts'
import type { SlackDoor } from './bot/door.ts'
import type { Config } from './config.schema.ts'

/** What somebody has to mend when Slack opens no socket, at the start or later. */
export const noSocket =
  'Slack opens no socket for the app: check SLACK_APP_TOKEN, and that Socket Mode is switched on'

/** The door that the environment says: a socket where there is an app-level token, else an address. */
export function doorOf(config: Config, logger: SlackDoor['logger']): SlackDoor {
  const { slackBy, SLACK_API_URL: apiUrl } = config
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
    port: config.PORT,
    host: config.HOST,
    logger,
  }
}
