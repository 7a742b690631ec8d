import { randomUUID } from 'node:crypto'
import type { WorkflowHandle } from '@temporalio/client'
import { expect } from 'vitest'
import { createEngine, type Engine, type Recipient } from '../../src/bot/engine.ts'
import { sha256 } from '../../src/adapters/signing/keys.ts'
import type { RequestBody, Said } from '../../src/core/envelope/statement.ts'
import type { Outcome } from '../../src/core/exception/fact.ts'
import type { Plan } from '../../src/core/exception/plan.ts'
import type { FollowUpStart } from '../../src/core/follow-up/start.ts'
import type { Kind } from '../../src/core/kinds.ts'
import { exceptionWorkflowId, followUpWorkflowId, workflowType } from '../../src/core/names.ts'
import { join } from '../../src/workflows/messages.ts'
import type { exception, followUp } from '../../src/workflows/index.ts'
import { eventually } from '../setup/installation.ts'
import { worldOf, type World } from './fakes.ts'
import * as given from './given.ts'
import { readPast, type Past } from './past.ts'
import type { Stage } from './stage.ts'

/** One exception or follow-up on the stage: what people do, and what came of it. */
export type Scene = ReturnType<typeof sceneOf>

type Setting = {
  readonly kind?: Kind
  readonly plan?: Partial<Plan>
  readonly body?: Partial<RequestBody>
  /** The subject of another exception. */
  readonly dana?: given.Speaker
}

/** A subject, a new one unless told otherwise, with the plan under which whatever is asked for them is admitted. */
export function sceneOf(
  stage: Stage,
  { kind = 'tap', body, dana = given.someDana(), ...setting }: Setting = {},
) {
  const plan: Plan = { ...given.plan, ...given.planned[kind], ...setting.plan }
  const world: World = worldOf(dana, plan)
  const subject = dana.actor.person
  const ids = { exception: exceptionWorkflowId(kind, subject), 'follow-up': followUpWorkflowId(subject) }
  for (const id of Object.values(ids)) stage.worlds.set(id, world)
  const request = given.requestOf(dana, kind, body)
  const bot = createEngine({ client: () => stage.client, taskQueue: stage.queue, sha256 })
  const engine: Engine = { ...bot, say: (...said) => untilAnswered(() => bot.say(...said)) }
  const handle: WorkflowHandle<typeof exception> = stage.client.workflow.getHandle(ids.exception)
  const followUpHandle: WorkflowHandle<typeof followUp> = stage.client.workflow.getHandle(ids['follow-up'])

  const envelope = (who: given.Speaker, said: Said, signature?: string) => {
    const { exceptionId, requestHash } = request.statement
    return given.signed(
      { v: 1, exceptionId, requestHash, actor: who.actor, at: Date.now(), ...said },
      signature,
    )
  }
  const followUpChain = (exceptionId = request.statement.exceptionId) => world.followUpChain(exceptionId)
  const to = (follow: Recipient['follow']): Recipient => ({ follow, subject, kind })

  const past = (name?: string): Promise<Past> => readPast(handle, name && `${recordedAs[kind]}${name}`)

  return {
    dana,
    plan,
    world,
    request,
    /** Its history; see `readPast`. */
    past,
    engine,
    handle,
    followUpHandle,
    envelope,
    /** Hanna asks; resolves when the request was judged. */
    async ask() {
      expect(await engine.start(request)).toBe(true)
      return engine.admission(request, 20_000)
    },
    /** A click of somebody. One press is one delivery, however often Slack brings it. */
    says: (who: given.Speaker, said: Said, press: string = randomUUID()) =>
      engine.say(to(said.kind === 'phone-back' ? 'follow-up' : 'exception'), envelope(who, said), press),
    /** As `says`, but with a signature that is not the bot's. */
    forges: (who: given.Speaker, said: Said) =>
      engine.say(to('exception'), envelope(who, said, 'forged'), randomUUID()),
    /** Asked for and approved by Marco. */
    async approved() {
      await this.ask()
      expect(await this.says(given.marco, given.approve)).toEqual(heard)
    },
    /** Asked for, approved, and the code is on Dana's screen. */
    async shown() {
      await this.approved()
      expect(await this.says(dana, given.claim)).toEqual(heard)
    },
    /** Asserts how it ends, that its chain has no gap, and what every history has to keep; answers that history. */
    async ends(outcome: Outcome, name?: string): Promise<Past> {
      expect(await handle.result()).toBe(outcome)
      expect(world.exceptionChain.facts().at(-1)).toMatchObject({ type: 'ended', outcome })
      return past(name)
    },
    /** The types of the facts in the ledger, in order. */
    facts: () => world.exceptionChain.facts().map(({ type }) => type),
    /** The facts of the follow-up that this exception, or the named one, opened. */
    followUpChain: (exceptionId?: string) => followUpChain(exceptionId).facts(),
    followUpFacts: (exceptionId?: string) =>
      followUpChain(exceptionId)
        .facts()
        .map(({ type }) => type),
    /** How often an activity began. */
    times: (activity: string) => world.ran.filter((name) => name === activity).length,
    /** Whether nothing but looking goes on. */
    quiet: () => world.running.every((name) => name === 'watch' || name === 'watchMethods'),
    /** How many messages were let in, the question for admission among them. */
    async letIn(): Promise<number> {
      const { events } = await handle.fetchHistory()
      return (events ?? []).filter((event) => event.workflowExecutionUpdateAcceptedEventAttributes).length
    },
    /** Waits until something can be observed. */
    until: (isSo: () => boolean | Promise<boolean>, what: string, patience = 60_000) =>
      eventually(async () => {
        if (!(await isSo()))
          throw new Error(
            `${what}: ${JSON.stringify([world.ran, world.exceptionChain.facts(), followUpChain().facts()])}`,
          )
      }, patience),
    /** A request for more time: Hanna's, unless told otherwise. */
    extension: (more: Partial<RequestBody> = {}) => {
      const { exceptionId: before } = request.statement
      const longer = given.requestOf(dana, kind, { extends: before, ...more })
      const { exceptionId, requestHash } = longer.statement
      const facts = () => world.chainOf(exceptionId).facts()
      return {
        request: longer,
        asks: () => engine.say(to('exception'), longer, randomUUID()),
        says: (who: given.Speaker, said: Said) => {
          const statement = {
            v: 1,
            exceptionId,
            requestHash,
            actor: who.actor,
            at: Date.now(),
            ...said,
          } as const
          return engine.say(to('exception'), given.signed(statement), randomUUID())
        },
        facts: () => facts().map(({ type }) => type),
        last: () => facts().at(-1),
      }
    },
    /** Starts the follow-up of this subject, or joins it, as the activity of the real worker does. */
    async opensFollowUp(changes: Partial<FollowUpStart> = {}): Promise<FollowUpStart> {
      const start = { ...followUpStart(dana, request), ...changes }
      await stage.client.workflow.signalWithStart(workflowType.followUp, {
        workflowId: ids['follow-up'],
        taskQueue: stage.queue,
        args: [start],
        signal: join,
        signalArgs: [start],
      })
      return start
    },
  }
}

