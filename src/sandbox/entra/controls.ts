import { randomUUID } from 'node:crypto'

import type {
  EntraView,
  PassTimeInput,
  RegisterInput,
  ReportInput,
  SignInAnswer,
  SignInInput,
} from '../page-api.ts'
import { creationTime, isCodeOf, passEnd, usabilityOf } from './pass.ts'
import type { Usability } from './pass.ts'
import { reportSignIn } from './risk.ts'
import type { DirectoryUser, Method } from './state.schema.ts'
import { findUser } from './tenant.ts'
import type { Tenant } from './tenant.ts'

/** What people do with the directory by hand: look at it, sign in, register a method, report a sign-in, let time pass. */
export type EntraControls = {
  readonly view: () => EntraView
  readonly signIn: (input: SignInInput) => Promise<SignInAnswer>
  readonly register: (input: RegisterInput) => Promise<void>
  /** The user says of a sign-in, as the Authenticator lets them, that it was somebody else. */
  readonly report: (input: ReportInput) => Promise<void>
  readonly passTime: (input: PassTimeInput) => Promise<void>
}

const REFUSALS: Readonly<Record<Exclude<Usability, 'EnabledByPolicy'>, string>> = {
  DisabledByPolicy: 'Temporary Access Pass sign in was blocked due to User Credential Policy.',
  Expired: 'Your Temporary Access Pass has expired. Contact your admin for a new one.',
  NotYetValid: 'Your Temporary Access Pass is not valid yet. Try again at its start time.',
  OneTimeUsed: 'Your Temporary Access Pass has already been used. Contact your admin for a new one.',
}

/** The controls of a tenant. */
export function createControls(tenant: Tenant): EntraControls {
  return {
    view: () => viewOf(tenant),
    signIn: (input) => signIn(tenant, input),
    register: async ({ user: key, method }) => {
      const user = requireUser(tenant, key)
      const added = newMethod(method, user, creationTime(tenant.now()))
      await tenant.changeUser(user.profile.id, (current) => ({
        ...current,
        methods: [...current.methods.filter(({ id }) => id !== added.id), added],
      }))
    },
    report: async ({ user }) => {
      await tenant.change(reportSignIn(requireUser(tenant, user), tenant.now()))
    },
    passTime: async ({ minutes }) => {
      if (!Number.isFinite(minutes) || minutes < 0) throw new RangeError('Time only passes forward.')
      await tenant.change((state) => ({
        ...state,
        clockOffsetMs: state.clockOffsetMs + Math.round(minutes * 60_000),
      }))
    },
  }
}

function requireUser(tenant: Tenant, key: string): DirectoryUser {
  const user = findUser(tenant.state(), key)
  if (user === undefined) throw new Error('There is no such user in the directory.')
  return user
}

async function signIn(tenant: Tenant, { user: key, code }: SignInInput): Promise<SignInAnswer> {
  const asked = findUser(tenant.state(), key)?.pass
  const isCode = asked != null && (await isCodeOf(asked, code))
  // Checking the code takes a while: everything else is about the user as it is now.
  const user = findUser(tenant.state(), key)
  if (user === undefined) return refuse('This username may be incorrect. Make sure you typed it correctly.')
  if (!user.profile.accountEnabled) {
    return refuse('Your account has been locked. Contact your support person to unlock it, then try again.')
  }
  const { pass } = user
  if (pass === null || !isCode || pass.id !== asked.id) {
    return refuse("Your Temporary Access Pass is incorrect. If you don't know your pass, contact your admin.")
  }
  const now = tenant.now()
  const usability = usabilityOf(pass, user.profile.id, tenant.state(), now)
  if (usability !== 'EnabledByPolicy') return refuse(REFUSALS[usability])
  const session = { id: randomUUID(), startedAt: new Date(now).toISOString() }
  await tenant.changeUser(user.profile.id, (current) => ({
    ...current,
    pass: { ...pass, used: pass.isUsableOnce },
    sessions: [...current.sessions, session],
  }))
  return {
    ok: true,
    says: pass.isUsableOnce
      ? 'Signed in. One-time pass used: add a method within 10 minutes.'
      : 'Signed in. The pass works until it expires.',
  }
}

const refuse = (says: string): SignInAnswer => ({ ok: false, says })

function newMethod(kind: RegisterInput['method'], user: DirectoryUser, createdDateTime: string): Method {
  switch (kind) {
    case 'passkey':
      return {
        kind,
        id: `${randomUUID()}${randomUUID()}`.replaceAll('-', ''),
        createdDateTime,
        name: 'Security key',
      }
    case 'authenticator':
      return { kind, id: randomUUID(), createdDateTime, device: 'New phone' }
    case 'phone':
      // Graph gives the mobile number of every user this id: a new number replaces the old one.
      return {
        kind,
        id: '3179e48a-750b-4051-897c-87b9720928f7',
        createdDateTime,
        number: `+49 171 39200${user.profile.employeeId.slice(-2)}`,
      }
  }
}

function viewOf(tenant: Tenant): EntraView {
  const [state, now] = [tenant.state(), tenant.now()]
  const users = state.users.map(({ profile, methods, pass, risk }) => {
    const reason = pass === null ? undefined : usabilityOf(pass, profile.id, state, now)
    return {
      id: profile.id,
      name: profile.displayName,
      userPrincipalName: profile.userPrincipalName,
      enabled: profile.accountEnabled,
      risk: risk?.state ?? 'none',
      methods: methods.map((method) => ({
        id: method.id,
        label: labelOf(method),
        createdAt: method.createdDateTime,
      })),
      pass:
        pass === null || reason === undefined
          ? undefined
          : { usable: reason === 'EnabledByPolicy', reason, until: new Date(passEnd(pass)).toISOString() },
    }
  })
  return { now: new Date(now).toISOString(), users }
}

function labelOf(method: Method): string {
  switch (method.kind) {
    case 'password':
      return 'Password'
    case 'authenticator':
      return `Authenticator, ${method.device}`
    case 'passkey':
      return `Passkey, ${method.name}`
    case 'phone':
      return `Phone, ${method.number}`
    case 'email':
      return `E-mail, ${method.address}`
  }
}
