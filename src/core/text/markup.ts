/** Text in Slack's markup in which nothing that a person typed can act. Made here and in clock.ts only. */
export type Markup = { readonly mrkdwn: string }

/** Longest piece of somebody else's text within a sentence, in UTF-16 units: names, mostly. */
const longestPiece = 80

/**
 * A sentence in Slack's markup. What is filled in is shown as it is and can't format, mention, link or reorder;
 * only other Markup keeps its meaning.
 */
export function say(parts: TemplateStringsArray, ...values: readonly (string | number | Markup)[]): Markup {
  const filled = values.map((value) => (typeof value === 'object' ? value : quoted(String(value))).mrkdwn)
  return { mrkdwn: String.raw({ raw: parts }, ...filled) }
}

/** Somebody else's text inside a sentence, shown literally, in at most `longest` UTF-16 units as Slack gets them. */
export function quoted(text: string, longest: number = longestPiece): Markup {
  const literal = clean(text)
    .replaceAll(/:(?=[\w+'-]+:)/gu, '\uA789')
    .replaceAll(/[*_~`]|^>/gu, (sign) => lookAlikes[sign] ?? sign)
  return { mrkdwn: isolated(cut(literal, longest, (point) => entities[point] ?? point)) }
}

/** A link under words of our own. The address comes from the configuration, never from a person. */
export function link(address: string, words: string): Markup {
  const safe = address.replaceAll(/[<>|\s]/gu, (sign) => encodeURIComponent(sign)).replaceAll('&', '&amp;')
  return { mrkdwn: `<${safe}|${words}>` }
}

/** Sentences after each other, one paragraph; what is missing is left out. */
export function joined(separator: ' ' | '\n', ...sentences: readonly (Markup | undefined)[]): Markup {
  const said = sentences.flatMap((sentence) => (sentence === undefined ? [] : [sentence.mrkdwn]))
  return { mrkdwn: said.join(separator) }
}

/**
 * A sentence for notifications and screen readers: without our own emphasis, which they would read aloud. Signs that
 * somebody typed are look-alikes by now, and stay.
 */
export function spoken(text: Markup): string {
  return text.mrkdwn.replaceAll(/[*`]/gu, '')
}

/** A sentence where no markup is read: as it is spoken, the signs that Slack has an escape for as they are. */
export function plainText(text: Markup): string {
  const signs = Object.entries(entities).toReversed()
  return signs.reduce((said, [sign, entity]) => said.replaceAll(entity, sign), spoken(text))
}

/** Sentences for a terminal, line by line: dates in UTC, links with their address, and no markup. */
export function terminalLines({ mrkdwn }: Markup): readonly string[] {
  const readable = mrkdwn
    .replaceAll(/<!date\^[^|>]*\|([^>]*)>/gu, '$1')
    .replaceAll(/<(https?:[^|>]*)\|([^>]*)>/gu, '$2 ($1)')
  return plainText({ mrkdwn: readable }).split('\n')
}

/**
 * Somebody else's text for an element that knows no markup: one line, at most `longest` UTF-16 units, which is never
 * less strict than Slack's own count, and no character cut in half.
 */
export function plain(text: string, longest: number): string {
  return cut(clean(text), longest)
}

/** The three signs that Slack has an escape for. */
const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' }

/** Slack has no escape for its formatting signs, so that within sentences they become characters that look the same. */
const lookAlikes: Readonly<Record<string, string>> = {
  '*': '\u2217',
  _: '\uFF3F',
  '~': '\u223C',
  '`': '\u02CB',
  '>': '\u203A',
}

/**
 * One line without control, direction and invisible characters: what is read is what was typed. The joiners stay,
 * because words and emoji are written with them.
 */
function clean(text: string): string {
  return text
    .replaceAll(/\p{Cs}/gu, '\uFFFD')
    .replaceAll(/\p{Cf}(?<![\u200C\u200D])/gu, '')
    .replaceAll(/[\p{Cc}\s]+/gu, ' ')
    .trim()
}

/**
 * At most `longest` UTF-16 units, with an ellipsis where something was left out; no character is cut in half. `written`
 * says what a character becomes.
 */
export function cut(text: string, longest: number, written = (point: string): string => point): string {
  let whole = ''
  let kept = ''
  for (const point of text) {
    whole += written(point)
    if (whole.length > longest) return `${kept}…`
    if (whole.length < longest) kept = whole
  }
  return whole
}

/** Text that runs from right to left must not turn the words around it. */
function isolated(text: string): string {
  return /[\p{Script=Hebrew}\p{Script=Arabic}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}]/u.test(text)
    ? `\u2068${text}\u2069`
    : text
}
