import type { KnownBlock, PlainTextOption } from '@slack/types'
import { sayDuration } from '../duration.ts'
import type { Category } from '../envelope/statement.ts'
import type { DraftProblem } from '../command/command.ts'
import { kinds, type Kind } from '../kinds.ts'
import type { ProviderTerms } from '../ports.ts'
import { categoryLabels, draftProblemText, kindWords, requestFormText } from '../text/en.ts'
import { plainContext, context, section } from './blocks.ts'
import { joined, type Markup } from '../text/markup.ts'
import type { Modal } from './card.ts'
import { requestFields, type RequestField } from './form-fields.ts'
import { longestReason } from '../policy/check-request.ts'
import { longestTicket } from '../policy/ticket-pattern.ts'
import { choice, option, personChoice, words } from './inputs.ts'
import { formModal } from './modal.ts'

/** Problems by the field that they are said at; plain text. */
export type Problems = { readonly [Field in RequestField]?: string }

export type RequestFormState = {
  readonly kind: Kind
  /** What can be opened, by its name in the policy and as people call it; none where the kind opens the account. */
  readonly applications: readonly { readonly name: string; readonly label: string }[]
  /** What is known so far; `subject` is a Slack user id, `duration` is in seconds. */
  readonly draft: {
    readonly subject?: string | undefined
    readonly application?: string | undefined
    readonly duration?: number | undefined
    readonly category?: Category | undefined
    readonly ticket?: string | undefined
    readonly reason?: string | undefined
  }
  readonly problems: Problems
  /** Why what was asked before was refused. */
  readonly refused?: Markup
  /** What the provider accepts now, in seconds. */
  readonly terms: Pick<ProviderTerms, 'shortest' | 'longest' | 'step'>
  /** The longest that the policy allows, in seconds, where it is known already. */
  readonly longestByRule?: number
  /** What shorter times would not lengthen: how long what is out works still, in seconds. */
  readonly longerThan?: number
  readonly ticketRequired: boolean
  /** Least length of a reason, in characters, where it is known already. */
  readonly reasonAtLeast?: number
}

type Times = Pick<RequestFormState, 'kind' | 'draft' | 'terms' | 'longestByRule' | 'longerThan'>

/** The form that asks for an exception, filled in as far as the command was understood; it offers only what is accepted. */
export function requestForm(state: RequestFormState): Modal {
  const { kind, draft, problems, refused, ticketRequired } = state
  const { subject, category, ticket, reason } = requestFormText
  const at = (field: RequestField, input: KnownBlock): readonly KnownBlock[] => [
    input,
    ...complaint(problems[field]),
  ]
  return formModal('request', kind, kind, [
    ...(refused === undefined ? [] : [section(refused)]),
    ...at('subject', personChoice({ field: requestFields.subject, ...subject }, draft.subject)),
    ...(state.applications.length > 0 ? at('application', applicationChoice(state)) : []),
    ...at('duration', durationChoice(state, requestFormText.durationHint)),
    ...at('category', choice({ field: requestFields.category, ...category }, categories(), draft.category)),
    ...at(
      'ticket',
      words(
        { field: requestFields.ticket, ...ticket, optional: !ticketRequired },
        { longest: longestTicket, lines: 'one', ...(draft.ticket !== undefined && { typed: draft.ticket }) },
      ),
    ),
    ...at('reason', reasonInput(state, reason)),
    context(joined(' ', requestFormText.intro(), kindWords[kind].mark)),
  ])
}

const problemField: Readonly<Record<DraftProblem, RequestField>> = {
  'no-subject': 'subject',
  'two-subjects': 'subject',
  'handle-not-linked': 'subject',
  'no-application': 'application',
  'bad-duration': 'duration',
  'two-durations': 'duration',
  'no-reason': 'reason',
  'reason-too-long': 'reason',
  'no-category': 'category',
}

/** What is wrong with a command, by the field of the form that asks again. The first problem of a field counts. */
export function draftProblemsByField(problems: readonly DraftProblem[]): Problems {
  return Object.fromEntries(
    problems.toReversed().map((problem) => [problemField[problem], draftProblemText[problem]]),
  )
}

/**
 * The times that provider and policy both accept, in seconds and ascending: the usual ones and the one asked for, as far
 * as they add something.
 */
export function offeredDurations({
  kind,
  draft,
  terms,
  longestByRule = terms.longest,
  longerThan = 0,
}: Times): readonly number[] {
  const longest = Math.min(terms.longest, longestByRule)
  const { durations } = kinds[kind]
  const wanted = draft.duration === undefined ? durations : [...durations, draft.duration]
  const accepted = wanted.filter(
    (seconds) => seconds >= terms.shortest && seconds <= longest && seconds % terms.step === 0,
  )
  // Nothing usual fits: a select without options is refused by Slack, and the shortest is what asks least.
  if (accepted.length === 0) return [terms.shortest]
  const adding = accepted.filter((seconds) => seconds > longerThan)
  // Nothing adds anything: the longest may, by the time that somebody approves it.
  return adding.length === 0 ? [Math.max(...accepted)] : [...new Set(adding)].toSorted((a, b) => a - b)
}

function applicationChoice({ draft, applications }: RequestFormState): KnownBlock {
  const options = applications.map(({ name, label }) => option(label, name))
  return choice(
    { field: requestFields.application, ...requestFormText.application },
    options,
    draft.application,
  )
}

/** Why, in words; `asks` is how the form asks for it. */
export function reasonInput(
  { draft, reasonAtLeast }: Pick<RequestFormState, 'draft' | 'reasonAtLeast'>,
  asks: { readonly label: string; readonly placeholder: string },
): KnownBlock {
  const { reasonHint } = requestFormText
  const hint = reasonAtLeast === undefined ? {} : { hint: reasonHint(reasonAtLeast) }
  const typed = draft.reason === undefined ? {} : { typed: draft.reason }
  return words(
    { field: requestFields.reason, ...asks, ...hint },
    { longest: longestReason, lines: 'several', ...typed },
  )
}

/** The times that are accepted, as a choice; the hint says from when they count, given the longest in seconds. */
export function durationChoice(state: Times, hintOf: (longest: number) => string): KnownBlock {
  const { draft, terms, longestByRule = terms.longest } = state
  const hint = hintOf(Math.min(terms.longest, longestByRule))
  const options = offeredDurations(state).map((seconds) => option(sayDuration(seconds), String(seconds)))
  const chosen = draft.duration === undefined ? undefined : String(draft.duration)
  return choice({ field: requestFields.duration, ...requestFormText.duration, hint }, options, chosen)
}

function categories(): readonly PlainTextOption[] {
  return Object.entries(categoryLabels).map(([category, label]) => option(label, category))
}

/** What is wrong with a field, under it. */
export function complaint(says: string | undefined): readonly KnownBlock[] {
  return says === undefined ? [] : [plainContext(requestFormText.problem(says))]
}
