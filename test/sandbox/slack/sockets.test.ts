import { once } from 'node:events'
import { afterEach, expect, it } from 'vitest'
import { WebSocket } from 'ws'
import { contoso } from '../../../src/sandbox/slack/seed.ts'
import { startSlack, type SlackStandIn } from '../../../src/sandbox/slack/server.ts'
import { memoryStore } from '../../../src/sandbox/state-store.ts'
import { eventually } from '../../setup/installation.ts'

const appToken = 'xapp-1'
const botToken = 'xoxb-1'
let clock: number
let slack: SlackStandIn

afterEach(() => slack.close())

const start = async (): Promise<void> => {
  clock = Date.now()
  slack = await startSlack({
    seed: contoso,
    botUrl: () => 'http://127.0.0.1:9/nobody',
    signingSecret: 'unused',
    botToken,
    appToken,
    store: memoryStore(),
    now: () => clock,
  })
}

const call = async (method: string, token: string, args: object = {}): Promise<Record<string, unknown>> => {
  const answer = await fetch(`${slack.apiUrl}${method}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
    body: JSON.stringify(args),
  })
  return (await answer.json()) as Record<string, unknown>
}

type Frame = Readonly<Record<string, unknown>>
type Answering = (frame: Frame) => unknown

/** A client without any library of Slack's; answers each envelope with what `answering` says, undefined for nothing. */
const connect = async (answering: Answering = ({ envelope_id }) => ({ envelope_id })) => {
  const { url } = await call('apps.connections.open', appToken)
  const socket = new WebSocket(String(url))
  const frames: Frame[] = []
  socket.on('message', (data: Buffer) => {
    const frame = JSON.parse(data.toString()) as Frame
    frames.push(frame)
    const said = 'envelope_id' in frame ? answering(frame) : undefined
    if (said !== undefined) socket.send(typeof said === 'string' ? said : JSON.stringify(said))
  })
  await eventually(() => expect(frames[0]).toMatchObject({ type: 'hello' }))
  const closed = new Promise<number>((resolve) => socket.on('close', resolve))
  return { socket, frames, closed }
}

const helping: Answering = ({ envelope_id }) => ({ envelope_id, payload: { text: 'Here is help.' } })

const help = () => slack.people.command('U0HANNA', { conversation: 'D0HANNA', text: '/tap help' })

it('the app’s own token opens connections and nothing else, and the bot’s everything else', async () => {
  await start()
  expect(await call('apps.connections.open', appToken)).toMatchObject({ ok: true })
  expect(await call('apps.connections.open', botToken)).toEqual({
    ok: false,
    error: 'not_allowed_token_type',
  })
  expect(await call('auth.test', appToken)).toEqual({ ok: false, error: 'not_allowed_token_type' })
  expect(await call('apps.connections.open', 'xapp-2')).toEqual({ ok: false, error: 'invalid_auth' })
  expect(await call('apps.connections.open', appToken, { more: 1 })).toMatchObject({
    error: 'invalid_arguments',
  })
})

it('an address is good for one connection, for thirty seconds', async () => {
  await start()
  const { url } = await call('apps.connections.open', appToken)
  await once(new WebSocket(String(url)), 'open')
  const [again] = (await once(new WebSocket(String(url)), 'error')) as [Error]
  expect(again.message).toContain('401')
  const { url: late } = await call('apps.connections.open', appToken)
  clock += 30_001
  const [refused] = (await once(new WebSocket(String(late)), 'error')) as [Error]
  expect(refused.message).toContain('401')
})

it('ten connections are the most', async () => {
  await start()
  for (let count = 0; count < 10; count += 1) await connect()
  expect(await call('apps.connections.open', appToken)).toEqual({ ok: false, error: 'too_many_websockets' })
})

it('a command goes over one of several connections, and its answer is shown', async () => {
  await start()
  const both = await Promise.all([connect(helping), connect(helping)])
  expect(await help()).toEqual({ ok: true })
  const envelopes = both.flatMap(({ frames }) => frames.filter(({ type }) => type !== 'hello'))
  expect(envelopes).toEqual([
    {
      envelope_id: expect.any(String) as unknown,
      type: 'slash_commands',
      accepts_response_payload: true,
      payload: expect.objectContaining({ command: '/tap', text: 'help', user_id: 'U0HANNA' }) as unknown,
    },
  ])
  expect(JSON.stringify(slack.people.workspaceOf('U0HANNA'))).toContain('Here is help.')
})

it('without a connection the person reads that it failed', async () => {
  await start()
  expect(await help()).toMatchObject({
    ok: false,
    notice: expect.stringContaining('dispatch_failed') as unknown,
  })
})

it('what is not acknowledged when its connection ends comes again over another, by the same name', async () => {
  await start()
  const first = await connect(() => undefined)
  const sent = help()
  await eventually(() => expect(first.frames).toHaveLength(2))
  const second = await connect()
  slack.sockets.refresh('refresh_requested', 0)
  const third = await connect()
  expect(await sent).toEqual({ ok: true })
  const again = [...second.frames, ...third.frames].filter(({ type }) => type === 'slash_commands')
  expect(again).toMatchObject([{ envelope_id: first.frames[1]?.['envelope_id'], retry_attempt: 1 }])
})

it('what is not acknowledged within three seconds fails', async () => {
  await start()
  await connect(() => undefined)
  expect(await help()).toMatchObject({
    ok: false,
    notice: expect.stringContaining('operation_timeout') as unknown,
  })
})

it('before Slack ends a connection it says so, and sends nothing more over it', async () => {
  await start()
  const old = await connect()
  slack.sockets.refresh('warning', 200)
  await eventually(() => expect(old.frames.at(-1)).toMatchObject({ type: 'disconnect', reason: 'warning' }))
  const next = await connect()
  await help()
  expect(next.frames.at(-1)).toMatchObject({ type: 'slash_commands' })
  expect(await old.closed).toBe(1000)
})

const wrong: readonly (readonly [string, string, Answering])[] = [
  ['what is no acknowledgement', 'not an acknowledgement', () => 'hello'],
  [
    'more than an acknowledgement',
    'not an acknowledgement',
    ({ envelope_id: id }) => ({ envelope_id: id, ok: 1 }),
  ],
  ['another name', 'acknowledged what was not sent', () => ({ envelope_id: 'made-up' })],
]
it.for(wrong)('an app that says %s loses its connection', async ([, rule, answering]) => {
  await start()
  const { closed } = await connect(answering)
  const sent = help()
  expect(await closed).toBe(1008)
  expect(slack.sockets.violations()).toEqual([rule])
  await sent
})

it('so does one that answers twice, or answers what takes no answer', async () => {
  await start()
  const twice = await connect()
  await slack.sockets.send({ ...press, envelope_id: 'E1' })
  twice.socket.send(JSON.stringify({ envelope_id: 'E1' }))
  expect(await twice.closed).toBe(1008)
  const chatty = await connect(({ envelope_id }) => ({ envelope_id, payload: { text: 'Thanks.' } }))
  await slack.sockets.send({ ...press, envelope_id: 'E2' })
  expect(await chatty.closed).toBe(1008)
  expect(slack.sockets.violations()).toEqual(['acknowledged twice', 'an answer to what takes none'])
})

const press = {
  type: 'interactive',
  payload: { type: 'block_actions' },
  accepts_response_payload: false,
} as const
