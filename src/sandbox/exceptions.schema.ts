import { z } from 'zod'
import type { Fact } from '../core/exception/fact.ts'
import type { KnownState } from '../core/exception/state.ts'
import type { FollowUpFact } from '../core/follow-up/fact.ts'
import type { RevocationFact } from '../core/revocation/fact.ts'

/** The product writes its own states; of one the page only needs that it is about somebody. */
const told = z.looseObject({ status: z.string(), request: z.looseObject({ subjectName: z.string() }) })

/** A row of the product's projection, as far as the page shows it. */
const viewRow = z.object({
  exception_id: z.string(),
  display_id: z.string(),
  follow_up_status: z.enum(['open', 'closed']).nullable(),
  state: z.custom<KnownState>((value) => told.safeParse(value).success),
})

export type ViewRow = z.infer<typeof viewRow>

/** Reads rows of the projection. Throws when the product's tables are not as this page knows them. */
export function readViews(rows: readonly unknown[]): readonly ViewRow[] {
  return z.array(viewRow).parse(rows)
}

const factRow = z.object({
  chain: z.string(),
  bytes: z.instanceof(Buffer),
  body: z.instanceof(Buffer).nullable(),
})

/** The product writes and checks its own facts; the page only puts them into sentences. */
const stored = z.looseObject({ fact: z.looseObject({ type: z.string(), at: z.number() }) })

export type TimelineFact = {
  readonly chain: string
  readonly fact: Fact | FollowUpFact | RevocationFact
}

/** Reads facts with their details, for the sentences of the timeline. A version byte comes before the text. */
export function readFacts(rows: readonly unknown[]): readonly TimelineFact[] {
  return z
    .array(factRow)
    .parse(rows)
    .map(({ chain, bytes, body }) => {
      const { fact } = stored.parse(JSON.parse(bytes.subarray(1).toString('utf8')))
      const details: unknown = body === null ? undefined : JSON.parse(body.toString('utf8'))
      return {
        chain,
        fact: { ...fact, ...(details === undefined ? {} : { details }) } as unknown as TimelineFact['fact'],
      }
    })
}
