import { z } from 'zod'
import { Secret } from '../core/secret.ts'

/** Who wants to sign in, and what they typed as the second factor. */
export type Asked = { readonly userName: string; readonly typed: Secret }

// PostgreSQL has no text with a NUL in it, so that nothing was ever issued for such a name.
const name = z
  .string()
  .min(1)
  .max(256)
  .regex(/^[^\0]*$/)
const typed = z.string().max(256)

/** An attribute as FreeRADIUS's `rlm_rest` encodes it: an object whose `value` is a list. */
const attribute = <Value extends z.ZodType>(value: Value) => z.object({ value: z.tuple([value]) })

const radius = z
  .object({ 'User-Name': attribute(name.transform(lettersOf)), 'User-Password': attribute(typed) })
  .transform((body): Asked => {
    return { userName: body['User-Name'].value[0], typed: new Secret(body['User-Password'].value[0]) }
  })

/** FreeRADIUS 3.2 writes each byte of UTF-8 beyond ASCII as if it were a letter (`\u00c3\u00a4` for `ä`). */
function lettersOf(written: string): string {
  const bytes = Buffer.from(written, 'latin1')
  const letters = bytes.toString('utf8')
  const isBytes = bytes.toString('latin1') === written && Buffer.from(letters, 'utf8').equals(bytes)
  return isBytes ? letters : written
}

/** LemonLDAP::NG's REST second factor: `user` and `code`. */
const portal = z
  .object({ user: name, code: typed })
  .transform(({ user, code }): Asked => ({ userName: user, typed: new Secret(code) }))

const text = z.string().transform((body, check): unknown => {
  try {
    return JSON.parse(body)
  } catch {
    check.addIssue({ code: 'custom', message: 'not JSON' })
    return z.NEVER
  }
})

/** Reads FreeRADIUS's question; undefined when it is none, whatever is wrong with it. */
export function readRadius(body: string): Asked | undefined {
  return text.pipe(radius).safeParse(body).data
}

/** Reads LemonLDAP::NG's question, likewise. */
export function readPortal(body: string): Asked | undefined {
  return text.pipe(portal).safeParse(body).data
}
