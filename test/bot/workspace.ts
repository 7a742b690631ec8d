import { contoso, type SeedMember, type WorkspaceSeed } from '../../src/sandbox/slack/seed.ts'

/** Somebody with a Slack account. */
export const member = (id: string, handle: string, name: string, email: string): SeedMember => ({
  id,
  handle,
  name,
  email,
  title: '',
  persona: true,
  kind: 'person',
})

/**
 * The workspace of the sandbox, and in it the second account of Hanna (the directory gives both the same employee id)
 * and an administrator whose rights come from a group.
 */
export const workspace: WorkspaceSeed = {
  ...contoso,
  members: [
    ...contoso.members,
    member('U0HANNADM', 'hanna.adm', 'Hanna Weiss (adm)', 'hanna.adm@contoso.example'),
    member('U0PETRA', 'petra', 'Petra Role', 'petra.role@contoso.example'),
  ],
}

/** Who is who; each is another answer to the question who may do what. */
export const cast = {
  requester: 'U0HANNA',
  requestersSecondAccount: 'U0HANNADM',
  secondHelpdesk: 'U0HARI',
  manager: 'U0MARCO',
  partner: 'U0AVA',
  subject: 'U0DANA',
  security: 'U0SAM',
  outsider: 'U0OLGA',
  administrator: 'U0ADMIN',
} as const

export type Role = keyof typeof cast

/** Accounts that nobody in the directory stands behind, whatever they press, and why. */
export const nobodies = [
  ['U0GUEST', 'guest'],
  ['U0GONE', 'deactivated'],
  ['U0FOREIGN', 'foreign'],
  ['U0UNCONF', 'mail-unconfirmed'],
  ['U0NODIR', 'not-in-directory'],
  ['USLACKBOT', 'bot'],
  ['U0STRANGER', 'unknown-account'],
] as const
