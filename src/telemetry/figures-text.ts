import { approvalBounds, type Figures } from '../adapters/postgres/figures.ts'
import type { State } from '../core/exception/state.ts'
import { allKinds } from '../core/kinds.ts'
import { exposition, gauge, histogram, type Figure, type Sample } from './exposition.ts'

/** In which an exception is open. Each has its number, also where that is none: an alert needs something to compare. */
const openStatuses: readonly State['status'][] = ['requested', 'waiting', 'approved', 'active', 'ending']

/** What the records say, as Prometheus reads it. Each process that asks says the same: take the maximum. */
export function figuresText(figures: Figures): string {
  return exposition([
    ...standing('read'),
    ...ofExceptions(figures),
    ...ofPeople(figures),
    ...ofCases(figures),
    ...ofChecks(figures),
  ])
}

/** What is left to say when PostgreSQL does not answer, or not in time. */
export function withoutFigures(why: 'away' | 'slow'): string {
  return exposition(standing(why))
}

function standing(is: 'read' | 'away' | 'slow'): readonly Figure[] {
  return [
    gauge('hallpass_postgres_up', 'Whether PostgreSQL answered this scrape.', is === 'away' ? 0 : 1),
    gauge(
      'hallpass_records_read',
      'Whether the figures of the records could be read in time; without them they are missing.',
      is === 'read' ? 1 : 0,
    ),
  ]
}

function ofExceptions({ exceptions, approvals, overdue }: Figures): readonly Figure[] {
  const ended = exceptions.filter(({ status }) => status === 'ended')
  return [
    {
      name: 'hallpass_requests_total',
      help: 'Requests that came to an end, by kind and outcome.',
      type: 'counter',
      samples: ended.map(({ kind, outcome, count }) => ({
        labels: { kind, outcome: outcome ?? 'unknown' },
        value: count,
      })),
    },
    {
      name: 'hallpass_exceptions_open',
      help: 'Exceptions that are not over, by kind and status.',
      type: 'gauge',
      samples: byStatus(exceptions),
    },
    {
      name: 'hallpass_exceptions_overdue',
      help: 'Of those, which should have gone on by their own clock ten minutes ago or more.',
      type: 'gauge',
      samples: byStatus(overdue),
    },
    {
      name: 'hallpass_time_to_approval_seconds',
      help: 'From the request to the last approval that was needed.',
      type: 'histogram',
      samples: allKinds.flatMap((kind) => approvalTimes(kind, approvals)),
    },
  ]
}

function approvalTimes(kind: string, approvals: Figures['approvals']): readonly Sample[] {
  const own = approvals.filter((row) => row.kind === kind)
  const counts = [...approvalBounds.keys(), approvalBounds.length].map(
    (index) => own.find(({ bucket }) => bucket === index)?.count ?? 0,
  )
  const sum = own.reduce((total, { seconds }) => total + seconds, 0)
  return histogram(approvalBounds, { counts, sum, labels: { kind } })
}

function ofPeople({ followUps }: Figures): readonly Figure[] {
  return [
    gauge('hallpass_follow_ups_open', 'People who are still asked for a new sign-in method.', followUps.open),
    gauge(
      'hallpass_follow_ups_overdue',
      'Of those, for whom the last reminder was due a day ago or more.',
      followUps.overdue,
    ),
    {
      name: 'hallpass_reminders_total',
      help: 'Reminders and questions that people got in follow-ups.',
      type: 'counter',
      samples: [{ value: followUps.reminders }],
    },
  ]
}

function ofCases({ cases, outbox }: Figures): readonly Figure[] {
  return [
    {
      name: 'hallpass_fraud_cases_open',
      help: 'Cases of fraud that are open, by whether somebody has taken them.',
      type: 'gauge',
      samples: [
        { labels: { taken: 'no' }, value: cases.untaken },
        { labels: { taken: 'yes' }, value: cases.taken },
      ],
    },
    gauge(
      'hallpass_fraud_case_untaken_seconds',
      'How long the oldest case that nobody has taken waits.',
      cases.waiting_seconds,
    ),
    {
      name: 'hallpass_fraud_cases_total',
      help: 'Cases of fraud that were ever opened.',
      type: 'counter',
      samples: [{ value: cases.reported }],
    },
    gauge(
      'hallpass_revocations_waiting',
      'Signed revocations and reports in PostgreSQL that are not carried out, or not closed, yet.',
      outbox.revocations,
    ),
    gauge(
      'hallpass_revocations_oldest_seconds',
      'How long the oldest of them waits; the worker needs seconds.',
      outbox.oldest_seconds,
    ),
    gauge('hallpass_fraud_signals_waiting', 'Signals of fraud that opened no case yet.', outbox.signals),
  ]
}

function ofChecks({ checks }: Figures): readonly Figure[] {
  return [
    {
      name: 'hallpass_checks_total',
      help: 'Questions that the check answered, by whether somebody was let in.',
      type: 'counter',
      samples: [
        { labels: { result: 'let-in' }, value: checks.let_in },
        { labels: { result: 'refused' }, value: checks.refused },
      ],
    },
  ]
}

function byStatus(rows: Figures['overdue']): readonly Sample[] {
  return allKinds.flatMap((kind) =>
    openStatuses.map((status) => ({
      labels: { kind, status },
      value: rows.find((row) => row.kind === kind && row.status === status)?.count ?? 0,
    })),
  )
}
