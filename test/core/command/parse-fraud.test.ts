import { array, assert, constantFrom, oneof, property, string } from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseFraud, type FraudCommand } from '../../../src/core/command/parse-fraud.ts'

const dana = { slack: 'U012DANA' }
const mention = '<@U012DANA|dana>'

describe('what is typed after /fraud', () => {
  it.each<readonly [string, FraudCommand]>([
    ['', { verb: 'report', words: '' }],
    ['  ', { verb: 'report', words: '' }],
    ['help', { verb: 'help' }],
    ['LIST', { verb: 'list' }],
    ['status FRD-7F3K-Q2MD', { verb: 'status', id: 'FRD-7F3K-Q2MD' }],
    ['status', { verb: 'status', id: '' }],
    ['note FRD-7F3K no answer', { verb: 'note', id: 'FRD-7F3K', text: 'no answer' }],
    ['note', { verb: 'note', id: '', text: '' }],
    [
      'close FRD-7F3K false-alarm it was Dana',
      { verb: 'close', id: 'FRD-7F3K', outcome: 'false-alarm', reason: 'it was Dana' },
    ],
    [
      'close FRD-7F3K False alarm it was Dana',
      { verb: 'close', id: 'FRD-7F3K', outcome: 'false-alarm', reason: 'it was Dana' },
    ],
    ['close FRD-7F3K Confirmed', { verb: 'close', id: 'FRD-7F3K', outcome: 'confirmed', reason: '' }],
    ['close FRD-7F3K it was Dana', { verb: 'close', id: 'FRD-7F3K', reason: 'it was Dana' }],
    ['close', { verb: 'close', id: '', reason: '' }],
    ['somebody wanted my code', { verb: 'report', words: 'somebody wanted my code' }],
    [mention, { verb: 'report', who: dana, words: '' }],
    [`${mention} got a call`, { verb: 'report', who: dana, words: 'got a call' }],
    [`dana@x.example got a call`, { verb: 'report', who: { mail: 'dana@x.example' }, words: 'got a call' }],
  ])('%s', (text, command) => {
    expect(parseFraud(text)).toEqual(command)
  })

  it('is about the first person who is named; another one is part of the words', () => {
    const command = parseFraud(`${mention} was called by <@U0OTHER>`)
    expect(command).toMatchObject({ verb: 'report', who: dana })
    expect(command).toHaveProperty('words', expect.stringContaining('was called by'))
  })
})

const pieces = constantFrom(
  ...`< > | @ " “ &lt; ${mention} <!here> a@b.example`.split(' '),
  ...'help list status note close report false-alarm FRD-7F3K __proto__ 📱'.split(' '),
  '\n',
  '\u202E',
  '\uD83D',
)
const anyText = oneof(
  string({ unit: 'binary' }),
  array(pieces, { maxLength: 40 }).map((parts) => parts.join(' ')),
)

describe('whatever is typed', () => {
  it('is some command, and its texts are short, trimmed and well formed', () => {
    assert(
      property(anyText, (text) => {
        const command = parseFraud(text)
        for (const found of Object.values(command).filter((value) => typeof value === 'string')) {
          expect(found).toBe(found.trim())
          expect(found).not.toMatch(/\p{Cs}/u)
          expect(found.length).toBeLessThanOrEqual(1000)
        }
      }),
      { numRuns: 500 },
    )
  })

  it('is a report where it begins with no word of ours', () => {
    assert(property(anyText, (text) => parseFraud(`zz ${text}`).verb === 'report'))
    expect(parseFraud('helpful list').verb).toBe('report')
  })
})
