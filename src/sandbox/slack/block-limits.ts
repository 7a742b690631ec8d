import type { KnownBlock, ModalView } from '@slack/types'
import { messageBlocks, modalView } from './block-kit.schema.ts'
import { checked, type Checked } from './checked.ts'

/** A modal with blocks of the kinds that this workspace shows. */
export type Modal = ModalView & { blocks: KnownBlock[] }

/** Holds the blocks of a message to Slack's kinds, surfaces and sizes; complaints point below /blocks. */
export const checkBlocks = (given: unknown): Checked<KnownBlock[]> =>
  checked('/blocks', given, messageBlocks.safeParse(given))

/** Holds a modal to Slack's kinds, surfaces and sizes; complaints point below /view. */
export const checkModal = (given: unknown): Checked<Modal> =>
  checked('/view', given, modalView.safeParse(given))
