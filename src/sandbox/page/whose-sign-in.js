import { current } from './guide-steps.js'

/**
 * Whom the sign-in page is about, unless somebody chose: whom the newest exception that is not over is about once that can
 * be used, else who has a pass that works, else whom that exception is about, else the person at the page.
 * @template {{ name: string, pass: { usable: boolean } | undefined }} User
 * @param {readonly User[]} users
 * @param {readonly Pick<import('../page-api.ts').ExceptionCard, 'subject' | 'status' | 'follow'>[]} exceptions newest first
 * @param {string | undefined} me
 * @returns {User | undefined}
 */
export function whoseSignIn(users, exceptions, me) {
  const about = current(exceptions)
  const named = (/** @type {string | undefined} */ wanted) => users.find(({ name }) => name === wanted)
  const inUse = about?.status === 'active' ? about.subject : undefined
  return (
    named(inUse) ?? users.find(({ pass }) => pass?.usable) ?? named(about?.subject) ?? named(me) ?? users[0]
  )
}
