import { defaultPayloadConverter, type Payload } from '@temporalio/common'
import { encodeToPayload } from '@temporalio/common/lib/internal-non-workflow/codec-helpers.js'
import { loadDataConverter } from '@temporalio/common/lib/internal-non-workflow/data-converter-helpers.js'
import proto from '@temporalio/proto'
import { describe, expect, it } from 'vitest'
import { createEncryptionCodec } from '../../../src/adapters/temporal/encryption-codec.ts'
import { newEncryptionKey, readEncryptionKeys } from '../../../src/adapters/temporal/encryption-keys.ts'
import { createLiveCodes } from '../../../src/adapters/temporal/live-codes.ts'
import { createPayloadCodecs } from '../../../src/adapters/temporal/payload-codecs.ts'
import { Secret } from '../../../src/core/secret.ts'
import { activitySummaries, timerSummaries, workflowSummary } from '../../../src/core/text/en/summaries.ts'

const [key, older] = [newEncryptionKey(), newEncryptionKey()]
const idOf = (text: string) => text.split('.')[0] ?? ''
const codec = (keys: string, namespace = 'hallpass', heard?: (why: string) => void) =>
  createEncryptionCodec(readEncryptionKeys(keys), namespace, heard)

const value = { subject: 'Dana Cruz', reason: 'lost her phone on the train' }
const plain: Payload = defaultPayloadConverter.toPayload(value)

async function sealed(keys = key, payload = plain) {
  const [one] = await codec(keys).encode([payload])
  return { metadata: one?.metadata ?? {}, data: one?.data ?? new Uint8Array() }
}
const textOf = (bytes: Uint8Array | null | undefined) => Buffer.from(bytes ?? []).toString('latin1')

describe('a payload', () => {
  it('is read as it was written, with its metadata, also an empty one and one of bytes', async () => {
    const payloads = [value, undefined, null, new Uint8Array([0, 255]), 'x'.repeat(100_000)].map((each) =>
      defaultPayloadConverter.toPayload(each),
    )
    const encoded = await codec(key).encode(payloads)
    const decoded = await codec(key).decode(encoded)
    expect(decoded.map((each) => defaultPayloadConverter.fromPayload(each))).toEqual(
      payloads.map((each) => defaultPayloadConverter.fromPayload(each)),
    )
    expect(decoded.map(({ metadata }) => textOf(metadata?.['encoding']))).toEqual(
      payloads.map(({ metadata }) => textOf(metadata?.['encoding'])),
    )
  })
  it('shows nothing but that it is encrypted, and with which key', async () => {
    const { metadata, data } = await sealed()
    expect(Object.entries(metadata ?? {}).map(([name, bytes]) => [name, textOf(bytes)])).toEqual([
      ['encoding', 'binary/encrypted'],
      ['encryption-key-id', idOf(key)],
    ])
    expect(textOf(data)).not.toMatch(/Dana|train|json/)
    expect(textOf(plain.data)).toMatch(/Dana/)
  })
  it('written twice is never the same bytes', async () => {
    expect((await sealed()).data).not.toEqual((await sealed()).data)
  })
})

describe('what is refused, in words that give nothing away', () => {
  const changed = 'A payload was changed, or belongs to another namespace.'

  it('any byte that was changed, and any that is missing', async () => {
    const { metadata, data } = await sealed()
    const bytes = Buffer.from(data ?? [])
    for (let place = 0; place < bytes.length; place += 1) {
      const other = Buffer.from(bytes)
      other[place] = (other[place] ?? 0) ^ 1
      await expect(codec(key).decode([{ metadata, data: other }])).rejects.toThrow(changed)
      await expect(codec(key).decode([{ metadata, data: bytes.subarray(0, place) }])).rejects.toThrow(changed)
    }
    await expect(codec(key).decode([{ metadata }])).rejects.toThrow(changed)
  })
  it('a payload of another namespace', async () => {
    await expect(codec(key, 'other').decode([await sealed()])).rejects.toThrow(changed)
  })
  it('one under the id of another key that is known', async () => {
    const { data, metadata } = await sealed()
    const moved = { ...metadata, 'encryption-key-id': Buffer.from(idOf(older)) }
    await expect(codec(`${key},${older}`).decode([{ data, metadata: moved }])).rejects.toThrow(changed)
  })
  it('a key that was taken away, by its id; and an id that somebody made up is not repeated', async () => {
    const said: string[] = []
    const reading = codec(key, 'hallpass', (why) => void said.push(why))
    const lacks = `A payload is encrypted with the key ${idOf(older)}: HALLPASS_ENCRYPTION_KEY lacks it here.`
    await expect(reading.decode([await sealed(older)])).rejects.toThrow(lacks)
    const { data, metadata } = await sealed()
    const madeUp = { ...metadata, 'encryption-key-id': Buffer.from('x\n{"level":60}') }
    await expect(reading.decode([{ data, metadata: madeUp }])).rejects.toThrow('with the key unknown:')
    expect(said[0]).toBe(lacks)
    expect(said).toHaveLength(2)
  })
  it('a payload in the clear, once everything is encrypted', async () => {
    await expect(codec(key).decode([plain])).rejects.toThrow('A payload is in the clear')
  })
})

describe('keys change', () => {
  it('an old history is read after a new key has become the first', async () => {
    const [decoded] = await codec(`${key},${older}`).decode([await sealed(older)])
    expect(defaultPayloadConverter.fromPayload(decoded ?? {})).toEqual(value)
  })
  it('switched on: what was written in the clear is read while `off` stands behind the key', async () => {
    expect(await codec(`${key},off`).decode([plain])).toEqual([plain])
    const { metadata } = await sealed(`${key},off`)
    expect(textOf(metadata?.['encoding'])).toBe('binary/encrypted')
  })
  it('switched off: payloads are written in the clear, and what was encrypted is read', async () => {
    const reading = codec(`off,${key}`)
    expect(await reading.encode([plain])).toEqual([plain])
    const [decoded] = await reading.decode([await sealed()])
    expect(defaultPayloadConverter.fromPayload(decoded ?? {})).toEqual(value)
    await expect(codec('off').decode([await sealed()])).rejects.toThrow('lacks it here')
  })
})

describe('beside the guard', () => {
  const code = 'Q7+x/Za9'
  const codes = createLiveCodes()
  const codecs = createPayloadCodecs(codes, readEncryptionKeys(key), 'hallpass', () => undefined)
  const send = (payloadCodecs: typeof codecs) =>
    codes.during(new Secret(code), () => encodeToPayload(loadDataConverter({ payloadCodecs }), { code }))

  it('the SDK asks the guard first, who sees the code; the other way round it would not', async () => {
    await expect(send(codecs)).rejects.toThrow('A payload with a live code was not sent.')
    await expect(send(codecs.toReversed())).resolves.toBeDefined()
  })
})

it('the sentences beside activities and timers stay within what Temporal takes: 400 bytes', async () => {
  const ids = Object.values(workflowSummary).map((say) => say('BYP-7F3K-Q2MD'))
  const all = [...ids, ...Object.values(activitySummaries), ...Object.values(timerSummaries)]
  const sizes = await Promise.all(
    all.map(async (said) => {
      const payload = await sealed(key, defaultPayloadConverter.toPayload(said))
      return proto.temporal.api.common.v1.Payload.encode(payload).finish().length
    }),
  )
  expect(Math.max(...sizes)).toBeLessThanOrEqual(400)
  expect(Math.max(...sizes)).toBeGreaterThan(200)
})
