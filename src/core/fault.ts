/** What was called. */
export type Service = 'graph' | 'slack' | 'postgres'

/** What went wrong there. `refused` and `missing` stay so until a person mends something; the rest may pass. */
export type FaultCode = 'throttled' | 'unavailable' | 'refused' | 'missing' | 'nonsense' | 'conflict'

/**
 * A call to another system that failed. Its message is built from closed words only: never from an answer's body,
 * which may hold what must not rest. `retryAfter` in seconds, where the service named one.
 */
export class Fault extends Error {
  readonly service: Service
  readonly code: FaultCode
  readonly status: string
  readonly retryAfter: number | undefined

  /** `status` is an HTTP status, a Slack error code or an SQLSTATE. */
  constructor(service: Service, code: FaultCode, status: string, retryAfter?: number) {
    super(`${service}: ${code} (${status})`)
    this.name = 'Fault'
    this.service = service
    this.code = code
    this.status = status
    this.retryAfter = retryAfter
  }

  /** Whether trying again can help without anybody mending anything. */
  get passing(): boolean {
    return this.code === 'throttled' || this.code === 'unavailable' || this.code === 'nonsense'
  }
}
