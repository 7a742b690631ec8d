import { kinds, practiceNamed, providers, type Kind } from '../core/kinds.ts'
import type { Draft } from '../core/command/command.ts'
import {
  draftProblemsByField,
  requestForm,
  type Problems,
  type RequestFormState,
} from '../core/card/request-form.ts'
import type { Modal } from '../core/card/card.ts'
import { extendForm } from '../core/card/extend-form.ts'
import { isAboutKind } from '../core/exception/admission.ts'
import type { StateOf } from '../core/exception/state.ts'
import type { Refusal } from '../core/refusal.ts'
import { checkRequest } from '../core/policy/check-request.ts'
import { commandText } from '../core/text/en.ts'
import { spoken, type Markup } from '../core/text/markup.ts'
import { refusalText } from '../core/text/refusal-text.ts'
import { openOrSay, type Call } from './call.ts'
import type { BotPorts, KindPorts } from './ports.ts'
import { ask } from './request.ts'
import { whoIs, whoProblemText } from './who-is.ts'

/** Asks at once when the command says everything; otherwise opens the form with what it said. */
export async function askOrOpenForm(call: Call, draft: Draft): Promise<void> {
  const { subject: who, reason, category, ticket, application } = draft
  const problems = problemsIn(call, draft)
  if (
    who === undefined ||
    reason === undefined ||
    category === undefined ||
    Object.keys(problems).length > 0 ||
    practiceNamed(call.ports.kind, reason) !== undefined
  ) {
    // Whoever typed nothing wants the form, and has made no mistake yet.
    return openForm(call, draft, isBlank(draft) ? {} : problems)
  }
  const subject = await whoIs(call.ports, who)
  if (!subject.ok) return call.say(whoProblemText(subject.reason, who))
  const { duration = usualDuration(call.ports) } = draft
  return ask(call, { subject: subject.value, duration, category, reason, ticket, application })
}

function problemsIn({ ports }: Call, { reason = '', ticket, problems }: Draft): Problems {
  const formal = checkRequest(ports.policy().policy.defaults, { reason, ticket })
  return { ...problemsOf(formal), ...draftProblemsByField(problems) }
}

/** The applications that a kind may open, by their names in the policy; none where it opens the account. */
export function applicationsOf(ports: BotPorts, kind: Kind): readonly string[] {
  return kinds[kind].opens === 'application' ? Object.keys(ports.policy().policy.applications) : []
}

function isBlank({ subject, reason, duration, ticket }: Partial<Draft>): boolean {
  return [subject, reason, duration, ticket].every((part) => part === undefined)
}

/** What the rules say about a field, by the field. */
export function problemsOf(refusals: readonly Refusal[]): Problems {
  return Object.fromEntries(refusals.map((refusal) => [fieldOf(refusal), spoken(refusalText(refusal))]))
}

function fieldOf(refusal: Refusal): keyof Problems {
  return refusal.code === 'reason-too-short' ? 'reason' : 'ticket'
}

/** How long the form waits for the provider to say what it accepts; milliseconds. */
const termsWithin = 1_200

async function openForm(call: Call, draft: Draft, problems: Problems): Promise<void> {
  const { subject: who, duration = usualDuration(call.ports) } = draft
  const subject = who !== undefined && 'slack' in who ? who.slack : undefined
  const refused = misread(call.ports, draft)
  const why = { problems, ...(refused && { refused }) }
  const form = await filledForm(call.ports, { ...draft, subject, duration }, why)
  return openOrSay(call, form)
}

/** What stands in the way: at a field, or above all of them. */
type Why = { readonly problems?: Problems; readonly refused?: Markup }

/** The form with what is known, and with what stands in the way. */
export async function filledForm(
  ports: KindPorts,
  { subject, duration, category, ticket, reason, application }: RequestFormState['draft'],
  why: Why,
): Promise<Modal> {
  const { defaults, applications } = ports.policy().policy
  const offered = applicationsOf(ports, ports.kind)
  return requestForm({
    kind: ports.kind,
    applications: offered.map((name) => ({ name, label: applications[name]?.name ?? name })),
    draft: { subject, duration, category, ticket, reason, application },
    problems: {},
    ...why,
    ...(await accepted(ports)),
    ticketRequired: defaults.ticket.required,
  })
}

/** The form for more time, likewise. */
export async function filledExtendForm(
  ports: KindPorts,
  state: StateOf<'active'>,
  { duration = usualDuration(ports), reason }: Pick<RequestFormState['draft'], 'duration' | 'reason'>,
  why: Why,
): Promise<Modal> {
  const longerThan = (state.lease.expiresAt - ports.now()) / 1000
  const form = { draft: { duration, reason }, problems: {}, longerThan, ...why }
  return extendForm(state, { ...form, ...(await accepted(ports)) })
}

/** What provider and policy accept now. */
async function accepted(
  ports: KindPorts,
): Promise<Pick<RequestFormState, 'terms' | 'longestByRule' | 'reasonAtLeast'>> {
  const longestByRule = longestFor(ports)
  const { provider } = kinds[ports.kind]
  return {
    terms: await soon(ports.terms[provider](), providers[provider].usualTerms),
    ...(longestByRule !== undefined && { longestByRule }),
    reasonAtLeast: ports.policy().policy.defaults.reason.atLeast,
  }
}

/** The longest that some rule allows for this kind, in seconds. */
function longestFor(ports: KindPorts): number | undefined {
  const { rules } = ports.policy().policy
  const ofKind = rules.filter((rule) => isAboutKind(rule, ports.kind))
  const longest = ofKind.flatMap((rule) => ('longest' in rule ? [rule.longest] : []))
  return longest.length > 0 ? Math.max(...longest) : undefined
}

/** What is meant when no time is named, in seconds: the policy's, as far as this kind may have it. */
function usualDuration(ports: KindPorts): number {
  const { duration } = ports.policy().policy.defaults
  return Math.min(duration, longestFor(ports) ?? duration)
}

/**
 * Whoever asks for something real and speaks of a drill may have meant one; and a single word that is neither one of the
 * command's nor part of a request was probably meant as one.
 */
function misread({ kind, command, commands }: KindPorts, draft: Draft): Markup | undefined {
  const { reason = '', ...rest } = draft
  const practice = practiceNamed(kind, reason)
  if (practice !== undefined) return commandText.noDrill(kind, practice, commands[practice])
  const isAlone = isBlank(rest)
  return isAlone && /^\S+$/.test(reason) ? commandText.takenAsReason(reason, command) : undefined
}

async function soon<Value>(value: Promise<Value>, otherwise: Value): Promise<Value> {
  const late = new Promise<Value>((resolve) => setTimeout(resolve, termsWithin, otherwise))
  return Promise.race([value.catch(() => otherwise), late])
}
