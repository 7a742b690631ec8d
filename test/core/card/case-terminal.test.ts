import { describe, expect, it } from 'vitest'
import { agreementLines, caseLines, closedLines, wishLines } from '../../../src/core/card/case-terminal.ts'
import type { CaseStatementOf } from '../../../src/core/fraud/statement.ts'
import { caseDisplayId } from '../../../src/core/ids.ts'
import { link, say, terminalLines } from '../../../src/core/text/markup.ts'
import { clockTime } from '../../../src/core/text/clock.ts'
import { actorOf, asked, minute } from '../exception/given.ts'
import { caseId, closeAsked, closedAfter, reported, sam, stateAfter } from '../fraud/given.ts'
import { everyCase, plainCaseWords, type CaseWords } from './case-states.ts'

const wish: CaseStatementOf<'close'> = {
  v: 1,
  caseId,
  actor: actorOf(sam),
  at: asked + minute,
  kind: 'close',
  body: { outcome: 'confirmed', reason: 'Called\u001B[2J back', passwordReset: true, methodsReviewed: false },
}
const nasty = '*b* <!channel> <https://evil.example|ok> \u001B[31m \u202Eevil\nNext: agree'
const named: CaseWords = {
  subject: nasty,
  reporter: nasty,
  security: nasty,
  second: nasty,
  typed: nasty,
  method: nasty,
}

describe('a case in a terminal', () => {
  it('says which it is, what was said, what was done, and how it stands', () => {
    const said = caseLines(stateAfter(reported()))
    expect(said[0]).toBe(`${caseDisplayId(caseId)}: fraud reported about Dana Cruz`)
    expect(said).toContain('Done at once')
    expect(said).toContain('Nobody has taken it yet.')
    expect(said.join('\n')).not.toMatch(/Next:|[*<>]/)
  })

  it.each([
    ['plain', plainCaseWords],
    ['nasty', named],
  ])('is read as it is meant, whatever people typed: %s', (_, words) => {
    for (const [, state] of everyCase(words)) {
      const said = [
        ...caseLines(state),
        ...agreementLines(state, wish, words.security),
        ...(state.status === 'closed' ? closedLines(state) : []),
      ]
      expect(said.filter((line) => /[\p{Cc}\u202E]|<!date|^Next/u.test(line))).toEqual([])
    }
  })
})

describe('what somebody signs', () => {
  const state = stateAfter(reported())

  it('is said with all that is signed', () => {
    const said = wishLines(state, wish, 'Sam Reed')
    expect(said[0]).toMatch(
      /^Sam Reed wants to close it: confirmed fraud\. Signed \d+ \w+ \d{4}, \d\d:\d\d UTC\.$/,
    )
    expect(said[1]).toBe('Reason: “Called [2J back”')
    expect(said[2]).toBe(
      'A new password was asked for: yes. The sign-in methods were gone through with the person: no.',
    )
  })

  it('is said to the second person with what it gives back', () => {
    const said = agreementLines(state, wish, 'Sam Reed').join('\n')
    expect(said).toContain(
      'this is taken back for Dana Cruz: refusal at Hallpass’s own checks, account block.',
    )
    expect(said).toContain('not because Sam Reed says so.')
  })

  it('is over with what was given back', () => {
    const over = closedAfter(reported(), closeAsked, { type: 'case-closed', at: asked, outcome: 'test' })
    expect(closedLines(over)[0]).toBe(
      `Case ${caseDisplayId(caseId)} is closed: a test. Nothing had to be given back.`,
    )
    const impossible = { is: 'impossible', because: 'forbidden' } as const
    expect(closedLines({ ...over, unblocked: impossible })[0]).toContain('In Entra open the user')
  })
})

it('sentences for a terminal have their times in UTC and their links in full', () => {
  const said = say`*At ${clockTime(0)}*: ${link('https://a.example/b', 'here')} & <there>\nand ${'<https://evil.example|x>'}`
  expect(terminalLines(said)).toEqual([
    'At 00:00 UTC: here (https://a.example/b) & <there>',
    'and <https://evil.example|x>',
  ])
})
