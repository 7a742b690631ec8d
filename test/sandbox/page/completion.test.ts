import { describe, expect, it } from 'vitest'
import { complete } from '../../../src/sandbox/page/completion.js'
import { fakeWorkspace } from './fake-workspace.ts'

const workspace = fakeWorkspace().slack.workspaceOf('U0HANNA')
const texts = (typed: string) => complete(typed, workspace).offers.map(({ text }) => text)

describe('while somebody types', () => {
  it('commands are offered at the very start only', () => {
    expect(texts('/')).toEqual(['/tap ', '/bypass '])
    expect(texts('/b')).toEqual(['/bypass '])
    expect(texts('see /b')).toEqual([])
  })

  it('a whole command is hinted at instead of offered, so that Enter sends it', () => {
    expect(complete('/tap', workspace)).toEqual({ offers: [], hint: '/tap @user 1h [INC123] reason' })
    expect(complete('/tapir', workspace).hint).toBe('')
  })

  it('handles are offered by handle and by either name', () => {
    expect(texts('/tap @da')).toEqual(['/tap @dana '])
    expect(texts('/tap @Silv')).toEqual(['/tap @marco '])
    expect(texts('mail me@da')).toEqual([])
  })

  it('a finished handle is offered no more', () => {
    expect(texts('/tap @dana')).toEqual([])
    expect(texts('/tap @dana ')).toEqual([])
  })
})
