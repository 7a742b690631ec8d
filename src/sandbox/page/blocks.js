import { Element } from './elements.js'
import { plainText } from './emoji.js'
import { html } from './html.js'
import { RichText } from './rich-text.js'
import { SurfaceContext } from './surface.js'
import { Text } from './text.js'
import { useContext, useId } from './vendor/hooks.js'

const alertIcons = { default: 'ℹ', info: 'ℹ', warning: '!', error: '!', success: '✓' }

/** @type {Readonly<Record<string, (props: { block: any }) => unknown>>} */
const kinds = {
  header: Header,
  section: Section,
  context: Context,
  actions: Actions,
  divider: () => html`<hr class="divider" />`,
  input: Input,
  rich_text: RichText,
  alert: Alert,
}

/**
 * The blocks of a message or view. Of a kind that the page cannot draw, it says so.
 * @param {{ blocks: readonly import('@slack/types').AnyBlock[] }} props
 */
export function Blocks({ blocks }) {
  return blocks.map((block, index) => {
    const Kind = Object.hasOwn(kinds, block.type) ? kinds[block.type] : undefined
    if (!Kind) return html`<p class="unsupported">[unsupported: ${block.type}]</p>`
    return html`<${Kind} key=${block.block_id ?? index} block=${block} />`
  })
}

/** @param {{ block: import('@slack/types').HeaderBlock }} props */
function Header({ block }) {
  return html`<h3 class="header">${plainText(block.text)}</h3>`
}

/** @param {{ block: import('@slack/types').SectionBlock }} props */
function Section({ block }) {
  const { text, fields, accessory, block_id: id = '' } = block
  return html`<div class="section">
    <div class="section-text">
      ${text && html`<${Text} text=${text} />`}
      ${fields && html`<div class="fields">${fields.map((one) => html`<div><${Text} text=${one} /></div>`)}</div>`}
    </div>
    ${accessory && html`<div class="accessory"><${Element} element=${accessory} blockId=${id} /></div>`}
  </div>`
}

/** @param {{ block: import('@slack/types').ContextBlock }} props */
function Context({ block }) {
  return html`<div class="context">
    ${block.elements.map((one) =>
      one.type === 'image'
        ? html`<span class="unsupported">[unsupported: image]</span>`
        : html`<div><${Text} text=${one} /></div>`,
    )}
  </div>`
}

/** @param {{ block: import('@slack/types').ActionsBlock }} props */
function Actions({ block }) {
  const { elements, block_id: id = '' } = block
  return html`<div class="actions">
    ${elements.map((one) => html`<${Element} key=${one.action_id} element=${one} blockId=${id} />`)}
  </div>`
}

/** @param {{ block: import('@slack/types').InputBlock }} props */
function Input({ block }) {
  const { errors } = useContext(SurfaceContext)
  const id = useId()
  const {
    label,
    element,
    hint,
    optional = false,
    dispatch_action: tells = false,
    block_id: blockId = '',
  } = block
  const error = errors[blockId]
  const notes = [error && `${id}-error`, hint && `${id}-hint`].filter(Boolean).join(' ')
  const naming = { id, 'aria-describedby': notes, 'aria-invalid': Boolean(error), 'aria-required': !optional }
  return html`<div class=${error ? 'input is-wrong' : 'input'}>
    <${Label} id=${id} block=${block} text=${plainText(label)} />
    <${Element} element=${element} blockId=${blockId} naming=${naming} quiet=${!tells} />
    ${error && html`<p class="error" id="${id}-error">${error}</p>`}
    ${hint && html`<p class="hint" id="${id}-hint">${plainText(hint)}</p>`}
  </div>`
}

/** @param {{ id: string, block: import('@slack/types').InputBlock, text: string }} props */
function Label({ id, block, text }) {
  // Each choice of a group has a label of its own; the block's label names the group.
  const isGroup = block.element.type === 'radio_buttons' || block.element.type === 'checkboxes'
  return html`<label class="label" id="${id}-label" for=${isGroup ? undefined : id}>
    ${text}${block.optional && html`<span class="optional"> (optional)</span>`}
  </label>`
}

/** @param {{ block: import('@slack/types').AlertBlock }} props */
function Alert({ block }) {
  const { level = 'default', text } = block
  return html`<div class="alert is-${level}" role="note">
    <span class="alert-icon" aria-hidden="true">${alertIcons[level]}</span>
    <div><${Text} text=${text} /></div>
  </div>`
}
