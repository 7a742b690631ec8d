import { inject } from 'vitest'
import { taken } from './offer.ts'

/** The real Temporal server of this run and its namespace; throws why there is none on this machine. */
export function temporalServer(): { readonly address: string; readonly namespace: string } {
  return taken(inject('temporal'))
}
