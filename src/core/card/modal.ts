import type { KnownBlock } from '@slack/types'
import type { Kind } from '../kinds.ts'
import { buttonLabels, caseFormText, kindWords } from '../text/en.ts'
import { caseForms, forms } from './actions.ts'
import { plainText } from './blocks.ts'
import type { Modal } from './card.ts'

const longestTitle = 24
const allForms = { ...forms, ...caseForms }

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

/** A window that asks something about a case of fraud. */
export function caseModal(
  name: keyof typeof caseForms,
  privateMetadata: string,
  blocks: readonly KnownBlock[],
): Modal {
  return {
    ...modal(name, privateMetadata, blocks, caseFormText.titles[name]),
    submit: plainText(caseFormText.submit[name], longestTitle),
    close: plainText(buttonLabels.cancel, longestTitle),
  }
}

/** A window that says something. */
export function modal(
  name: keyof typeof allForms,
  privateMetadata: string,
  blocks: readonly KnownBlock[],
  title: string,
): Modal {
  return {
    type: 'modal',
    callback_id: allForms[name],
    private_metadata: privateMetadata,
    title: plainText(title, longestTitle),
    close: plainText(buttonLabels.close, longestTitle),
    blocks: [...blocks],
  }
}
