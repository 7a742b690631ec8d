import { ApplicationFailure, Context } from '@temporalio/activity'
import type { Activities } from '../../src/activities/index.ts'
import type { Seen } from '../../src/core/exception/after-end.ts'
import { isToEnd } from '../../src/core/exception/end.ts'
import { requestedBy } from '../../src/core/exception/requested.ts'
import type { Plan } from '../../src/core/exception/plan.ts'
import { providers } from '../../src/core/kinds.ts'
import { isAsking } from '../../src/core/follow-up/fact.ts'
import { evidence } from '../../src/core/follow-up/rules.ts'
import type { FollowUpStart } from '../../src/core/follow-up/start.ts'
import type { Method } from '../../src/core/ports.ts'
import { yes } from '../../src/core/result.ts'
import { newChain, type Chain } from './chain.ts'
import { caseActs, newCases, type Cases } from './fake-case.ts'
import { colleagues, type Speaker } from './given.ts'

/** What the fakes of one subject have seen and will answer; a test changes it while the workflow goes on. */
export type World = {
  /** The activities in the order in which they began, each attempt once. */
  readonly ran: string[]
  /** Those that are running now. */
  readonly running: string[]
  readonly exceptionChain: Chain
  /** The chain of an exception: the first one's, or that of something asked for to extend it. */
  readonly chainOf: (exceptionId: string) => Chain
  /** Chains of follow-ups, by the exception that opened them. */
  readonly followUpChain: (exceptionId: string) => Chain
  readonly handedOver: FollowUpStart[]
  /** The exceptions that the follow-up is for, when something was last told. */
  followed: readonly string[]
  readonly ended: Parameters<Activities['end']>[0][]
  /** Attempts whose code stands in a message. */
  readonly messages: Set<number>
  readonly cases: Cases
  pass: 'none' | 'usable' | Seen
  methods: Method[]
  /** The activities of this subject; replace one to let it fail. */
  acts: Activities
}

/** Activities that work, for one subject. */
export function worldOf(subject: Speaker, plan: Plan): World {
  const followUpChains = new Map<string, Chain>()
  const followUpChain = (exceptionId: string): Chain => {
    const chain = followUpChains.get(exceptionId) ?? newChain()
    followUpChains.set(exceptionId, chain)
    return chain
  }
  const exceptionChain = newChain()
  const chains = new Map<string, Chain>()
  const chainOf = (exceptionId: string): Chain => {
    const chain = chains.get(exceptionId) ?? (chains.size === 0 ? exceptionChain : newChain())
    chains.set(exceptionId, chain)
    return chain
  }
  /** Exceptions that another one has taken the place of: ending them leaves that one alone. */
  const replaced = new Set<string>()
  const cases = newCases()
  const world: World = {
    ran: [],
    running: [],
    exceptionChain,
    chainOf,
    followUpChain,
    handedOver: [],
    followed: [],
    ended: [],
    messages: new Set(),
    cases,
    pass: 'none',
    methods: [],
    acts: {
      ...caseActs(subject, cases),
      admit: async (request) => ({
        is: 'judged',
        requested: requestedBy(request, { subjectName: subject.name, requesterName: 'Hanna Berg' }),
        plan: yes({ ...plan, ...extending(request) }),
        askedNames: 'Marco Silva, Ava Chen',
      }),
      hear: async ({ statement, signature }, about) => {
        if (signature === 'forged') return { is: 'forged' }
        if (statement.exceptionId !== about.exceptionId)
          return { is: isToEnd(statement) ? 'another' : 'forged' }
        const { person } = statement.actor
        const known = [subject, ...colleagues].find(({ actor }) => actor.person === person)
        const is = (role: Speaker['role']): boolean => known?.role === role
        const standing = {
          name: known?.name ?? 'somebody who left the directory',
          active: known !== undefined,
          isSubject: is('subject'),
          isRequester: is('requester'),
          mayApprove: is('approver'),
          isSecurity: is('security'),
          hasApproved: about.approvedBy.includes(person),
        }
        return { is: 'heard', standing }
      },
      grant: async ({ attempt, request }) => {
        world.pass = 'usable'
        if (plan.how === 'message') world.messages.add(attempt)
        const { extends: before } = request.statement.body
        if (before !== undefined) replaced.add(before)
        const startsAt = Date.now()
        const lease = {
          credentialId: before === undefined ? `pass-${attempt}` : `longer-${attempt}`,
          startsAt,
          expiresAt: startsAt + plan.duration * 1000,
        }
        return { is: 'shown', lease, providerRequestId: 'request-1', methodsBefore: world.methods }
      },
      prolong: async () => {
        const lease = {
          credentialId: 'pass-1',
          startsAt: Date.now(),
          expiresAt: Date.now() + 2 * plan.duration * 1000,
        }
        return { is: 'extended', lease }
      },
      end: async (order) => {
        world.ended.push(order)
        const wasUsed = order.wasUsed || world.pass === 'used'
        if (!replaced.has(order.exceptionId)) world.pass = 'gone'
        return { wasUsed, sessionsRevoked: wasUsed && order.signOut, methodsAdded: [] }
      },
      watch: async () => {
        return world.pass === 'none' || world.pass === 'usable' ? lookAgain() : world.pass
      },
      watchMethods: async (start) => {
        const found = evidence(start.methodsBefore, world.methods, start.shownAt)
        return found.length > 0 ? found : lookAgain()
      },
      hideCode: async () => undefined,
      removeCode: async ({ upTo }) => {
        for (const attempt of world.messages) if (attempt <= upTo) world.messages.delete(attempt)
      },
      tell: async ({ exceptionId, facts }) => chainOf(exceptionId).append(facts),
      openFollowUp: async (start) => void world.handedOver.push(start),
      tellFollowUp: async ({ start, exceptions, facts }) => {
        followUpChain(start.exceptionId).append(facts)
        world.followed = exceptions
        const asks = facts.some(({ fact }) => isAsking(fact))
        return asks ? evidence(start.methodsBefore, world.methods, start.shownAt) : []
      },
    },
  }
  return world
}

