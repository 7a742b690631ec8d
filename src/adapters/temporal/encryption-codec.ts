import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'
import type { Payload, PayloadCodec } from '@temporalio/common'
import proto from '@temporalio/proto'
import type { EncryptionKey, EncryptionKeys } from './encryption-keys.ts'

/** What the metadata of an encrypted payload say, as Temporal's own programs expect it. */
const encrypted = 'binary/encrypted'
const keyIdName = 'encryption-key-id'

/** The form of what stands in `data`: this byte, the nonce, the encrypted payload, the tag. */
const version = 1
const [nonceSize, tagSize] = [12, 16]

const { Payload: payloadType } = proto.temporal.api.common.v1

/** A payload that can't be read with these keys. Its message holds nothing of the payload, and no key. */
export class UnreadablePayload extends Error {
  override readonly name = 'UnreadablePayload'
}

/**
 * The last codec of worker and client: what Temporal keeps of a payload is encrypted with AES-256-GCM, its metadata too.
 * A payload belongs to one namespace and one key. `unreadable` hears why one can't be read.
 */
export function createEncryptionCodec(
  keys: EncryptionKeys,
  namespace: string,
  unreadable: (why: string) => void = () => undefined,
): PayloadCodec {
  const { first } = keys
  return {
    async encode(payloads) {
      return first === undefined ? payloads : payloads.map((payload) => encrypt(first, namespace, payload))
    },
    async decode(payloads) {
      try {
        return payloads.map((payload) => decrypt(keys, namespace, payload))
      } catch (error) {
        if (error instanceof UnreadablePayload) unreadable(error.message)
        throw error
      }
    },
  }
}

/** The id of the key that a payload says it is encrypted with; undefined when it is in the clear. */
function keyIdOf({ metadata }: Payload): string | undefined {
  if (textOf(metadata?.['encoding']) !== encrypted) return undefined
  const keyId = textOf(metadata?.[keyIdName])
  // Whoever can write a history can write anything here, and it is read in logs.
  return /^[0-9a-f]{16}$/.test(keyId) ? keyId : 'unknown'
}

function encrypt({ keyId, key }: EncryptionKey, namespace: string, payload: Payload): Payload {
  const nonce = randomBytes(nonceSize)
  const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(boundTo(keyId, namespace))
  const hidden = [cipher.update(payloadType.encode(payload).finish()), cipher.final()]
  return {
    metadata: { encoding: Buffer.from(encrypted), [keyIdName]: Buffer.from(keyId) },
    data: Buffer.concat([Buffer.of(version), nonce, ...hidden, cipher.getAuthTag()]),
  }
}

function decrypt({ byId, readsClear }: EncryptionKeys, namespace: string, payload: Payload): Payload {
  const keyId = keyIdOf(payload)
  if (keyId === undefined) {
    if (readsClear) return payload
    throw new UnreadablePayload(
      'A payload is in the clear: HALLPASS_ENCRYPTION_KEY reads those only with `off` after its keys.',
    )
  }
  const key = byId.get(keyId)
  if (key === undefined)
    throw new UnreadablePayload(
      `A payload is encrypted with the key ${keyId}: HALLPASS_ENCRYPTION_KEY lacks it here.`,
    )
  return open({ keyId, key }, namespace, Buffer.from(payload.data ?? []))
}

function open({ keyId, key }: EncryptionKey, namespace: string, data: Buffer): Payload {
  const [nonceEnd, tagStart] = [1 + nonceSize, data.length - tagSize]
  if (data[0] !== version || tagStart < nonceEnd) throw changed()
  const decipher = createDecipheriv('aes-256-gcm', key, data.subarray(1, nonceEnd))
    .setAAD(boundTo(keyId, namespace))
    .setAuthTag(data.subarray(tagStart))
  try {
    return payloadType.decode(
      Buffer.concat([decipher.update(data.subarray(nonceEnd, tagStart)), decipher.final()]),
    )
  } catch {
    // The library's own words say less, and nothing of what was read may get into an error.
    throw changed()
  }
}

/** What is authenticated beside the payload. Written as JSON, so that no two are the same bytes. */
function boundTo(keyId: string, namespace: string): Buffer {
  return Buffer.from(JSON.stringify(['hallpass payload', version, keyId, namespace]))
}

function changed(): UnreadablePayload {
  return new UnreadablePayload('A payload was changed, or belongs to another namespace.')
}

function textOf(bytes: Uint8Array | null | undefined): string {
  return Buffer.from(bytes ?? []).toString('utf8')
}
