import type { Answer } from '../page-api.ts'
import type { Delivery } from './delivery.ts'

/** Hands an interaction to the app: the kind of payload, and its form. */
export type Send = (kind: string, form: Readonly<Record<string, string>>) => Promise<Delivery>

/** Sends a payload the way interactions go: as JSON in one field of a form. */
export const sendPayload = (send: Send, payload: { readonly type: string }): Promise<Delivery> =>
  send(payload.type, { payload: JSON.stringify(payload) })

/** A refusal, in the words that the person reads. */
export const refused = (notice: string): Answer => ({ ok: false, notice })
