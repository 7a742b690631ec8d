import { post } from './api.js'
import { clock, formatDate, viewerNow } from './dates.js'
import { html } from './html.js'
import { useStore } from './store.js'
import { useId, useState } from './vendor/hooks.js'
import { Vpn } from './vpn.js'
import { whoseSignIn } from './whose-sign-in.js'

/**
 * @typedef {import('../page-api.ts').EntraView} EntraView
 * @typedef {EntraView['users'][number]} User
 * @typedef {import('./elements.js').FieldEvent} FieldEvent
 */

const recentMs = 2 * 86_400_000
const methods = { passkey: 'A passkey', authenticator: 'Authenticator', phone: 'A phone number' }
const risks = { atRisk: 'At risk', confirmedCompromised: 'Confirmed compromised', dismissed: 'Dismissed' }
const steps = { 5: '5 minutes', 30: '30 minutes', 60: '1 hour', 480: '8 hours', 1440: '1 day' }

/**
 * The other half of the story: the directory's sign-in page, where codes are typed and methods registered, and the VPN
 * of the same person.
 */
export function SignIns() {
  const { entra, exceptions, workspace } = useStore()
  const [picked, setPicked] = useState({ user: '', while: '' })
  const [says, setSays] = useState({ about: '', ok: true, text: '' })
  const id = useId()
  if (!entra) return undefined
  const expected = whoseSignIn(entra.users, exceptions, workspace?.me.name)
  // A choice stands until the story goes on with somebody else.
  const chosen = picked.while === expected?.id ? picked.user : ''
  const user = entra.users.find((one) => one.id === chosen) ?? expected
  if (!user) return undefined
  const pick = (/** @type {string} */ one) => setPicked({ user: one, while: expected?.id ?? '' })
  // What was said goes when the page is about somebody or something else.
  const about = `${user.id} ${exceptions[0]?.id}`
  const say = (/** @type {boolean} */ ok, /** @type {string} */ text) => setSays({ about, ok, text })
  return html`<div class="sign-ins">
    <section class="entra" aria-labelledby="${id}-title">
      <div class="entra-head">
        <h2 id="${id}-title" class="side-title">What the sign-in page would say</h2>
        <${Clock} now=${Date.parse(entra.now)} />
      </div>
      <label class="row"
        ><span>User</span>
        <select
          class="field"
          value=${user.id}
          onChange=${(/** @type {FieldEvent} */ event) => pick(event.currentTarget.value)}
        >
          ${entra.users.map((one) => html`<option value=${one.id}>${one.name}${markOf(one)}</option>`)}
        </select>
      </label>
      <${Standing} user=${user} now=${Date.parse(entra.now)} />
      <${SignIn} user=${user} onPin=${() => pick(user.id)} onSays=${say} />
      <p class=${says.ok ? 'says' : 'says is-refused'} role="status">
        ${says.about === about ? says.text : ''}
      </p>
      <${ByHand} user=${user} onSays=${say} />
    </section>
    <${Vpn} key=${about} user=${user} onPin=${() => pick(user.id)} />
  </div>`
}

/** @param {User} user */
function markOf({ enabled, pass }) {
  if (!enabled) return ' · blocked'
  return pass?.usable ? ' · has a pass' : ''
}

/** @param {{ user: User, now: number }} props */
function Standing({ user, now }) {
  const viewer = { now, zone: undefined }
  const isNew = (/** @type {number} */ at) => now - at < recentMs
  const { pass, methods: registered, risk } = user
  return html`<dl class="standing">
    <dt>Pass</dt>
    <dd>
      ${pass ? `${pass.usable ? `Usable until ${clock(Date.parse(pass.until), viewer)}` : 'Not usable'} (${pass.reason})` : 'None'}
    </dd>
    <dt>Methods</dt>
    <dd>
      ${registered.map(({ id, label, createdAt }) => {
        const at = Date.parse(createdAt)
        const since = formatDate(at, '{date_short_pretty}, {time}', viewer)
        return html`<span class="method" key=${id} title=${since}
          >${label}${isNew(at) && html` <small class="new">new</small>`}</span
        >`
      })}
    </dd>
    ${
      risk !== 'none' &&
      html`<dt>Risk</dt>
        <dd>${risks[risk]}</dd>`
    }
  </dl>`
}

/** @typedef {(ok: boolean, text: string) => void} OnSays */

/** @param {{ user: User, onPin: () => void, onSays: OnSays }} props */
function SignIn({ user, onPin, onSays }) {
  const [code, setCode] = useState('')
  const signIn = async (/** @type {Event} */ event) => {
    event.preventDefault()
    setCode('')
    const { ok, says, notice } = await post('entra/sign-in', { user: user.id, code: code.trim() })
    onSays(ok, says ?? notice ?? '')
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

/** @param {{ user: User, onSays: OnSays }} props */
function ByHand({ user, onSays }) {
  return html`<${Register} user=${user} onSays=${onSays} />
    <${Report} user=${user} onSays=${onSays} />
    <${PassTime} />`
}

/** @param {{ user: User, onSays: OnSays }} props */
function Register({ user, onSays }) {
  const register = async (/** @type {string} */ method) => {
    const answer = await post('entra/register', { user: user.id, method })
    if (answer.ok) onSays(true, `Registered a new method for ${user.name}.`)
    return answer
  }
  return html`<${Choose} label="Method" button="Register a new method" options=${methods} onGo=${register} />`
}

/** @param {{ user: User, onSays: OnSays }} props */
function Report({ user, onSays }) {
  const report = async (/** @type {Event} */ event) => {
    event.preventDefault()
    const { ok, notice } = await post('entra/report', { user: user.id })
    onSays(
      ok,
      ok ? `${user.name} reported a sign-in. Hallpass asks Entra about it within a minute.` : (notice ?? ''),
    )
  }
  return html`<form class="row" onSubmit=${report}>
    <button type="submit" class="button">Report a suspicious sign-in</button>
  </form>`
}

function PassTime() {
  return html`<${Choose}
    label="How long"
    button="Let time pass"
    options=${steps}
    onGo=${(/** @type {string} */ minutes) => post('entra/pass-time', { minutes: Number(minutes) })}
  />`
}

/** @param {{ now: number }} props */
function Clock({ now }) {
  const says = formatDate(now, '{date_short_pretty}, {time}', viewerNow())
  return html`<time class="side-note" datetime=${new Date(now).toISOString()} title="The directory's clock"
    ><span class="hidden">The directory's clock: </span>${says}</time
  >`
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
