import { describe, expect, it } from 'vitest'
import { no, yes, type Result } from '../../src/core/result.ts'

describe('a result', () => {
  it('is a value or a reason', () => {
    expect(yes(1)).toEqual({ ok: true, value: 1 })
    expect(no('why')).toEqual({ ok: false, reason: 'why' })
  })

  it('has no value to read beside a reason', () => {
    const result = ((): Result<number, string> => no('why'))()
    // @ts-expect-error: the value is there only after a look at `ok`.
    expect(result.value).toBeUndefined()
  })
})
