import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { actions } from '../../src/core/card/actions.ts'
import { ruledKinds, type RuledKind } from '../../src/core/kinds.ts'
import type { RefusalCode } from '../../src/core/refusal.ts'
import { commandText } from '../../src/core/text/en/commands.ts'
import { personProblemText } from '../../src/core/text/person-problem-text.ts'
import { refusalText } from '../../src/core/text/refusal-text.ts'
import { deskOf, type Desk } from '../setup/desk.ts'
import { giveBack } from '../setup/give-back.ts'
import { startInstallation, type Installation } from '../setup/installation.ts'
import { handsOf, orders, type Hands } from './hands.ts'
import { cast, nobodies, workspace, type Role } from './workspace.ts'

let installation: Installation
let desk: Desk
let hands: Hands

beforeAll(async () => {
  installation = await startInstallation({ seed: workspace })
  await installation.serve()
  desk = deskOf(installation)
  hands = await handsOf(installation)
})
afterAll(async () => {
  await hands.close()
  await installation.close()
})

const roles = Object.keys(cast) as Role[]
type Deed = 'approve' | 'deny' | 'withdraw' | 'not-me' | 'not-seen' | 'revoke' | 'show-code'
type Answer = RefusalCode | 'heard' | 'not tried'

const perform: Readonly<Record<Deed, (user: string, id: string) => Promise<string>>> = {
  approve: (user, id) => hands.approve(user, id),
  deny: (user, id) => hands.deny(user, id),
  revoke: (user, id) => hands.revoke(user, id),
  withdraw: (user, id) => hands.press(user, actions.withdraw, id),
  'not-me': (user, id) => hands.press(user, actions.notMe, id),
  'not-seen': (user, id) => hands.press(user, actions.notSeen, id),
  'show-code': (user, id) => hands.press(user, actions.showCode, id),
}

/** Pressed again while the answer is open: a busy machine may owe it for longer than people wait. */
async function answered(deed: Deed, role: Role, id: string, tries = 5): Promise<string> {
  const says = await perform[deed](cast[role], id)
  const isOpen = [commandText.judgedSoon(), commandText.late()].some(({ mrkdwn }) => says.includes(mrkdwn))
  return isOpen && tries > 1 ? answered(deed, role, id, tries - 1) : says
}

/** Approving is for those whom the policy names, denying likewise. */
const deciding = (bySomebodyAsked: Answer): Readonly<Record<Role, Answer>> => ({
  requester: 'own-request',
  requestersSecondAccount: 'own-request',
  secondHelpdesk: 'not-an-approver',
  manager: bySomebodyAsked,
  partner: bySomebodyAsked,
  subject: 'own-exception',
  security: 'not-an-approver',
  outsider: 'not-an-approver',
  administrator: 'not-an-approver',
})
const only = (some: Partial<Record<Role, Answer>>, otherwise: Answer): Readonly<Record<Role, Answer>> => ({
  ...(Object.fromEntries(roles.map((role) => [role, otherwise])) as Record<Role, Answer>),
  ...some,
})
/** Those who may, are tried one by one below: here only that the others may not. */
const revoking = only(
  { secondHelpdesk: 'not-allowed', outsider: 'not-allowed', administrator: 'not-allowed' },
  'not tried',
)
const withdrawingLate = only(
  { requester: 'not-waiting', requestersSecondAccount: 'not-waiting' },
  'not-the-requester',
)
const late = deciding('not-waiting')

type Live = 'waiting' | 'approved' | 'active'
type Table = Partial<Record<Deed, Readonly<Record<Role, Answer>>>>

const refusals: readonly (readonly [Live, string, Table])[] = [
  [
    'waiting',
    'who decides, withdraws, opens',
    {
      approve: deciding('not tried'),
      deny: deciding('not tried'),
      withdraw: only({ requester: 'not tried', requestersSecondAccount: 'not tried' }, 'not-the-requester'),
      'show-code': only({ subject: 'not-approved' }, 'not-the-subject'),
    },
  ],
  [
    'waiting',
    'who stops, loses, revokes',
    {
      'not-me': only({ subject: 'not tried' }, 'not-the-subject'),
      'not-seen': only({ subject: 'not-shown' }, 'not-the-subject'),
      revoke: revoking,
    },
  ],
  [
    'approved',
    'who decides, withdraws, opens',
    {
      // Marco has approved this one: his second word is the same word again.
      approve: { ...late, manager: 'heard' },
      deny: late,
      withdraw: withdrawingLate,
      'show-code': only({ subject: 'not tried' }, 'not-the-subject'),
    },
  ],
  [
    'approved',
    'who stops, loses, revokes',
    {
      'not-me': only({ subject: 'not tried' }, 'not-the-subject'),
      'not-seen': only({ subject: 'not-shown' }, 'not-the-subject'),
      revoke: revoking,
    },
  ],
  [
    'active',
    'who decides, withdraws, opens',
    {
      approve: { ...late, manager: 'heard' },
      deny: late,
      withdraw: withdrawingLate,
      'show-code': only({ subject: 'not-approved' }, 'not-the-subject'),
    },
  ],
  [
    'active',
    'who stops, loses, revokes',
    {
      'not-me': only({ subject: 'not tried' }, 'not-the-subject'),
      'not-seen': only({ subject: 'not tried' }, 'not-the-subject'),
      revoke: revoking,
    },
  ],
]

