import { ApplicationFailure } from '@temporalio/common'
import { LogLevel, type Logger as SlackLogger } from '@slack/bolt'
import { DefaultLogger, type Logger as TemporalLogger, type LogMetadata } from '@temporalio/worker'
import type { Logger } from 'pino'

/** Temporal's own lines, from warnings on: what is below prints what activities were given. */
export function temporalLogger(log: Logger): TemporalLogger {
  return new DefaultLogger('WARN', ({ level, message, meta }) => {
    // A look that found nothing yet fails on purpose, so that the next one comes later.
    if (isNothingYet(meta)) return
    const about = idsOf(meta)
    if (level === 'ERROR') log.error(about, message)
    else log.warn(about, message)
  })
}

function isNothingYet(meta: LogMetadata | undefined): boolean {
  const error: unknown = meta?.['error']
  return error instanceof ApplicationFailure && error.type === 'nothing-yet'
}

const idNames = ['workflowId', 'runId', 'activityType', 'attempt', 'taskQueue', 'workflowType'] as const

function idsOf(meta: LogMetadata | undefined): Record<string, unknown> {
  return Object.fromEntries(
    idNames.flatMap((name) => (meta?.[name] === undefined ? [] : [[name, meta[name]]])),
  )
}

const longestLine = 200

/** Bolt's lines, from warnings on: below, Slack's client prints what it sends, and a view may hold a code. */
export function slackLogger(log: Logger): SlackLogger {
  return {
    debug: () => undefined,
    info: () => undefined,
    warn: (message: unknown) => log.warn({ from: 'slack' }, String(message).slice(0, longestLine)),
    error: (message: unknown) => log.error({ from: 'slack' }, String(message).slice(0, longestLine)),
    setLevel: () => undefined,
    getLevel: () => LogLevel.WARN,
    setName: () => undefined,
  }
}
