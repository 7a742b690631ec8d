import { randomUUID } from 'node:crypto'

import type { DirectoryState, DirectoryUser, Group, Method } from './state.schema.ts'

const DAY = 86_400_000
const GLOBAL_ADMINISTRATOR = '62e90394-69f5-4237-9190-012177145e10'
const USER_ADMINISTRATOR = 'fe930be7-5e62-47db-91af-98c3a49a38b1'

type Person = {
  readonly id: string
  readonly name: string
  readonly employeeId: string
  readonly jobTitle: string
  readonly extension: string
  readonly address?: string
  readonly managerId?: string
  readonly guest?: boolean
  readonly disabled?: boolean
}

const hanna = { id: '9148437a-da96-4106-a48e-0c2ed1605596', name: 'Hanna Weiss', employeeId: 'E1001' }
const hari = { id: 'd5adfe33-c8dd-4724-9e11-a347ad33d0d4', name: 'Hari Patel', employeeId: 'E1002' }
const marco = { id: 'fc717d54-46c5-44e9-b888-c7929e8acc62', name: 'Marco Silva', employeeId: 'E1003' }
const dana = { id: 'defbe23d-db50-49da-8680-a29b3c2d553b', name: 'Dana Cruz', employeeId: 'E1004' }
const sam = { id: '0cf63363-2646-49bf-ae3b-218423e6645f', name: 'Sam Okafor', employeeId: 'E1005' }
const rita = { id: '42fca190-cbd4-4aa2-8517-afb0c833e9f0', name: 'Rita Lund', employeeId: 'E1006' }
const olga = { id: '296f256c-2fee-4687-b66d-7e23b91d9242', name: 'Olga Novak', employeeId: 'E1007' }
const ava = { id: 'c6b8c2b5-c4f7-42c2-a168-1074222d2d8c', name: 'Ava Chen', employeeId: 'E1008' }
const ben = { id: '7b07359b-2087-4df8-9c5e-4ee48efc543b', name: 'Ben Ode', employeeId: 'E1009' }
const adele = { id: '49741b23-85ad-4df5-af75-b1b39b7dfc36', name: 'Adele Vance', employeeId: 'E1010' }
const petra = { id: '7071c461-6ac6-40ab-abe8-c55afbe7d97f', name: 'Petra Role', employeeId: 'E1011' }
const gustav = { id: '111b89af-43e3-4dd4-8b0c-967d37dc6ff5', name: 'Gustav Guest', employeeId: 'E1012' }
const dieter = { id: '1fcad82d-a91e-4510-b001-cc6e6638cdf9', name: 'Dieter Disabled', employeeId: 'E1013' }
const ute = { id: 'ec44089c-5006-4812-a5b2-72d4c8aadcdc', name: 'Ute Unconfirmed', employeeId: 'E1014' }
const greta = { id: '288264e2-4eb5-48ae-9926-39697fa4ccfc', name: 'Greta Gone', employeeId: 'E1015' }
const hannaAdm = {
  id: '1b212260-1000-48d1-99b9-32e80e5d358e',
  name: 'Hanna Weiss (adm)',
  employeeId: 'E1001',
}

const people: readonly Person[] = [
  { ...hanna, jobTitle: 'Helpdesk', extension: '101' },
  { ...hari, jobTitle: 'Helpdesk', extension: '102' },
  { ...marco, jobTitle: 'Head of Sales', extension: '103' },
  { ...dana, jobTitle: 'Account Manager', extension: '104', managerId: marco.id },
  { ...sam, jobTitle: 'Security', extension: '105' },
  { ...rita, jobTitle: 'Security', extension: '106' },
  { ...olga, jobTitle: 'Account Manager', extension: '107', managerId: marco.id },
  { ...ava, jobTitle: 'Partner', extension: '108' },
  { ...ben, jobTitle: 'Partner', extension: '109' },
  { ...adele, jobTitle: 'Directory Engineer', extension: '110', managerId: sam.id },
  { ...petra, jobTitle: 'Systems Engineer', extension: '111' },
  { ...gustav, jobTitle: 'Consultant', extension: '112', guest: true },
  { ...dieter, jobTitle: 'Clerk', extension: '113', disabled: true },
  { ...ute, jobTitle: 'Clerk', extension: '114' },
  { ...greta, jobTitle: 'Clerk', extension: '115' },
  { ...hannaAdm, jobTitle: 'Helpdesk', extension: '101', address: 'hanna.adm@contoso.example' },
]

