import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import type { Server } from 'node:http'
import type { App, ReceiverEvent } from '@slack/bolt'
import { afterEach, describe, expect, it } from 'vitest'
import { createHttpReceiver } from '../../src/bot/http-receiver.ts'
import { createRecently } from '../../src/bot/recently.ts'
import { createSocketReceiver } from '../../src/bot/socket-receiver.ts'
import type { Envelope } from '../../src/core/slack-socket.ts'
import { slackLogger } from '../../src/loggers.ts'
import { signature } from './hands.ts'

const secret = 'the signing secret'
const closing: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const close of closing.splice(0)) await close()
})

/** An app that acknowledges whatever it gets, and remembers it. */
function appThat(does: (event: ReceiverEvent) => Promise<void> = ({ ack }) => ack()) {
  const got: ReceiverEvent[] = []
  const app = {
    processEvent: async (event: ReceiverEvent) => {
      got.push(event)
      await does(event)
    },
  }
  return { got, app: app as unknown as App }
}

describe('over HTTP', () => {
  const clock = { now: 0 }
  const logger = slackLogger({ warn: () => undefined, error: () => undefined } as never)
  const listening = async () => {
    clock.now = Date.now()
    const { got, app } = appThat()
    const receiver = createHttpReceiver({ signingSecret: secret, port: 0, logger, now: () => clock.now })
    receiver.init(app)
    const server = (await receiver.start({ port: 0, host: '127.0.0.1' })) as Server
    if (!server.listening) await once(server, 'listening')
    closing.push(() => receiver.stop())
    const { port } = server.address() as AddressInfo
    const send = async (body: string, headers: Readonly<Record<string, string>>): Promise<number> => {
      const answer = await fetch(`http://127.0.0.1:${port}/slack/events`, {
        method: 'POST',
        headers: { 'content-type': 'application/x-www-form-urlencoded', connection: 'close', ...headers },
        body,
      })
      return answer.status
    }
    return { got, send }
  }
  const seconds = (): number => Math.floor(clock.now / 1000)
  const body = 'command=%2Ftap&text=help'

  it('a request is accepted once, and its copies are refused at once', async () => {
    const { got, send } = await listening()
    const headers = signature(secret, body, seconds())
    const began = Date.now()
    expect(await send(body, headers)).toBe(200)
    expect(await send(body, headers)).toBe(401)
    clock.now += 9 * 60_000
    expect(await send(body, headers)).toBe(401)
    expect(Date.now() - began).toBeLessThan(2_500)
    expect(got).toHaveLength(1)
  })
  it('the same words signed anew are accepted: whether they count again is not asked here', async () => {
    const { got, send } = await listening()
    expect(await send(body, signature(secret, body, seconds()))).toBe(200)
    expect(await send(body, signature(secret, body, seconds() - 1))).toBe(200)
    expect(got).toHaveLength(2)
  })
  it.for([
    ['a minute ahead', 59, 200],
    ['more than a minute ahead', 62, 401],
    ['an hour ahead', 3_600, 401],
    ['almost five minutes old', -298, 200],
    ['more than five minutes old', -302, 401],
  ] as const)('%s', async ([, offset, status]) => {
    const { got, send } = await listening()
    expect(await send(body, signature(secret, body, seconds() + offset))).toBe(status)
    expect(got).toHaveLength(status === 200 ? 1 : 0)
  })
  it('what Slack did not sign is not remembered either: it refuses nothing', async () => {
    const { send } = await listening()
    const headers = signature(secret, body, seconds())
    expect(await send(`${body}+more`, headers)).toBe(401)
    await send('ssl_check=1', headers)
    expect(await send(body, headers)).toBe(200)
  })
})

/** A receiver over a socket through which tests deliver. */
const opened = async (does?: Parameters<typeof appThat>[0]) => {
  const { got, app } = appThat(does)
  const warned: string[] = []
  const hearers: ((envelope: Envelope) => Promise<void>)[] = []
  const socket = {
    open: async (hear: (typeof hearers)[number]) => void hearers.push(hear),
    isOpen: () => true,
    lost: new Promise<never>(() => undefined),
    close: async () => undefined,
  }
  const receiver = createSocketReceiver(socket, (what) => warned.push(what))
  receiver.init(app)
  await receiver.start()
  const answers: unknown[] = []
  const keep: Envelope['answer'] = async (body) => void answers.push(body)
  const deliver = async (id: string, answer = keep): Promise<void> =>
    hearers[0]?.({ id, body: { command: '/tap' }, answer })
  return { got, answers, warned, deliver }
}

describe('over a socket', () => {
  it('an envelope that comes again gets the same answer, and nothing is done again', async () => {
    const { got, answers, deliver } = await opened(({ ack }) => ack({ response_action: 'clear' }))
    await Promise.all([deliver('E1'), deliver('E1')])
    await deliver('E1')
    await deliver('E2')
    expect(answers).toEqual(Array.from({ length: 4 }, () => ({ response_action: 'clear' })))
    expect(got).toHaveLength(2)
  })
  it('an answer that does not arrive stops nothing, and is given again', async () => {
    let isDone = false
    const { got, answers, warned, deliver } = await opened(async ({ ack }) => {
      await ack('first')
      isDone = true
    })
    await deliver('E1', () => Promise.reject(new Error('gone')))
    expect(isDone).toBe(true)
    expect(warned).toEqual(['Slack could not be told that a request was heard'])
    await deliver('E1')
    expect(answers).toEqual(['first'])
    expect(got).toHaveLength(1)
  })
  it.for([
    ['nobody answered', async (): Promise<void> => undefined],
    ['nobody could, because of an error', (): Promise<void> => Promise.reject(new Error('not now'))],
  ] as const)('what %s is tried again when it comes again', async ([, does]) => {
    const { got, answers, deliver } = await opened(does)
    await deliver('E1')
    await deliver('E1')
    expect(got).toHaveLength(2)
    expect(answers).toEqual([])
  })
})

it('what is remembered is forgotten after its time, and does not pile up', () => {
  let now = 0
  const recently = createRecently<number>(10, () => now)
  recently.set('a', 1)
  now = 10
  expect(recently.get('a')).toBe(1)
  now = 11
  expect(recently.get('a')).toBeUndefined()
  recently.set('a', 2)
  recently.forget('a')
  expect(recently.get('a')).toBeUndefined()
})
