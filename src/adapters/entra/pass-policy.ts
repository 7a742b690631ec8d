import type { PassPolicy } from '../../core/system/report.ts'
import type { Graph } from './graph.ts'
import { passPolicyPath } from './pass-path.ts'
import { readPassPolicy } from './pass.schema.ts'

/** The tenant's policy for passes as its administrators see it. */
export function createPassPolicy(graph: Graph): { readonly read: () => Promise<PassPolicy> } {
  return { read: async () => graph.read(passPolicyPath, readPassPolicy) }
}
