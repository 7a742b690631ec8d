import { describe, expect, it } from 'vitest'
import { isWrongTry, judgeCheck, wrongTriesThatVoid, type Candidate } from '../../../src/core/local/check.ts'
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

  it('that is wrong counts as a try, for a name that nothing was issued for as well', () => {
    const wrong = judgeCheck([{ ...code, matches: false }])
    expect(wrong).toMatchObject({ is: 'not-let-in', because: 'wrong' })
    expect(judgeCheck([])).toEqual({ is: 'not-let-in', because: 'unknown', by: undefined })
    expect([wrong, judgeCheck([])].map(isWrongTry)).toEqual([true, true])
  })
})
