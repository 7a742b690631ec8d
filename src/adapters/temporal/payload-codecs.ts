import type { PayloadCodec } from '@temporalio/common'
import { createEncryptionCodec } from './encryption-codec.ts'
import type { EncryptionKeys } from './encryption-keys.ts'
import { createGuardCodec } from './guard-codec.ts'
import type { GuardedCodes } from './live-codes.ts'

/**
 * The codecs of every worker and client. A payload is written through them in this order, so that the guard sees it before
 * it is encrypted, and read in the other one.
 */
export function createPayloadCodecs(
  liveCodes: Pick<GuardedCodes, 'found'>,
  keys: EncryptionKeys,
  namespace: string,
  unreadable: (why: string) => void,
): PayloadCodec[] {
  return [createGuardCodec(liveCodes), createEncryptionCodec(keys, namespace, unreadable)]
}
