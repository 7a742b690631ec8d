import { randomBytes } from 'node:crypto'

const LIFETIME = 3000

/** The outcome of exchanging a trigger: whose interaction it was, or the error of `views.open`. */
type Exchange = { readonly ok: true; readonly user: string } | { readonly ok: false; readonly error: string }

/** Trigger ids: each opens one view for one person, within 3 s of the interaction. */
export type Triggers = {
  readonly issue: (user: string) => string
  readonly exchange: (id: string) => Exchange
}

/** Keeps trigger ids in memory; one that was used or expired is remembered, to be refused by its right name. */
export const createTriggers = (team: string, now: () => number): Triggers => {
  const issued = new Map<string, { readonly user: string; readonly at: number; used: boolean }>()
  return {
    issue: (user) => {
      const id = `${now()}.${team.slice(1)}.${randomBytes(16).toString('hex')}`
      issued.set(id, { user, at: now(), used: false })
      return id
    },
    exchange: (id) => {
      const trigger = issued.get(id)
      if (trigger === undefined) return { ok: false, error: 'invalid_trigger_id' }
      if (trigger.used) return { ok: false, error: 'exchanged_trigger_id' }
      if (now() - trigger.at > LIFETIME) return { ok: false, error: 'expired_trigger_id' }
      trigger.used = true
      return { ok: true, user: trigger.user }
    },
  }
}
