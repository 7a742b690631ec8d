/**
 * Slack's markup of messages, read into a tree that says nothing about HTML.
 * @typedef {{ kind: 'text', text: string }
 *   | { kind: 'bold' | 'italic' | 'strike', children: readonly Inline[] }
 *   | { kind: 'code', text: string }
 *   | { kind: 'emoji', name: string }
 *   | { kind: 'link', url: string, label: string }
 *   | { kind: 'user' | 'channel' | 'broadcast' | 'group', id: string, label: string }
 *   | { kind: 'date', at: number, format: string, url: string, label: string }} Inline
 * @typedef {{ kind: 'pre', text: string } | { kind: 'quote' | 'text', children: readonly Inline[] }} Block
 */

/** @type {Readonly<Record<string, 'bold' | 'italic' | 'strike'>>} */
const styles = { '*': 'bold', _: 'italic', '~': 'strike' }
const spans = [
  /<(?<angle>[^<>\n]+)>/,
  /`(?<code>[^`\n]+)`/,
  /:(?<emoji>[a-z0-9_+-]+):/,
  // A style begins and ends at the edge of a word, and does not end inside an angle bracket.
  /(?<![\p{L}\p{N}])(?<mark>[*_~])(?=\S)(?<styled>(?:<[^<>]*>|[^<\n])+?)(?<=\S)\k<mark>(?![\p{L}\p{N}])/u,
]
const span = new RegExp(spans.map(({ source }) => source).join('|'), 'gu')
const safeUrl = /^(https?:\/\/|mailto:|tel:)/i

/**
 * Reads a whole text: code blocks, quotes and what stands between them.
 * @param {string} text
 * @returns {readonly Block[]}
 */
export function parseMrkdwn(text) {
  return text
    .split(/```\n?([\s\S]+?)\n?```/)
    .flatMap((part, index) => (index % 2 === 1 ? [{ kind: 'pre', text: unescape(part) }] : parseLines(part)))
}

/**
 * Reads one run of text, without code blocks and quotes.
 * @param {string} text
 * @returns {readonly Inline[]}
 */
export function parseInline(text) {
  /** @type {Inline[]} */
  const found = []
  let end = 0
  for (const match of text.matchAll(span)) {
    if (match.index > end) found.push({ kind: 'text', text: unescape(text.slice(end, match.index)) })
    found.push(parseSpan(match.groups ?? {}))
    end = match.index + match[0].length
  }
  if (end < text.length) found.push({ kind: 'text', text: unescape(text.slice(end)) })
  return found
}

/**
 * True for addresses that a person may be sent to: web, mail, telephone.
 * @param {string} url
 */
export function isSafeUrl(url) {
  return safeUrl.test(url)
}

/**
 * @param {string} text
 * @returns {Block[]}
 */
function parseLines(text) {
  /** @type {{ quoted: boolean, lines: string[] }[]} */
  const runs = []
  for (const line of text.replaceAll(/^\n|\n$/g, '').split('\n')) {
    const quote = /^(?:>|&gt;) ?(.*)$/.exec(line)
    const last = runs.at(-1)
    if (last && last.quoted === Boolean(quote)) last.lines.push(quote?.[1] ?? line)
    else runs.push({ quoted: Boolean(quote), lines: [quote?.[1] ?? line] })
  }
  return runs.flatMap(({ quoted, lines }) => {
    const children = parseInline(lines.join('\n'))
    return children.length > 0 ? [{ kind: quoted ? 'quote' : 'text', children }] : []
  })
}

/**
 * @param {Record<string, string | undefined>} groups
 * @returns {Inline}
 */
function parseSpan({ angle, code, emoji, mark, styled }) {
  if (angle) return parseAngle(angle)
  if (code) return { kind: 'code', text: unescape(code) }
  if (emoji) return { kind: 'emoji', name: emoji }
  return { kind: styles[mark ?? '*'] ?? 'bold', children: parseInline(styled ?? '') }
}

/**
 * @param {string} inside
 * @returns {Inline}
 */
function parseAngle(inside) {
  const bar = inside.indexOf('|')
  const target = bar === -1 ? inside : inside.slice(0, bar)
  const label = bar === -1 ? '' : unescape(inside.slice(bar + 1))
  const rest = target.slice(1)
  if (target.startsWith('@')) return { kind: 'user', id: rest, label }
  if (target.startsWith('#')) return { kind: 'channel', id: rest, label }
  if (target.startsWith('!')) return parseCommand(rest, label)
  const url = unescape(target)
  return isSafeUrl(url) ? { kind: 'link', url, label: label || url } : { kind: 'text', text: label || url }
}

/**
 * @param {string} command
 * @param {string} label
 * @returns {Inline}
 */
function parseCommand(command, label) {
  const [name, id, format, url = ''] = command.split('^')
  if (name === 'subteam') return { kind: 'group', id: id ?? '', label }
  if (name !== 'date') return { kind: 'broadcast', id: name ?? '', label }
  const at = Number(id) * 1000
  if (!Number.isFinite(at) || !format) return { kind: 'text', text: label }
  return { kind: 'date', at, format: unescape(format), url: isSafeUrl(url) ? url : '', label }
}

/** @param {string} text */
function unescape(text) {
  return text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&')
}
