import { cleanText } from './clean-text.ts'
import type { Who } from './command.ts'

/** One word of a command, words between double quotes (never looked into), or somebody named. */
export type Word =
  | { readonly kind: 'plain'; readonly text: string }
  | { readonly kind: 'quoted'; readonly text: string }
  | { readonly kind: 'who'; readonly who: Who }

/** Slack sends mentions and links between angle brackets; a bracket that was typed arrives as `&lt;` or `&gt;`. */
const bracketed = /<([^<>]*)>/g
const account = /^@([UW][A-Z0-9]{2,20})(?:\|.*)?$/
const quotedOrPlain = /"([^"]*)"(?![^\s,;.:!?])|\S+/g
const mailAddress = /^[^\s@<>"|]{1,64}@[^\s@<>"|]+\.[^\s@<>"|]+$/
const handle = /^@[\p{L}\p{N}][\p{L}\p{N}._-]*$/u
const longestMail = 254
const longestHandle = 80

/** Splits the text of a command, as Slack sends it, into words. */
export function wordsOf(text: string): readonly Word[] {
  const plain = cleanText(text).replaceAll(/[“”„‟«»]/g, '"')
  const words: Word[][] = []
  let rest = ''
  let from = 0
  for (const match of plain.matchAll(bracketed)) {
    const [whole, inside = ''] = match
    const user = account.exec(inside)?.[1]
    rest += plain.slice(from, match.index)
    from = match.index + whole.length
    if (user === undefined) {
      rest += withoutBrackets(inside)
    } else {
      words.push(split(rest), [{ kind: 'who', who: { slack: user } }])
      rest = ''
    }
  }
  words.push(split(rest + plain.slice(from)))
  return words.flat()
}

/** A word as text; somebody named as an at sign and the account's id, which mentions nobody. */
export function textOf(word: Word): string {
  if (word.kind !== 'who') return word.text
  if ('slack' in word.who) return `@${word.who.slack}`
  return 'mail' in word.who ? word.who.mail : word.who.handle
}

/** A word without the brackets and the punctuation around it. */
export function withoutEdges(text: string): string {
  return /[^([#,;:.!?)\]](?:.*[^,;:.!?)\]])?/u.exec(text)?.[0] ?? text
}

/** `<https://a.example|a.example>`, `<mailto:x|x>` and `<#C1|help>` by their label; `<!here>` without its power. */
function withoutBrackets(inside: string): string {
  const [target = '', label = ''] = inside.split('|', 2)
  if (target.startsWith('!')) return (label || target).replace(/^[!@]+/, '')
  if (target.startsWith('#')) return label === '' ? target : `#${label}`
  return label || target.replace(/^mailto:/, '')
}

function split(text: string): Word[] {
  return [...decoded(text).matchAll(quotedOrPlain)].flatMap(([whole, inside]) => {
    if (inside === undefined) return [plainOrWho(whole)]
    const quoted = inside.trim()
    return quoted === '' ? [] : [{ kind: 'quoted', text: quoted } as const]
  })
}

function plainOrWho(text: string): Word {
  const bare = withoutEdges(text)
  if (bare.length <= longestMail && mailAddress.test(bare)) {
    return { kind: 'who', who: { mail: bare.toLowerCase() } }
  }
  if (bare.length <= longestHandle && handle.test(bare)) return { kind: 'who', who: { handle: bare } }
  return { kind: 'plain', text }
}

/** The ampersand comes last, so that `&amp;lt;` becomes `&lt;`, which is what was typed. */
function decoded(text: string): string {
  return text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&')
}
