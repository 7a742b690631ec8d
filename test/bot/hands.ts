import { createHmac, randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { createServer, type IncomingMessage } from 'node:http'
import { json } from 'node:stream/consumers'
import { Client } from 'pg'
import { approveFields, reasonFields } from '../../src/core/card/form-fields.ts'
import type { Fact } from '../../src/core/exception/fact.ts'
import type { PersonId } from '../../src/core/ids.ts'
import type { RuledKind } from '../../src/core/kinds.ts'
import { exceptionWorkflowId } from '../../src/core/names.ts'
import { envelopeOf } from '../../src/sandbox/slack/envelope.ts'
import { eventually, type Installation } from '../setup/installation.ts'

type Form = Readonly<Record<string, string>>
type Headers = Readonly<Record<string, string>>

/** The bot's HTTP answer to one raw request. */
export type Acknowledged = { readonly status: number; readonly body: string }

/** People who send the bot whatever they like. */
export type Hands = Awaited<ReturnType<typeof handsOf>>

const team = 'T0HALLPASS'

/** What is typed after a person, for each kind. */
export const orders: Readonly<Record<RuledKind, string>> = {
  tap: '1h INC123 lost the phone on the train',
  bypass: '300s for vpn INC123 phone is at home',
}

/**
 * Signed requests to the bot's own port with anything in them: what no client of Slack would send. What the bot answers
 * is heard at a server of our own and in the calls that reach Slack.
 */
export async function handsOf(installation: Installation) {
  const { environment, database, temporal } = installation
  const ears = await listenTo(installation)
  const ledger = await ledgerOf(database.superuserUrl)

  const post = async (form: Form, headers?: Headers): Promise<Acknowledged> => {
    if (environment['SLACK_APP_TOKEN'] !== undefined) return sendOver(installation, form)
    const body = new URLSearchParams(form).toString()
    const signed = headers ?? signature(environment['SLACK_SIGNING_SECRET'] ?? '', body)
    const response = await fetch(`http://127.0.0.1:${environment['PORT']}/slack/events`, {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded', ...signed },
      body,
    })
    return { status: response.status, body: await response.text() }
  }
  /** The payload of a press; `changes` replace parts of it. */
  const pressOf = (user: string, action: string, value: unknown, name: string, changes = {}): Form =>
    payload({
      type: 'block_actions',
      ...from(user),
      container: { type: 'message', message_ts: '1.1', channel_id: 'C0GENERAL', is_ephemeral: false },
      channel: { id: 'C0GENERAL', name: 'general' },
      trigger_id: name,
      response_url: ears.url(name),
      actions: [{ ...pressed, action_id: action, value, action_ts: `${Date.now() / 1000}${name}` }],
      ...changes,
    })
  const commandOf = (user: string, text: string, name: string): Form => ({
    ...slash,
    user_id: user,
    text,
    response_url: ears.url(name),
    trigger_id: name,
  })
  const submit = async (user: string, form: string, about: string, values: object): Promise<string> => {
    const name = madeUp()
    const { body } = await post(formOf(user, form, about, values, name))
    return body.includes('"errors"') ? body : ears.answer(name)
  }
  const command = async (user: string, text: string, changes: Form = {}): Promise<string> => {
    const name = madeUp()
    await post({ ...commandOf(user, text, name), ...changes })
    return ears.answer(name)
  }

  return {
    ...ledger,
    /** Waits until an exception is ended and nothing of it is left to do, so that the next one can be asked for. */
    async isOver(id: string): Promise<void> {
      await ledger.becomes(id, 'ended')
      const [row] = await ledger.rows<{ subject: PersonId; kind: RuledKind }>(
        'select subject, kind from exception_view where exception_id = $1',
        [id],
      )
      if (row === undefined) return
      const workflow = temporal.workflow.getHandle(exceptionWorkflowId(row.kind, row.subject))
      await eventually(async () => {
        const { status } = await workflow.describe()
        if (status.name === 'RUNNING') throw new Error(`${id} is still being told.`)
      })
    },
    post,
    pressOf,
    commandOf,
    answer: ears.answer,
    submit,
    command,
    heard: ears.heard,
    /** Presses a button that may not exist; answers what the person reads, a window by its title first. */
    async press(user: string, action: string, value: unknown, changes: object = {}): Promise<string> {
      const name = madeUp()
      await post(pressOf(user, action, value, name, changes))
      return ears.answer(name)
    },
    approve: (user: string, about: string, how = 'called-back') =>
      submit(user, 'approve-form', about, check(how)),
    deny: (user: string, about: string, reason = 'Could not reach her') =>
      submit(user, 'deny-form', about, reasonOf(reason)),
    revoke: (user: string, about: string, reason = 'The phone was found') =>
      submit(user, 'revoke-form', about, reasonOf(reason)),
    /** Asks for a pass, or another kind; answers the exception's UUID once somebody has to decide. */
    async ask(subject: string, by = 'U0HANNA', kind: RuledKind = 'tap'): Promise<string> {
      const said = await command(by, `<@${subject}> ${orders[kind]}`, { command: `/${kind}` })
      const left = /status ([A-Z]{3}-[0-9A-Z-]+)/.exec(said)?.[1]
      if (left !== undefined) {
        // What a failed test left behind must not make the next one fail.
        const old = await ledger.uuidOf(left)
        await this.revoke('U0SAM', old)
        await this.isOver(old)
        return this.ask(subject, by, kind)
      }
      if (said.includes('again in a few seconds')) {
        // The one before is over for the ledger, and its workflow still has to say so to Temporal.
        await new Promise((resolve) => setTimeout(resolve, 200))
        return this.ask(subject, by, kind)
      }
      const id = /Recorded, ([A-Z]{3}-[0-9A-Z-]+)/.exec(said)?.[1]
      if (id === undefined) throw new Error(`Not recorded: ${said}`)
      const uuid = await ledger.uuidOf(id)
      await ledger.becomes(uuid, 'waiting')
      return uuid
    },
    async close() {
      await Promise.all([ears.close(), ledger.end()])
    },
  }
}

/** The same over the socket of every program at once: the first answer. */
async function sendOver({ slack }: Installation, form: Form): Promise<Acknowledged> {
  const [first] = await slack.sockets.send(envelopeOf(form))
  return first?.ok === true
    ? { status: 200, body: JSON.stringify(first.body) ?? '' }
    : { status: 504, body: '' }
}

/** The payload of a form whose window nobody ever opened. */
export function formOf(user: string, form: string, about: string, values: object, name: string): Form {
  return payload({
    type: 'view_submission',
    ...from(user),
    trigger_id: name,
    response_urls: [],
    view: { ...window, id: name, callback_id: form, private_metadata: about, state: { values } },
  })
}

/** A name for a window or an answer, by which it is recognised. */
export function madeUp(): string {
  return `made-up-${randomBytes(8).toString('hex')}`
}

/** Slack's headers for a body; `at` in seconds. */
export function signature(secret: string, body: string, at = Math.floor(Date.now() / 1000)): Headers {
  const mac = createHmac('sha256', secret).update(`v0:${at}:${body}`).digest('hex')
  return { 'x-slack-request-timestamp': String(at), 'x-slack-signature': `v0=${mac}` }
}

/** The values of the approval form. */
export function check(how: string): object {
  const { block, action } = approveFields.checked
  return { [block]: { [action]: { type: 'static_select', selected_option: { value: how } } } }
}

/** The values of the forms that ask for a reason. */
export function reasonOf(value: string): object {
  const { block, action } = reasonFields.reason
  return { [block]: { [action]: { type: 'plain_text_input', value } } }
}

/** Everything that a person can read of blocks or a window, a line each. */
export function readable(shown: unknown): string {
  if (Array.isArray(shown)) return shown.map(readable).filter(Boolean).join('\n')
  if (typeof shown !== 'object' || shown === null) return ''
  return Object.entries(shown)
    .map(([key, value]) => (key === 'text' && typeof value === 'string' ? value : readable(value)))
    .filter(Boolean)
    .join('\n')
}

const from = (user: string) => ({
  team: { id: team, domain: 'contoso' },
  user: { id: user, username: 'somebody', name: 'somebody', team_id: team },
  api_app_id: 'A0HALLPASS',
  token: 'legacy',
})
const pressed = { type: 'button', block_id: 'anything at all', text: { type: 'plain_text', text: 'x' } }
const window = {
  type: 'modal',
  team_id: team,
  hash: '1.a',
  title: { type: 'plain_text', text: 'x' },
  blocks: [],
  app_id: 'A0HALLPASS',
  bot_id: 'B0HALLPASS',
}
const slash = {
  token: 'legacy',
  team_id: team,
  team_domain: 'contoso',
  channel_id: 'C0GENERAL',
  channel_name: 'general',
  user_name: 'somebody',
  command: '/tap',
  api_app_id: 'A0HALLPASS',
  is_enterprise_install: 'false',
}

function payload(content: object): Form {
  return { payload: JSON.stringify(content) }
}

/** Hears what the bot says about something made up: at its response URL, or to a window that Slack does not know. */
async function listenTo({ slack }: Installation) {
  const said = new Map<string, string[]>()
  const hear = (name: string, text: string): void => {
    said.set(name, [...(said.get(name) ?? []), text])
  }
  const take = async (request: IncomingMessage): Promise<void> => {
    const { blocks } = (await json(request)) as { blocks: unknown }
    hear((request.url ?? '').slice(1), readable(blocks))
  }
  const server = createServer((request, response) => {
    void take(request).finally(() => response.end('ok'))
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  const port = typeof address === 'object' ? (address?.port ?? 0) : 0
  const stop = slack.onCall(({ args }) => {
    const { view, view_id: updated, trigger_id: opened } = args as Record<string, string | undefined>
    const name = updated ?? opened
    if (view === undefined || name === undefined) return
    hear(name, readable(typeof view === 'string' ? JSON.parse(view) : view))
  })
  const answer = (name: string): Promise<string> =>
    eventually(() => {
      const all = said.get(name)
      if (all === undefined) throw new Error(`Nothing was said to ${name}.`)
      return all[0] ?? ''
    })
  return {
    url: (name: string) => `http://127.0.0.1:${port}/${name}`,
    heard: (name: string): readonly string[] => said.get(name) ?? [],
    answer,
    async close() {
      stop()
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

/** What stands in the ledger. */
async function ledgerOf(url: string) {
  const client = new Client({ connectionString: url })
  await client.connect()
  const rows = async <Row>(sql: string, values: readonly string[]): Promise<readonly Row[]> =>
    (await client.query(sql, [...values])).rows as Row[]
  const status = async (id: string): Promise<string> => {
    const sql = 'select status from exception_view where exception_id = $1'
    return (await rows<{ status: string }>(sql, [id]))[0]?.status ?? 'nowhere'
  }
  return {
    rows,
    status,
    /** Waits until an exception has this status. */
    becomes: (id: string, wanted: string) =>
      eventually(async () => {
        const now = await status(id)
        if (now !== wanted) throw new Error(`${id} is ${now}, not ${wanted}.`)
      }),
    uuidOf: (displayId: string) =>
      eventually(async () => {
        const sql = 'select exception_id as id from exception_view where display_id = $1'
        const [row] = await rows<{ id: string }>(sql, [displayId])
        if (row === undefined) throw new Error(`${displayId} is not in the ledger.`)
        return row.id
      }),
    /** The facts of an exception, oldest first; without personal details. */
    async facts(id: string): Promise<readonly Fact[]> {
      const found = await rows<{ bytes: Buffer }>('select bytes from fact where chain = $1 order by seq', [
        `exception/${id}`,
      ])
      return found.map(({ bytes }) => (JSON.parse(bytes.subarray(1).toString('utf8')) as { fact: Fact }).fact)
    },
    end: () => client.end(),
  }
}
