import { randomBytes } from 'node:crypto'

const LIFETIME = 30_000

/** Tickets for a connection: each is good for one, within 30 s. */
export type Tickets = { readonly issue: () => string; readonly use: (ticket: string) => boolean }

/** Keeps tickets in memory. */
export const createTickets = (now: () => number): Tickets => {
  const issued = new Map<string, number>()
  return {
    issue: () => {
      const ticket = randomBytes(24).toString('hex')
      issued.set(ticket, now())
      return ticket
    },
    use: (ticket) => {
      const at = issued.get(ticket)
      issued.delete(ticket)
      return at !== undefined && now() - at <= LIFETIME
    },
  }
}
