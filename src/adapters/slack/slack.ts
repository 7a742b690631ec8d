import { WebClient } from '@slack/web-api'
import type { WebClientOptions } from '@slack/web-api'
import type { Card } from '../../core/card/card.ts'
import { Fault } from '../../core/fault.ts'
import type { CardPlace, Slack, SlackProfile } from '../../core/ports.ts'
import { silent } from './silent.ts'
import { slackFault } from './slack-fault.ts'
import { readIsShared, readPlace, readProfile, readTeam } from './slack.schema.ts'

export type SlackOptions = {
  readonly token: string
  /** Ends in `/api/`. */
  readonly apiUrl: string
  readonly fetch?: NonNullable<WebClientOptions['fetch']>
}

/** Slack's Web API for one workspace. Nothing is tried again here: posting twice shows twice. Rejects with a Fault. */
export function createSlack(options: SlackOptions): Slack {
  const client = createClient(options)
  let ownTeam: string | undefined

  async function team(): Promise<string> {
    ownTeam ??= given(readTeam(await answered(() => client.auth.test())))
    return ownTeam
  }

  async function profileBy(ask: () => Promise<unknown>): Promise<SlackProfile | undefined> {
    const own = await team()
    try {
      return given(readProfile(await answered(ask), own))
    } catch (error) {
      if (error instanceof Fault && /^users?_not_found$/.test(error.status)) return undefined
      throw error
    }
  }

  return {
    team,
    post: async (to, text, blocks) => post(client, to, { text, blocks }),
    reply: async ({ channel, ts }, text, blocks) => post(client, channel, { text, blocks }, ts),
    async update({ channel, ts }, text, blocks) {
      await answered(() => client.chat.update({ channel, ts, text, blocks: [...blocks] }))
    },
    remove: (place) => removeMessage(client, place),
    async updateView(view, modal) {
      await answered(() => client.views.update({ view_id: view, view: modal }))
    },
    profile: (user) => profileBy(() => client.users.info({ user })),
    isShared: async (channel) =>
      given(readIsShared(await answered(() => client.conversations.info({ channel })))),
    profileByMail: (mail) => profileBy(() => client.users.lookupByEmail({ email: mail })),
  }
}

function createClient({ token, apiUrl, fetch }: SlackOptions): WebClient {
  return new WebClient(token, {
    slackApiUrl: apiUrl,
    allowAbsoluteUrls: false,
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
    timeout: 10_000,
    logger: silent,
    ...(fetch === undefined ? {} : { fetch }),
  })
}

async function post(
  client: WebClient,
  channel: string,
  { text, blocks }: Card,
  thread?: string,
): Promise<CardPlace> {
  const quiet = { unfurl_links: false, unfurl_media: false }
  const message = { channel, text, blocks: [...blocks], ...quiet, ...(thread && { thread_ts: thread }) }
  return given(readPlace(await answered(() => client.chat.postMessage(message))))
}

async function removeMessage(client: WebClient, { channel, ts }: CardPlace): Promise<void> {
  try {
    await answered(() => client.chat.delete({ channel, ts }))
  } catch (error) {
    if (!(error instanceof Fault) || error.code !== 'missing') throw error
  }
}

async function answered<Answer>(call: () => Promise<Answer>): Promise<Answer> {
  try {
    return await call()
  } catch (error) {
    throw slackFault(error)
  }
}

function given<Value>(value: Value | undefined): Value {
  if (value === undefined) throw new Fault('slack', 'nonsense', 'unreadable')
  return value
}
