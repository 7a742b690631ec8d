import { afterAdmission } from '../core/exception/admitted.ts'
import { extensionRefusal, isExtensionOf } from '../core/exception/extension.ts'
import type { StatementOf } from '../core/envelope/statement.ts'
import { no, yes } from '../core/result.ts'
import type { Heard } from './inbox.ts'
import { everyLife, extensionOf, type Life } from './life.ts'
import { whyNot } from './why-not.ts'

/** The extension that was asked for and is not over. */
export function openExtension({ extensions }: Life): Life | undefined {
  return extensions.find((extension) => extension.state().status !== 'ended')
}

/** Somebody asks for more time: a request of its own, with approvers of its own, judged like every other. */
export async function askForMore(
  life: Life,
  { envelope, reply }: Heard<StatementOf<'request'>>,
): Promise<void> {
  const state = life.state()
  const asked = life.extensions.map((extension) => extension.state())
  const { exceptionId, body } = envelope.statement
  const refusal = extensionRefusal(state, asked, Date.now() + body.duration * 1000)
  if (refusal !== undefined) return reply(no(refusal))
  if (everyLife(life).some(({ request }) => request.statement.exceptionId === exceptionId))
    return reply(no({ code: 'over' }))
  const judged = await life.activities.admitMore(envelope).catch(whyNot)
  if ('code' in judged) return reply(no(judged))
  if (judged.is === 'forged' || state.status === 'new' || !isExtensionOf(state.request, envelope)) {
    life.add([{ type: 'forged', at: Date.now(), said: 'request' }])
    return reply(no({ code: 'unverified' }))
  }
  extensionOf(life, envelope).add(afterAdmission(judged, Date.now()))
  return reply(judged.plan.ok ? yes('heard') : judged.plan)
}