const tierOne = { id: '9cb9dbe3-91a3-46b6-96e0-b2d01295b5a4', displayName: 'Tier 1 administrators' }

const roles: DirectoryState['roles'] = [
  {
    templateId: GLOBAL_ADMINISTRATOR,
    displayName: 'Global Administrator',
    description: 'Can manage all aspects of the directory and services that use its identities.',
  },
  {
    templateId: USER_ADMINISTRATOR,
    displayName: 'User Administrator',
    description: 'Can manage all aspects of users and groups.',
  },
]

/** The tenant Contoso as it is before anybody touched it; `now` is epoch milliseconds, and everything in it is older. */
export function seedState(now: number): DirectoryState {
  const founded = new Date(now - 400 * DAY).toISOString()
  return {
    version: 1,
    clockOffsetMs: 0,
    users: people.map((person) => userOf(person, founded)),
    groups: groupsOf(founded),
    roles,
    roleAssignments: [
      {
        id: 'lAPpYvVpN0KRkAEhdxReEIQxXyPrHFwY7xJZ',
        principalId: adele.id,
        roleDefinitionId: GLOBAL_ADMINISTRATOR,
      },
      {
        id: '5wuT_mJe20eRr5jDpJo4sTJ7H0oHMWTyQ2Xa',
        principalId: tierOne.id,
        roleDefinitionId: USER_ADMINISTRATOR,
      },
    ],
    riskDetections: [],
    passPolicy: {
      state: 'enabled',
      defaultLength: 8,
      defaultLifetimeInMinutes: 60,
      minimumLifetimeInMinutes: 10,
      maximumLifetimeInMinutes: 480,
      isUsableOnce: true,
      includeTargets: [{ id: 'all_users', targetType: 'group', isRegistrationRequired: false }],
      excludeTargets: [],
    },
  }
}

function groupsOf(founded: string): readonly Group[] {
  const common = { isAssignableToRole: false, createdDateTime: founded }
  return [
    {
      ...common,
      id: '06a733da-0b1f-4328-95b2-fcf0f2fed5df',
      displayName: 'Helpdesk',
      description: 'First line support',
      members: [hanna.id, hari.id],
    },
    {
      ...common,
      id: 'e242eb1b-a12c-4655-9d95-38bfd4586b0e',
      displayName: 'Security',
      description: 'Security operations',
      members: [sam.id, rita.id],
    },
    {
      ...common,
      id: 'ae5b560c-9921-43d5-819d-d471b5681017',
      displayName: 'All staff',
      description: 'Everyone at Contoso',
      members: people.map((person) => person.id),
    },
    {
      ...common,
      ...tierOne,
      isAssignableToRole: true,
      description: 'Carries the role User Administrator',
      members: [petra.id],
    },
  ]
}

function userOf(person: Person, founded: string): DirectoryUser {
  const address = person.address ?? `${person.name.toLowerCase().replace(' ', '.')}@contoso.example`
  const [givenName = '', surname = ''] = person.name.split(' ')
  const { id, employeeId, jobTitle } = person
  return {
    profile: {
      id,
      displayName: person.name,
      givenName,
      surname,
      employeeId,
      jobTitle,
      userPrincipalName: address,
      mail: address,
      userType: person.guest === true ? 'Guest' : 'Member',
      accountEnabled: person.disabled !== true,
      businessPhones: [`+49 30 23125 ${person.extension}`],
      mobilePhone: null,
      officeLocation: 'Berlin',
      preferredLanguage: null,
      creationType: person.guest === true ? 'Invitation' : null,
      externalUserState: person.guest === true ? 'Accepted' : null,
      createdDateTime: founded,
      signInSessionsValidFromDateTime: founded,
    },
    managerId: person.managerId ?? null,
    methods: methodsOf(person, founded),
    pass: null,
    sessions: [],
    risk: null,
  }
}

// Graph gives the password and the e-mail method the same well-known id for every user.
function methodsOf(person: Person, createdDateTime: string): readonly Method[] {
  const password = { kind: 'password', id: '28c10230-6103-485e-b985-444c60001490', createdDateTime } as const
  const device = person.id === dana.id ? 'Pixel 7' : 'iPhone 15'
  const authenticator = { kind: 'authenticator', id: randomUUID(), createdDateTime, device } as const
  if (person.id !== dana.id) return [password, authenticator]
  const id = '3ddfcfc8-9383-446f-83cc-3ab9be4be18f'
  return [password, authenticator, { kind: 'email', id, createdDateTime, address: 'dana@home.example' }]
}
