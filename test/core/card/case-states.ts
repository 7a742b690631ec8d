import type { Card } from '../../../src/core/card/card.ts'
import type { CaseFact, CaseFactOf, StepResult } from '../../../src/core/fraud/fact.ts'
import { steps, type Step } from '../../../src/core/fraud/plan.ts'
import type { Case } from '../../../src/core/fraud/state.ts'
import type { PersonId } from '../../../src/core/ids.ts'
import { actorOf, asked, dana, hanna, marco, minute, second } from '../exception/given.ts'
import { textsOf } from './block-rules.ts'
import { carl, plan, reported, reportedAgain, sam, stateAfter, sue } from '../fraud/given.ts'

/** Everything in a case that people typed, or are called. */
export type CaseWords = {
  readonly subject: string
  readonly reporter: string
  readonly security: string
  readonly second: string
  readonly typed: string
  readonly method: string
}

export const plainCaseWords: CaseWords = {
  subject: 'Dana Cruz',
  reporter: 'Hanna Weiss',
  security: 'Sam Reed',
  second: 'Sue Park',
  typed: 'Somebody called and wanted a code',
  method: 'Authenticator, Pixel 7',
}

const found = (n: number, requester: PersonId, approver: PersonId) => ({
  exceptionId: `${n}`,
  displayId: `TAP-7F3K-000${n}`,
  requester,
  approvers: [approver],
})

/** One fact of each type that a case can have, in the order in which they come. */
export function caseFacts(words: CaseWords): {
  readonly [Type in Exclude<CaseFact['type'], 'step-taken'>]: CaseFactOf<Type>
} & { readonly steps: readonly CaseFact[] } {
  const { subject, reporter, security, second: other, typed, method } = words
  const by = actorOf(sam)
  const details = { name: security }
  return {
    reported: reported({
      by: actorOf(hanna),
      as: 'helpdesk',
      what: 'caller',
      plan: plan({ reporter: 'helpdesk' }),
      details: {
        subjectName: subject,
        reporterName: reporter,
        words: typed,
        when: typed,
        application: typed,
      },
    }),
    steps: steps.map((step, index) =>
      stepTaken(step, { is: 'done', ...(index < 2 && { count: index * 2 }) }),
    ),
    'reported-again': reportedAgain({
      by: actorOf(carl),
      as: 'somebody',
      what: 'message',
      plan: plan({ reporter: 'somebody' }),
      details: { reporterName: reporter, words: typed },
    }),
    'looked-around': {
      type: 'looked-around',
      at: asked + 8 * second,
      exceptions: [1, 2, 3].map((n) => found(n, hanna.id, marco.id)).concat(found(4, hanna.id, 'entra:gone')),
      details: { names: { [hanna.id]: reporter, [marco.id]: other }, methods: [method, method] },
    },
    'not-taken': { type: 'not-taken', at: asked + 10 * minute, times: 2 },
    'said-mistaken': {
      type: 'said-mistaken',
      at: asked + 10 * minute,
      by: actorOf(hanna),
      details: { name: reporter },
    },
    raised: { type: 'raised', at: asked + 90 * 24 * 60 * minute, times: 1 },
    taken: { type: 'taken', at: asked + 11 * minute, by, details },
    noted: { type: 'noted', at: asked + 12 * minute, by, details: { ...details, text: typed } },
    'block-asked': { type: 'block-asked', at: asked + 13 * minute, by, details },
    'close-asked': {
      type: 'close-asked',
      at: asked + 20 * minute,
      by,
      outcome: 'false-alarm',
      close: 'signature',
      details: { ...details, reason: typed },
    },
    'word-refused': {
      type: 'word-refused',
      at: asked + 21 * minute,
      by,
      said: 'unblock',
      refusal: { code: 'second-person' },
      details,
    },
    'case-forged': { type: 'case-forged', at: asked + 22 * minute, said: 'unblock' },
    'unblock-agreed': {
      type: 'unblock-agreed',
      at: asked + 25 * minute,
      by: actorOf(sue),
      details: { name: other },
    },
    'agreement-void': {
      type: 'agreement-void',
      at: asked + 25 * minute,
      refusal: { code: 'took-part' },
    },
    unblocked: { type: 'unblocked', at: asked + 26 * minute, result: { is: 'done' } },
    'case-closed': { type: 'case-closed', at: asked + 26 * minute, outcome: 'false-alarm' },
  }
}

