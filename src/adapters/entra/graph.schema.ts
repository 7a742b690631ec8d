import { z } from 'zod'

const page = z.object({ value: z.array(z.unknown()), '@odata.nextLink': z.string().optional() })

/** One page of a listing, and where the next one is. */
export type Page = { readonly items: readonly unknown[]; readonly next: string | undefined }

/** A page of any listing; its items are still unread. */
export function readPage(body: unknown): Page | undefined {
  const found = page.safeParse(body).data
  return found && { items: found.value, next: found['@odata.nextLink'] }
}

const token = z.object({
  token_type: z.string().regex(/^bearer$/i),
  access_token: z.string().min(1),
  expires_in: z.number().positive(),
})

/** What the token endpoint grants; the life in seconds. */
export function readToken(body: unknown): { readonly token: string; readonly life: number } | undefined {
  const found = token.safeParse(body).data
  return found && { token: found.access_token, life: found.expires_in }
}

const failure = z.object({ error: z.object({ message: z.string() }) })

/** The sentence of an OData error, for comparing with known ones only: it must not be kept or shown. */
export function readFailure(body: unknown): string | undefined {
  return failure.safeParse(body).data?.error.message
}
