import type { PersonalKeys } from '../../core/ports.ts'
import { readVerifyKey } from './keys.ts'
import { createVerifier } from './verifier.ts'

/** Checks signatures with the keys of people's own that a policy names. */
export const personalKeys: PersonalKeys = {
  holderOf(keys, keyId) {
    return Object.entries(keys).find(([, key]) => readVerifyKey(key).keyId === keyId)?.[0]
  },
  signerOf(keys, envelope) {
    return Object.entries(keys).find(([, key]) => createVerifier(key).verify(envelope))?.[0]
  },
}
