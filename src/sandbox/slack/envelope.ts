import { randomUUID } from 'node:crypto'

/** What the app gets over a connection; the app acknowledges it by its id. */
export type Envelope = {
  readonly envelope_id: string
  readonly type: 'slash_commands' | 'interactive'
  readonly payload: unknown
  readonly accepts_response_payload: boolean
}

type Form = Readonly<Record<string, string>>

/** The envelope of what would be a form over HTTP. Only commands and submissions take an answer beside the acknowledgement. */
export const envelopeOf = (form: Form, id: string = randomUUID()): Envelope => {
  const { payload: json } = form
  if (json === undefined) {
    return { envelope_id: id, type: 'slash_commands', payload: form, accepts_response_payload: true }
  }
  const payload: unknown = JSON.parse(json)
  const isSubmission =
    typeof payload === 'object' && payload !== null && 'type' in payload && payload.type === 'view_submission'
  return { envelope_id: id, type: 'interactive', payload, accepts_response_payload: isSubmission }
}
