import { describe, expect, it } from 'vitest'
import { createPeople } from '../../../src/adapters/slack/people.ts'
import { Fault } from '../../../src/core/fault.ts'
import type { PersonId } from '../../../src/core/ids.ts'
import type { Person, SlackAccount } from '../../../src/core/people/person.ts'
import type { Bindings, Directory, SlackProfile } from '../../../src/core/ports.ts'

const team = 'T1'
const person: Person = {
  id: 'entra:11111111-2222-4333-8444-555555555555',
  name: 'Dana Cruz',
  mail: 'dana@contoso.example',
  enabled: true,
  guest: false,
}
const profile: SlackProfile = {
  team,
  user: 'U1',
  name: 'Dana',
  mail: 'dana@contoso.example',
  mailConfirmed: true,
  bot: false,
  guest: false,
  deactivated: false,
  foreign: false,
}
const account: SlackAccount = { team, user: 'U1' }
const someoneElse: PersonId = 'entra:99999999-2222-4333-8444-555555555555'

/** Bindings in memory, as the database keeps them: the first one of an account stays. */
function bindingsOf(...known: readonly (readonly [SlackAccount, PersonId])[]) {
  const rows = [...known]
  const bindings: Bindings = {
    of: (one) => Promise.resolve(rows.find(([{ user }]) => user === one.user)?.[1]),
    accountOf: (id) => Promise.resolve(rows.find(([, bound]) => bound === id)?.[0]),
    bind(one, id) {
      rows.push([one, id])
      return Promise.resolve()
    },
  }
  return { bindings, rows }
}

type World = {
  readonly profiles?: readonly SlackProfile[]
  readonly found?: Awaited<ReturnType<Directory['personByMail']>>
  readonly bindings?: Bindings
}

function peopleIn({
  profiles = [profile],
  found = { ok: true, value: person },
  bindings = bindingsOf().bindings,
}: World = {}) {
  const asked: string[] = []
  const people = createPeople({
    slack: {
      profile: (user) => Promise.resolve(profiles.find((one) => one.user === user)),
      profileByMail: (mail) => Promise.resolve(profiles.find((one) => one.mail === mail)),
    },
    directory: {
      personByMail(mail) {
        asked.push(mail)
        return Promise.resolve(found)
      },
    },
    bindings,
    team,
  })
  return { people, asked }
}

