import { describe, expect, it } from 'vitest'
import { codeOf } from '../../../src/core/local/code.ts'
import { canBeFraudCode, isFraudCode } from '../../../src/core/local/fraud-code.ts'

describe('a fraud code', () => {
  it.each(['911911', '0000', 'HEAR', 'hear', '9XWA4T0Z', '0'.repeat(32)])('can be %s', (written) => {
    expect(canBeFraudCode(written)).toBe(true)
  })

  it.each(['', '911', '0'.repeat(33), '911-911', '911 911', 'OIL0', 'USER', '9119é', '911ß'])(
    'can not be %j',
    (written) => {
      expect(canBeFraudCode(written)).toBe(false)
    },
  )

  it('can not be what a bypass may get as its code', () => {
    const code = codeOf(Array.from({ length: 15 }, (_, index) => index)).replaceAll('-', '')
    const mistyped = `${code.slice(0, -1)}${code.endsWith('0') ? '1' : '0'}`
    expect([code, code.toLowerCase(), mistyped].map(canBeFraudCode)).toEqual([false, false, true])
  })
})

describe('what was typed', () => {
  it.each(['FRAVD1', 'fravd1', ' frav-d1 ', 'FRAVDI', 'fravdl'])(
    'is the fraud code, as people type codes: %j',
    (typed) => {
      expect(isFraudCode(typed, 'FRAVD1')).toBe(true)
    },
  )

  it.each(['', 'FRAVD', 'FRAVD11', '1FRAVD1', 'x FRAVD1'])('is not the fraud code: %j', (typed) => {
    expect(isFraudCode(typed, 'FRAVD1')).toBe(false)
  })

  it.each(['', '911911', 'undefined'])('is none where the policy has none: %j', (typed) => {
    expect(isFraudCode(typed, undefined)).toBe(false)
  })
})
