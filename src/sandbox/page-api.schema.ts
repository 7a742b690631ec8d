import { z } from 'zod'
import type {
  ActionInput,
  CloseInput,
  CommandInput,
  PassTimeInput,
  RegisterInput,
  ReportInput,
  SignInInput,
  SubmitInput,
  VpnInput,
} from './page-api.ts'

const id = z.string().min(1).max(255)
const elementState = z.record(z.string(), z.unknown())

/** What the composer sends. Slack itself takes at most 4,000 characters as a message's text. */
export const commandInput: z.ZodType<CommandInput> = z.strictObject({
  conversation: id,
  text: z.string().max(4000),
})

/** A press on a button or a choice in a select. */
export const actionInput: z.ZodType<ActionInput> = z.strictObject({
  in: z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('message'), conversation: id, ts: id }),
    z.strictObject({ kind: z.literal('view'), id }),
  ]),
  blockId: id,
  actionId: id,
  state: elementState.exactOptional(),
})

/** The submit button of a modal, with the values of its inputs. */
export const submitInput: z.ZodType<SubmitInput> = z.strictObject({
  view: id,
  values: z.record(id, z.record(id, elementState)),
})

/** The close button of a modal. */
export const closeInput: z.ZodType<CloseInput> = z.strictObject({ view: id })

/** The page was opened anew. */
export const reloadInput = z.strictObject({})

/** A code typed on the sign-in page. */
export const signInInput: z.ZodType<SignInInput> = z.strictObject({ user: id, code: z.string().max(64) })

/** A sign-in method that a person adds. */
export const registerInput: z.ZodType<RegisterInput> = z.strictObject({
  user: id,
  method: z.enum(['passkey', 'authenticator', 'phone']),
})

/** Somebody's report of a sign-in that they did not start. */
export const reportInput: z.ZodType<ReportInput> = z.strictObject({ user: id })

/** Minutes by which the directory's clock moves on: up to ten days at once. */
export const passTimeInput: z.ZodType<PassTimeInput> = z.strictObject({
  minutes: z.int().min(1).max(14_400),
})

const typed = z.string().regex(/^\P{Cc}*$/u, 'holds control characters')

/** A code typed at the VPN; RADIUS takes at most 253 bytes of a name and 128 of a password. */
export const vpnInput: z.ZodType<VpnInput> = z.strictObject({
  userName: typed.min(1).max(63),
  code: typed.max(32),
})
