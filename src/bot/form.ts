import type { ViewOutput, ViewSubmitAction } from '@slack/bolt'
import { requestFields } from '../core/card/form-fields.ts'
import type { Problems } from '../core/card/request-form.ts'
import { cardModal, textCard } from '../core/card/text-card.ts'
import type { Kind } from '../core/kinds.ts'
import { commandText } from '../core/text/en.ts'
import type { Deed } from './frame.ts'

/** What a window shows while its form is at work. */
export const working = cardModal(textCard(commandText.working()))

/** That somebody sent a form, as the request that Slack signed says it. */
export function deedOf(body: ViewSubmitAction, { id: view, hash }: ViewOutput, kind?: Kind): Deed {
  // A form that came back to be mended is the same window with other contents, and sent as something else.
  const id = `${view}/${hash}`
  return { what: 'form', kind, team: body.user.team_id ?? body.team?.id, user: body.user.id, id }
}

/** Problems by the block that Slack shows them at. */
export function atBlocks(problems: Problems): Record<string, string> {
  const fields = Object.values(requestFields)
  return Object.fromEntries(
    fields.flatMap(({ block }) => (block in problems ? [[block, problems[block] ?? '']] : [])),
  )
}
