import { describe, expect, it } from 'vitest'
import { nextToTry, stepsOf } from '../../../src/sandbox/page/guide-steps.js'
import { whoseSignIn } from '../../../src/sandbox/page/whose-sign-in.js'

const user = (name: string, usable?: boolean) => ({
  name,
  pass: usable === undefined ? undefined : { usable },
})

const told = (status: string, follow: 'none' | 'ahead' | 'open' | 'closed' = 'none') =>
  ({
    kind: 'tap',
    status,
    label: `so-called ${status}`,
    follow,
    phoneComesBack: false,
    subject: 'Dana Cruz',
  }) as const

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
    expect(nextToTry([newest, told('waiting')])).toEqual({ done, about: newest })
  })

  it('begins with the first step where nothing was asked for yet', () => {
    expect(nextToTry([])).toEqual({ done: 0 })
  })

  it('is whole only when the follow-up is closed', () => {
    const { done, says } = nextToTry([told('used', 'closed')])
    expect(done).toBeUndefined()
    expect(says).toContain('one whole exception')
  })

  it('one that came to nothing is called over, in the words that people read, and the first step is next', () => {
    const { done, says } = nextToTry([told('never-claimed')])
    expect(done).toBe(0)
    expect(says).toContain('(so-called never-claimed)')
  })

  it('one that its subject stopped leads to security', () => {
    const { done, says } = nextToTry([told('stopped'), told('used', 'closed')])
    expect(done).toBeUndefined()
    expect(says).toContain('look into #security')
  })

  it('a drill that its subject stopped is no report of fraud', () => {
    const { says } = nextToTry([{ ...told('stopped'), kind: 'drill' }])
    expect(says).toContain('It opens no case')
    expect(says).not.toContain('Fraud was reported')
  })

  it('goes by the newest that is not over', () => {
    const nothing = [told('denied'), told('extended'), told('not-extended'), told('used', 'closed')]
    for (const [live, done] of [
      [told('active'), 3],
      [told('used', 'open'), 4],
      [told('approved'), 2],
    ] as const)
      expect(nextToTry([...nothing, live, told('waiting')])).toEqual({ done, about: live })
  })

  it('who has seen a whole one is not sent back to the first step', () => {
    const { done, says } = nextToTry([told('refused'), told('used', 'closed')])
    expect(done).toBeUndefined()
    expect(says).toMatch(/refused.*Ask again/)
  })
})

describe('the steps', () => {
  const members = [
    { id: 'U0OLGA', name: 'Olga Novak' },
    { id: 'U0DANA', name: 'Dana Cruz' },
  ]

  it('of a drill lead to no sign-in page', () => {
    const says = stepsOf({ ...told('active'), kind: 'drill' }, members).map((step) => step.says)
    expect(says[3]).toContain('nowhere to type')
    expect(says.slice(0, 4).join()).not.toContain('sign-in page')
  })

  it('of a pass lead to the sign-in page, and to a new method', () => {
    const says = stepsOf(told('active'), members).map((step) => step.says)
    expect(says[3]).toContain('into the sign-in page')
    expect(says[4]).toContain('register a new method')
  })

  it('of a bypass lead to the VPN, and where a phone is at home to the question', () => {
    const bypass = { ...told('active'), kind: 'bypass', phoneComesBack: true } as const
    const says = stepsOf(bypass, members).map((step) => step.says)
    expect(says[3]).toContain('*Sign in to the VPN*')
    expect(says[4]).toContain('*Yes, it is back*')
  })

  it('are those of whom it is about', () => {
    const ofOlga = stepsOf({ ...told('active'), subject: 'Olga Novak' }, members)
    expect(ofOlga[3]).toMatchObject({ as: 'U0OLGA', who: 'Olga' })
    expect(stepsOf(undefined, members)[3]).toMatchObject({ as: 'U0DANA', who: 'Dana' })
  })
})

const about = (subject: string, status = 'used') => ({ subject, status, follow: 'none' }) as const

describe('the sign-in page is about', () => {
  const users = [user('Hanna Weiss'), user('Olga Novak', false), user('Dana Cruz'), user('Ava Chen', true)]

  it.each([
    ['whose exception is in use', users, [about('Eve', 'denied'), about('Dana Cruz', 'active')], 'Dana Cruz'],
    ['else whoever has a pass that works', users, [about('Dana Cruz', 'waiting')], 'Ava Chen'],
    [
      'else whom the newest exception that is not over is about',
      users.slice(0, 3),
      [about('Hanna Weiss', 'denied'), about('Dana Cruz', 'waiting')],
      'Dana Cruz',
    ],
    ['else whom the newest is about', users.slice(0, 3), [about('Dana Cruz')], 'Dana Cruz'],
    ['else the person at the page', users.slice(0, 3), [], 'Olga Novak'],
    ['else the first', users.slice(2, 3), [about('Nobody')], 'Dana Cruz'],
  ])('%s', (_, all, exceptions, name) => {
    expect(whoseSignIn(all, exceptions, 'Olga Novak')?.name).toBe(name)
  })
})
