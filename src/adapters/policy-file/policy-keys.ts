import { readSigningKey, readVerifyKey } from '../signing/keys.ts'
import type { Finding } from './policy-names.ts'
import type { PolicySketch } from './policy.schema.ts'

/** What is wrong with the keys of people's own: no name, no key, or a key that two people would share. */
export function keyFindings({ fraud }: PolicySketch): readonly Finding[] {
  const known = new Map<string, string>()
  return Object.entries(fraud.keys).flatMap(([name, written]) => {
    const at = ['fraud', 'keys', name]
    const problem = nameProblem(name) ?? keyProblem(name, written, known)
    return problem === undefined ? [] : [{ at, says: problem }]
  })
}

function nameProblem(name: string): string | undefined {
  return name.trim() === name && name !== ''
    ? undefined
    : 'write an e-mail address, a user principal name or an object id'
}

/** What is no text is reported as such elsewhere. */
function keyProblem(name: string, written: unknown, known: Map<string, string>): string | undefined {
  if (typeof written !== 'string' || written.trim() === '') return undefined
  const keyId = keyIdOf(written)
  if (keyId === undefined)
    return reads(() => readSigningKey(written))
      ? 'is the part that stays with its person, and is no secret any more: make new ones, and write the verify key'
      : 'is no verify key: write the one that `hallpass keys person` printed for this person'
  const other = known.get(keyId)
  if (other !== undefined) return `is the key of ${other} already: everybody needs a key of their own`
  known.set(keyId, name)
  return undefined
}

function keyIdOf(written: string): string | undefined {
  try {
    return readVerifyKey(written).keyId
  } catch {
    return undefined
  }
}

function reads(read: () => unknown): boolean {
  try {
    read()
    return true
  } catch {
    return false
  }
}