async function exceptionThatIs(kind: RuledKind, status: Live): Promise<string> {
  const id = await hands.ask(cast.subject, cast.requester, kind)
  if (status === 'waiting') return id
  expect(await hands.approve(cast.manager, id)).toContain('Recorded')
  await hands.becomes(id, 'approved')
  if (status === 'approved') return id
  await desk.openCode(cast.subject)
  await hands.becomes(id, 'active')
  return id
}

const called: Readonly<Record<RuledKind, string>> = { tap: 'pass', bypass: 'VPN bypass' }
const whose = { subject: 'Dana Cruz', requester: 'Hanna Weiss' }
const wordsOf = (answer: Answer): string =>
  answer === 'heard' ? 'Recorded.' : refusalText({ code: answer } as never, whose).mrkdwn

describe.each(ruledKinds)(
  '%s: while it is waiting, approved or shown, everybody else is refused in words and nothing changes',
  (kind) => {
    it.for(refusals)('%s: %s', async ([status, , table]) => {
      const id = await exceptionThatIs(kind, status)
      const wrong: string[] = []
      for (const [deed, answers] of Object.entries(table) as [Deed, Record<Role, Answer>][]) {
        const tried = roles.filter((role) => answers[role] !== 'not tried')
        const says = await Promise.all(tried.map((role) => answered(deed, role, id)))
        for (const [index, role] of tried.entries()) {
          const words = says[index] ?? ''
          if (!words.includes(wordsOf(answers[role]))) wrong.push(`${deed} by ${role}: ${words}`)
        }
      }
      expect(wrong).toEqual([])
      expect(await hands.status(id)).toBe(status)
      const facts = await hands.facts(id)
      const happened = facts.map(({ type }) => type).filter((type) => type !== 'attempt-refused')
      expect(happened).toEqual(
        ['requested', 'admitted', 'approved', 'shown'].slice(
          0,
          { waiting: 2, approved: 3, active: 4 }[status],
        ),
      )
      await hands.revoke(cast.security, id)
      await hands.isOver(id)
    })
  },
)

describe.each(ruledKinds)('%s: whoever may, does', (kind) => {
  const rows: readonly (readonly [Role, Deed, Live, string])[] = [
    ['manager', 'approve', 'waiting', 'approved'],
    ['partner', 'approve', 'waiting', 'approved'],
    ['manager', 'deny', 'waiting', 'denied'],
    ['partner', 'deny', 'waiting', 'denied'],
    ['requester', 'withdraw', 'waiting', 'withdrawn'],
    ['requestersSecondAccount', 'withdraw', 'waiting', 'withdrawn'],
    ['subject', 'not-me', 'waiting', 'stopped'],
    ['subject', 'not-me', 'approved', 'stopped'],
    ['subject', 'not-me', 'active', 'stopped'],
    ['subject', 'not-seen', 'active', 'reopened'],
    ['requester', 'revoke', 'waiting', 'revoked'],
    ['requestersSecondAccount', 'revoke', 'approved', 'revoked'],
    ['manager', 'revoke', 'active', 'revoked'],
    ['partner', 'revoke', 'approved', 'revoked'],
    ['subject', 'revoke', 'active', 'revoked'],
    ['security', 'revoke', 'active', 'revoked'],
  ]

  it.for(rows)('%s: %s while %s leads to %s', async ([role, deed, status, result]) => {
    const id = await exceptionThatIs(kind, status)
    expect(await perform[deed](cast[role], id)).toContain('Recorded.')
    const ends = !['approved', 'reopened'].includes(result)
    await (ends ? hands.isOver(id) : hands.becomes(id, 'approved'))
    const facts = await hands.facts(id)
    expect(facts).toContainEqual(
      expect.objectContaining(ends ? { type: 'ended', outcome: result } : { type: result }),
    )
    if (!ends) await hands.revoke(cast.security, id)
    await hands.isOver(id)
    if (deed === 'not-me') await giveBack(installation, whose.subject)
  })
})

