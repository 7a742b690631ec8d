import type { PersonId } from '../../core/ids.ts'
import type { ProviderReader } from '../../core/ports.ts'
import type { Graph } from './graph.ts'
import { readMethod } from './method.schema.ts'
import { objectId } from './object-id.ts'
import { passPath, passesPath } from './pass-path.ts'
import { readCredential, readTerms } from './pass.schema.ts'

const policyPath =
  '/policies/authenticationMethodsPolicy/authenticationMethodConfigurations/temporaryAccessPass'

/** What can be read about Temporary Access Passes and sign-in methods, without the right to issue. */
export function createEntraReader(graph: Graph): ProviderReader {
  return {
    async terms() {
      return graph.read(policyPath, readTerms)
    },
    async credentials(subject) {
      return graph.list(passesPath(subject), readCredential)
    },
    async credential(subject, credentialId) {
      return graph.find(passPath(subject, credentialId), readCredential)
    },
    async methods(subject) {
      const listed = await graph.list(methodsPath(subject), readMethod)
      return listed.filter((method) => method !== 'ignored')
    },
  }
}

function methodsPath(subject: PersonId): string {
  return `/users/${objectId(subject)}/authentication/methods`
}
