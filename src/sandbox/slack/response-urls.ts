import { randomBytes } from 'node:crypto'

const LIFETIME = 30 * 60 * 1000
const USES = 5

/** What a response URL stands for: a person in a conversation, and the message acted on if there was one. */
export type ResponseTarget = {
  readonly user: string
  readonly place: string
  readonly original?: { readonly ts: string; readonly ephemeral: boolean }
}

/** The outcome of a use: the target, or the error that Slack answers with 404. */
type Use =
  { readonly ok: true; readonly target: ResponseTarget } | { readonly ok: false; readonly error: string }

/** Response URLs: five uses within 30 minutes each. */
export type ResponseUrls = {
  readonly issue: (kind: 'commands' | 'actions', target: ResponseTarget) => string
  readonly use: (path: string) => Use
}

/** Keeps response URLs in memory. */
export const createResponseUrls = (team: string, origin: string, now: () => number): ResponseUrls => {
  const issued = new Map<string, { readonly target: ResponseTarget; readonly at: number; uses: number }>()
  return {
    issue: (kind, target) => {
      const path = `/${kind}/${team}/${randomBytes(18).toString('hex')}`
      issued.set(path, { target, at: now(), uses: 0 })
      return `${origin}${path}`
    },
    use: (path) => {
      const entry = issued.get(path)
      if (entry === undefined) return { ok: false, error: 'no_service' }
      if (now() - entry.at > LIFETIME) return { ok: false, error: 'expired_url' }
      if (entry.uses >= USES) return { ok: false, error: 'used_url' }
      entry.uses += 1
      return { ok: true, target: entry.target }
    },
  }
}
