import { html } from './html.js'

const hues = 8

/**
 * A person's picture: the initials on a colour of their own; the app has a key.
 * @param {{ member: import('../page-api.ts').Member | undefined, small?: boolean }} props
 */
export function Avatar({ member, small = false }) {
  const size = small ? 'avatar is-small' : 'avatar'
  if (member?.badge === 'bot') return html`<img class=${size} src="/icon.svg" alt="" />`
  const name = member?.name ?? '?'
  const sum = Array.from(member?.id ?? '', (letter) => letter.codePointAt(0) ?? 0).reduce((a, b) => a + b, 0)
  return html`<span class="${size} is-hue-${sum % hues}" aria-hidden="true">${initials(name)}</span>`
}

/** @param {string} name */
function initials(name) {
  const words = name.split(' ')
  return words.length > 1 ? `${words[0]?.[0]}${words.at(-1)?.[0]}` : name.slice(0, 1)
}
