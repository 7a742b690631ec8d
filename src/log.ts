import { pino, type Logger } from 'pino'
import { currentTrail } from './telemetry/trail.ts'

/** One line of JSON an event, on standard output: ids and closed words, never bodies. Each has the id of what it belongs to. */
export function createLog(level: string): Logger {
  return pino({ level, base: null, timestamp: pino.stdTimeFunctions.isoTime, mixin })
}

function mixin(): object {
  const { correlation } = currentTrail()
  return correlation === undefined ? {} : { correlation }
}
