import { z } from 'zod'
import type { Payload } from './ports.ts'

// Protobuf's JSON: bytes are base64, of either alphabet.
const bytes = z
  .string()
  .regex(/^[\w+/=-]*$/)
  .transform((text) => Buffer.from(text, 'base64'))

const payload = z.object({ metadata: z.record(z.string(), bytes).nullish(), data: bytes.nullish() })

// What is empty is left out there: Temporal's command line asks for no payloads at all now and then.
const body = z.object({ payloads: z.array(payload).default([]) })

/** The payloads of a request of Temporal's page or command line; undefined when it is none. */
export function readPayloads(text: string): readonly Payload[] | undefined {
  return body.safeParse(jsonOf(text)).data?.payloads.map(({ metadata, data }) => ({
    metadata: metadata ?? null,
    data: data ?? null,
  }))
}

/** The answer to it. */
export function writePayloads(payloads: readonly Payload[]): object {
  return {
    payloads: payloads.map(({ metadata, data }) => ({
      metadata: Object.fromEntries(
        Object.entries(metadata ?? {}).map(([name, value]) => [name, base64(value)]),
      ),
      data: base64(data ?? new Uint8Array()),
    })),
  }
}

function base64(value: Uint8Array): string {
  return Buffer.from(value).toString('base64')
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
