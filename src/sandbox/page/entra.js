import { post } from './api.js'
import { clock, formatDate, viewerNow } from './dates.js'
import { html } from './html.js'
import { useStore } from './store.js'
import { useId, useState } from './vendor/hooks.js'

/**
 * @typedef {import('../page-api.ts').EntraView} EntraView
 * @typedef {EntraView['users'][number]} User
 * @typedef {import('./elements.js').FieldEvent} FieldEvent
 */

const recentMs = 2 * 86_400_000
const methods = { passkey: 'A passkey', authenticator: 'Microsoft Authenticator', phone: 'A phone number' }
const steps = { 5: '5 minutes', 30: '30 minutes', 60: '1 hour', 480: '8 hours', 1440: '1 day' }

/** The other half of the story: the directory's sign-in page, where codes are typed and methods registered. */
export function Entra() {
  const { entra, workspace } = useStore()
  const [picked, setPicked] = useState('')
  const [says, setSays] = useState({ ok: true, text: '' })
  const id = useId()
  if (!entra) return undefined
  const user =
    entra.users.find((one) => one.id === picked) ??
    entra.users.find(({ pass }) => pass) ??
    entra.users.find(({ name }) => name === workspace?.me.name) ??
    entra.users[0]
  if (!user) return undefined
  const pick = (/** @type {FieldEvent} */ event) => {
    setPicked(event.currentTarget.value)
    setSays({ ok: true, text: '' })
  }
  return html`<section class="entra" aria-labelledby="${id}-title">
    <h2 id="${id}-title" class="side-title">What the sign-in page would say</h2>
    <label class="row"
      ><span>User</span>
      <select class="field" value=${user.id} onChange=${pick}>
        ${entra.users.map((one) => html`<option value=${one.id}>${one.name}${one.pass ? ' · has a pass' : ''}</option>`)}
      </select>
    </label>
    <${Standing} user=${user} now=${Date.parse(entra.now)} />
    <${SignIn} user=${user} onPin=${() => setPicked(user.id)} onSays=${setSays} />
    <p class=${says.ok ? 'says' : 'says is-refused'} role="status">${says.text}</p>
    <${Register} user=${user} />
    <${PassTime} now=${entra.now} />
  </section>`
}

/** @param {{ user: User, now: number }} props */
function Standing({ user, now }) {
  const viewer = { now, zone: undefined }
  const since = (/** @type {number} */ at) =>
    formatDate(at, now - at < recentMs ? '{date_short_pretty} {time}' : '{date_short}', viewer)
  const { pass } = user
  return html`<dl class="standing">
    <dt>Account</dt>
    <dd>${user.userPrincipalName}${user.enabled ? '' : ' (blocked)'}</dd>
    <dt>Pass</dt>
    <dd>
      ${pass ? `${pass.usable ? 'Usable' : 'Not usable'}: ${pass.reason}, until ${clock(Date.parse(pass.until), viewer)}` : 'None'}
    </dd>
    <dt>Methods</dt>
    <dd>
      ${user.methods.map((one) => html`<span class="method" key=${one.id}>${one.label} <small>${since(Date.parse(one.createdAt))}</small></span>`)}
    </dd>
  </dl>`
}

/** @param {{ user: User, onPin: () => void, onSays: (says: { ok: boolean, text: string }) => void }} props */
function SignIn({ user, onPin, onSays }) {
  const [code, setCode] = useState('')
  const signIn = async (/** @type {Event} */ event) => {
    event.preventDefault()
    setCode('')
    const { ok, says, notice } = await post('entra/sign-in', { user: user.id, code: code.trim() })
    onSays({ ok, text: says ?? notice ?? '' })
  }
  return html`<form class="row" onSubmit=${signIn}>
    <input
      class="field is-code"
      aria-label="Code"
      placeholder="Code"
      autocomplete="off"
      spellcheck="false"
      value=${code}
      onFocus=${onPin}
      onInput=${(/** @type {FieldEvent} */ event) => setCode(event.currentTarget.value)}
    />
    <button type="submit" class="button" disabled=${code.trim() === ''}>Sign in with this code</button>
  </form>`
}

/** @param {{ user: User }} props */
function Register({ user }) {
  return html`<${Choose}
    label="Method"
    button="Register a new method"
    options=${methods}
    onGo=${(/** @type {string} */ method) => post('entra/register', { user: user.id, method })}
  />`
}

/** @param {{ now: string }} props */
function PassTime({ now }) {
  return html`<${Choose}
      label="How long"
      button="Let time pass"
      options=${steps}
      onGo=${(/** @type {string} */ minutes) => post('entra/pass-time', { minutes: Number(minutes) })}
    />
    <p class="side-note">
      The directory's clock: ${formatDate(Date.parse(now), '{date_short_pretty}, {time}', viewerNow())}
    </p>`
}

/** @param {{ label: string, button: string, options: Readonly<Record<string, string>>, onGo: (value: string) => Promise<{ ok: boolean, notice?: string }> }} props */
function Choose({ label, button, options, onGo }) {
  const [value, setValue] = useState(Object.keys(options)[0] ?? '')
  const [problem, setProblem] = useState('')
  const go = async (/** @type {Event} */ event) => {
    event.preventDefault()
    const { ok, notice } = await onGo(value)
    setProblem(ok ? '' : (notice ?? 'That did not work.'))
  }
  return html`<form class="row" onSubmit=${go}>
      <select
        class="field"
        aria-label=${label}
        value=${value}
        onChange=${(/** @type {FieldEvent} */ event) => setValue(event.currentTarget.value)}
      >
        ${Object.entries(options).map(([key, text]) => html`<option value=${key}>${text}</option>`)}
      </select>
      <button type="submit" class="button">${button}</button>
    </form>
    ${problem && html`<p class="says is-refused" role="status">${problem}</p>`}`
}
