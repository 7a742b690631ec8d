import { afterAll, beforeAll, expect, it } from 'vitest'
import { caseActions, caseForms } from '../../src/core/card/actions.ts'
import type { RefusalCode } from '../../src/core/refusal.ts'
import type { DirectoryState } from '../../src/sandbox/entra/state.schema.ts'
import { caseAnswerText, caseListText, commandText } from '../../src/core/text/en.ts'
import { personProblemText } from '../../src/core/text/person-problem-text.ts'
import { refusalText } from '../../src/core/text/refusal-text.ts'
import { crowdOf, directoryWith, workspaceWith } from '../setup/crowd.ts'
import { startInstallation, type Installation } from '../setup/installation.ts'
import { caseDeskOf, closing, type CaseDesk } from './case-desk.ts'
import { handsOf, type Hands } from './hands.ts'

const crowd = crowdOf(1)
const [second] = crowd
const [sams, ava] = ['0cf63363-2646-49bf-ae3b-218423e6645f', 'c6b8c2b5-c4f7-42c2-a168-1074222d2d8c']

/** Sam has a second account, of security like the first one, and so is Ava, who approves. */
function withMoreSecurity(state: DirectoryState): DirectoryState {
  const sam = state.users.find(({ profile }) => profile.id === sams)
  const own = second?.objectId ?? ''
  return {
    ...state,
    users: state.users.map((user) =>
      user.profile.id === own
        ? { ...user, profile: { ...user.profile, employeeId: sam?.profile.employeeId ?? '' } }
        : user,
    ),
    groups: state.groups.map((group) =>
      group.displayName === 'Security' ? { ...group, members: [...group.members, own, ava] } : group,
    ),
  }
}

const cast = {
  subject: 'U0DANA',
  reporter: 'U0HARI',
  helpdesk: 'U0HANNA',
  security: 'U0RITA',
  approver: 'U0AVA',
  closer: 'U0SAM',
  closersSecond: second?.id ?? '',
  outsider: 'U0OLGA',
  guest: 'U0GUEST',
  deactivated: 'U0GONE',
} as const
type Role = keyof typeof cast
type Answer =
  | RefusalCode
  | 'heard'
  | 'shown'
  | 'only-security'
  | 'only-security-lists'
  | 'blocked'
  | 'nobody'
  | 'not tried'
type Row = Readonly<Record<Role, Answer>>

const roles = Object.keys(cast) as Role[]
const ofSecurity: readonly Role[] = ['security', 'approver', 'closer', 'closersSecond']
const ofHelpdesk: readonly Role[] = ['reporter', 'helpdesk']

let installation: Installation
let hands: Hands
let desk: CaseDesk
let caseId: string
let shown: string

beforeAll(async () => {
  installation = await startInstallation({
    seed: workspaceWith(crowd),
    entraStore: await directoryWith(crowd, withMoreSecurity),
  })
  await installation.serve()
  hands = await handsOf(installation)
  desk = caseDeskOf(installation, hands)
  const exception = await hands.ask(cast.subject)
  await hands.approve(cast.approver, exception)
  await hands.becomes(exception, 'approved')
  await type(cast.reporter, `<@${cast.subject}> cannot place a call`)
  await hands.isOver(exception)
  ;({ id: caseId, shown } = await desk.settled('Dana Cruz'))
})
afterAll(async () => {
  await hands.close()
  await installation.close()
})

const type = (user: string, text: string): Promise<string> => hands.command(user, text, { command: '/fraud' })
const state = async () => {
  const [found] = await desk.casesAbout('Dana Cruz')
  if (found === undefined) throw new Error('There is no case.')
  return found.state
}
const close = (user: string, safe?: readonly string[]): Promise<string> =>
  hands.submit(user, caseForms.closeCase, caseId, closing('false-alarm', 'Called back', safe))
const agree = async (user: string): Promise<string> => {
  const agreed = { caseId, close: (await state()).closing?.close ?? 'nothing' }
  return hands.submit(user, caseForms.agreeUnblock, JSON.stringify(agreed), {})
}

const deeds = {
  take: (user: string) => hands.press(user, caseActions.takeCase, caseId),
  block: (user: string) => hands.press(user, caseActions.blockNow, caseId),
  close: (user: string) => close(user, []),
  agree,
  note: (user: string) => type(user, `note ${shown} what I know`),
  status: (user: string) => type(user, `status ${shown}`),
  list: (user: string) => type(user, 'list'),
} as const
type Deed = keyof typeof deeds

const words: Readonly<Record<Exclude<Answer, RefusalCode | 'not tried'>, readonly string[]>> = {
  heard: (['take', 'block', 'close', 'unblock', 'note'] as const).map(
    (said) => caseAnswerText.heard(said).mrkdwn,
  ),
  shown: ['Dana Cruz', caseListText.title],
  'only-security': [caseAnswerText.onlySecurity('/fraud').mrkdwn],
  'only-security-lists': [caseAnswerText.onlySecurityLists('/fraud').mrkdwn],
  blocked: [personProblemText('directory-disabled', commandText.you).mrkdwn],
  nobody: (['guest', 'deactivated'] as const).map(
    (problem) => personProblemText(problem, commandText.you).mrkdwn,
  ),
}
const wordsOf = (answer: Answer): readonly string[] =>
  words[answer as keyof typeof words] ?? [
    refusalText({ code: answer } as never, { subject: 'Dana Cruz' }).mrkdwn,
  ]

