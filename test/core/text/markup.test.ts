import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { joined, link, plain, quoted, say, spoken } from '../../../src/core/text/markup.ts'

describe('a sentence with somebody else’s text in it', () => {
  it.each([
    ['<!channel>', '&lt;!channel&gt;'],
    ['<@U1>', '&lt;@U1&gt;'],
    ['<https://evil.example|sign-in page>', '&lt;https://evil.example|sign-in page&gt;'],
    ['R&D &lt;b&gt;', 'R&amp;D &amp;lt;b&amp;gt;'],
    ['*bold* _it_ ~no~ `code`', '∗bold∗ ＿it＿ ∼no∼ ˋcodeˋ'],
    [':white_check_mark: ok', '꞉white＿check＿mark: ok'],
    ['> quoted', '› quoted'],
    ['two\nlines\u2028three\u0000four', 'two lines three four'],
    ['\u202Eetorw', 'etorw'],
    ['in\u200Bvis\u00ADible\u{E0041}', 'invisible'],
    ['', ''],
  ])('shows %j literally', (typed, shown) => {
    expect(say`${typed}`.mrkdwn).toBe(shown)
  })

  it('keeps names that are not English as they are', () => {
    for (const name of ['Zoë O’Brien', '李小龍', 'Łukasz Żółć', '👩🏽‍💻 Ada'])
      expect(say`${name}`.mrkdwn).toBe(name)
  })

  it('isolates text that runs from right to left', () => {
    expect(say`${'דנה'} asked`.mrkdwn).toBe('\u2068דנה\u2069 asked')
  })

  it('never contains a sign that formats, mentions or links, whatever was typed', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 40 }), (typed) => {
        expect(say`${typed}`.mrkdwn).not.toMatch(/[<>*_~`\n\r\u202E]/u)
      }),
    )
  })

  it('keeps its own formatting, and Markup that is filled in', () => {
    expect(say`*${'Dana'}* ${link('https://a.example/?x=1&y=2', 'here')}`.mrkdwn).toBe(
      '*Dana* <https://a.example/?x=1&amp;y=2|here>',
    )
  })

  it('does not let an address end its link early', () => {
    expect(link('https://a.example/|x><!channel>', 'here').mrkdwn).toBe(
      '<https://a.example/%7Cx%3E%3C!channel%3E|here>',
    )
  })
})

describe('cutting', () => {
  it('keeps characters whole and says that something is missing', () => {
    expect(plain('👩👩👩', 5)).toBe('👩👩…')
    expect(plain('👩👩👩', 4)).toBe('👩…')
    expect(plain('abcd', 4)).toBe('abcd')
  })

  it('never exceeds the limit and never leaves half a character', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary', maxLength: 60 }),
        fc.integer({ min: 1, max: 40 }),
        (text, limit) => {
          const cut = plain(text, limit)
          expect(cut.length).toBeLessThanOrEqual(limit)
          expect(cut).not.toMatch(/\p{Cs}/u)
        },
      ),
    )
  })

  it('replaces halves of characters that came in', () => {
    expect(plain('a\uD83D', 10)).toBe('a\uFFFD')
  })

  it('keeps one name in a sentence short', () => {
    expect(say`${'x'.repeat(3000)}`.mrkdwn).toHaveLength(80)
    expect(quoted('&'.repeat(3000), 400).mrkdwn).toBe(`${'&amp;'.repeat(79)}…`)
  })
})

describe('what is spoken', () => {
  it('is free of our emphasis', () => {
    expect(spoken(say`*Ready.* Type ${'*'} \`x\``)).toBe('Ready. Type ∗ x')
  })

  it('leaves out what is missing when sentences are joined', () => {
    expect(joined(' ', say`a`, undefined, say`b`).mrkdwn).toBe('a b')
  })
})
