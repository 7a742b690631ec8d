import { describe, expect, it } from 'vitest'
import type { GrantOrder } from '../../src/activities/grant.ts'
import type { Ports } from '../../src/activities/ports.ts'
import { show } from '../../src/activities/show.ts'
import type { Plan } from '../../src/core/exception/plan.ts'
import { Fault } from '../../src/core/fault.ts'
import type { Minted } from '../../src/core/ports.ts'
import { Secret } from '../../src/core/secret.ts'
import {
  body,
  dana,
  exceptionId,
  hanna,
  judgedAt,
  lease,
  plan as revealed,
  says,
} from '../core/exception/given.ts'

const code = 'k&3"W\\2v'
const minted: Minted = { lease, code: new Secret(code), requestId: 'r-1' }
const plan: Plan = { ...revealed, how: 'message' }
const order = {
  request: { statement: says('request', hanna, 0), keyId: 'k', signature: 's' },
  approvals: [],
  claim: { statement: says('claim', dana, 0), keyId: 'k', signature: 's' },
  attempt: 2,
} as const satisfies GrantOrder

type Failing = 'post' | 'remember' | 'update' | 'updateView'

/** Slack and the record of places, with what was done in its order; `before` is asked ahead of each step. */
function world(fails: readonly Failing[] = [], before: (step: Failing) => void = () => undefined) {
  const done: string[] = []
  let guarded = false
  const step = async (name: Failing, what: string, sent: unknown): Promise<void> => {
    before(name)
    const holds = JSON.stringify(sent).includes(JSON.stringify(code).slice(1, -1))
    done.push(`${what}${holds ? `, with the code${guarded ? '' : ', unguarded'}` : ''}`)
    if (fails.includes(name)) throw new Fault('slack', 'unavailable', '503')
  }
  const ports = {
    stops: { isStopped: async () => false },
    liveCodes: {
      during: async (_code: unknown, work: () => Promise<unknown>) => {
        guarded = true
        return work()
      },
    },
    cards: {
      remember: (id: string, key: string, { ts }: { ts: string }) =>
        step('remember', `remember ${id === exceptionId ? key : 'another'} at ${ts}`, ''),
    },
    slack: {
      post: async (to: string, text: string, blocks: unknown) => {
        await step('post', `post to ${to}`, [text, blocks])
        return { channel: 'D1', ts: '1.1' }
      },
      update: ({ ts }: { ts: string }, text: string, blocks: unknown) => {
        if (text.includes(code)) throw new Error('The code is in what a notification shows.')
        return step('update', `update ${ts}`, [text, blocks])
      },
      updateView: (view: string, modal: unknown) => step('updateView', `window ${view}`, modal),
    },
    now: () => judgedAt,
  } as unknown as Ports
  return { ports, done }
}

const inTime = { deadline: judgedAt + 30_000, isOver: () => false }

describe('a code that is sent in a message', () => {
  it('is put into a message whose place is on record already, to whoever pressed; then the window says where', async () => {
    const { ports, done } = world()
    expect(await show(ports, order, plan, minted, inTime)).toBe(true)
    expect(done).toEqual([
      'post to U-dana',
      'remember code/2 at 1.1',
      'update 1.1, with the code',
      'window V1',
    ])
  })

  it.each<[Failing, number]>([
    ['post', 1],
    ['remember', 2],
    ['update', 3],
  ])('is not sent when it is in doubt: %s gets no answer', async (failing, steps) => {
    const { ports, done } = world([failing])
    expect(await show(ports, order, plan, minted, inTime)).toBe(false)
    expect(done).toHaveLength(steps)
    expect(done.filter((what) => what.includes('with the code'))).toHaveLength(failing === 'update' ? 1 : 0)
  })

  it('is sent although the window was closed meanwhile', async () => {
    const { ports } = world(['updateView'])
    expect(await show(ports, order, plan, minted, inTime)).toBe(true)
  })

  it('is not put there when the time is over, or it was stopped, after the message was prepared', async () => {
    let over = false
    const late = world([], (step) => (over ||= step === 'remember'))
    expect(await show(late.ports, order, plan, minted, { ...inTime, isOver: () => over })).toBe(false)
    expect(late.done).toEqual(['post to U-dana', 'remember code/2 at 1.1'])

    const stopped = world([], (step) => (over = step === 'remember'))
    const stops = { ...stopped.ports.stops, isStopped: async () => over }
    const ports = { ...stopped.ports, stops }
    over = false
    expect(await show(ports, order, plan, minted, inTime)).toBe(false)
    expect(stopped.done).toEqual(['post to U-dana', 'remember code/2 at 1.1'])
  })

  it('was not shown for sure when the time was over before Slack answered', async () => {
    let over = false
    const { ports } = world([], (step) => (over ||= step === 'update'))
    expect(await show(ports, order, plan, minted, { ...inTime, isOver: () => over })).toBe(false)
  })
})

describe('a code that takes the place of another', () => {
  it('is not shown when somebody ended that one meanwhile', async () => {
    const extending = {
      ...order,
      request: {
        ...order.request,
        statement: says('request', hanna, 0, { body: body({ extends: 'the one before' }) }),
      },
    } as const
    const asked: string[] = []
    const { ports, done } = world()
    const stops = {
      ...ports.stops,
      isStopped: async (id: string) => asked.push(id) < 0,
      wasEndedByWord: async (id: string) => asked.push(id) > 0,
    }
    expect(await show({ ...ports, stops }, extending, revealed, minted, inTime)).toBe(false)
    expect(asked).toEqual([exceptionId, 'the one before'])
    expect(done).toEqual([])
  })
})

describe('what is not sent', () => {
  it('a code under a plan that reveals: it is in the window alone', async () => {
    const { ports, done } = world()
    expect(await show(ports, order, revealed, minted, inTime)).toBe(true)
    expect(done).toEqual(['window V1, with the code'])
  })

  it('a let-in, which has no code', async () => {
    const { ports, done } = world()
    const opens = { name: 'VPN', form: 'let-in' } as const
    expect(await show(ports, order, { ...plan, opens }, { ...minted, code: undefined }, inTime)).toBe(true)
    expect(done).toEqual(['window V1'])
  })
})
