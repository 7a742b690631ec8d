import { describe, expect, it } from 'vitest'
import { isAlive, provesOwn } from '../../../src/core/exception/credentials.ts'
import type { Credential, Intent } from '../../../src/core/ports.ts'
import { asked, dana, exceptionId, lease, minute, second } from './given.ts'

const credential: Credential = { ...lease, createdAt: asked + 10 * second, state: 'usable' }
const intent: Intent = {
  exceptionId,
  attempt: 1,
  subject: dana.id,
  claim: 'signature',
  before: ['older'],
  at: asked,
  deadline: asked + 30 * second,
}

describe('a credential', () => {
  it.each([
    ['usable', true],
    ['not-yet', true],
    ['used', false],
    ['expired', false],
    ['unusable', false],
  ] as const)('that is %s is alive: %s', (state, alive) => {
    expect(isAlive({ ...credential, state })).toBe(alive)
  })
})

describe('an intent proves a credential its own', () => {
  it.each<readonly [string, readonly Intent[], Partial<Credential>, boolean]>([
    ['made during the attempt', [intent], {}, true],
    ['there before', [{ ...intent, before: ['pass-1'] }], {}, false],
    ['made well before the attempt', [intent], { createdAt: asked - 61 * second }, false],
    ['made just before, by the provider’s clock', [intent], { createdAt: asked - minute }, true],
    ['made late, by a provider that was slow', [intent], { createdAt: intent.deadline + minute }, true],
    [
      'made long after: by hand, or by a later exception',
      [intent],
      { createdAt: asked + 30 * minute },
      false,
    ],
    ['no attempt at all', [], {}, false],
    [
      'there before the second attempt, made in the first',
      [intent, { ...intent, attempt: 2, before: ['pass-1'] }],
      {},
      true,
    ],
    [
      'of the second attempt',
      [
        { ...intent, deadline: asked - 10 * minute, at: asked - 11 * minute },
        { ...intent, attempt: 2 },
      ],
      {},
      true,
    ],
  ])('%s', (_what, intents, more, own) => {
    expect(provesOwn(intents, { ...credential, ...more })).toBe(own)
  })
})
