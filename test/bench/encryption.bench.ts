import { performance } from 'node:perf_hooks'
import { defaultPayloadConverter } from '@temporalio/common'
import proto from '@temporalio/proto'
import { expect, it } from 'vitest'
import { createEncryptionCodec } from '../../src/adapters/temporal/encryption-codec.ts'
import { newEncryptionKey, readEncryptionKeys } from '../../src/adapters/temporal/encryption-keys.ts'

const { Payload } = proto.temporal.api.common.v1
const times = 5_000

/** Microseconds. */
async function spent(work: () => Promise<unknown>): Promise<number> {
  for (let round = 0; round < times / 10; round += 1) await work()
  const began = performance.now()
  for (let round = 0; round < times; round += 1) await work()
  return ((performance.now() - began) * 1000) / times
}

function bytes(payload: Parameters<typeof Payload.encode>[0]): number {
  return Payload.encode(payload).finish().length
}

it.each([100, 1_000, 10_000])(
  'writing and reading a payload of %d bytes costs microseconds',
  async (size) => {
    const codec = createEncryptionCodec(readEncryptionKeys(newEncryptionKey()), 'hallpass')
    const plain = defaultPayloadConverter.toPayload('x'.repeat(size))
    const encoded = await codec.encode([plain])
    const [write, read] = [await spent(() => codec.encode([plain])), await spent(() => codec.decode(encoded))]
    const more = bytes(encoded[0] ?? {}) - bytes(plain)
    process.stdout.write(
      `A payload of ${size} bytes: written in ${write.toFixed(1)} µs, read in ${read.toFixed(1)} µs, ${more} bytes more.\n`,
    )
    expect(Math.max(write, read)).toBeLessThan(1_000)
    expect(more).toBeLessThan(130)
  },
)
