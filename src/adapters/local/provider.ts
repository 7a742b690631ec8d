import type { Pool } from 'pg'
import type { Provider } from '../../core/ports.ts'
import { yes } from '../../core/result.ts'
import type { CodeKeys } from './code-keys.ts'
import { createLocalIssuer } from './issuer.ts'
import { createLocalReader } from './reader.ts'

/** The provider whose codes Hallpass itself issues and checks. */
export function createLocalProvider(pool: Pool, keys: CodeKeys): Provider {
  const issuer = createLocalIssuer(pool, keys)
  return {
    reader: createLocalReader(pool, keys),
    issuer: {
      async mint({ target, ...order }) {
        if (target === undefined) throw new TypeError('A code of Hallpass opens an application.')
        const issued = await issuer.issue({ ...order, ...target })
        return yes({ ...issued, requestId: issued.lease.credentialId })
      },
      extend: issuer.extend,
      revoke: (_, credentialId) => issuer.end(credentialId),
    },
  }
}
