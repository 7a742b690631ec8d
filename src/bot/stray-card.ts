import type { BlockAction, RespondFn } from '@slack/bolt'
import { actions } from '../core/card/actions.ts'
import { approvalCard } from '../core/card/approval.ts'
import type { Card, KnownState, Links } from '../core/card/card.ts'
import { requesterCard } from '../core/card/requester.ts'
import { subjectCard } from '../core/card/subject.ts'
import type { BotPorts } from './ports.ts'

/**
 * A message whose place was never written down (the process died between posting and remembering) is not kept up to
 * date. A press on it brings it up to date, once.
 */
export async function refreshIfStray(
  ports: BotPorts,
  body: BlockAction,
  pressed: { readonly action: string; readonly exceptionId: string },
  respond: RespondFn,
): Promise<void> {
  if (body.message === undefined || body.channel === undefined) return
  const place = { channel: body.channel.id, ts: body.message.ts }
  if (await ports.cards.isKnown(pressed.exceptionId, place)) return
  const about = await ports.views.byId(pressed.exceptionId)
  const card = about && cardBehind(pressed.action, about.state, ports.links)
  if (card !== undefined) await respond({ replace_original: true, text: card.text, blocks: [...card.blocks] })
}

/** Which card has this button; undefined for messages that are never brought up to date. */
function cardBehind(action: string, state: KnownState, links: Links): Card | undefined {
  switch (action) {
    case actions.approve:
    case actions.deny:
      return approvalCard(state, { audience: 'channel' })
    case actions.withdraw:
    case actions.extend:
      return requesterCard(state)
    case actions.showCode:
    case actions.doesNotWork:
      return subjectCard(state, links)
    default:
      return undefined
  }
}