describe('a Slack account', () => {
  it('is the person that its confirmed address leads to, and is bound to them', async () => {
    const { bindings, rows } = bindingsOf()
    const { people } = peopleIn({ bindings })
    await expect(people.resolve('U1')).resolves.toEqual({ ok: true, value: { person, account } })
    await expect(people.resolve('U1')).resolves.toMatchObject({ ok: true })
    expect(rows).toEqual([[account, person.id]])
  })

  it('is the person also for several requests that come at once, each the first one', async () => {
    const { bindings } = bindingsOf([account, person.id])
    // The other request binds the account after this question, and before the next one.
    const { people } = peopleIn({ bindings: { ...bindings, of: () => Promise.resolve(undefined) } })
    await expect(people.resolve('U1')).resolves.toEqual({ ok: true, value: { person, account } })
  })

  it.each<[string, Partial<SlackProfile>]>([
    ['bot', { bot: true }],
    ['deactivated', { deactivated: true }],
    ['foreign', { foreign: true }],
    ['foreign', { team: 'T2' }],
    ['guest', { guest: true }],
    ['mail-unconfirmed', { mailConfirmed: false }],
  ])('is nobody when Slack says %s, and the directory is not asked', async (reason, given) => {
    const { bindings, rows } = bindingsOf()
    const { people, asked } = peopleIn({ profiles: [{ ...profile, ...given }], bindings })
    await expect(people.resolve('U1')).resolves.toEqual({ ok: false, reason })
    expect(asked).toEqual([])
    expect(rows).toEqual([])
  })

  it('without an address, and one that Slack does not know, are nobody', async () => {
    const { mail: _, ...bare } = profile
    await expect(peopleIn({ profiles: [bare] }).people.resolve('U1')).resolves.toEqual({
      ok: false,
      reason: 'mail-missing',
    })
    await expect(peopleIn().people.resolve('U2')).resolves.toEqual({ ok: false, reason: 'unknown-account' })
  })

  it.each<[string, World['found']]>([
    ['not-in-directory', { ok: false, reason: 'unknown' }],
    ['ambiguous', { ok: false, reason: 'ambiguous' }],
    ['guest', { ok: true, value: { ...person, guest: true } }],
    ['directory-disabled', { ok: true, value: { ...person, enabled: false } }],
  ])('is nobody when the directory says %s, and is not bound', async (reason, found) => {
    const { bindings, rows } = bindingsOf()
    const { people } = peopleIn({ bindings, ...(found && { found }) })
    await expect(people.resolve('U1')).resolves.toEqual({ ok: false, reason })
    expect(rows).toEqual([])
  })

  it('whose account is disabled is somebody for a report of fraud', async () => {
    const disabled = { ...person, enabled: false }
    const { people } = peopleIn({ found: { ok: true, value: disabled } })
    const known = { ok: true, value: { person: disabled, account } }
    await expect(people.resolve('U1', 'disabled')).resolves.toEqual(known)
    const guest = peopleIn({ found: { ok: true, value: { ...disabled, guest: true } } })
    await expect(guest.people.resolve('U1', 'disabled')).resolves.toEqual({ ok: false, reason: 'guest' })
  })

  it('whose address leads to somebody else than before is refused', async () => {
    const { bindings } = bindingsOf([account, someoneElse])
    await expect(peopleIn({ bindings }).people.resolve('U1')).resolves.toEqual({
      ok: false,
      reason: 'binding-changed',
    })
  })

  it('that leads to a person who has another account is refused, and not bound', async () => {
    const { bindings, rows } = bindingsOf([{ team, user: 'U9' }, person.id])
    await expect(peopleIn({ bindings }).people.resolve('U1')).resolves.toEqual({
      ok: false,
      reason: 'binding-changed',
    })
    expect(rows).toHaveLength(1)
  })

  it('that somebody else is bound to at the same moment is refused', async () => {
    const conflict = new Fault('postgres', 'conflict', '23505')
    const { bindings } = bindingsOf()
    const racing = { ...bindings, bind: () => Promise.reject(conflict) }
    await expect(peopleIn({ bindings: racing }).people.resolve('U1')).resolves.toEqual({
      ok: false,
      reason: 'binding-changed',
    })
  })

  it('can not be told while the bindings do not answer', async () => {
    const down = new Fault('postgres', 'unavailable', '08006')
    const { bindings } = bindingsOf()
    const { people } = peopleIn({ bindings: { ...bindings, bind: () => Promise.reject(down) } })
    await expect(people.resolve('U1')).rejects.toBe(down)
  })
})

describe('a typed address', () => {
  it('is judged by the account that it leads to', async () => {
    await expect(peopleIn().people.resolveMail('dana@contoso.example')).resolves.toEqual({
      ok: true,
      value: { person, account },
    })
    await expect(peopleIn().people.resolveMail('x@contoso.example')).resolves.toEqual({
      ok: false,
      reason: 'unknown-account',
    })
    const { people } = peopleIn({ profiles: [{ ...profile, guest: true }] })
    await expect(people.resolveMail('dana@contoso.example')).resolves.toEqual({ ok: false, reason: 'guest' })
  })
})

describe('the account of a person', () => {
  const renamed: SlackProfile = { ...profile, mail: 'dana.cruz@contoso.example' }

  it('is the bound one, although their address has changed', async () => {
    const { bindings } = bindingsOf([account, person.id])
    await expect(peopleIn({ profiles: [renamed], bindings }).people.accountOf(person)).resolves.toEqual(
      account,
    )
  })

  it('is found by their address when none is bound', async () => {
    await expect(peopleIn().people.accountOf(person)).resolves.toEqual(account)
    await expect(peopleIn({ profiles: [renamed] }).people.accountOf(person)).resolves.toBeUndefined()
  })

  it.each<[string, World]>([
    ['it could not act now', { profiles: [{ ...profile, deactivated: true }] }],
    ['it belongs to somebody else', { found: { ok: true, value: { ...person, id: someoneElse } } }],
    [
      'it is bound in another team',
      { bindings: bindingsOf([{ team: 'T2', user: 'U1' }, person.id]).bindings },
    ],
    [
      'it is bound, and its address leads to somebody else now',
      {
        bindings: bindingsOf([account, person.id]).bindings,
        found: { ok: true, value: { ...person, id: someoneElse } },
      },
    ],
  ])('is none when %s', async (_, world) => {
    await expect(peopleIn(world).people.accountOf(person)).resolves.toBeUndefined()
  })

  it('is none for somebody without an address', async () => {
    const { mail: _, ...bare } = person
    await expect(peopleIn().people.accountOf(bare)).resolves.toBeUndefined()
  })
})
