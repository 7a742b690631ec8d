import type { Envelope } from './statement.ts'

/**
 * Whether a message has the outline of an envelope, so that a rule can read it without failing. Its contents are believed
 * only after its signature was verified.
 */
export function isEnvelope(message: unknown): message is Envelope {
  return (
    isObject(message) &&
    typeof message['keyId'] === 'string' &&
    typeof message['signature'] === 'string' &&
    isObject(message['statement']) &&
    typeof message['statement']['kind'] === 'string' &&
    typeof message['statement']['exceptionId'] === 'string' &&
    isObject(message['statement']['body']) &&
    isObject(message['statement']['actor']) &&
    typeof message['statement']['actor']['person'] === 'string'
  )
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null
}
