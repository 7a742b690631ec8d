/** An account as the workspace knows it; the flags are those of Slack's user object. */
export type SeedMember = {
  readonly id: string
  readonly handle: string
  readonly name: string
  readonly email: string
  readonly title: string
  readonly persona: boolean
  readonly kind: 'person' | 'bot' | 'guest' | 'deactivated' | 'foreign' | 'unconfirmed'
}

type SeedChannel = {
  readonly id: string
  readonly name: string
  readonly members: readonly string[]
  readonly private?: boolean
  /** Other companies read it, or are invited to; `org` is another workspace of the same company. */
  readonly shared?: 'ext' | 'pending' | 'org'
}

export type SeedCommand = {
  readonly command: string
  readonly usage: string
  readonly description: string
  readonly shouldEscape: boolean
}

/** What a workspace consists of before anything happened in it. */
export type WorkspaceSeed = {
  readonly team: { readonly id: string; readonly name: string; readonly domain: string }
  readonly bot: {
    readonly id: string
    readonly botId: string
    readonly appId: string
    readonly handle: string
    readonly name: string
  }
  readonly foreignTeam: string
  readonly members: readonly SeedMember[]
  readonly channels: readonly SeedChannel[]
  readonly groups: readonly {
    readonly id: string
    readonly handle: string
    readonly members: readonly string[]
  }[]
  readonly commands: readonly SeedCommand[]
  /** What the bot may do. */
  readonly scopes: readonly string[]
}

const member = (
  id: string,
  name: string,
  title: string,
  about: { readonly persona?: boolean; readonly kind?: SeedMember['kind'] } = {},
): SeedMember => {
  const words = name.toLowerCase().split(' ')
  return {
    id,
    name,
    title,
    handle: words[0] ?? name,
    email: `${words.join('.')}@contoso.example`,
    persona: about.persona ?? false,
    kind: about.kind ?? 'person',
  }
}

const persona = (id: string, name: string, title: string): SeedMember =>
  member(id, name, title, { persona: true })

const members: readonly SeedMember[] = [
  persona('U0HANNA', 'Hanna Weiss', 'Helpdesk'),
  persona('U0MARCO', 'Marco Silva', 'Manager of Dana'),
  persona('U0DANA', 'Dana Cruz', 'Sales'),
  persona('U0SAM', 'Sam Okafor', 'Security'),
  persona('U0OLGA', 'Olga Novak', 'Marketing'),
  persona('U0AVA', 'Ava Chen', 'Partner'),
  persona('U0RITA', 'Rita Lund', 'Security'),
  persona('U0HARI', 'Hari Patel', 'Helpdesk'),
  persona('U0ADMIN', 'Adele Vance', 'Global administrator'),
  member('U0BEN', 'Ben Ode', 'Partner'),
  member('U0GUEST', 'Gustav Guest', 'Contractor', { kind: 'guest' }),
  member('U0GONE', 'Greta Gone', 'Left in spring', { kind: 'deactivated' }),
  member('U0FOREIGN', 'Fred Foreign', 'Another company', { kind: 'foreign' }),
  member('U0UNCONF', 'Ute Unconfirmed', 'New starter', { kind: 'unconfirmed' }),
  member('U0NODIR', 'Nils Nowhere', 'Not in the directory'),
  member('USLACKBOT', 'Slackbot', '', { kind: 'bot' }),
]

const bot = {
  id: 'U0HALLPASS',
  botId: 'B0HALLPASS',
  appId: 'A0HALLPASS',
  handle: 'hallpass',
  name: 'Hallpass',
} as const

const inGeneral = members.filter(
  ({ kind }) => kind === 'person' || kind === 'guest' || kind === 'unconfirmed',
)

/** The workspace of the sandbox: a company with one of everybody that an exception to MFA can involve. */
export const contoso: WorkspaceSeed = {
  team: { id: 'T0HALLPASS', name: 'Contoso', domain: 'contoso' },
  bot,
  foreignTeam: 'T0OTHER',
  members,
  channels: [
    {
      id: 'C0APPROVALS',
      name: 'approvals',
      members: ['U0HANNA', 'U0HARI', 'U0MARCO', 'U0SAM', 'U0RITA', 'U0AVA', 'U0BEN', bot.id],
    },
    { id: 'C0SECURITY', name: 'security', members: ['U0SAM', 'U0RITA', bot.id] },
    { id: 'C0GENERAL', name: 'general', members: inGeneral.map(({ id }) => id) },
  ],
  groups: [{ id: 'S0HELPDESK', handle: 'helpdesk', members: ['U0HANNA', 'U0HARI'] }],
  scopes: ['commands', 'chat:write', 'users:read', 'users:read.email', 'channels:read', 'groups:read'],
  commands: [
    {
      command: '/tap',
      usage: '@user 1h [INC123] reason, or: extend, list, status, revoke, help',
      description: 'Ask for a Temporary Access Pass for a colleague',
      shouldEscape: true,
    },
    {
      command: '/bypass',
      usage: '@user 300s [for vpn] [INC123] reason, or: extend, list, status, revoke, help',
      description: 'Ask for a one-time bypass for a colleague',
      shouldEscape: true,
    },
    {
      command: '/fraud',
      usage: '[@user what happened], or: list, status, note, close, help',
      description: 'Report a sign-in, a pass or a call that was not yours',
      shouldEscape: true,
    },
  ],
}
