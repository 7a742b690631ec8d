import type { KnownBlock, ModalView } from '@slack/types'

/** A message. `text` is what notifications and screen readers say: a whole sentence, and never a secret. */
export type Card = { readonly text: string; readonly blocks: readonly KnownBlock[] }

/** A window. `private_metadata` holds an exception id or a draft, never authority and never a secret. */
export type Modal = Omit<ModalView, 'blocks' | 'callback_id' | 'private_metadata'> & {
  readonly callback_id: string
  readonly private_metadata: string
  readonly blocks: KnownBlock[]
}

export type { KnownState } from '../exception/state.ts'

/** Addresses, from the configuration: where people sign in, and where they manage their sign-in methods. */
export type Links = { readonly signIn: string; readonly securityInfo: string }
