import { isSignedPractice } from '../../core/exception/genuine.ts'
import type { Around, CaseFactOf } from '../../core/fraud/fact.ts'
import type { PersonId } from '../../core/ids.ts'
import { methodsAdded } from '../../core/follow-up/rules.ts'
import type { ExceptionView } from '../../core/ports.ts'
import type { Ports } from '../ports.ts'

/** How long before a report exceptions belong to it: the week that the card speaks of. Milliseconds. */
const lookBack = 7 * 24 * 3_600_000

/**
 * What whoever looks into a case has to know: the recent exceptions, who made them possible, and which methods came since.
 * `at`: when it was reported, epoch milliseconds.
 */
export async function lookAround(
  ports: Ports,
  { subject, at }: { readonly subject: PersonId; readonly at: number },
): Promise<Omit<CaseFactOf<'looked-around'>, 'type' | 'at'>> {
  const about = await ports.views.aboutSubject(subject)
  // Who practised together is no trace, and would stand in the place of one.
  const real = about.filter((view) => !isSignedPractice(ports, view))
  const recent = real.filter(({ state }) => state.request.requestedAt > at - lookBack)
  const names = Object.fromEntries(recent.flatMap(namesIn))
  return {
    exceptions: recent.map(aroundOf),
    details: { names, methods: await methodsSince(ports, subject, recent) },
  }
}

function aroundOf({ exceptionId, displayId, state }: ExceptionView): Around {
  const approvals = 'approvals' in state ? state.approvals : []
  return {
    exceptionId,
    displayId,
    requester: state.request.requester.person,
    approvers: approvals.map(({ by }) => by.person),
  }
}

function namesIn({ state }: ExceptionView): readonly (readonly [PersonId, string])[] {
  const { request } = state
  const approvals = 'approvals' in state ? state.approvals : []
  return [
    [request.requester.person, request.requesterName],
    ...approvals.map(({ by, name }) => [by.person, name] as const),
  ]
}

/** The methods that were registered since the first of these exceptions let somebody in. */
async function methodsSince(
  ports: Ports,
  subject: PersonId,
  views: readonly ExceptionView[],
): Promise<readonly string[]> {
  const shown = views.flatMap(({ state }) =>
    'shownAt' in state && state.shownAt !== undefined
      ? [{ at: state.shownAt, before: state.methodsBefore ?? [] }]
      : [],
  )
  const [first] = shown.toSorted((one, other) => one.at - other.at)
  if (first === undefined) return []
  const added = methodsAdded(first.before, await ports.signIns.methods(subject), first.at)
  return added.map(({ label }) => label)
}
