import { afterEach, expect, it } from 'vitest'
import { createSlackSocket, type SocketOptions } from '../../../src/adapters/slack/socket.ts'
import type { Envelope, SlackSocket } from '../../../src/core/slack-socket.ts'
import { envelopeOf } from '../../../src/sandbox/slack/envelope.ts'
import { contoso } from '../../../src/sandbox/slack/seed.ts'
import { startSlack, type SlackStandIn } from '../../../src/sandbox/slack/server.ts'
import { memoryStore } from '../../../src/sandbox/state-store.ts'
import { eventually } from '../../setup/installation.ts'

const appToken = 'xapp-1'
const running: { close(): Promise<void> }[] = []
const said: string[] = []

afterEach(async () => {
  for (const each of running.splice(0).toReversed()) await each.close()
  said.length = 0
})

type Started = {
  readonly slack: SlackStandIn
  readonly socket: SlackSocket
  readonly heard: Envelope[]
  readonly open: () => Promise<void>
}

const warn = (what: string) => void said.push(what)

const start = async (options: Partial<SocketOptions> = {}): Promise<Started> => {
  const slack = await startSlack({
    seed: contoso,
    botUrl: () => 'http://127.0.0.1:9/nobody',
    signingSecret: 'unused',
    botToken: 'xoxb-1',
    appToken,
    store: memoryStore(),
  })
  const socket = createSlackSocket({ appToken, apiUrl: slack.apiUrl, warn, ...options })
  running.push(slack, socket)
  const heard: Envelope[] = []
  const hear = async (envelope: Envelope): Promise<void> => {
    heard.push(envelope)
    await envelope.answer(heard.length === 1 ? undefined : { text: 'Heard.' })
  }
  return { slack, socket, heard, open: () => socket.open(hear) }
}

const command = { command: '/tap', text: 'help', trigger_id: '1.1' }
const press = { payload: JSON.stringify({ type: 'block_actions', actions: [] }) }
const faultOf = (work: Promise<unknown>): Promise<unknown> =>
  work.then(
    () => undefined,
    (error: unknown) => error,
  )

it('what Slack sends is heard, and answered with and without a body', async () => {
  const { slack, socket, heard, open } = await start()
  expect(socket.isOpen()).toBe(false)
  await open()
  expect(socket.isOpen()).toBe(true)
  expect(await slack.sockets.send(envelopeOf(press, 'E1'))).toEqual([{ ok: true, body: undefined }])
  expect(await slack.sockets.send(envelopeOf(command, 'E2'))).toEqual([
    { ok: true, body: { text: 'Heard.' } },
  ])
  expect(heard.map(({ id, body }) => ({ id, body }))).toEqual([
    { id: 'E1', body: { type: 'block_actions', actions: [] } },
    { id: 'E2', body: command },
  ])
  expect(slack.sockets.violations()).toEqual([])
})

it.for(['warning', 'refresh_requested'] as const)(
  'when Slack ends the connection (%s) the next one is there before, and no envelope is missed',
  async (reason) => {
    const { slack, socket, heard, open } = await start()
    await open()
    let isGap = false
    const watching = setInterval(() => (isGap ||= !socket.isOpen()), 1)
    for (const round of [1, 2]) {
      slack.sockets.refresh(reason, 500)
      await eventually(() => expect(slack.sockets.count()).toBe(1))
      await slack.sockets.send(envelopeOf(command, `E${round}`))
    }
    clearInterval(watching)
    expect(isGap).toBe(false)
    expect(heard.map(({ id }) => id)).toEqual(['E1', 'E2'])
  },
)

it('an answer on its way still arrives over the connection that Slack is about to end', async () => {
  const { slack, socket } = await start()
  const late: Envelope[] = []
  await socket.open(async (envelope) => void late.push(envelope))
  const outcome = slack.sockets.send(envelopeOf(command, 'E1'))
  await eventually(() => expect(late).toHaveLength(1))
  slack.sockets.refresh('warning', 2_000)
  await eventually(() => expect(slack.sockets.count()).toBe(1))
  await late[0]?.answer({ text: 'Late.' })
  expect(await outcome).toEqual([{ ok: true, body: { text: 'Late.' } }])
})

it('when the connection is cut another one is opened, and an answer to the old one fails', async () => {
  const { slack, socket } = await start()
  const late: Envelope[] = []
  await socket.open(async (envelope) => void late.push(envelope))
  const outcome = slack.sockets.send(envelopeOf(command, 'E1'))
  await eventually(() => expect(late).toHaveLength(1))
  slack.sockets.cut()
  expect(await outcome).toMatchObject([{ ok: false }])
  await eventually(() => expect(slack.sockets.count()).toBe(1))
  expect(socket.isOpen()).toBe(true)
  expect(await faultOf(late[0]?.answer() ?? Promise.resolve())).toMatchObject({ status: 'connection-gone' })
})

it('a token that Slack does not know is told at once', async () => {
  const { open } = await start({ appToken: 'xapp-wrong' })
  expect(await faultOf(open())).toMatchObject({ service: 'slack', code: 'refused', status: 'invalid_auth' })
})

it('a refusal is borne three times, then the socket is lost', async () => {
  const { slack, socket, open } = await start({ pauses: [0, 5, 5, 5, 5] })
  let asked = 0
  slack.onCall(({ method }) => (asked += method === 'apps.connections.open' ? 1 : 0))
  await open()
  slack.sockets.refuse('invalid_auth')
  slack.sockets.cut()
  expect(await faultOf(socket.lost)).toMatchObject({ code: 'refused', status: 'invalid_auth' })
  expect(asked).toBe(4)
  expect(socket.isOpen()).toBe(false)
  expect(said).toEqual(Array(2).fill('Slack gives no new connection yet (refused: invalid_auth)'))
})

it('a Slack that is away is tried as often as there are pauses, then the socket is lost', async () => {
  const { slack, socket, open } = await start({ pauses: [0, 5, 5, 5] })
  await open()
  slack.sockets.refuse('internal_error')
  slack.sockets.cut()
  expect(await faultOf(socket.lost)).toMatchObject({ code: 'unavailable', status: 'internal_error' })
  expect(said).toEqual(Array(3).fill('Slack gives no new connection yet (unavailable: internal_error)'))
})

it('a Slack that comes back in time is connected to again', async () => {
  const { slack, socket, open } = await start({ pauses: [0, 5, 5] })
  await open()
  slack.sockets.refuse('invalid_auth')
  let asked = 0
  slack.onCall(({ method }) => {
    if (method === 'apps.connections.open' && (asked += 1) === 2) slack.sockets.refuse(undefined)
  })
  slack.sockets.cut()
  await eventually(() => expect(said.join()).toContain('invalid_auth'))
  await eventually(() => expect(socket.isOpen()).toBe(true))
})

it('nothing is opened again once it is closed', async () => {
  const { slack, socket, open } = await start()
  await open()
  await socket.close()
  await eventually(() => expect(slack.sockets.count()).toBe(0))
  expect(socket.isOpen()).toBe(false)
})
