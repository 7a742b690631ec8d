import { pino, type Logger } from 'pino'

/** One line of JSON an event, on standard output: ids and closed words, never bodies. */
export function createLog(level: string): Logger {
  return pino({ level, base: null, timestamp: pino.stdTimeFunctions.isoTime })
}
