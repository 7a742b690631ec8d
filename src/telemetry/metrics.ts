import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client'
import type { Contacts } from './contacts.ts'
import type { Outcome, Service } from './outgoing.ts'

/** What this program is. `policy`: the beginning of its hash. */
type About = { readonly version: string; readonly parts: string; readonly policy: string }

/** What this process counts itself. Labels come from closed sets: no ids, no names. */
export type Metrics = {
  readonly about: (about: About) => void
  /** Slack got its answer: within three seconds, or people read an error. */
  readonly acknowledged: (what: string, seconds: number) => void
  /** Somebody was answered, whatever the answer. */
  readonly answered: (what: string, seconds: number) => void
  readonly called: (service: Service, outcome: Outcome, seconds: number) => void
  /** The text that Prometheus reads. */
  readonly text: () => Promise<string>
}

const quick = [0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2, 3, 5]
const patient = [0.05, 0.1, 0.25, 0.5, 1, 2, 3, 5, 10, 30, 60]

/** The metrics of one process, in a registry of its own. */
export function createMetrics(contacts: Contacts): Metrics {
  const register = new Registry()
  collectDefaultMetrics({ register })
  const registers = [register]
  const about = new Gauge({
    name: 'hallpass_info',
    help: 'What runs here; always 1.',
    labelNames: ['version', 'parts', 'policy'],
    registers,
  })
  const acknowledged = new Histogram({
    name: 'hallpass_slack_acknowledgement_seconds',
    help: "From Slack's request until it was acknowledged; Slack waits three seconds.",
    labelNames: ['what'],
    buckets: quick,
    registers,
  })
  const answered = new Histogram({
    name: 'hallpass_slack_answer_seconds',
    help: 'From what somebody did in Slack until they had their last answer.',
    labelNames: ['what'],
    buckets: patient,
    registers,
  })
  const { requests, duration } = callMetrics(registers)
  contactMetric(registers, contacts)
  return {
    about: (of) => about.set(of, 1),
    acknowledged: (what, seconds) => acknowledged.observe({ what }, seconds),
    answered: (what, seconds) => answered.observe({ what }, seconds),
    called(service, outcome, seconds) {
      requests.inc({ service, outcome })
      duration.observe({ service }, seconds)
    },
    text: () => register.metrics(),
  }
}

function callMetrics(registers: Registry[]) {
  const requests = new Counter({
    name: 'hallpass_outgoing_requests_total',
    help: 'Requests to Microsoft Graph, to its token endpoint and to Slack, by what came of them.',
    labelNames: ['service', 'outcome'],
    registers,
  })
  const duration = new Histogram({
    name: 'hallpass_outgoing_request_seconds',
    help: 'How long they took to be answered.',
    labelNames: ['service'],
    buckets: patient,
    registers,
  })
  return { requests, duration }
}

function contactMetric(registers: Registry[], contacts: Contacts): void {
  const gauge = new Gauge({
    name: 'hallpass_last_contact_timestamp_seconds',
    help: 'When each part last answered this process.',
    labelNames: ['part'],
    registers,
    collect() {
      for (const [part, at] of contacts.all()) gauge.set({ part }, at / 1000)
    },
  })
}
