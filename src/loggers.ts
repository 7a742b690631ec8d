import { LogLevel, type Logger as SlackLogger } from '@slack/bolt'
import { DefaultLogger, type Logger as TemporalLogger, type LogMetadata } from '@temporalio/worker'
import type { Logger } from 'pino'

/** Temporal's own lines, from warnings on: what is below prints what activities were given. */
export function temporalLogger(log: Logger): TemporalLogger {
  return new DefaultLogger('WARN', ({ level, message, meta }) => {
    const about = { ...idsOf(meta) }
    if (level === 'ERROR') log.error(about, message)
    else log.warn(about, message)
  })
}

const idNames = ['workflowId', 'runId', 'activityType', 'attempt', 'taskQueue', 'workflowType'] as const

function idsOf(meta: LogMetadata | undefined): Record<string, unknown> {
  return Object.fromEntries(
    idNames.flatMap((name) => (meta?.[name] === undefined ? [] : [[name, meta[name]]])),
  )
}

/** Bolt's lines, from warnings on: below, Slack's client prints what it sends, and a view may hold a code. */
export function slackLogger(log: Logger): SlackLogger {
  const first = (...messages: readonly unknown[]): string => String(messages[0]).slice(0, 200)
  return {
    debug: () => undefined,
    info: () => undefined,
    warn: (...messages) => log.warn({ from: 'slack' }, first(...messages)),
    error: (...messages) => log.error({ from: 'slack' }, first(...messages)),
    setLevel: () => undefined,
    getLevel: () => LogLevel.WARN,
    setName: () => undefined,
  }
}
