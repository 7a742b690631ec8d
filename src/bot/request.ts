import { statusCard } from '../core/card/list-cards.ts'
import { kinds } from '../core/kinds.ts'
import { requestText } from '../core/envelope/request-hash.ts'
import type { Category, Envelope, RequestBody, StatementOf } from '../core/envelope/statement.ts'
import { displayId, idFrom } from '../core/ids.ts'
import type { Known } from '../core/people/people.ts'
import {
  conflictText,
  nothingRecordedText,
  recordedLaterText,
  recordedText,
  type Recorded,
} from '../core/text/answers.ts'
import { refusalText } from '../core/text/refusal-text.ts'
import type { Markup } from '../core/text/markup.ts'
import type { Call } from './call.ts'
import { maySee } from './find.ts'
import type { BotPorts, KindPorts } from './ports.ts'
import type { Speaker } from './speaker.ts'

/** A request that is complete; `duration` in seconds. */
export type Wish = {
  readonly subject: Known
  readonly duration: number
  readonly category: Category
  readonly reason: string
  readonly ticket?: string | undefined
  readonly application?: string | undefined
}

/** The first answer comes within Slack's patience, the second whenever admission is through; milliseconds. */
const firstAnswerWithin = 2_000
const lastAnswerWithin = 60_000

/**
 * Signs the request and starts the exception. Answers once or twice: a person reads *recorded* only after the workflow
 * has started.
 */
export async function ask(call: Call, wish: Wish): Promise<void> {
  const { ports, speaker } = call
  const { subject, application, ticket, duration, category, reason } = wish
  const request = signedRequest(call, {
    ...(application === undefined ? {} : { application }),
    subject: subject.person.id,
    subjectSlack: subject.account,
    duration,
    category,
    reason,
    ...(ticket === undefined ? {} : { ticket }),
  })
  const known = await ports.views.byId(request.statement.exceptionId)
  if (known !== undefined) return call.show(statusCard(known))
  const started = await ports.engine.start(request).catch(() => undefined)
  if (started === undefined) return call.refuse(nothingRecordedText('temporal'))
  if (!started) return call.refuse(await conflict(ports, speaker, wish))

  const first = await ports.engine.admission(request, firstAnswerWithin)
  if (first !== 'later') return tellAdmitted(call, wish, request, first)
  await call.say(recordedLaterText(recordedOf(wish, request)))
  const last = await ports.engine.admission(request, lastAnswerWithin)
  return last === 'later' ? undefined : tellAdmitted(call, wish, request, last)
}

/** A request of somebody, under the policy that is in force now. What comes again is the same request, by the same id. */
export function signedRequest(
  { ports, speaker: { actor }, delivery, at }: Call,
  asked: Omit<RequestBody, 'kind' | 'provider' | 'policyHash'>,
): Envelope<StatementOf<'request'>> {
  const { kind } = ports
  const exceptionId = idFrom(ports.sha256(`exception/${delivery}`))
  const body = { kind, provider: kinds[kind].provider, ...asked, policyHash: ports.policy().hash }
  const requestHash = ports.sha256(requestText(exceptionId, actor, body))
  return ports.signer.sign({ v: 1, exceptionId, requestHash, actor, at, kind: 'request', body })
}

type Admission = Exclude<Awaited<ReturnType<BotPorts['engine']['admission']>>, 'later'>

async function tellAdmitted(
  call: Call,
  wish: Wish,
  request: Envelope<StatementOf<'request'>>,
  reply: Admission,
): Promise<void> {
  if (!reply.ok) return call.refuse(refusalText(reply.reason, { subject: wish.subject.person.name }))
  return call.say(recordedText(recordedOf(wish, request), reply.value.asked))
}

function recordedOf(
  { subject }: Wish,
  { statement: { body, exceptionId } }: Envelope<StatementOf<'request'>>,
): Recorded {
  return { id: displayId(body.kind, exceptionId), subject: subject.person.name }
}

/** Somebody has asked for this person already: say what is there, and what can be done about it. */
async function conflict(ports: KindPorts, { person }: Speaker, wish: Wish): Promise<Markup> {
  const about = await ports.views.aboutSubject(wish.subject.person.id).catch(() => [])
  const views = about.filter(({ state }) => state.request.kind === ports.kind)
  const live = views.find(({ state }) => state.status !== 'ended') ?? views[0]
  // Whoever may not read it learns no more than that it is there.
  const isForThem = live !== undefined && (await maySee(ports, person, live).catch(() => false))
  return isForThem
    ? conflictText(live, ports.command)
    : refusalText({ code: 'one-already' }, { subject: wish.subject.person.name })
}
