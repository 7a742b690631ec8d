import type { Modal } from '../core/card/card.ts'
import { codeComing, codeMessage, codeMessageKey, codeSent } from '../core/card/code-message.ts'
import { codeShown, letInOpened, type Opened } from '../core/card/code.ts'
import type { Plan } from '../core/exception/plan.ts'
import type { Minted } from '../core/ports.ts'
import type { Secret } from '../core/secret.ts'
import type { Attempt } from './deadline.ts'
import type { GrantOrder } from './grant.ts'
import type { Ports } from './ports.ts'
import { isStopped } from './stopped.ts'

/** Whether the subject can have seen the code. A doubt is a no: what was minted is then ended. */
export async function show(
  ports: Ports,
  order: GrantOrder,
  plan: Plan,
  { code, lease }: Minted,
  attempt: Attempt,
): Promise<boolean> {
  const { exceptionId, body } = order.request.statement
  // A doubt counts as a stop.
  const mayStill = async (): Promise<boolean> =>
    !attempt.isOver() && !(await isStopped(ports, order.request.statement).catch(() => true))
  if (!(await mayStill())) return false
  const hiddenAt = Math.min(ports.now() + plan.visible * 1000, lease.expiresAt)
  const about = {
    exceptionId,
    lease,
    hiddenAt,
    opens: plan.opens,
    category: body.category,
    replaces: plan.extends !== undefined,
  }
  try {
    if (code === undefined) await update(ports, order, letInOpened(about))
    else if (plan.how === 'reveal') await reveal(ports, order, about, code)
    else if (!(await send(ports, order, about, code, mayStill))) return false
  } catch {
    return false
  }
  return !attempt.isOver()
}

/** In the window that the press opened. */
function reveal(ports: Ports, order: GrantOrder, about: Opened, code: Secret): Promise<void> {
  return ports.liveCodes.during(code, () =>
    update(
      ports,
      order,
      code.reveal((value) => codeShown({ ...about, code: value })),
    ),
  )
}

/**
 * In a message to whoever pressed. It is posted without the code, and where it stands is written down, before the code is
 * put into it: so whatever gets lost, a code is only where it will be found and taken away.
 */
async function send(
  ports: Ports,
  order: GrantOrder,
  about: Opened,
  code: Secret,
  mayStill: () => Promise<boolean>,
): Promise<boolean> {
  const { body, exceptionId } = order.request.statement
  const coming = codeComing(about)
  const place = await ports.slack.post(order.claim.statement.actor.user, coming.text, coming.blocks)
  await ports.cards.remember(exceptionId, codeMessageKey(order.attempt), place)
  if (!(await mayStill())) return false
  await ports.liveCodes.during(code, () => {
    const { text, blocks } = code.reveal((value) => codeMessage({ ...about, kind: body.kind, code: value }))
    return ports.slack.update(place, text, blocks)
  })
  // Whoever closed the window meanwhile finds the message all the same.
  await update(ports, order, codeSent(about)).catch(() => undefined)
  return true
}

function update(ports: Ports, order: GrantOrder, modal: Modal): Promise<void> {
  return ports.slack.updateView(order.claim.statement.body.view, modal)
}
