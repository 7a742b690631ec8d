import type { LiveCodes } from '../../core/ports.ts'
import type { Secret } from '../../core/secret.ts'
import { spellings } from './spellings.ts'

/** The guarded codes, and whether bytes that are about to leave hold one of them. */
export type GuardedCodes = LiveCodes & { found(bytes: Uint8Array): boolean }

/** What is under way when an activity ends, such as a heartbeat or a failure, may be sent later. */
const guardedAfter = 10 * 60_000

/** Guards the codes that this process handles. They stay secrets in its memory and are forgotten after ten minutes. */
export function createLiveCodes(): GuardedCodes {
  const codes = new Set<Secret>()
  return {
    async during(code, work) {
      codes.add(code)
      try {
        return await work()
      } finally {
        setTimeout(() => codes.delete(code), guardedAfter).unref()
      }
    },
    found(bytes) {
      if (codes.size === 0) return false
      const text = Buffer.from(bytes).toString('utf8')
      return [...codes].some((code) => code.reveal((value) => holds(text, value)))
    },
  }
}

function holds(text: string, code: string): boolean {
  return [...spellings(code)].some((spelling) => text.includes(spelling))
}
