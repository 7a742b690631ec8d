import type { ProviderReader } from '../../core/ports.ts'
import type { Graph } from './graph.ts'
import { passPath, passPolicyPath, passesPath } from './pass-path.ts'
import { readCredential, readTerms } from './pass.schema.ts'

/** What can be read about Temporary Access Passes, without the right to issue. */
export function createEntraReader(graph: Graph): ProviderReader {
  return {
    async terms() {
      return graph.read(passPolicyPath, readTerms)
    },
    async credentials(subject) {
      return graph.list(passesPath(subject), readCredential)
    },
    async credential(subject, credentialId) {
      return graph.find(passPath(subject, credentialId), readCredential)
    },
  }
}
