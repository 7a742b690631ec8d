/**
 * Whom the sign-in page is about, unless somebody chose: who has a pass that works, else whom the newest exception is
 * about, else the person at the page.
 * @template {{ name: string, pass: { usable: boolean } | undefined }} User
 * @param {readonly User[]} users
 * @param {readonly Pick<import('../page-api.ts').ExceptionCard, 'subject'>[]} exceptions newest first
 * @param {string | undefined} me
 * @returns {User | undefined}
 */
export function whoseSignIn(users, [newest], me) {
  const named = (/** @type {string | undefined} */ wanted) => users.find(({ name }) => name === wanted)
  return users.find(({ pass }) => pass?.usable) ?? named(newest?.subject) ?? named(me) ?? users[0]
}
