import { defaultPayloadConverter } from '@temporalio/common'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createGuardCodec } from '../../../src/adapters/temporal/guard-codec.ts'
import { createLiveCodes } from '../../../src/adapters/temporal/live-codes.ts'
import { Secret } from '../../../src/core/secret.ts'

const code = '+dr"<kz&qA/\u00e9?D'

beforeEach(() => {
  vi.useFakeTimers()
})

afterEach(() => {
  vi.useRealTimers()
})

function start() {
  const codes = createLiveCodes()
  const codec = createGuardCodec(codes)
  const send = async (value: unknown) => codec.encode([defaultPayloadConverter.toPayload(value)])
  return { codes, codec, send }
}

const html = code.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')

describe('while a code is alive', () => {
  it.each<[string, unknown]>([
    ['as it is', code],
    ['within a sentence', `The code is ${code}.`],
    ['deep in a value', { a: [{ b: { c: code } }] }],
    ['as the name of a member', { [code]: 1 }],
    ['as bytes', new TextEncoder().encode(`x${code}y`)],
    ['in JSON within JSON', JSON.stringify({ text: code })],
    ['in a URL', `https://x.example/?c=${encodeURIComponent(code)}`],
    ['in a URL with small letters', encodeURIComponent(code).replaceAll(/%../g, (e) => e.toLowerCase())],
    ['in a form', new URLSearchParams({ code }).toString()],
    ['in markup', `<b>${html}</b>`],
    ['in JSON in base64', Buffer.from(JSON.stringify([1, code])).toString('base64')],
    ['in hex', Buffer.from(code).toString('hex')],
    ['in large hex', Buffer.from(code).toString('hex').toUpperCase()],
    ...['', 'a', 'ab', 'abc', 'abcd'].flatMap((before): [string, unknown][] => [
      [`in base64 after "${before}"`, Buffer.from(`${before}${code} and so on`).toString('base64')],
      [`in base64url after "${before}"`, Buffer.from(`${before}${code}`).toString('base64url')],
    ]),
  ])('a payload with it is not sent: %s', async (_, value) => {
    const { codes, send } = start()
    const sent = codes.during(new Secret(code), () => send(value))
    await expect(sent).rejects.toThrow('A payload with a live code was not sent.')
  })

  it('a payload with it is not sent without the hyphens either, as a code of Hallpass is hashed', async () => {
    const { codes, send } = start()
    const sent = codes.during(new Secret('7F3K-Q2MD-9XWA-4T0Z'), () => send({ a: '7F3KQ2MD9XWA4T0Z' }))
    await expect(sent).rejects.toThrow('A payload with a live code was not sent.')
  })

  it('the error says nothing of it', async () => {
    const { codes, send } = start()
    const error: unknown = await codes.during(new Secret(code), () => send(code)).catch((e: unknown) => e)
    expect(`${String(error)}${(error as Error).stack}`).not.toContain(code)
    expect(error).not.toHaveProperty('cause')
  })

  it('none of several payloads is sent when one holds it, be it in the metadata', async () => {
    const { codes, codec } = start()
    const fine = defaultPayloadConverter.toPayload('fine')
    const marked = { ...fine, metadata: { note: new TextEncoder().encode(code) } }
    const named = { ...fine, metadata: { [code]: new Uint8Array() } }
    await codes.during(new Secret(code), async () => {
      await expect(codec.encode([fine, marked])).rejects.toThrow('live code')
      await expect(codec.encode([named])).rejects.toThrow('live code')
    })
  })

  it('other payloads are sent as they are, empty ones included', async () => {
    const { codes, codec } = start()
    const payloads = [defaultPayloadConverter.toPayload({ credentialId: '6f1967b7', at: 1 }), {}]
    await codes.during(new Secret(code), async () => {
      await expect(codec.encode(payloads)).resolves.toEqual(payloads)
      await expect(codec.encode([])).resolves.toEqual([])
    })
  })

  it('two codes are guarded at once', async () => {
    const { codes, send } = start()
    await codes.during(new Secret('first-code'), () =>
      codes.during(new Secret('second-code'), async () => {
        await expect(send('first-code')).rejects.toThrow('live code')
        await expect(send('second-code')).rejects.toThrow('live code')
      }),
    )
  })
})

describe('a code', () => {
  it('costs every payload little, however many others are guarded', async () => {
    vi.useRealTimers()
    const { codes, codec } = start()
    const payload = defaultPayloadConverter.toPayload({ words: 'nothing of it '.repeat(200) })
    const all = Array.from({ length: 100 }, (_, index) => new Secret(`Gx7&+k${index}!Qz`))
    await Promise.all(all.map((one) => codes.during(one, () => Promise.resolve())))
    const began = performance.now()
    for (let sent = 0; sent < 100; sent += 1) await codec.encode([payload])
    // Spelling a hundred codes anew for each payload takes several seconds.
    expect(performance.now() - began).toBeLessThan(1_000)
  })

  it('stays guarded for ten minutes after the work, whether it went well or not', async () => {
    const { codes, send } = start()
    await codes.during(new Secret('first-code'), () => Promise.resolve())
    const failing = codes.during(new Secret('second-code'), () => Promise.reject(new Error('not shown')))
    await expect(failing).rejects.toThrow('not shown')
    await vi.advanceTimersByTimeAsync(10 * 60_000 - 1)
    await expect(send('first-code')).rejects.toThrow('live code')
    await expect(send('second-code')).rejects.toThrow('live code')
    await vi.advanceTimersByTimeAsync(1)
    await expect(send('first-code')).resolves.toHaveLength(1)
    await expect(send('second-code')).resolves.toHaveLength(1)
  })

  it('is guarded however long the work takes', async () => {
    const { codes, send } = start()
    const work = codes.during(new Secret(code), async () => {
      await new Promise((resolve) => {
        setTimeout(resolve, 60 * 60_000)
      })
      return 'shown'
    })
    await vi.advanceTimersByTimeAsync(59 * 60_000)
    await expect(send(code)).rejects.toThrow('live code')
    await vi.advanceTimersByTimeAsync(60_000)
    await expect(work).resolves.toBe('shown')
  })

  it('that comes back from a history is decoded: the guard looks at what is sent', async () => {
    const { codes, codec } = start()
    const payload = defaultPayloadConverter.toPayload(code)
    await codes.during(new Secret(code), async () => {
      await expect(codec.decode([payload])).resolves.toEqual([payload])
    })
  })
})
