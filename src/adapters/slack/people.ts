import { Fault } from '../../core/fault.ts'
import type { Also, Known, People, PersonProblem } from '../../core/people/people.ts'
import type { Person, SlackAccount } from '../../core/people/person.ts'
import type { Bindings, Directory, Slack, SlackProfile } from '../../core/ports.ts'
import { no, yes } from '../../core/result.ts'
import type { Result } from '../../core/result.ts'

export type PeopleOptions = {
  readonly slack: Pick<Slack, 'profile' | 'profileByMail'>
  readonly directory: Pick<Directory, 'personByMail'>
  readonly bindings: Bindings
  /** Our own workspace. */
  readonly team: string
}

type Identity = Result<Known, PersonProblem>

/**
 * Finds the person behind a Slack account by its confirmed e-mail address. The first match binds the account to the
 * person; from then on an address that leads to somebody else is refused, because addresses can be changed.
 */
export function createPeople(options: PeopleOptions): People {
  async function resolve(slackUser: string, also?: Also): Promise<Identity> {
    return identify(options, await options.slack.profile(slackUser), also)
  }

  async function resolveMail(mail: string, also?: Also): Promise<Identity> {
    return identify(options, await options.slack.profileByMail(mail), also)
  }

  async function find(person: Person): Promise<Identity> {
    const known = await options.bindings.accountOf(person.id)
    if (known !== undefined) return known.team === options.team ? resolve(known.user) : no('foreign')
    return person.mail === undefined ? no('mail-missing') : resolveMail(person.mail)
  }

  return {
    resolve,
    resolveMail,
    async accountOf(person) {
      const found = await find(person)
      return found.ok && found.value.person.id === person.id ? found.value.account : undefined
    },
  }
}

async function identify(
  options: PeopleOptions,
  profile: SlackProfile | undefined,
  also: Also | undefined,
): Promise<Identity> {
  if (profile === undefined) return no('unknown-account')
  const mail = trustedMail(profile, options.team)
  if (!mail.ok) return mail
  const found = await options.directory.personByMail(mail.value)
  if (!found.ok) return no(found.reason === 'unknown' ? 'not-in-directory' : 'ambiguous')
  const person = found.value
  if (person.guest) return no('guest')
  if (!person.enabled && also !== 'disabled') return no('directory-disabled')
  const account = { team: profile.team, user: profile.user }
  return (await isBound(options.bindings, account, person)) ? yes({ person, account }) : no('binding-changed')
}

function trustedMail(profile: SlackProfile, team: string): Result<string, PersonProblem> {
  if (profile.bot) return no('bot')
  if (profile.deactivated) return no('deactivated')
  if (profile.foreign || profile.team !== team) return no('foreign')
  if (profile.guest) return no('guest')
  if (profile.mail === undefined) return no('mail-missing')
  return profile.mailConfirmed ? yes(profile.mail) : no('mail-unconfirmed')
}

/** Whether the account is the person's, binding the two where neither is bound yet. */
async function isBound(bindings: Bindings, account: SlackAccount, person: Person): Promise<boolean> {
  const known = await bindings.of(account)
  if (known !== undefined) return known === person.id
  const bound = await bindings.accountOf(person.id)
  // Another request of the same account may have bound it since the question before.
  if (bound !== undefined) return bound.team === account.team && bound.user === account.user
  try {
    await bindings.bind(account, person.id)
    return true
  } catch (error) {
    // Somebody else was bound to this account between the question and the answer.
    if (error instanceof Fault && error.code === 'conflict') return false
    throw error
  }
}
