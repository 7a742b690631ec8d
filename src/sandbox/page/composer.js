import { complete } from './completion.js'
import { html } from './html.js'
import { act, takeDraft, useStore } from './store.js'
import { useEffect, useId, useRef, useState } from './vendor/hooks.js'

/**
 * @typedef {import('./completion.js').Offer} Offer
 * @typedef {import('../page-api.ts').Conversation} Conversation
 */

/**
 * Where a person types commands. Enter sends; what was refused stays, so that it can be corrected.
 * @param {{ conversation: Conversation }} props
 */
export function Composer({ conversation }) {
  const box = useFocusOn(conversation.id)
  const { text, type, offers, hint, chosen, send, onKeyDown } = useComposer(conversation.id)
  useDraft((draft) => {
    type(draft)
    box.current?.focus()
  })
  const id = useId()
  const open = offers.length > 0
  const name = `Message ${conversation.kind === 'channel' ? '#' : ''}${conversation.name}`
  return html`<div class="composer">
    ${open && html`<${Offers} id=${id} offers=${offers} chosen=${chosen} onTake=${type} />`}
    <textarea
      ref=${box}
      rows="1"
      role="combobox"
      aria-label=${name}
      aria-autocomplete="list"
      aria-expanded=${open}
      aria-controls=${open ? id : undefined}
      aria-activedescendant=${open ? `${id}-${chosen}` : undefined}
      aria-describedby="${id}-hint"
      placeholder="${name}, or type / for a command"
      maxlength="4000"
      value=${text}
      onInput=${(/** @type {import('./elements.js').FieldEvent} */ event) => type(event.currentTarget.value)}
      onKeyDown=${onKeyDown}
    />
    <div class="composer-foot">
      <span id="${id}-hint" class="composer-hint"
        >${hint || 'Enter sends, Shift+Enter begins a new line'}</span
      >
      <button type="button" class="send" aria-label="Send" disabled=${text.trim() === ''} onClick=${send}>
        <svg viewBox="0 0 20 20" aria-hidden="true"><path d="M2.5 3l16 7-16 7 2.5-7zM5 10h7" /></svg>
      </button>
    </div>
  </div>`
}

/** @param {{ id: string, offers: readonly Offer[], chosen: number, onTake: (text: string) => void }} props */
function Offers({ id, offers, chosen, onTake }) {
  const take = (/** @type {Event} */ event, /** @type {string} */ text) => {
    event.preventDefault()
    onTake(text)
  }
  return html`<ul class="offers" role="listbox" id=${id} aria-label="Suggestions">
    ${offers.map(
      ({ label, more, text }, index) =>
        html`<li
          key=${text}
          role="option"
          id="${id}-${index}"
          aria-selected=${index === chosen}
          onMouseDown=${(/** @type {Event} */ event) => take(event, text)}
        >
          <strong>${label}</strong> <span>${more}</span>
        </li>`,
    )}
  </ul>`
}

/** @param {string} conversation */
function useComposer(conversation) {
  const { workspace } = useStore()
  const [text, setText] = useState('')
  const [hidden, setHidden] = useState(false)
  const [chosen, setChosen] = useState(0)
  const completion = workspace ? complete(text, workspace) : { offers: [], hint: '' }
  const offers = hidden ? [] : completion.offers
  const type = (/** @type {string} */ next) => {
    setText(next)
    setHidden(false)
    setChosen(0)
  }
  const send = async () => {
    if (text.trim() === '') return
    type('')
    const { ok } = await act('command', { conversation, text: text.trim() })
    if (!ok) setText((now) => now || text)
  }
  const onKeyDown = (/** @type {KeyboardEvent} */ event) => {
    const move = moveOf(event, offers, chosen)
    if (!move) return
    event.preventDefault()
    if (move.kind === 'choose') setChosen(move.index)
    else if (move.kind === 'take') type(move.text)
    else if (move.kind === 'hide') setHidden(true)
    else void send()
  }
  return { text, type, offers, hint: completion.hint, chosen, send: () => void send(), onKeyDown }
}

/** @param {(draft: string) => void} take */
function useDraft(take) {
  const { draft } = useStore()
  useEffect(() => {
    if (!draft) return
    take(draft)
    takeDraft()
  }, [draft])
}

/**
 * Focuses the composer in every conversation that is opened, but not while somebody walks through the personas by keyboard.
 * @param {string} conversation
 */
function useFocusOn(conversation) {
  const box = useRef(/** @type {HTMLTextAreaElement | null} */ (null))
  useEffect(() => {
    if (!document.activeElement?.matches('.persona :focus-visible')) box.current?.focus()
  }, [conversation])
  return box
}

/**
 * What a key means in the composer; undefined when it is an ordinary key.
 * @param {{ key: string, shiftKey: boolean, isComposing: boolean }} event
 * @param {readonly Offer[]} offers
 * @param {number} chosen
 * @returns {{ kind: 'choose', index: number } | { kind: 'take', text: string } | { kind: 'hide' } | { kind: 'send' } | undefined}
 */
function moveOf({ key, shiftKey, isComposing }, offers, chosen) {
  if (isComposing || shiftKey) return undefined
  const offer = offers[chosen]
  if (!offer) return key === 'Enter' ? { kind: 'send' } : undefined
  if (key === 'Enter' || key === 'Tab') return { kind: 'take', text: offer.text }
  if (key === 'Escape') return { kind: 'hide' }
  if (key === 'ArrowDown') return { kind: 'choose', index: (chosen + 1) % offers.length }
  if (key === 'ArrowUp') return { kind: 'choose', index: (chosen + offers.length - 1) % offers.length }
  return undefined
}
