import type { KnownBlock } from '@slack/types'
import { buttonLabels, modalTitles } from '../text/en.ts'
import { forms } from './actions.ts'
import { plainText } from './blocks.ts'
import type { Modal } from './card.ts'

const longestTitle = 24

/** A window that asks something; `submit` is the label of the button that sends it. */
export function formModal(
  name: 'request' | 'approve' | 'deny' | 'revoke',
  submit: string,
  privateMetadata: string,
  blocks: readonly KnownBlock[],
): Modal {
  return {
    ...modal(name, privateMetadata, blocks),
    submit: plainText(submit, longestTitle),
    close: plainText(buttonLabels.cancel, longestTitle),
  }
}

/** A window that says something. */
export function modal(
  name: keyof typeof forms,
  privateMetadata: string,
  blocks: readonly KnownBlock[],
): Modal {
  return {
    type: 'modal',
    callback_id: forms[name],
    private_metadata: privateMetadata,
    title: plainText(modalTitles[name], longestTitle),
    close: plainText(buttonLabels.close, longestTitle),
    blocks: [...blocks],
  }
}
