import type { CaseStatement } from '../fraud/statement.ts'
import type { AnyStatement, Envelope } from './statement.ts'

/**
 * Whether a message has the outline of an envelope about an exception, so that a rule can read it without failing. Its
 * contents are believed only after its signature was verified.
 */
export function isEnvelope(message: unknown): message is Envelope {
  return isOutlined(message) && 'exceptionId' in message.statement && isText(message.statement.exceptionId)
}

/** The same of an envelope about a case. */
export function isCaseEnvelope(message: unknown): message is Envelope<CaseStatement> {
  return isOutlined(message) && 'caseId' in message.statement && isText(message.statement.caseId)
}

function isOutlined(message: unknown): message is Envelope<AnyStatement> {
  return (
    isObject(message) &&
    isText(message['keyId']) &&
    isText(message['signature']) &&
    isObject(message['statement']) &&
    isText(message['statement']['kind']) &&
    isObject(message['statement']['body']) &&
    isObject(message['statement']['actor']) &&
    isText(message['statement']['actor']['person'])
  )
}

function isText(value: unknown): value is string {
  return typeof value === 'string'
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null
}
