import { formatDate, viewerNow } from './dates.js'
import { emojiOf, plainText } from './emoji.js'
import { html } from './html.js'
import { isSafeUrl, parseMrkdwn } from './mrkdwn.js'
import { openConversation, useStore } from './store.js'

/** @typedef {import('./mrkdwn.js').Inline} Inline */

/**
 * A text object of Block Kit: markup only where it says mrkdwn.
 * @param {{ text: import('@slack/types').TextObject }} props
 */
export function Text({ text }) {
  if (text.type === 'plain_text') return html`<span class="plain">${plainText(text)}</span>`
  return html`<${Mrkdwn} text=${text.text} />`
}

/**
 * A text in Slack's markup.
 * @param {{ text: string }} props
 */
export function Mrkdwn({ text }) {
  return parseMrkdwn(text).map((block) => {
    if (block.kind === 'pre') return html`<pre class="pre">${block.text}</pre>`
    if (block.kind === 'quote')
      return html`<blockquote class="quote">${block.children.map(inline)}</blockquote>`
    return html`<div class="text">${block.children.map(inline)}</div>`
  })
}

/**
 * Draws one piece of running text.
 * @param {Inline} piece
 * @returns {import('./vendor/preact.js').ComponentChild}
 */
export function inline(piece) {
  switch (piece.kind) {
    case 'text':
      return piece.text
    case 'bold':
      return html`<strong>${piece.children.map(inline)}</strong>`
    case 'italic':
      return html`<em>${piece.children.map(inline)}</em>`
    case 'strike':
      return html`<s>${piece.children.map(inline)}</s>`
    case 'code':
      return html`<code class="code">${piece.text}</code>`
    case 'emoji':
      return html`<span class="emoji">${emojiOf(piece.name)}</span>`
    case 'link':
      return html`<${Link} ...${piece} />`
    case 'date':
      return html`<${When} ...${piece} />`
    case 'user':
    case 'channel':
    case 'broadcast':
    case 'group':
      return html`<${Mention} ...${piece} />`
  }
}

/** @param {{ url: string, label: string }} props */
function Link({ url, label }) {
  if (!isSafeUrl(url)) return label
  return html`<a class="link" href=${url} target="_blank" rel="noopener noreferrer">${label}</a>`
}

/** @param {{ at: number, format: string, url: string, label: string }} props */
function When({ at, format, url, label }) {
  const says = formatDate(at, format, viewerNow())
  const time = html`<time class="when" datetime=${new Date(at).toISOString()} title=${label}>${says}</time>`
  return url ? html`<a class="link" href=${url} target="_blank" rel="noopener noreferrer">${time}</a>` : time
}

/** @param {{ kind: 'user' | 'channel' | 'broadcast' | 'group', id: string, label: string }} props */
function Mention({ kind, id, label }) {
  if (kind === 'user') return html`<${UserMention} id=${id} label=${label} />`
  if (kind === 'channel') return html`<${ChannelMention} id=${id} label=${label} />`
  return html`<span class="mention is-me">@${label.replace(/^@/, '') || id}</span>`
}

/** @param {{ id: string, label: string }} props */
function UserMention({ id, label }) {
  const { workspace } = useStore()
  const name = workspace?.members.find((one) => one.id === id)?.name ?? (label || id)
  return html`<span class=${id === workspace?.me.id ? 'mention is-me' : 'mention'}>@${name}</span>`
}

/** @param {{ id: string, label: string }} props */
function ChannelMention({ id, label }) {
  const { workspace } = useStore()
  const channel = workspace?.conversations.find((one) => one.id === id)
  if (!channel) return html`<span class="mention">#${label || 'private channel'}</span>`
  return html`<button type="button" class="mention" onClick=${() => openConversation(id)}>
    #${channel.name}
  </button>`
}
