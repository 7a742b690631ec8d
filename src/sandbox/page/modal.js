import { Blocks } from './blocks.js'
import { plainText } from './emoji.js'
import { focus, focusBack } from './focus.js'
import { missingIn, valuesOf } from './form.js'
import { html } from './html.js'
import { act, closeView, useStore } from './store.js'
import { SurfaceContext } from './surface.js'
import { useEffect, useLayoutEffect, useRef, useState } from './vendor/hooks.js'

/**
 * @typedef {import('../page-api.ts').View2 & { type: 'modal' }} ModalView
 * @typedef {Readonly<Record<string, string>>} Errors by block id
 */

/**
 * An open view, over the workspace: what lies behind is inert, so the focus stays here. The panel beside the workspace
 * is not Slack and can be used meanwhile, for a code that stands here has to be typed there.
 * @param {{ view: ModalView }} props
 */
export function Modal({ view }) {
  const form = useForm(view)
  const close = () => void closeView(view.id)
  const dialog = useFocus(form.errors)
  useEscape(close)
  return html`<div class="modal-layer">
    <form
      ref=${dialog}
      class="modal"
      role="dialog"
      aria-label=${view.title.text}
      aria-busy=${form.busy}
      tabindex="-1"
      novalidate
      onSubmit=${form.submit}
    >
      <header class="modal-head">
        <img src="/icon.svg" alt="" class="avatar is-small" />
        <h2>${plainText(view.title)}</h2>
        <button type="button" class="icon-button" aria-label="Close" onClick=${close}>✕</button>
      </header>
      <div class="modal-body">
        <${SurfaceContext.Provider} value=${form.surface}><${Blocks} blocks=${view.blocks} /><//>
        <${ModalNotice} />
      </div>
      <${Foot} view=${view} busy=${form.busy} onClose=${close} />
    </form>
  </div>`
}

/** @param {{ view: ModalView, busy: boolean, onClose: () => void }} props */
function Foot({ view, busy, onClose }) {
  const { submit, close } = view
  return html`<footer class="modal-foot">
    <button type="button" class="button" onClick=${onClose}>
      ${close?.text ?? (submit ? 'Cancel' : 'Close')}
    </button>
    ${submit && html`<button type="submit" class="button is-primary" aria-busy=${busy}>${submit.text}</button>`}
  </footer>`
}

function ModalNotice() {
  const { notice } = useStore()
  return html`<div role="alert">${notice && html`<p class="notice"><span>${notice}</span></p>`}</div>`
}

/** @param {ModalView} view */
function useForm(view) {
  const [edited, setEdited] = useState(/** @type {import('./form.js').Values} */ ({}))
  const [missing, setMissing] = useState(/** @type {Errors} */ ({}))
  const [busy, setBusy] = useState(false)
  const errors = { ...view.errors, ...missing }
  const submit = async (/** @type {Event} */ event) => {
    event.preventDefault()
    const values = valuesOf(view.blocks, edited)
    const lacking = missingIn(view.blocks, values)
    setMissing(lacking)
    if (busy || Object.keys(lacking).length > 0) return
    setBusy(true)
    await act('submit', { view: view.id, values })
    setBusy(false)
  }
  /** @type {import('./surface.js').Surface} */
  const surface = {
    values: edited,
    setValue: (blockId, actionId, state) =>
      setEdited((old) => ({ ...old, [blockId]: { ...old[blockId], [actionId]: state } })),
    act: (blockId, actionId, state) =>
      act('action', { in: { kind: 'view', id: view.id }, blockId, actionId, ...(state && { state }) }),
    errors,
  }
  return { surface, errors, busy, submit }
}

/**
 * Puts the focus into the view, on what is wrong in it, and afterwards back to where it was.
 * @param {Errors} errors
 */
function useFocus(errors) {
  const dialog = useRef(/** @type {HTMLFormElement | null} */ (null))
  const wrong = Object.entries(errors).join('\n')
  useLayoutEffect(() => {
    const first = dialog.current?.querySelector('[autofocus], .modal-body :is(input, textarea, select)')
    focus(first ?? dialog.current)
    // Once more after drawing: until then the place is still inert.
    return () => void requestAnimationFrame(focusBack)
  }, [])
  useEffect(() => {
    if (!wrong) return
    const input = dialog.current?.querySelector('.is-wrong')
    focus(input?.querySelector('input, textarea, select'))
    input?.scrollIntoView({ block: 'nearest' })
  }, [wrong])
  return dialog
}

/** @param {() => void} close */
function useEscape(close) {
  useEffect(() => {
    const onKeyDown = (/** @type {KeyboardEvent} */ event) => {
      if (event.key === 'Escape') close()
    }
    document.addEventListener('keydown', onKeyDown)
    return () => document.removeEventListener('keydown', onKeyDown)
  }, [close])
}