/** What admission adds to the plan of a request for more time. */
function extending({ statement: { body } }: Parameters<Activities['admit']>[0]): Partial<Plan> {
  const { extend: how } = providers[body.provider]
  return body.extends === undefined ? {} : { extends: { how, endsAt: Date.now() + 600_000 } }
}

/** The activities of a worker: each call goes to the world of the subject whose workflow asks. */
export function routed(worldHere: () => World): Activities {
  const run = async <T>(name: keyof Activities, work: (acts: Activities) => Promise<T>): Promise<T> => {
    const world = worldHere()
    world.ran.push(name)
    world.running.push(name)
    try {
      return await work(world.acts)
    } finally {
      world.running.splice(world.running.indexOf(name), 1)
    }
  }
  return {
    admit: (request) => run('admit', (acts) => acts.admit(request)),
    hear: (envelope, about, livesOnAs) => run('hear', (acts) => acts.hear(envelope, about, livesOnAs)),
    grant: (order) => run('grant', (acts) => acts.grant(order)),
    prolong: (decision) => run('prolong', (acts) => acts.prolong(decision)),
    end: (order) => run('end', (acts) => acts.end(order)),
    tell: (news) => run('tell', (acts) => acts.tell(news)),
    openFollowUp: (start) => run('openFollowUp', (acts) => acts.openFollowUp(start)),
    tellFollowUp: (news) => run('tellFollowUp', (acts) => acts.tellFollowUp(news)),
    hideCode: (view, state) => run('hideCode', (acts) => acts.hideCode(view, state)),
    removeCode: (order) => run('removeCode', (acts) => acts.removeCode(order)),
    watch: (order) => run('watch', (acts) => acts.watch(order)),
    watchMethods: (start) => run('watchMethods', (acts) => acts.watchMethods(start)),
    hearReport: (order) => run('hearReport', (acts) => acts.hearReport(order)),
    openCase: (report) => run('openCase', (acts) => acts.openCase(report)),
    takeStep: (order) => run('takeStep', (acts) => acts.takeStep(order)),
    lookAround: (order) => run('lookAround', (acts) => acts.lookAround(order)),
    hearWord: (envelope, caseId) => run('hearWord', (acts) => acts.hearWord(envelope, caseId)),
    giveBack: (order) => run('giveBack', (acts) => acts.giveBack(order)),
    tellCase: (news) => run('tellCase', (acts) => acts.tellCase(news)),
  }
}

/** As the real looks do: a retry, which leaves no events, but sooner. */
function lookAgain(): never {
  throw ApplicationFailure.create({ type: 'nothing-yet', message: 'Nothing yet.', nextRetryDelay: 300 })
}

/** The workflow id of the activity that runs now. */
export function workflowHere(): string {
  return Context.current().info.workflowExecution?.workflowId ?? ''
}
