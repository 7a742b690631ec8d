import type { KnownBlock } from '@slack/types'
import type {
  ActionInput,
  Answer,
  CommandInput,
  Conversation,
  EntraView,
  ExceptionCard,
  Member,
  Message,
  SubmitInput,
  View2,
  VpnAnswer,
  VpnInput,
  Workspace,
} from '../../../src/sandbox/page-api.ts'
import { everyBlock, oddBlock, passForm } from './fake-blocks.ts'

type Call = { readonly user: string; readonly what: string; readonly input: unknown }

const people: readonly (readonly [string, string, string, string])[] = [
  ['U0HANNA', 'hanna', 'Hanna Weiss', 'Helpdesk'],
  ['U0MARCO', 'marco', 'Marco Silva', 'Manager of Dana'],
  ['U0DANA', 'dana', 'Dana Cruz', 'Sales, lost her phone'],
  ['U0SAM', 'sam', 'Sam Okafor', 'Security'],
  ['U0OLGA', 'olga', 'Olga Novak', 'Colleague'],
  ['U0AVA', 'ava', 'Ava Chen', 'Partner approver'],
]

const dm = (user: string): string => `D0${user.slice(2)}`

/** A workspace without an app behind it: it answers at once, remembers every call, and shows every kind of block. */
export function fakeWorkspace(now = Date.now()) {
  const calls: Call[] = []
  const listeners = new Set<() => void>()
  const posted = new Map<string, Message[]>()
  const modals = new Map<string, View2[]>()
  let tick = 0

  const changed = (): void => listeners.forEach((listener) => listener())
  const ts = (secondsAgo = 0): string => (now / 1000 - secondsAgo + tick++ / 1000).toFixed(6)
  const say = (
    id: string,
    user: string,
    blocks: readonly KnownBlock[],
    more: Partial<Message> = {},
  ): void => {
    const message = { ts: ts(), user, text: '', blocks, edited: false, ephemeral: false, ...more }
    posted.set(id, [...(posted.get(id) ?? []), message])
    changed()
  }
  say('D0MARCO', 'U0HALLPASS', everyBlock(now), { ts: ts(900), text: 'Hanna asks you to approve a pass.' })
  say('C0APPROVALS', 'U0HANNA', [], {
    ts: ts(700),
    text: 'Morning, <!channel>. *Dana* lost her phone, see <#C0GENERAL>.',
  })
  say('C0APPROVALS', 'U0HANNA', [], { ts: ts(690), text: 'Call-back is done :white_check_mark:' })
  say('C0APPROVALS', 'U0HALLPASS', oddBlock, { ts: ts(300), edited: true })

  const conversationsOf = (user: string): Conversation[] => [
    { id: 'C0APPROVALS', kind: 'channel', name: 'approvals', messages: posted.get('C0APPROVALS') ?? [] },
    { id: 'C0GENERAL', kind: 'channel', name: 'general', messages: [] },
    { id: dm(user), kind: 'dm', name: 'Hallpass', messages: posted.get(dm(user)) ?? [] },
  ]
  const members: Member[] = [
    ...people.map(([id, handle, name, title]) => ({
      id,
      handle,
      name,
      title,
      persona: true,
      badge: 'none' as const,
      turn: id === 'U0MARCO',
    })),
    {
      id: 'U0HALLPASS',
      handle: 'hallpass',
      name: 'Hallpass',
      title: '',
      persona: false,
      badge: 'bot',
      turn: false,
    },
    {
      id: 'U0GUEST',
      handle: 'gustav',
      name: 'Gustav Guest',
      title: 'Guest',
      persona: false,
      badge: 'guest',
      turn: false,
    },
  ]

  const workspaceOf = (user: string): Workspace => {
    const me = members.find(({ id }) => id === user)
    if (!me) throw new Error('user_not_found')
    return {
      team: { id: 'T0HALLPASS', name: 'Contoso' },
      me,
      members,
      conversations: conversationsOf(user),
      modals: modals.get(user) ?? [],
      commands: [
        {
          command: '/tap',
          usage: '@user 1h [INC123] reason',
          description: 'Ask for a Temporary Access Pass',
        },
        { command: '/bypass', usage: '@user 300s reason', description: 'Ask for a one-time bypass' },
      ],
    }
  }
  const open = (user: string, view: View2): void => void modals.set(user, [...(modals.get(user) ?? []), view])
  const slack = {
    workspaceOf,
    command: async (user: string, input: CommandInput): Promise<Answer> => {
      calls.push({ user, what: 'command', input })
      if (input.text === '/tap') open(user, passForm({}))
      else if (input.text.startsWith('/tap @'))
        say(input.conversation, 'U0HALLPASS', [], {
          ephemeral: true,
          text: '*Recorded*, TAP-7F3K-Q2MD. Asked: <@U0MARCO>.',
        })
      else return { ok: false, notice: 'Nobody answers that here.' }
      changed()
      return { ok: true }
    },
    action: async (user: string, input: ActionInput): Promise<Answer> => {
      calls.push({ user, what: 'action', input })
      return { ok: true }
    },
    submit: async (user: string, input: SubmitInput): Promise<Answer> => {
      calls.push({ user, what: 'submit', input })
      const reason = input.values['reason']?.['text']?.['value']
      const short = typeof reason === 'string' && reason.length < 10
      const view = passForm(short ? { reason: 'Say why in at least 10 characters.' } : {})
      modals.set(user, short ? [view] : [])
      changed()
      return { ok: true }
    },
    reload: (user: string): void => {
      modals.delete(user)
      for (const [id, messages] of posted)
        posted.set(
          id,
          messages.filter(({ ephemeral }) => !ephemeral),
        )
    },
    close: async (user: string, input: { view: string }): Promise<Answer> => {
      calls.push({ user, what: 'close', input })
      modals.set(
        user,
        (modals.get(user) ?? []).filter(({ id }) => id !== input.view),
      )
      changed()
      return { ok: true }
    },
  }
  return {
    calls,
    open,
    say,
    slack,
    entra: fakeEntra(now, calls),
    vpn: fakeVpn(calls),
    changed,
    exceptions: (): readonly ExceptionCard[] => exceptionCards(now),
    subscribe: (listener: () => void) => {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
    listening: () => listeners.size,
  }
}

function fakeEntra(now: number, calls: Call[]) {
  const at = (minutes: number): string => new Date(now + minutes * 60_000).toISOString()
  const method = (id: string, label: string) => ({ id, label, createdAt: at(-90_000) })
  const view: EntraView = {
    now: at(0),
    users: [
      {
        id: 'e1',
        name: 'Hanna Weiss',
        userPrincipalName: 'hanna.weiss@contoso.example',
        enabled: true,
        risk: 'none',
        methods: [method('m1', 'Password'), method('m2', 'Authenticator')],
        pass: undefined,
      },
      {
        id: 'e2',
        name: 'Dana Cruz',
        userPrincipalName: 'dana.cruz@contoso.example',
        enabled: true,
        risk: 'none',
        methods: [method('m3', 'Password'), method('m4', 'Authenticator, Pixel 7')],
        pass: { usable: true, reason: 'EnabledByPolicy', until: at(48) },
      },
    ],
  }
  return {
    view: () => view,
    signIn: async (input: { user: string; code: string }) => {
      calls.push({ user: input.user, what: 'sign-in', input })
      return input.code === '+drkzqAD'
        ? { ok: true, says: 'Signed in. One-time pass used: add a method within 10 minutes.' }
        : { ok: false, says: 'That code is not right.' }
    },
    register: async (input: unknown) => void calls.push({ user: '', what: 'register', input }),
    report: async (input: unknown) => void calls.push({ user: '', what: 'report', input }),
    passTime: async (input: unknown) => void calls.push({ user: '', what: 'pass-time', input }),
  }
}

function fakeVpn(calls: Call[]) {
  return {
    signIn: async (input: VpnInput): Promise<VpnAnswer> => {
      calls.push({ user: input.userName, what: 'vpn', input })
      const asked = 'Asked FreeRADIUS 3.2.1, which asked Hallpass.'
      return input.code === '7F3K-Q2MD-9XWA-4T0Z'
        ? { ok: true, says: 'Let in.', asked }
        : { ok: false, says: 'Refused.', asked }
    },
  }
}

function exceptionCards(now: number): ExceptionCard[] {
  const at = (seconds: number): string => new Date(now - seconds * 1000).toISOString()
  return [
    {
      id: 'TAP-7F3K-Q2MD',
      kind: 'tap',
      subject: 'Dana Cruz',
      status: 'waiting',
      label: 'waiting',
      phoneComesBack: false,
      follow: 'none',
      history: 'http://127.0.0.1:8233/namespaces/hallpass-sandbox/workflows/tap',
      facts: [
        { at: at(90), says: 'Hanna Weiss asked for a pass of 1 hour: lost phone' },
        { at: at(88), says: 'Planned: Marco Silva decides, until 14:20' },
        { at: at(30), says: 'Marco Silva was reminded' },
      ],
    },
    {
      id: 'TAP-2M9C-81VE',
      kind: 'tap',
      subject: 'Olga Novak',
      status: 'used',
      label: 'used',
      phoneComesBack: false,
      follow: 'closed',
      history: 'http://127.0.0.1:8233/namespaces/hallpass-sandbox/workflows/tap2',
      facts: [{ at: at(4000), says: 'Used at the sign-in page' }],
    },
  ]
}
