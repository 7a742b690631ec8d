import { z } from 'zod'
import { Fault } from '../../core/fault.ts'
import type { ChainedFact } from '../../core/ledger/chained-fact.ts'
import { erased } from './erased.ts'
import { typed } from './rows.schema.ts'

/** The first of a fact's stored bytes: by which rule they were made. */
export const version = 1

const bytes = z.instanceof(Buffer)
const row = z.object({ seq: z.int(), bytes, body: bytes.nullable() })
const stored = z.object({
  fact: z.looseObject({ at: z.number(), type: z.string() }),
  detail: z.string().optional(),
})
const detailed = z.enum(Object.keys(erased) as [keyof typeof erased])

/**
 * A fact from a row with its bytes and the body of its details. Details that are gone read as erased. What stands in
 * the chain was typed when it was appended, so only its frame is checked.
 */
export function storedFact(input: unknown): Pick<ChainedFact, 'seq' | 'fact'> {
  const { seq, bytes: encoded, body } = typed(row, input)
  if (encoded[0] !== version) throw new Fault('postgres', 'nonsense', 'version')
  const { fact, detail } = typed(stored, parsed(encoded.subarray(1)))
  if (detail === undefined) return { seq, fact: fact as unknown as ChainedFact['fact'] }
  const details = body === null ? erased[typed(detailed, fact.type)] : parsed(body)
  return { seq, fact: { ...fact, details } as unknown as ChainedFact['fact'] }
}

function parsed(text: Buffer): unknown {
  try {
    return JSON.parse(text.toString('utf8'))
  } catch {
    throw new Fault('postgres', 'nonsense', 'json')
  }
}
