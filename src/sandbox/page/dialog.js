import { html } from './html.js'
import { useEffect, useRef } from './vendor/hooks.js'

/**
 * The confirmation that a button may ask for, over everything. Escape means no.
 * @param {{ confirm: import('@slack/types').ConfirmationDialog, onYes: () => void, onNo: () => void }} props
 */
export function Confirmation({ confirm, onYes, onNo }) {
  const ref = useRef(/** @type {HTMLDialogElement | null} */ (null))
  useEffect(() => {
    const dialog = ref.current
    dialog?.showModal()
    return () => dialog?.close()
  }, [])
  const onCancel = (/** @type {Event} */ event) => {
    event.preventDefault()
    onNo()
  }
  const title = confirm.title?.text ?? 'Are you sure?'
  return html`<dialog
    ref=${ref}
    role="alertdialog"
    aria-label=${title}
    class="confirm"
    onCancel=${onCancel}
    onKeyDown=${keepToItself}
  >
    <h2 class="confirm-title">${title}</h2>
    <p class="confirm-text">${confirm.text.text}</p>
    <div class="confirm-buttons">
      <button type="button" class="button" onClick=${onNo}>${confirm.deny?.text ?? 'Cancel'}</button>
      <button type="button" class="button is-${confirm.style ?? 'primary'}" onClick=${onYes}>
        ${confirm.confirm?.text ?? 'Yes'}
      </button>
    </div>
  </dialog>`
}

/**
 * The keys of this dialog are not those of a view below it.
 * @param {Event} event
 */
function keepToItself(event) {
  event.stopPropagation()
}
