import { html } from './html.js'
import { inline } from './text.js'

/**
 * @typedef {import('@slack/types').RichTextBlock['elements'][number]} Part
 * @typedef {import('@slack/types').RichTextElement} Piece
 */

/**
 * A rich_text block: its text was never markup, so nothing in it is parsed.
 * @param {{ block: import('@slack/types').RichTextBlock }} props
 */
export function RichText({ block }) {
  return html`<div class="rich">${block.elements.map(part)}</div>`
}

/** @param {Part} one */
function part(one) {
  if (one.type === 'rich_text_list') {
    const items = one.elements.map((item) => html`<li>${item.elements.map(styled)}</li>`)
    return one.style === 'ordered'
      ? html`<ol class="list">
          ${items}
        </ol>`
      : html`<ul class="list">
          ${items}
        </ul>`
  }
  const pieces = one.elements.map(styled)
  if (one.type === 'rich_text_preformatted') return html`<pre class="pre" tabindex="0">${pieces}</pre>`
  if (one.type === 'rich_text_quote') return html`<blockquote class="quote">${pieces}</blockquote>`
  return html`<div class="text">${pieces}</div>`
}

/** @param {Piece} piece */
function styled(piece) {
  const { bold, italic, strike, code } = piece.style ?? {}
  /** @type {unknown} */
  let drawn = draw(piece)
  if (code) drawn = html`<code class="code">${drawn}</code>`
  if (strike) drawn = html`<s>${drawn}</s>`
  if (italic) drawn = html`<em>${drawn}</em>`
  return bold ? html`<strong>${drawn}</strong>` : drawn
}

/** @param {Piece} piece */
function draw(piece) {
  switch (piece.type) {
    case 'text':
      return piece.text
    case 'link':
      return inline({ kind: 'link', url: piece.url, label: piece.text ?? piece.url })
    case 'user':
      return inline({ kind: 'user', id: piece.user_id, label: '' })
    case 'channel':
      return inline({ kind: 'channel', id: piece.channel_id, label: '' })
    case 'broadcast':
      return inline({ kind: 'broadcast', id: piece.range, label: '' })
    case 'usergroup':
      return inline({ kind: 'group', id: piece.usergroup_id, label: '' })
    case 'emoji':
      return inline({ kind: 'emoji', name: piece.name })
    case 'date':
      return inline({
        kind: 'date',
        at: piece.timestamp * 1000,
        format: piece.format,
        url: '',
        label: piece.fallback ?? '',
      })
    case 'color':
    case 'team':
      return `[unsupported: ${piece.type}]`
  }
}
