import type { KnownBlock } from '@slack/types'
import type { Kind } from '../kinds.ts'
import { buttonLabels, kindWords } from '../text/en.ts'
import { forms } from './actions.ts'
import { plainText } from './blocks.ts'
import type { Modal } from './card.ts'

const longestTitle = 24

/** A window that asks something about an exception of this kind. */
export function formModal(
  name: 'request' | 'approve' | 'deny' | 'revoke' | 'extend',
  kind: Kind,
  privateMetadata: string,
  blocks: readonly KnownBlock[],
): Modal {
  return {
    ...modal(name, privateMetadata, blocks, kindWords[kind].titles[name]),
    submit: plainText(buttonLabels[name], longestTitle),
    close: plainText(buttonLabels.cancel, longestTitle),
  }
}

/** A window that says something. */
export function modal(
  name: keyof typeof forms,
  privateMetadata: string,
  blocks: readonly KnownBlock[],
  title: string,
): Modal {
  return {
    type: 'modal',
    callback_id: forms[name],
    private_metadata: privateMetadata,
    title: plainText(title, longestTitle),
    close: plainText(buttonLabels.close, longestTitle),
    blocks: [...blocks],
  }
}
