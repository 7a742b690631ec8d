import type { PersonId } from '../../core/ids.ts'
import type { SignIns } from '../../core/ports.ts'
import { faultOf, succeeded } from './exchange.ts'
import type { Graph } from './graph.ts'
import { readMethod } from './method.schema.ts'
import { objectId } from './object-id.ts'

/** A person's sign-in methods and sessions in Entra. `responding` may end sessions, where that is an application of its own. */
export function createSignIns(graph: Graph, responding: Graph = graph): SignIns {
  return {
    async methods(subject) {
      const listed = await graph.list(methodsPath(subject), readMethod)
      return listed.filter((method) => method !== 'ignored')
    },
    async revokeSessions(subject) {
      const path = `/users/${objectId(subject)}/revokeSignInSessions`
      const answer = await responding.send({ method: 'POST', path })
      if (!succeeded(answer)) throw faultOf(answer)
    },
  }
}

function methodsPath(subject: PersonId): string {
  return `/users/${objectId(subject)}/authentication/methods`
}
