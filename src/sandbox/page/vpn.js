import { post } from './api.js'
import { html } from './html.js'
import { useEffect, useId, useRef, useState } from './vendor/hooks.js'

/** @typedef {import('./elements.js').FieldEvent} FieldEvent */

/**
 * A VPN that has checked the password of this person and asks for the second factor.
 * @param {{ user: import('../page-api.ts').EntraView['users'][number], onPin: () => void }} props
 */
export function Vpn({ user, onPin }) {
  const [said, setSaid] = useState({ ok: true, says: '', asked: '' })
  const id = useId()
  const answer = useRef(/** @type {HTMLElement | null} */ (null))
  useEffect(() => {
    // The panel may be too low for it.
    if (said.says) answer.current?.scrollIntoView({ block: 'nearest' })
  }, [said.says])
  const signIn = async (/** @type {import('../page-api.ts').VpnInput} */ input) => {
    setSaid({ ok: true, says: '', asked: '' })
    const { ok, says, asked, notice } = await post('vpn/sign-in', input)
    setSaid({ ok, says: says ?? notice ?? '', asked: asked ?? '' })
  }
  return html`<section class="vpn" aria-labelledby="${id}-title">
    <h2 id="${id}-title" class="side-title">Sign in to the VPN</h2>
    <${Form} name=${user.userPrincipalName.split('@')[0]} onPin=${onPin} onSignIn=${signIn} />
    <p class="side-note">Not you who signs in? Type 911911, the fraud code, instead.</p>
    <div role="status" ref=${answer}>
      <p class=${said.ok ? 'says' : 'says is-refused'}>${said.says}</p>
      ${said.asked && html`<p class="side-note">${said.asked}</p>`}
    </div>
  </section>`
}

/** @param {{ name: string, onPin: () => void, onSignIn: (input: import('../page-api.ts').VpnInput) => void }} props */
function Form({ name, onPin, onSignIn }) {
  const [userName, setUserName] = useState(name)
  const [code, setCode] = useState('')
  const submit = (/** @type {Event} */ event) => {
    event.preventDefault()
    setCode('')
    onSignIn({ userName: userName.trim(), code: code.trim() })
  }
  const plain = { class: 'field', autocomplete: 'off', spellcheck: false }
  return html`<form onSubmit=${submit}>
    <label class="row"
      ><span>User name</span>
      <input
        ...${plain}
        maxlength="63"
        value=${userName}
        onInput=${(/** @type {FieldEvent} */ event) => setUserName(event.currentTarget.value)}
      />
    </label>
    <div class="row">
      <input
        ...${plain}
        class="field is-code"
        aria-label="Bypass code"
        placeholder="Bypass code"
        maxlength="32"
        value=${code}
        onFocus=${onPin}
        onInput=${(/** @type {FieldEvent} */ event) => setCode(event.currentTarget.value)}
      />
      <button type="submit" class="button" disabled=${userName.trim() === '' || code.trim() === ''}>
        Sign in to the VPN
      </button>
    </div>
  </form>`
}
