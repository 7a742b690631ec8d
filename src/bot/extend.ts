import { setTimeout as sleep } from 'node:timers/promises'
import type { Draft } from '../core/command/command.ts'
import { draftProblemsByField, type Problems } from '../core/card/request-form.ts'
import type { Envelope, StatementOf } from '../core/envelope/statement.ts'
import { extensionRefusal } from '../core/exception/extension.ts'
import type { Request } from '../core/exception/state.ts'
import { displayId } from '../core/ids.ts'
import { checkRequest } from '../core/policy/check-request.ts'
import type { Refusal } from '../core/refusal.ts'
import type { ExceptionView } from '../core/ports.ts'
import { nothingRecordedText, pendingText, recordedLaterText, recordedText } from '../core/text/answers.ts'
import { commandText } from '../core/text/en.ts'
import type { Markup } from '../core/text/markup.ts'
import { namesIn, refusalText } from '../core/text/refusal-text.ts'
import { openOrSay, type Call } from './call.ts'
import { byTypedId, maySee, notFoundText } from './find.ts'
import { isGenuine } from './genuine.ts'
import type { KindPorts } from './ports.ts'
import { signedRequest } from './request.ts'
import { filledExtendForm, problemsOf } from './request-form.ts'
import { portsFor } from './ports.ts'

/** More time for what is out; `duration` in seconds. */
export type MoreTime = { readonly duration: number; readonly reason: string }

/** `extend <id> <time> reason`: asks at once when that says everything, otherwise opens the form with what it said. */
export async function extendById(call: Call, typed: string, draft: Draft): Promise<void> {
  if (typed === '') return call.say(commandText.howToExtend(call.ports.command, call.ports.kind))
  const found = await byTypedId(call.ports, typed)
  if (!found.ok) return call.say(notFoundText(call.ports, found.reason, typed))
  const about = found.value
  if (!(await maySee(call.ports, call.speaker.person, about))) return call.say(commandText.notForYou())
  const own = { ...call, ports: portsFor(call.ports, about.state.request.kind) }
  const { duration, reason } = draft
  const problems = extendProblems(own.ports, about.state.request, draft)
  return duration === undefined || reason === undefined || Object.keys(problems).length > 0
    ? openExtendForm(own, about, draft, problems)
    : extend(own, about, { duration, reason })
}

/** What is wrong with the words, by the field of the form. */
function extendProblems(
  ports: KindPorts,
  { ticket }: Request,
  { reason = '', problems = [] }: Partial<Draft>,
): Problems {
  const formal = checkRequest(ports.policy().policy.defaults, { reason, ticket })
  const byField = { ...problemsOf(formal), ...draftProblemsByField(problems) }
  const { duration, reason: wrongReason } = byField
  return { ...(duration && { duration }), ...(wrongReason && { reason: wrongReason }) }
}

/** The form, where there is something that could get more time. */
export async function openExtendForm(
  call: Call,
  about: ExceptionView,
  draft: Partial<Draft> = {},
  problems: Problems = {},
): Promise<void> {
  const { state } = about
  const refusal = extensionRefusal(state, [])
  if (refusal !== undefined || state.status !== 'active')
    return call.say(refusalText(refusal ?? { code: 'extend-none' }, namesIn(state.request)))
  const pending = await pendingFor(call.ports, about)
  if (pending !== undefined) return call.say(pendingText(pending))
  const form = await filledExtendForm(call.ports, state, draft, { problems })
  return openOrSay(call, form)
}

/** Says in the form's own window why nothing came of it, above what was filled in. */
export function extendFormAgain(
  call: Call,
  { state }: ExceptionView,
  window: { readonly id: string },
  more: MoreTime,
): Call['refuse'] {
  return async (refused) =>
    state.status === 'active'
      ? call.replace(window, await filledExtendForm(call.ports, state, more, { refused }))
      : call.say(refused)
}

/** Signs the request and hands it to the exception that it extends. Answers who was asked, or why nobody. */
export async function extend(call: Call, about: ExceptionView, more: MoreTime): Promise<void> {
  const { ports } = call
  const refusal = surelyRefused(about, ports.now() + more.duration * 1000)
  if (refusal !== undefined) return call.refuse(refusalText(refusal, namesIn(about.state.request)))
  if (!(await isGenuine(ports, about))) return call.refuse(refusalText({ code: 'unverified' }))
  const { subject, kind } = about.state.request
  const request = signedExtension(call, about, more)
  const to = { follow: 'exception', subject, kind } as const
  const reply = await ports.engine.say(to, request, call.delivery).catch(() => 'silent' as const)
  if (reply === 'silent') return call.refuse(nothingRecordedText('temporal'))
  if (reply === 'later') return call.say(commandText.late())
  if (reply === 'over') return call.refuse(refusalText({ code: 'extend-none' }))
  if (!reply.ok) return call.refuse(await whyNot(ports, about, reply.reason))
  return call.say(await whoIsAsked(ports, about, request))
}

async function whyNot(ports: KindPorts, about: ExceptionView, refusal: Refusal): Promise<Markup> {
  const pending = refusal.code === 'extend-pending' ? await pendingFor(ports, about) : undefined
  return pending === undefined ? refusalText(refusal, namesIn(about.state.request)) : pendingText(pending)
}

/** The request for more time that is not over, as far as the projection knows it; the exception itself judges. */
async function pendingFor(
  { views }: KindPorts,
  { exceptionId, state }: ExceptionView,
): Promise<ExceptionView | undefined> {
  const near = await views.aboutSubject(state.request.subject).catch(() => [])
  return near.find((one) => one.state.request.extends === exceptionId && one.state.status !== 'ended')
}

/** Whatever the exception itself would say: what is not over may have moved on since it was read. */
function surelyRefused({ state }: ExceptionView, until: number): Refusal | undefined {
  const refusal = extensionRefusal(state, [], until)
  return state.status === 'ended' || refusal?.code === 'extend-shorter' ? refusal : undefined
}

function signedExtension(
  call: Call,
  { exceptionId, state }: ExceptionView,
  more: MoreTime,
): Envelope<StatementOf<'request'>> {
  const { subject, subjectSlack, application, category, ticket } = state.request
  return signedRequest(call, {
    extends: exceptionId,
    ...(application === undefined ? {} : { application }),
    ...(ticket === undefined ? {} : { ticket }),
    subject,
    subjectSlack,
    category,
    ...more,
  })
}

/** How long a person waits for the ledger to show it; milliseconds. */
const patience = 1_500
const pause = 100

async function whoIsAsked(
  ports: KindPorts,
  about: ExceptionView,
  { statement: { exceptionId } }: Envelope<StatementOf<'request'>>,
): Promise<Markup> {
  const recorded = { id: displayId(ports.kind, exceptionId), subject: about.state.request.subjectName }
  for (const until = ports.now() + patience; ports.now() < until; await sleep(pause)) {
    const state = (await ports.views.byId(exceptionId).catch(() => undefined))?.state
    if (state?.status === 'waiting') return recordedText(recorded, state.askedNames)
  }
  return recordedLaterText(recorded)
}
