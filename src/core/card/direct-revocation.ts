import type { End } from '../exception/end.ts'
import { afterUse, directRevocationText } from '../text/en.ts'
import { joined, spoken } from '../text/markup.ts'
import { context, header, section } from './blocks.ts'
import type { Card, KnownState } from './card.ts'
import { idOf } from './story.ts'

/** A revocation that was carried out outside the workflow: who asked, and what was found and done. */
export function directRevocationCard(
  state: KnownState,
  by: string,
  end: End & { readonly at: number },
): Card {
  const { request } = state
  const says = joined(' ', directRevocationText.done(by, state, end.at), afterUse({ request, ...end }))
  return {
    text: spoken(says),
    blocks: [header(directRevocationText.title(state)), section(says), context(idOf(state))],
  }
}
