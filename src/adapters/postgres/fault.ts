import { Fault, type FaultCode } from '../../core/fault.ts'

/**
 * A failure of the driver as a Fault: its SQLSTATE or the system's error code and nothing else. The driver's own
 * message and detail hold values of rows, so neither is kept, nor the error as a cause.
 */
export function postgresFault(error: unknown): Fault {
  if (error instanceof Fault) return error
  const code = codeOf(error)
  if (code === undefined) return new Fault('postgres', 'unavailable', 'connection')
  return new Fault('postgres', faultCode(code), code)
}

function codeOf(error: unknown): string | undefined {
  if (typeof error !== 'object' || error === null || !('code' in error)) return undefined
  return typeof error.code === 'string' && /^\w{1,40}$/.test(error.code) ? error.code : undefined
}

// SQLSTATE classes: PostgreSQL's documentation, appendix A. 25006 is a standby or a read-only database.
const passing = /^(?:08|40|53|57|58)|^55P03$|^25006$|^E[A-Z_]+$/

function faultCode(code: string): FaultCode {
  if (passing.test(code)) return 'unavailable'
  if (code === '23505') return 'conflict'
  if (code === '3D000' || code === '42P01') return 'missing'
  return 'refused'
}