export function stepTaken(step: Step, result: StepResult): CaseFact {
  return { type: 'step-taken', at: asked + 3 * second, step, result }
}

/** A case in every state that people see, by name. */
export function everyCase(words: CaseWords = plainCaseWords): readonly (readonly [string, Case])[] {
  const it = caseFacts(words)
  const done = [it.reported, ...it.steps, it['looked-around']]
  const agreed = [...done, it.taken, it['close-asked'], it['unblock-agreed']]
  const forbidden: StepResult = { is: 'impossible', because: 'forbidden' }
  const withPlan = (more: Parameters<typeof plan>[0]) => ({
    ...it.reported,
    plan: plan({ reporter: 'helpdesk', ...more }),
  })
  const bySubject = {
    ...it.reported,
    by: actorOf(dana),
    as: 'subject',
    details: { subjectName: words.subject, reporterName: words.subject },
  } as const
  const bySomebody = {
    ...it['reported'],
    by: actorOf(carl),
    as: 'somebody',
    plan: plan({ reporter: 'somebody' }),
  } as const
  return [
    ['reported', stateAfter(it.reported)],
    ['by the person', stateAfter(bySubject, ...it.steps.slice(0, 3))],
    ['by somebody', stateAfter(bySomebody, ...it.steps.slice(0, 2))],
    ['withheld as protected', stateAfter(withPlan({ subjectProtected: true }), ...it.steps.slice(0, 2))],
    ['withheld as unreadable', stateAfter(withPlan({ subjectProtected: 'unreadable' }))],
    ['withheld as too many', stateAfter(withPlan({ recentBlocks: 3 }))],
    ['all done, looked around', stateAfter(...done)],
    [
      'nothing around',
      stateAfter(it.reported, {
        ...it['looked-around'],
        exceptions: [],
        details: { names: {}, methods: [] },
      }),
    ],
    ['can’t be done', stateAfter(it.reported, ...steps.map((step) => stepTaken(step, forbidden)))],
    ['no licence', stateAfter(it.reported, stepTaken('risk', { is: 'impossible', because: 'no-licence' }))],
    ['no account', stateAfter(it.reported, stepTaken('block', { is: 'impossible', because: 'not-found' }))],
    ['reported again', stateAfter(...done, ...Array.from({ length: 7 }, () => it['reported-again']))],
    ['not taken', stateAfter(...done, it['not-taken'])],
    ['said to be a mistake', stateAfter(...done, it['said-mistaken'])],
    ['open for long', stateAfter(...done, it.taken, it.raised)],
    ['taken', stateAfter(...done, it.taken, ...Array.from({ length: 5 }, () => it.noted))],
    ['close asked', stateAfter(...done, it.taken, it['close-asked'])],
    ['agreed', stateAfter(...agreed)],
    ['closed', stateAfter(...agreed, it.unblocked, it['case-closed'])],
    ['closed, by hand', stateAfter(...agreed, { ...it.unblocked, result: forbidden }, it['case-closed'])],
    [
      'closed, not by Hallpass',
      stateAfter(
        it.reported,
        ...(['block', 'checks'] as const).map((step) => stepTaken(step, forbidden)),
        it['close-asked'],
        it['case-closed'],
      ),
    ],
    ['closed, never blocked', stateAfter(bySomebody, it['close-asked'], it['case-closed'])],
  ]
}

/** What is read of a card, line by line, in the order of its blocks, with UTC where Slack shows a clock. */
export function linesOf({ text, blocks }: Card): readonly string[] {
  return [text, ...blocks.flatMap((block) => [...textsOf([block]).mrkdwn, ...textsOf([block]).plain])].map(
    (line) => line.replaceAll(/<!date\^\d+\^[^|>]*\|([^>]*)>/gu, '$1'),
  )
}

/** The state of this name. */
export function caseIn(name: string): Case {
  const [, state] = everyCase().find(([one]) => one === name) ?? []
  if (state === undefined) throw new Error(`there is no case ${name}`)
  return state
}
