import { Fault } from '../../core/fault.ts'
import type { RiskSignal, RiskSignals } from '../../core/fraud/ports.ts'
import { no, yes } from '../../core/result.ts'
import type { Graph } from './graph.ts'
import { readRiskSignal, reportedByUser, signalProperties } from './risk-signal.schema.ts'

/** What users reported to Entra ID Protection. */
export function createRiskSignals(graph: Graph): RiskSignals {
  return {
    async since(at) {
      try {
        return yes(await reports(graph, at))
      } catch (error) {
        // Graph says no with 403 for want of the permission and of the licence alike.
        if (error instanceof Fault && error.status === '403') return no('forbidden')
        throw error
      }
    },
  }
}

async function reports(graph: Graph, since: number): Promise<readonly RiskSignal[]> {
  const from = new Date(since).toISOString()
  const filter = encodeURIComponent(`riskEventType eq '${reportedByUser}' and detectedDateTime ge ${from}`)
  // 500 is the largest page; the answer's order is not documented.
  const path = `/identityProtection/riskDetections?$filter=${filter}&$select=${signalProperties}&$top=500`
  const found = await graph.list(path, readRiskSignal)
  return found
    .filter((signal) => signal !== 'other')
    .toSorted((one, other) => one.at - other.at || (one.id < other.id ? -1 : 1))
}
