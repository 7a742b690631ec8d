import type { PersonId } from '../core/ids.ts'
import type { Ports } from './ports.ts'

/** What became of a credential; undefined while it can still be used. */
export type Seen = 'used' | 'gone' | 'over' | undefined

/** One look at a credential. Rejects when the provider does not answer. */
export async function look(ports: Ports, subject: PersonId, credentialId: string): Promise<Seen> {
  const credential = await ports.reader.credential(subject, credentialId)
  switch (credential?.state) {
    case undefined:
      return 'gone'
    case 'used':
      return 'used'
    case 'expired':
    case 'unusable':
      return 'over'
    case 'usable':
    case 'not-yet':
      return undefined
  }
}
