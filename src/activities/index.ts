import { ApplicationFailure, Context } from '@temporalio/activity'
import { nextLookIn } from '../core/exception/clocks.ts'
import type { Plan } from '../core/exception/plan.ts'
import type { Envelope, StatementOf } from '../core/envelope/statement.ts'
import type { FollowUpStart } from '../core/follow-up/start.ts'
import type { Method } from '../core/ports.ts'
import type { Admission } from '../core/exception/admitted.ts'
import type { Seen } from '../core/exception/after-end.ts'
import type { Grant } from '../core/exception/attempt.ts'
import type { HearingOf } from '../core/exception/hearing.ts'
import { admit } from './admit.ts'
import type { End, EndOrder } from '../core/exception/end.ts'
import { end } from './end.ts'
import { lookForEvidence, openFollowUp, tellFollowUp, type FollowUpNews } from './follow-up.ts'
import { grant, type GrantOrder } from './grant.ts'
import { alive } from './deadline.ts'
import { hear, type Hearing } from './hear.ts'
import type { Decision } from './decision.ts'
import type { Prolonged } from '../core/exception/extension.ts'
import { prolong } from './prolong.ts'
import type { StepResult } from '../core/fraud/fact.ts'
import type { CaseStatement } from '../core/fraud/statement.ts'
import type { CaseId, ExceptionId } from '../core/ids.ts'
import type { KnownState } from '../core/exception/state.ts'
import { hideCode } from './hide-code.ts'
import type { Ports } from './ports.ts'
import { removeCode, type RemoveOrder } from './remove-code.ts'
import { giveBack, type GiveBack } from './fraud/give-back.ts'
import { hearReport, hearWord, type CaseHearing, type ReportOrder } from './fraud/hear-word.ts'
import { lookAround } from './fraud/look-around.ts'
import { openCase, type Opened, type Report } from './fraud/open-case.ts'
import { takeStep, type StepOrder } from './fraud/take-step.ts'
import { tellCase, type CaseNews } from './fraud/tell-case.ts'
import { tell, type News } from './tell.ts'
import { look, type WatchOrder } from './watch.ts'

export type Activities = ReturnType<typeof createActivities>

/** The activities as Temporal calls them: a rule, a port, a rule. */
export function createActivities(ports: Ports) {
  return {
    admit: (request: Envelope<StatementOf<'request'>>): Promise<Admission> => admit(ports, request),
    hear: (envelope: Envelope, about: HearingOf, livesOnAs?: ExceptionId): Promise<Hearing> =>
      hear(ports, envelope, about, livesOnAs),
    grant: (order: GrantOrder): Promise<Grant> => alive((attempt) => grant(ports, order, attempt)),
    prolong: (decision: Decision): Promise<Prolonged> => prolong(ports, decision),
    end: (order: EndOrder): Promise<End> => {
      const context = Context.current()
      const wasUsed = order.wasUsed || context.info.heartbeatDetails === used
      return end(ports, { ...order, wasUsed }, () => context.heartbeat(used))
    },
    tell: (news: News): Promise<void> => tell(ports, news, Context.current().info.attempt),
    openFollowUp: (start: FollowUpStart): Promise<void> => openFollowUp(ports, start),
    tellFollowUp: (news: FollowUpNews): Promise<readonly Method[]> =>
      tellFollowUp(ports, news, Context.current().info.attempt),
    hideCode: (view: string, state: KnownState): Promise<void> => hideCode(ports, view, state),
    removeCode: (order: RemoveOrder): Promise<void> =>
      removeCode(ports, order, Context.current().info.attempt),
    hearReport: (order: ReportOrder): Promise<boolean> => hearReport(ports, order),
    openCase: (report: Report): Promise<Opened> => openCase(ports, report),
    takeStep: (order: StepOrder): Promise<StepResult> => takeStep(ports, order),
    lookAround: (order: Parameters<typeof lookAround>[1]): ReturnType<typeof lookAround> =>
      lookAround(ports, order),
    hearWord: (envelope: Envelope<CaseStatement>, caseId: CaseId): Promise<CaseHearing> =>
      hearWord(ports, envelope, caseId),
    giveBack: (order: GiveBack): ReturnType<typeof giveBack> => giveBack(ports, order),
    tellCase: (news: CaseNews): Promise<void> => tellCase(ports, news, Context.current().info.attempt),
    /** Looks again and again, each time a little later, until the credential can't be used any more. */
    watch: async (order: WatchOrder): Promise<Seen> => (await look(ports, order)) ?? lookAgain(order.pace),
    /** Looks again and again until the person has registered a strong method. */
    watchMethods: async (start: FollowUpStart): Promise<readonly Method[]> => {
      const found = await lookForEvidence(ports, start)
      return found.length > 0 ? found : lookAgain(start.look)
    },
  }
}

/** What one try to end a credential leaves for the next: that somebody had signed in with it. */
const used = 'used'

/** A retry leaves no events in the history, so the waiting between two looks is one. */
function lookAgain(pace: Plan['watch']): never {
  const { attempt } = Context.current().info
  throw ApplicationFailure.create({
    type: 'nothing-yet',
    message: 'Nothing yet.',
    nextRetryDelay: nextLookIn(pace, attempt - 1) * 1000,
  })
}
