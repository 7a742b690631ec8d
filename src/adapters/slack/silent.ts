import { LogLevel, type Logger } from '@slack/web-api'

/**
 * For Slack's clients: at their lowest level they print what they send and get, and a view may hold a code, an address a
 * ticket. What has to be known of them comes as a Fault.
 */
export const silent: Logger = {
  debug: ignore,
  info: ignore,
  warn: ignore,
  error: ignore,
  setLevel: ignore,
  setName: ignore,
  getLevel: () => LogLevel.ERROR,
}

function ignore(): void {
  // What a client has to say may quote what it sent.
}
