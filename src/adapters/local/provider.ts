import type { Pool } from 'pg'
import type { Provider } from '../../core/ports.ts'
import { isApplication } from '../../core/local/target.ts'
import { yes } from '../../core/result.ts'
import type { CodeKeys } from './code-keys.ts'
import { createLocalIssuer } from './issuer.ts'
import { createLocalReader } from './reader.ts'

/**
 * The provider whose codes Hallpass itself issues and checks, and the one of drills, whose codes open nothing. Neither
 * knows of the other's: a drill is never in the way of an exception.
 */
export function createLocalProviders(
  pool: Pool,
  keys: CodeKeys,
): { readonly local: Provider; readonly drill: Provider } {
  return {
    local: createProvider(pool, keys, isApplication),
    drill: createProvider(pool, keys, (name) => !isApplication(name)),
  }
}

function createProvider(pool: Pool, keys: CodeKeys, isOwn: (application: string) => boolean): Provider {
  const issuer = createLocalIssuer(pool, keys)
  return {
    reader: createLocalReader(pool, keys, isOwn),
    issuer: {
      async mint({ target, ...order }) {
        if (target === undefined || !isOwn(target.application))
          throw new TypeError('A code of Hallpass opens an application.')
        const issued = await issuer.issue({ ...order, ...target })
        return yes({ ...issued, requestId: issued.lease.credentialId })
      },
      extend: issuer.extend,
      revoke: (_, credentialId) => issuer.end(credentialId),
    },
  }
}
