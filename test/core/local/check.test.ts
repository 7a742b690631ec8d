import { describe, expect, it } from 'vitest'
import {
  isWrongTry,
  judgeCheck,
  judgeFraudCode,
  whyNot,
  whyOver,
  wrongTriesThatVoid,
  type Candidate,
} from '../../../src/core/local/check.ts'
import { code } from './given.ts'

const letIn: Candidate = { ...code, id: 'let-in', form: 'let-in', matches: false }

describe('a sign-in', () => {
  it('passes with the code that is alive', () => {
    expect(judgeCheck([code])).toEqual({ is: 'let-in', by: code })
    expect(judgeCheck([{ ...code, matches: false }, code])).toEqual({ is: 'let-in', by: code })
  })

  it('passes with a let-in, whatever was typed', () => {
    expect(judgeCheck([letIn])).toEqual({ is: 'let-in', by: letIn })
  })

  it('uses up the code that was typed before it uses up a let-in', () => {
    expect(judgeCheck([letIn, code])).toEqual({ is: 'let-in', by: code })
  })

  it.each([
    ['forged', { isGenuine: false }],
    ['used', { isUsed: true }],
    ['ended', { isEnded: true }],
    ['expired', { isExpired: true }],
    ['voided', { wrongTries: wrongTriesThatVoid }],
  ] as const)('does not pass with one that is %s', (because, wrong) => {
    expect(judgeCheck([{ ...code, ...wrong }])).toMatchObject({ is: 'not-let-in', because })
    expect(judgeCheck([{ ...letIn, ...wrong }]).is).toBe('not-let-in')
    expect(isWrongTry(judgeCheck([{ ...code, ...wrong }]))).toBe(false)
  })

  it('does not pass with a code that is over although a let-in is open', () => {
    expect(judgeCheck([{ ...code, isUsed: true }, letIn])).toMatchObject({ because: 'used' })
  })

  it.each([
    ['the code', { ...code, isDenied: true }],
    ['a wrong code', { ...code, isDenied: true, matches: false }],
    ['a let-in', { ...letIn, isDenied: true }],
    ['a used code', { ...code, isDenied: true, isUsed: true }],
  ])('of a denied person passes by nothing, and is no try: %s', (_, candidate) => {
    const verdict = judgeCheck([candidate])
    expect(verdict).toEqual({ is: 'not-let-in', because: 'denied', by: candidate })
    expect(isWrongTry(verdict)).toBe(false)
  })

  it('passes with what is alive, although the name was that of a denied person before', () => {
    const before: Candidate = { ...code, subject: 'entra:mallory', isDenied: true, matches: false }
    expect(judgeCheck([code, before])).toEqual({ is: 'let-in', by: code })
    expect(judgeCheck([before, letIn])).toEqual({ is: 'let-in', by: letIn })
  })

  it('is denied by the person, not by what was issued: that is over or not as it was', () => {
    const denied = { ...code, isDenied: true }
    expect([whyNot(denied), whyOver(denied)]).toEqual(['denied', undefined])
    expect([whyNot, whyOver].map((why) => why({ ...denied, isGenuine: false }))).toEqual(['forged', 'forged'])
    expect(whyOver({ ...denied, isUsed: true })).toBe('used')
  })

  it('with the fraud code passes by nothing, is no try, and is about whom Hallpass issued to', () => {
    const forged: Candidate = { ...code, subject: 'entra:mallory', isGenuine: false }
    const report = judgeFraudCode([forged, letIn, code])
    expect(report).toEqual({ is: 'not-let-in', because: 'fraud-code', by: letIn })
    expect(judgeFraudCode([forged])).toMatchObject({ because: 'fraud-code', by: undefined })
    expect(isWrongTry(report)).toBe(false)
  })

  it('that is wrong counts as a try, for a name that nothing was issued for as well', () => {
    const wrong = judgeCheck([{ ...code, matches: false }])
    expect(wrong).toMatchObject({ is: 'not-let-in', because: 'wrong' })
    expect(judgeCheck([])).toEqual({ is: 'not-let-in', because: 'unknown', by: undefined })
    expect([wrong, judgeCheck([])].map(isWrongTry)).toEqual([true, true])
  })
})