/** A name is one of each kind. */
const recordedAs: Readonly<Record<Kind, string>> = { tap: '', bypass: 'bypass-', drill: 'drill-' }

/** A press that Slack brings again is answered with the first one's answer: a busy machine may owe it for longer than people wait. */
export async function untilAnswered<Answer>(say: () => Promise<Answer>): Promise<Answer> {
  const until = Date.now() + 30_000
  for (;;) {
    const answer = await say()
    if (answer !== 'later' || Date.now() > until) return answer
  }
}

/** Holds something up until the test opens it. */
export function gate() {
  const open: (() => void)[] = []
  const opened = new Promise<void>((resolve) => open.push(resolve))
  return { opened, open: () => open.forEach((resolve) => resolve()) }
}

/** The word counts. */
export const heard = { ok: true, value: 'heard' } as const

/** The word does not count, and why. */
export const refused = (code: string) => ({ ok: false, reason: expect.objectContaining({ code }) as unknown })

function followUpStart(
  dana: given.Speaker,
  { statement }: ReturnType<typeof given.requestOf>,
): FollowUpStart {
  const { exceptionId, requestHash, actor, body } = statement
  const { rule, policyHash, remind } = given.plan
  const at = Date.now()
  return {
    exceptionId,
    requestHash,
    kind: body.kind,
    subject: dana.actor.person,
    subjectSlack: body.subjectSlack,
    subjectName: dana.name,
    requester: actor,
    category: body.category,
    endedAt: at,
    shownAt: at - 1000,
    methodsBefore: [],
    remind,
    look: { first: 1, longest: 2 },
    policyHash,
    rule,
  }
}
