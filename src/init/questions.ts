/** Before anything is asked; what is not asked stays empty. */
export const unanswered = {
  folder: '',
  transport: '',
  url: '',
  command: '',
  bypassCommand: '',
  fraudCommand: '',
  approvals: '',
  securityChannel: '',
  helpdesk: '',
  security: '',
  tenant: '',
  client: '',
}

type Name = keyof typeof unanswered

/** What `hallpass init` has to know. */
export type Answers = Readonly<Record<Name, string>>

export type Question = {
  readonly name: Name
  /** As an option of the command, without the dashes. */
  readonly flag: string
  readonly asks: string
  /** Taken where nothing is typed; without one something must be. */
  readonly usual?: string
  /** Whether an answer can be used. */
  readonly fits: RegExp
  readonly complaint: string
  /** Whether it is asked at all, by what was answered before. */
  readonly when?: (before: Answers) => boolean
}

const command = {
  fits: /^\/[a-z0-9_-]{1,31}$/,
  complaint: 'A command is a slash and small letters, such as /tap.',
} as const

const channel = {
  fits: /^[CG][A-Z0-9]{2,20}$/,
  complaint: 'That is no id of a channel. In Slack it stands at the end of the channel’s details: C0123ABCD.',
} as const

const group = { fits: /^[^\p{Cc}]{1,256}$/u, complaint: 'Write the group’s name, or its object id.' } as const

const id = {
  fits: /^$|^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i,
  complaint: 'That is no id, such as 01234567-89ab-cdef-0123-456789abcdef. Leave it empty to set it later.',
} as const

// It stands in a file that shells, systemd and Docker read, each with other rules for quotes.
const plain = /^[\w./@+-]+$/
export const plainFolder = 'Name a folder without spaces and quotes.'

/** Whether every program that reads the settings reads this folder as one word, and runs nothing of it. */
export function isPlainFolder(folder: string): boolean {
  return plain.test(folder)
}

/** In the order in which they are asked. */
export const questions: readonly Question[] = [
  {
    name: 'folder',
    flag: 'folder',
    asks: 'In which folder shall the files of this installation be?',
    usual: '/etc/hallpass',
    fits: plain,
    complaint: plainFolder,
  },
  {
    name: 'transport',
    flag: 'transport',
    asks: 'How shall Slack’s requests come? "socket": Hallpass connects to Slack. "http": Slack reaches an address of yours.',
    usual: 'socket',
    fits: /^(?:socket|http)$/,
    complaint: 'Write socket or http.',
  },
  {
    name: 'url',
    flag: 'url',
    asks: 'Which address does Slack reach? Only the host, such as https://hallpass.example.com',
    fits: /^https:\/\/[^\s/]+\/?$/,
    complaint: 'Write https:// and the host.',
    when: ({ transport }) => transport === 'http',
  },
  { name: 'command', flag: 'command', asks: 'The command for a pass', usual: '/tap', ...command },
  {
    name: 'bypassCommand',
    flag: 'bypass-command',
    asks: 'The command for a bypass',
    usual: '/bypass',
    ...command,
  },
  {
    name: 'fraudCommand',
    flag: 'fraud-command',
    asks: 'The command to report fraud',
    usual: '/fraud',
    ...command,
  },
  {
    name: 'approvals',
    flag: 'approvals',
    asks: 'The id of the channel where requests are approved, of your company alone',
    ...channel,
  },
  { name: 'securityChannel', flag: 'security-channel', asks: 'The id of security’s channel', ...channel },
  {
    name: 'helpdesk',
    flag: 'helpdesk',
    asks: 'The group of the directory that may ask for exceptions (name, or better object id)',
    usual: 'Helpdesk',
    ...group,
  },
  {
    name: 'security',
    flag: 'security',
    asks: 'The group of security: it reads and ends everything, and closes cases of fraud',
    usual: 'Security',
    ...group,
  },
  {
    name: 'tenant',
    flag: 'tenant',
    asks: 'The id of the tenant in Entra (may be empty for now)',
    usual: '',
    ...id,
  },
  {
    name: 'client',
    flag: 'client',
    asks: 'The client id of the application in Entra (may be empty for now)',
    usual: '',
    ...id,
  },
]
