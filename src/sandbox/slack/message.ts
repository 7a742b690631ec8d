import { randomBytes } from 'node:crypto'
import type { KnownBlock } from '@slack/types'

/** What a message says. */
export type Content = { readonly text: string; readonly blocks: readonly KnownBlock[] }

/** What somebody posts; `user` is the bot's id for what the bot writes. */
export type Draft = Content & { readonly user: string; readonly threadTs?: string }

/** A message as it stands; `ts` is its id within its conversation and grows with time. */
export type PostedMessage = Draft & { readonly ts: string; readonly editedAt?: string }

/** Slack names blocks that their author left unnamed, so that an interaction can name its block. */
export const withBlockIds = (blocks: readonly KnownBlock[]): KnownBlock[] =>
  blocks.map((block) => ({ ...block, block_id: block.block_id ?? randomBytes(4).toString('base64url') }))

/** Gives a draft its timestamp. */
export const posted = (draft: Draft, ts: string): PostedMessage => ({
  ...draft,
  ts,
  blocks: withBlockIds(draft.blocks),
})

/** The message with other content; author, thread and timestamp stay. */
export const edited = (old: PostedMessage, content: Content, editedAt: string): PostedMessage => ({
  ...old,
  text: content.text,
  blocks: withBlockIds(content.blocks),
  editedAt,
})
