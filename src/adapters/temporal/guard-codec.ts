import type { Payload, PayloadCodec } from '@temporalio/common'
import type { GuardedCodes } from './live-codes.ts'

/**
 * The first codec of worker and client: refuses to send a payload that holds a live code, so that none gets into a
 * history. It must see payloads before anything encrypts them.
 */
export function createGuardCodec(codes: Pick<GuardedCodes, 'found'>): PayloadCodec {
  return {
    encode(payloads) {
      if (payloads.some((payload) => partsOf(payload).some((part) => codes.found(part)))) {
        return Promise.reject(new Error('A payload with a live code was not sent.'))
      }
      return Promise.resolve(payloads)
    },
    decode(payloads) {
      return Promise.resolve(payloads)
    },
  }
}

function partsOf({ data, metadata }: Payload): readonly Uint8Array[] {
  const named = Object.entries(metadata ?? {}).flatMap(([name, value]) => [Buffer.from(name), value])
  return data ? [data, ...named] : named
}