/** Security and the helpdesk get these answers, and everybody else the last one. */
function row(security: Answer, helpdesk: Answer, otherwise: Answer, more: Partial<Row> = {}): Row {
  const answerOf = (role: Role): Answer => {
    if (role === 'guest' || role === 'deactivated') return 'nobody'
    if (ofSecurity.includes(role)) return security
    return ofHelpdesk.includes(role) ? helpdesk : otherwise
  }
  return { ...(Object.fromEntries(roles.map((role) => [role, answerOf(role)])) as Row), ...more }
}

const subject = 'blocked'
const reading: Partial<Record<Deed, Row>> = {
  note: row('heard', 'heard', 'only-security', { subject }),
  status: row('shown', 'shown', 'only-security', { subject }),
  list: row('shown', 'only-security-lists', 'only-security-lists', { subject }),
}
const open: Partial<Record<Deed, Row>> = {
  ...reading,
  // Whoever of security may, does below.
  take: row('not tried', 'security-only', 'security-only', { subject }),
  block: row('heard', 'security-only', 'security-only', { subject }),
  close: row('not-made-safe', 'security-only', 'security-only', { subject }),
  agree: row('nothing-to-agree', 'security-only', 'security-only', { subject }),
}
const agreeing = {
  subject,
  closer: 'second-person',
  approver: 'took-part',
  closersSecond: 'not tried',
} as const
const states: readonly (readonly [string, () => Promise<unknown>, Partial<Record<Deed, Row>>])[] = [
  ['nobody has taken', async () => undefined, open],
  [
    'somebody has taken',
    async () => {
      expect(await deeds.take(cast.security)).toBe(caseAnswerText.heard('take').mrkdwn)
      await desk.caseThat('Dana Cruz', ({ taken }) => taken !== undefined)
    },
    open,
  ],
  [
    'somebody wants to close',
    async () => {
      expect(await close(cast.closer)).toContain(caseAnswerText.heard('close').mrkdwn)
      await desk.caseThat('Dana Cruz', ({ closing: asked }) => asked !== undefined)
    },
    { ...open, agree: row('not tried', 'security-only', 'security-only', agreeing) },
  ],
  [
    'two have closed',
    async () => {
      expect(await agree(cast.security)).toContain(caseAnswerText.heard('unblock').mrkdwn)
      await desk.caseThat('Dana Cruz', ({ status }) => status === 'closed')
    },
    {
      ...Object.fromEntries(
        ['take', 'block', 'close', 'agree'].map((deed) => [deed, row('over', 'over', 'over')]),
      ),
      note: row('over', 'over', 'only-security'),
      status: row('shown', 'shown', 'only-security'),
      list: row(
        'heard',
        'only-security-lists',
        'only-security-lists',
        Object.fromEntries(ofSecurity.map((one) => [one, 'not tried'])),
      ),
    },
  ],
]

/** Reaches a state and tries everything in it: whoever may not is told why, and nothing changes. */
async function refuses([, reach, table]: (typeof states)[number]): Promise<void> {
  await reach()
  const before = await state()
  const enabled = desk.isEnabled('Dana Cruz')
  const wrong: string[] = []
  for (const [deed, answers] of Object.entries(table) as [Deed, Row][]) {
    const tried = roles.filter((role) => answers[role] !== 'not tried')
    const says = await Promise.all(tried.map((role) => deeds[deed](cast[role])))
    for (const [index, role] of tried.entries()) {
      const said = says[index] ?? ''
      if (!wordsOf(answers[role]).some((one) => said.includes(one))) wrong.push(`${deed} by ${role}: ${said}`)
    }
  }
  expect(wrong).toEqual([])
  const { notes: _notes, ...now } = await state()
  const { notes: _before, ...then } = before
  expect(now).toEqual(then)
  expect(desk.isEnabled('Dana Cruz')).toBe(enabled)
}

it.for(states.slice(0, 3))('a case that %s: who may not is refused in words, and nothing changes', refuses)

it('a second account of whoever wants to close it agrees to nothing: the account stays blocked', async () => {
  expect(await agree(cast.closersSecond)).toContain(caseAnswerText.heard('unblock').mrkdwn)
  const isVoid = { type: 'agreement-void', refusal: { code: 'second-person' } }
  await expect
    .poll(() => desk.factsOf(caseId), { timeout: 60_000 })
    .toContainEqual(expect.objectContaining(isVoid))
  await desk.caseThat('Dana Cruz', ({ agreed }) => agreed === undefined)
  expect(desk.isEnabled('Dana Cruz')).toBe(false)
})

it.for(states.slice(3))('a case that %s: nobody is heard any more, in words, and nothing changes', refuses)
