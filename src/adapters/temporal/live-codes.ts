import type { LiveCodes } from '../../core/ports.ts'
import { Secret } from '../../core/secret.ts'
import { spellings } from './spellings.ts'

/** The guarded codes, and whether bytes that are about to leave hold one of them. */
export type GuardedCodes = LiveCodes & { found(bytes: Uint8Array): boolean }

/** What is under way when an activity ends, such as a heartbeat or a failure, may be sent later. */
const guardedAfter = 10 * 60_000

/**
 * Guards the codes that this process handles. They stay secrets in its memory and are forgotten after ten minutes. How a
 * code can be spelled is found out once: every payload of the process is searched for every one of them.
 */
export function createLiveCodes(): GuardedCodes {
  const codes = new Set<readonly Secret[]>()
  return {
    async during(code, work) {
      const spelled = code.reveal((value) => Array.from(spellings(value), (spelling) => new Secret(spelling)))
      codes.add(spelled)
      try {
        return await work()
      } finally {
        setTimeout(() => codes.delete(spelled), guardedAfter).unref()
      }
    },
    found(bytes) {
      if (codes.size === 0) return false
      const text = Buffer.from(bytes).toString('utf8')
      const isIn = (spelling: Secret): boolean => spelling.reveal((value) => text.includes(value))
      return [...codes].some((spelled) => spelled.some(isIn))
    },
  }
}
