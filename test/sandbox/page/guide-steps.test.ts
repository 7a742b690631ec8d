import { describe, expect, it } from 'vitest'
import { nextToTry } from '../../../src/sandbox/page/guide-steps.js'
import { whoseSignIn } from '../../../src/sandbox/page/whose-sign-in.js'

const user = (name: string, usable?: boolean) => ({
  name,
  pass: usable === undefined ? undefined : { usable },
})

const told = (status: string, follow: 'none' | 'ahead' | 'open' | 'closed' = 'none') => ({ status, follow })

describe('what to try next', () => {
  it.each([
    [told('requested'), 1],
    [told('waiting'), 1],
    [told('approved'), 2],
    [told('active'), 3],
    [told('used', 'ahead'), 4],
    [told('used', 'open'), 4],
    [told('revoked', 'open'), 4],
  ])('after %o there are %i steps behind', (newest, done) => {
    expect(nextToTry([newest, told('waiting')])).toEqual({ done })
  })

  it('begins with the first step where nothing was asked for yet', () => {
    expect(nextToTry([])).toEqual({ done: 0 })
  })

  it('is whole only when the follow-up is closed', () => {
    const { done, says } = nextToTry([told('used', 'closed')])
    expect(done).toBeUndefined()
    expect(says).toContain('one whole exception')
  })

  it('one that came to nothing is called over, and the first step is next', () => {
    const { done, says } = nextToTry([told('denied')])
    expect(done).toBe(0)
    expect(says).toContain('(*denied*)')
  })

  it('one that came to nothing beside one that goes on: that is what there is to try', () => {
    expect(nextToTry([told('extended'), told('active')])).toEqual({ done: 3 })
    expect(nextToTry([told('extended'), told('used', 'open')])).toEqual({ done: 4 })
    expect(nextToTry([told('denied'), told('used', 'closed'), told('approved')])).toEqual({ done: 2 })
  })

  it('who has seen a whole one is not sent back to the first step', () => {
    const { done, says } = nextToTry([told('refused'), told('used', 'closed')])
    expect(done).toBeUndefined()
    expect(says).toMatch(/refused.*Ask again/)
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
