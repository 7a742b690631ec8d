import { describe, expect, it } from 'vitest'
import { parseCommand } from '../../../src/core/command/parse.ts'

describe('extend', () => {
  it('names what, for how long and why', () => {
    expect(parseCommand('extend TAP-7F3K-Q2MD 2h her new phone comes at noon')).toMatchObject({
      verb: 'extend',
      id: 'TAP-7F3K-Q2MD',
      draft: { duration: 7200, reason: 'her new phone comes at noon' },
    })
  })

  it('leaves to the form what is not said', () => {
    expect(parseCommand('extend tap-7f3k')).toMatchObject({ verb: 'extend', id: 'tap-7f3k' })
    const { draft } = parseCommand('extend tap-7f3k') as { draft: object }
    expect(draft).not.toHaveProperty('duration')
    expect(draft).not.toHaveProperty('reason')
    expect(parseCommand('extend')).toMatchObject({ verb: 'extend', id: '' })
  })
})
