import { describe, expect, it } from 'vitest'
import { steps, stepsDone } from '../../../src/sandbox/page/guide-steps.js'
import { whoseSignIn } from '../../../src/sandbox/page/whose-sign-in.js'

const user = (name: string, usable?: boolean) => ({
  name,
  pass: usable === undefined ? undefined : { usable },
})

describe('what to try next', () => {
  it.each([
    ['requested', 1],
    ['waiting', 1],
    ['approved', 2],
    ['active', 3],
    ['used, follow-up open', 4],
    ['expired, follow-up open', 4],
    ['used', steps.length],
    ['denied', steps.length],
  ])('after %s there are %i steps behind', (status, done) => {
    expect(stepsDone([{ status }, { status: 'waiting' }])).toBe(done)
  })

  it('begins with the first step where nothing was asked for yet', () => {
    expect(stepsDone([])).toBe(0)
  })
})

describe('the sign-in page is about', () => {
  const users = [user('Hanna Weiss'), user('Olga Novak', false), user('Dana Cruz'), user('Ava Chen', true)]

  it.each([
    ['whoever has a pass that works', users, [{ subject: 'Dana Cruz' }], 'Ava Chen'],
    ['else whom the newest exception is about', users.slice(0, 3), [{ subject: 'Dana Cruz' }], 'Dana Cruz'],
    ['else the person at the page', users.slice(0, 3), [], 'Olga Novak'],
    ['else the first', users.slice(2, 3), [{ subject: 'Nobody' }], 'Dana Cruz'],
  ])('%s', (_, all, exceptions, name) => {
    expect(whoseSignIn(all, exceptions, 'Olga Novak')?.name).toBe(name)
  })
})
