import { describe, expect, it } from 'vitest'
import { newKeys } from '../../../src/adapters/signing/keys.ts'
import { personalKeys } from '../../../src/adapters/signing/personal-keys.ts'
import { createSigner } from '../../../src/adapters/signing/signer.ts'
import type { CaseStatement } from '../../../src/core/fraud/statement.ts'

const [sams, sues, others] = [newKeys(), newKeys(), newKeys()]
const keys = { 'sam@example.com': sams.verifyKey, 'sue@example.com': sues.verifyKey }
const statement: CaseStatement = {
  v: 1,
  caseId: '5d1c7a90-4f3e-4c55-9a52-0123456789ab',
  actor: { team: '', user: '', person: 'entra:11111111-2222-4333-8444-555555555555' },
  at: 1_790_000_000_000,
  kind: 'unblock',
  body: { close: 'signature' },
}
const bySue = createSigner(sues.signingKey).sign(statement)

describe('the keys of people', () => {
  it('tell who signed', () => {
    expect(personalKeys.signerOf(keys, bySue)).toBe('sue@example.com')
    expect(personalKeys.signerOf({}, bySue)).toBeUndefined()
  })

  it('tell nothing of what was changed, or signed with another key, also under the id of theirs', () => {
    const byOther = createSigner(others.signingKey).sign(statement)
    for (const envelope of [
      { ...bySue, statement: { ...statement, at: 1 } },
      byOther,
      { ...byOther, keyId: bySue.keyId },
      { ...bySue, signature: `${bySue.signature}=` },
    ])
      expect(personalKeys.signerOf(keys, envelope)).toBeUndefined()
  })

  it('tell whose a key is by its id', () => {
    expect(personalKeys.holderOf(keys, bySue.keyId)).toBe('sue@example.com')
    expect(personalKeys.holderOf(keys, others.verifyKey.split('.')[0] ?? '')).toBeUndefined()
  })
})
