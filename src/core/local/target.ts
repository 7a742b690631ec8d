import type { RequestBody } from '../envelope/statement.ts'
import { isPractice, kinds } from '../kinds.ts'
import type { Person } from '../people/person.ts'
import type { Application, Policy } from '../policy/policy.ts'
import type { Refusal } from '../refusal.ts'
import { no, yes, type Result } from '../result.ts'
import type { Form } from './check.ts'
import { userNameKey } from './user-name.ts'

/** The application that a credential opens, and the name that the subject signs in with there. */
export type Target = {
  readonly application: string
  readonly userName: string
  readonly form: Form
}

/** What a request is to open: nothing of its own for a kind that opens the account. Refuses what the policy does not name. */
export function targetOf(
  { applications }: Policy,
  { kind, application: name }: Pick<RequestBody, 'kind' | 'application'>,
  subject: Person,
): Result<Target | undefined, Refusal> {
  if (kinds[kind].opens === 'account') return yes(undefined)
  if (isPractice(kind)) return yes(nothingOf(subject))
  const application = name === undefined ? undefined : applications[name]
  if (name === undefined || application === undefined) return no({ code: 'unknown-application' })
  const userName = userNameOf(subject, application)
  if (userName === undefined) return no({ code: 'no-user-name' })
  return yes({ application: name, userName, form: application.form })
}

/** No name of an application in a policy looks like this, so that no client can ask about it. */
const noApplication = '*drill'

/** Whether something opens an application at all. */
export function isApplication(name: string): boolean {
  return name !== noApplication
}

function nothingOf({ id }: Person): Target {
  return { application: noApplication, userName: id, form: 'code' }
}

/** Under which address to look in the directory for whoever signs in to the application by this name. */
export function addressOf({ userName, domain }: Application, name: string): string {
  return userName === 'localpart' ? `${name}@${domain ?? ''}` : name
}

/** Whether a person signs in to the application by this name: an address may also be that of somebody else. */
export function signsInAs(person: Person, application: Application, name: string): boolean {
  const own = userNameOf(person, application)
  return own !== undefined && userNameKey(own) === userNameKey(name)
}

function userNameOf(subject: Person, { userName, domain }: Application): string | undefined {
  switch (userName) {
    case 'upn':
      return subject.upn
    case 'mail':
      return subject.mail
    case 'localpart':
      return localPart(subject.upn, domain)
  }
}

function localPart(upn = '', domain = ''): string | undefined {
  const [name, ...rest] = upn.split('@')
  return domain !== '' && rest.join('@').toLowerCase() === domain.toLowerCase() ? name : undefined
}