describe.each(ruledKinds)('%s: when it is over', (kind) => {
  let id: string
  beforeAll(async () => {
    id = await exceptionThatIs(kind, 'waiting')
    await hands.press(cast.requester, actions.withdraw, id)
    await hands.isOver(id)
  })
  afterAll(() => giveBack(installation, whose.subject))

  it.for(['approve', 'deny', 'withdraw', 'not-seen'] as const)('%s is told that it is over', async (deed) => {
    for (const role of ['manager', 'requester', 'subject', 'outsider'] as const) {
      expect(await perform[deed](cast[role], id)).toContain(refusalText({ code: 'over' }).mrkdwn)
    }
  })
  it('no code can be opened', async () => {
    expect(await hands.press(cast.subject, actions.showCode, id)).toContain(
      refusalText({ code: 'not-approved' }).mrkdwn,
    )
  })
  it.for(['subject', 'requester', 'security'] as const)(
    '%s would revoke it, and reads how it ended: nothing is left to end',
    async (role) => {
      const before = await hands.rows('select id from revocation', [])
      expect(await hands.revoke(cast[role], id)).toContain(
        `*It is over.* Hanna Weiss withdrew the request for a ${called[kind]} for Dana Cruz`,
      )
      expect(await hands.rows('select id from revocation', [])).toHaveLength(before.length)
    },
  )
  it('the subject may still press Not me, which is recorded', async () => {
    expect(await hands.press(cast.subject, actions.notMe, id)).toContain('It is being ended now')
  })
  it('somebody else of the helpdesk who presses it is told that it is being checked', async () => {
    expect(await hands.press(cast.secondHelpdesk, actions.notMe, id)).toContain(
      commandText.judgedSoon().mrkdwn,
    )
  })
  it.for(['outsider', 'administrator'] as const)('%s may not, and nothing is recorded', async (role) => {
    const before = await hands.rows('select id from revocation', [])
    expect(await hands.revoke(cast[role], id)).toContain(refusalText({ code: 'not-allowed' }).mrkdwn)
    expect(await hands.press(cast[role], actions.notMe, id)).toContain(wordsOf('not-the-subject'))
    expect(await hands.rows('select id from revocation', [])).toHaveLength(before.length)
  })
})

describe.each(ruledKinds)(
  '%s: an account that nobody stands behind is told why, whatever it does, and leaves no trace',
  (kind) => {
    let id: string
    beforeAll(async () => {
      id = await exceptionThatIs(kind, 'waiting')
    })
    afterAll(async () => {
      await hands.press(cast.requester, actions.withdraw, id)
      await hands.isOver(id)
    })
    const presses = Object.values(actions).filter((action) => action !== 'set-up')
    const commands = ['', 'help', 'list', 'list open', 'status TAP-AAAA', `<@U0DANA> ${orders[kind]}`]

    it.for(nobodies)('%s: %s', async ([user, problem]) => {
      const said = await Promise.all([
        ...presses.map((action) => hands.press(user, action, id)),
        ...commands.map((text) => hands.command(user, text, { command: `/${kind}` })),
        hands.approve(user, id),
        hands.deny(user, id),
        hands.revoke(user, id),
      ])
      const why = personProblemText(problem, commandText.you).mrkdwn
      expect(said.filter((says) => !says.includes(why))).toEqual([])
      expect(await hands.facts(id)).toHaveLength(2)
    })
  },
)

describe.each(ruledKinds)('%s: reading', (kind) => {
  it('an exception is shown to its people, the helpdesk and security, and to nobody else', async () => {
    const id = await exceptionThatIs(kind, 'waiting')
    const [row] = await hands.rows<{ shown: string }>(
      'select display_id as shown from exception_view where exception_id = $1',
      [id],
    )
    const readers = new Set<Role>([
      'requester',
      'secondHelpdesk',
      'manager',
      'partner',
      'subject',
      'security',
    ])
    const seenBy = await Promise.all(
      roles.map(async (role) => {
        const says = await hands.command(cast[role], `status ${row?.shown}`, { command: `/${kind}` })
        const list = await hands.command(cast[role], 'status <@U0DANA>', { command: `/${kind}` })
        return [role, says.includes('waits for Marco Silva'), list.includes('waits for Marco Silva')]
      }),
    )
    expect(seenBy).toEqual(roles.map((role) => [role, readers.has(role), readers.has(role)]))
    expect(await hands.command(cast.outsider, `status ${row?.shown}`, { command: `/${kind}` })).toBe(
      commandText.notForYou().mrkdwn,
    )
    await hands.press(cast.requester, actions.withdraw, id)
    await hands.isOver(id)
  })
  it('only security lists what is open', async () => {
    const says = await Promise.all(
      roles.map((role) => hands.command(cast[role], 'list open', { command: `/${kind}` })),
    )
    const refused = roles.filter((_, index) => says[index] === commandText.onlySecurity(`/${kind}`).mrkdwn)
    expect(refused).toEqual(roles.filter((role) => role !== 'security'))
  })
})
