/**
 * How a text can stand inside another: with or without its hyphens, plain or in markup, any of them in JSON or in JSON
 * within JSON, and all of these in a URL or a form, as hex, or as base64 beginning at any of the three places within a
 * group.
 */
export function spellings(text: string): ReadonlySet<string> {
  const forms = [text, text.replaceAll('-', ''), inMarkup(text)].flatMap((form) => [
    form,
    inJson(form),
    inJson(inJson(form)),
  ])
  return new Set(forms.flatMap((form) => [form, ...inUrl(form), ...inHex(form), ...inBase64(form)]))
}

function inMarkup(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
}

function inJson(text: string): string {
  return JSON.stringify(text).slice(1, -1)
}

function inUrl(text: string): readonly string[] {
  const url = encodeURIComponent(text)
  const form = new URLSearchParams({ text }).toString().slice('text='.length)
  return [url, form].flatMap((spelled) => [
    spelled,
    spelled.replaceAll(/%[0-9A-F]{2}/g, (escape) => escape.toLowerCase()),
  ])
}

function inHex(text: string): readonly string[] {
  const hex = Buffer.from(text, 'utf8').toString('hex')
  return [hex, hex.toUpperCase()]
}

/** The letters that depend on the text alone, in both alphabets, when 0, 1 or 2 bytes of a group stand before it. */
function inBase64(text: string): readonly string[] {
  const bytes = Buffer.from(text, 'utf8')
  return [0, 1, 2].flatMap((before) => {
    const first = Math.ceil((before * 8) / 6)
    const last = Math.floor(((before + bytes.length) * 8) / 6)
    const padded = Buffer.concat([Buffer.alloc(before), bytes])
    return [padded.toString('base64').slice(first, last), padded.toString('base64url').slice(first, last)]
  })
}
