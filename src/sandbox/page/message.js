import { Avatar } from './avatar.js'
import { Blocks } from './blocks.js'
import { clock, formatDate, viewerNow } from './dates.js'
import { html } from './html.js'
import { act, useStore } from './store.js'
import { SurfaceContext } from './surface.js'
import { Mrkdwn } from './text.js'
import { useState } from './vendor/hooks.js'

const badges = { bot: 'App', guest: 'Guest', deactivated: 'Deactivated', external: 'External', none: '' }

/**
 * One message. A `follows` message continues the one above it, by the same author.
 * @param {{ message: import('../page-api.ts').Message, conversation: string, follows: boolean }} props
 */
export function Message({ message, conversation, follows }) {
  const { workspace } = useStore()
  const author = workspace?.members.find(({ id }) => id === message.user)
  const at = Number(message.ts) * 1000
  const name = author?.name ?? message.user
  const time = clock(at, viewerNow())
  return html`<article class=${kindOf(message, follows)} aria-label="${name}, ${time}">
    ${message.ephemeral && html`<p class="only-you"><span aria-hidden="true">◉</span> Only visible to you</p>`}
    ${follows ? html`<span class="gutter" aria-hidden="true">${time}</span>` : html`<${Avatar} member=${author} />`}
    <div class="message-main">
      ${!follows && html`<${Head} author=${author} name=${name} at=${at} />`}
      <${Body} message=${message} conversation=${conversation} />
      ${message.edited && html`<span class="edited">(edited)</span>`}
    </div>
  </article>`
}

/**
 * @param {import('../page-api.ts').Message} message
 * @param {boolean} follows
 */
function kindOf({ ephemeral, thread }, follows) {
  const kinds = [ephemeral && 'is-ephemeral', follows && 'is-following', thread !== undefined && 'is-reply']
  return ['message', ...kinds.filter(Boolean)].join(' ')
}

/** @param {{ author: import('../page-api.ts').Member | undefined, name: string, at: number }} props */
function Head({ author, name, at }) {
  const viewer = viewerNow()
  const badge = badges[author?.badge ?? 'none']
  return html`<p class="message-head">
    <strong>${name}</strong>
    ${badge && html`<span class="badge">${badge}</span>`}
    <time datetime=${new Date(at).toISOString()} title=${formatDate(at, '{date_long} {time_secs}', viewer)}>
      ${clock(at, viewer)}
    </time>
  </p>`
}

/** @param {{ message: import('../page-api.ts').Message, conversation: string }} props */
function Body({ message, conversation }) {
  const [values, setValues] = useState(/** @type {import('./form.js').Values} */ ({}))
  if (message.blocks.length === 0)
    return html`<div class="message-text"><${Mrkdwn} text=${message.text} /></div>`
  /** @type {import('./surface.js').Surface} */
  const surface = {
    values,
    setValue: (blockId, actionId, state) =>
      setValues((old) => ({ ...old, [blockId]: { ...old[blockId], [actionId]: state } })),
    act: (blockId, actionId, state) =>
      act('action', {
        in: { kind: 'message', conversation, ts: message.ts },
        blockId,
        actionId,
        ...(state && { state }),
      }),
    errors: {},
  }
  return html`<${SurfaceContext.Provider} value=${surface}><${Blocks} blocks=${message.blocks} /><//>`
}
