import { array, assert, constantFrom, oneof, property, string } from 'fast-check'
import { describe, expect, it } from 'vitest'
import { cleanText } from '../../../src/core/command/clean-text.ts'
import { parseCommand } from '../../../src/core/command/parse.ts'
import { wordsOf } from '../../../src/core/command/words.ts'

const pieces = constantFrom(
  ...'< > | @ " “ &lt; &amp; <@U012DANA> <!here> @dana a@b.example'.split(' '),
  ...'1h 30 minutes for INC123 help revoke status lost 📱'.split(' '),
  ' ',
  '\n',
  '\u202E',
  '\u200D',
  '\uD83D',
)
const anyText = oneof(
  string({ unit: 'binary' }),
  array(oneof(pieces, string({ unit: 'binary', maxLength: 3 })), { maxLength: 40 }).map((parts) =>
    parts.join(''),
  ),
  array(pieces, { maxLength: 40 }).map((parts) => parts.join(' ')),
)

/** Every text inside a value, however deep. */
function textsIn(value: unknown): readonly string[] {
  if (typeof value === 'string') return [value]
  return typeof value === 'object' && value !== null
    ? Object.values(value).flatMap((inner) => textsIn(inner))
    : []
}

describe('whatever is typed', () => {
  it('is some command, whose texts are trimmed, well formed and without control characters', () => {
    assert(
      property(anyText, (text) => {
        for (const found of textsIn(parseCommand(text))) {
          expect(found).toBe(found.trim())
          expect(found).not.toMatch(/[\p{Cc}\p{Cs}\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]/u)
        }
      }),
      { numRuns: 500 },
    )
  })

  it('cannot make a person out of typed brackets', () => {
    assert(
      property(anyText, (text) => {
        const typed = text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
        expect(wordsOf(typed).filter((word) => word.kind === 'who' && 'slack' in word.who)).toEqual([])
      }),
      { numRuns: 500 },
    )
  })

  it('is clean after cleaning once', () => {
    assert(
      property(anyText, (text) => {
        expect(cleanText(cleanText(text))).toBe(cleanText(text))
      }),
      { numRuns: 500 },
    )
  })
})

describe('text is cleaned', () => {
  it.each([
    ['direction marks go', 'lost \u202Eenohp\u202C', 'lost enohp'],
    ['invisible letters go', 'l\u200Bo\u00ADs\u2060t\uFEFF\u3164', 'lost'],
    ['control characters go', 'lo\u0000st\u0007', 'lost'],
    ['halves of characters go', 'lost \ud83d', 'lost'],
    ['hidden tags go', 'lost\u{E0041}\u{E007F}', 'lost'],
    ['line breaks become spaces', 'lost\r\n\tphone\u2028\u0085now', 'lost phone now'],
    ['a joined emoji stays whole', '👩\u200d💻 ❤\uFE0F\u200D🔥', '👩\u200d💻 ❤\uFE0F\u200D🔥'],
    ['joiners and selectors outside emoji go', 'lo\u200Dst\uFE0F\uFE0F 📱\u200D', 'lost 📱'],
    ['accents are composed', 'Zoe\u0308', 'Zoë'],
  ])('%s', (_rule, text, clean) => {
    expect(cleanText(text)).toBe(clean)
  })
})

/** Shapes that make a careless pattern try again from every place; each must be read, not only survived. */
describe('40 000 hostile letters are read like any other text', () => {
  const size = 40_000
  it.each([
    ['open brackets', '<'.repeat(size), 1],
    ['brackets that never close', '<a'.repeat(size / 2), 1],
    ['open quotes', '"a"b '.repeat(size / 5), size / 5],
    ['quotes that never close', ' "a'.repeat(size / 3), Math.floor(size / 3)],
    ['punctuation', `${',.'.repeat(size / 2)}x`, 1],
    ['digits', '9'.repeat(size), 1],
    ['digits and a unit', `${'9'.repeat(size)}m`, 1],
    ['durations without spaces', '1h'.repeat(size / 2), 1],
    ['bare numbers', '1 '.repeat(size / 2), size / 2],
    ['durations', '1m '.repeat(size / 3), Math.floor(size / 3)],
    ['at signs', '@'.repeat(size), 1],
    ['an address without end', `a@${'a.'.repeat(size / 2)}`, 1],
    ['spaces', `x${' '.repeat(size)}x`, 2],
    ['joiners', `x${'\u200d'.repeat(size)}x`, 1],
    ['ampersands', '&amp;'.repeat(size / 5), 1],
    ['letters and digits of a ticket', 'A1'.repeat(size / 2), 1],
  ])('%s', (_what, text, words) => {
    expect(parseCommand(text).verb).toBe('request')
    expect(wordsOf(text)).toHaveLength(words)
  })

  it('of thousands of people the first is taken, and the others are a problem', () => {
    const many = Array.from({ length: 4000 }, (_, index) => `<@U${1000 + (index % 2000)}>`).join('')
    const command = parseCommand(many)
    expect(command).toMatchObject({ draft: { subject: { slack: 'U1000' } } })
    expect(command.verb === 'request' && command.draft.problems).toContain('two-subjects')
  })
})
