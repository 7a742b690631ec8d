import type { Draft } from '../core/command/command.ts'
import { draftProblemsByField, requestForm, type Problems } from '../core/card/request-form.ts'
import type { Refusal } from '../core/refusal.ts'
import { checkRequest } from '../core/policy/check-request.ts'
import { commandText } from '../core/text/en/commands.ts'
import { personProblemText } from '../core/text/person-problem-text.ts'
import { refusalText } from '../core/text/refusal-text.ts'
import type { Call } from './call.ts'
import { ask } from './request.ts'
import { whoIs } from './who-is.ts'

/** Asks at once when the command says everything; otherwise opens the form with what it said. */
export async function askOrOpenForm(call: Call, draft: Draft): Promise<void> {
  const { subject: who, reason, category, duration, ticket } = draft
  const { defaults } = call.ports.policy().policy
  const formal = checkRequest(defaults, { reason: reason ?? '', ticket })
  const problems = { ...problemsOf(formal), ...draftProblemsByField(draft.problems) }
  const isComplete = who !== undefined && reason !== undefined && category !== undefined
  if (!isComplete || Object.keys(problems).length > 0) {
    // Whoever typed nothing wants the form, and has made no mistake yet.
    const isBlank = (who ?? reason ?? duration ?? ticket) === undefined
    return openForm(call, draft, isBlank ? {} : problems)
  }
  const subject = await whoIs(call.ports, who)
  if (!subject.ok) {
    return call.say(
      subject.reason === 'not-linked'
        ? commandText.linkPerson().mrkdwn
        : personProblemText(subject.reason, commandText.they),
    )
  }
  const asked = { subject: subject.value, duration: duration ?? defaults.duration, category, reason }
  const wish = { ...asked, ...(ticket === undefined ? {} : { ticket }) }
  return ask(call.ports, call.speaker, wish, call.say)
}

/** What the rules say about a field, by the field. */
export function problemsOf(refusals: readonly Refusal[]): Problems {
  return Object.fromEntries(refusals.map((refusal) => [fieldOf(refusal), refusalText(refusal)]))
}

function fieldOf(refusal: Refusal): keyof Problems {
  return refusal.code === 'reason-too-short' ? 'reason' : 'ticket'
}

/** What the form offers when the provider does not say in time what it accepts; admission asks again. Seconds. */
const usualTerms = { shortest: 3600, longest: 8 * 3600, step: 60 }
const termsWithin = 1_200

async function openForm(call: Call, draft: Draft, problems: Problems): Promise<void> {
  const { policy } = call.ports.policy()
  const terms = await soon(call.ports.terms(), usualTerms)
  const rules = policy.rules.flatMap((rule) => ('longest' in rule ? [rule.longest] : []))
  const { subject } = draft
  const form = requestForm({
    draft: {
      duration: draft.duration ?? policy.defaults.duration,
      ...(subject !== undefined && 'slack' in subject && { subject: subject.slack }),
      ...(draft.category !== undefined && { category: draft.category }),
      ...(draft.ticket !== undefined && { ticket: draft.ticket }),
      ...(draft.reason !== undefined && { reason: draft.reason }),
    },
    problems,
    terms,
    ...(rules.length > 0 && { longestByRule: Math.max(...rules) }),
    ticketRequired: policy.defaults.ticket.required,
    privateMetadata: '',
  })
  // The trigger may be too old by now; nothing was asked, so the person only has to do it again.
  await call.open(form).catch(() => call.say(commandText.tooSlow().mrkdwn))
}

async function soon<Value>(value: Promise<Value>, otherwise: Value): Promise<Value> {
  const late = new Promise<Value>((resolve) => setTimeout(resolve, termsWithin, otherwise))
  return Promise.race([value.catch(() => otherwise), late])
}
