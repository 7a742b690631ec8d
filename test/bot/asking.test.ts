import type { KnownBlock } from '@slack/types'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { actions } from '../../src/core/card/actions.ts'
import type { Request } from '../../src/core/exception/state.ts'
import { draftProblemText, whyLine } from '../../src/core/text/en.ts'
import { refusalText } from '../../src/core/text/refusal-text.ts'
import { choice, deskOf, words, type Desk } from '../setup/desk.ts'
import { startInstallation, type Installation } from '../setup/installation.ts'
import { handsOf, readable, type Hands } from './hands.ts'
import { fieldsOf, offeredBy, typed } from './typing.ts'
import { workspace } from './workspace.ts'

let installation: Installation
let desk: Desk
let hands: Hands

beforeAll(async () => {
  installation = await startInstallation({ seed: workspace })
  await installation.serve()
  desk = deskOf(installation)
  hands = await handsOf(installation)
})
afterEach(async () => {
  const live = await hands.rows<{ id: string }>(
    `select exception_id as id from exception_view where status <> 'ended'`,
    [],
  )
  for (const { id } of live) {
    await hands.press('U0HANNA', actions.withdraw, id)
    await hands.isOver(id)
  }
})
/** The window says so, and the ledger has it: what a test leaves behind can then be cleared away. */
async function recorded(): Promise<void> {
  const window = await desk.window('U0HANNA', 'Recorded, TAP-')
  const id = /TAP-[0-9A-Z-]+/.exec(JSON.stringify(window))?.[0] ?? ''
  await hands.becomes(await hands.uuidOf(id), 'waiting')
}

afterAll(async () => {
  await hands.close()
  await installation.close()
})

const patient = { timeout: 60_000 }
const approvalCard = (): string => readable(desk.messages('U0MARCO', 'approvals').at(-1)?.blocks)

describe('an order that says everything is asked for at once', () => {
  const rows: readonly (readonly [string, string, Pick<Request, 'category' | 'reason' | 'ticket'>])[] = [
    [
      '/tap @dana 1h INC123 lost her phone on the train',
      'up to 1 hour ',
      { category: 'lost', reason: 'lost her phone on the train', ticket: 'INC123' },
    ],
    [
      '/tap 90m [req77] @dana “lost her phone today”',
      'up to 1 hour 30 minutes ',
      { category: 'lost', reason: 'lost her phone today', ticket: 'REQ77' },
    ],
    [
      '/tap @dana forgot her phone at home',
      'up to 1 hour ',
      { category: 'not-at-hand', reason: 'forgot her phone at home' },
    ],
    [
      '/tap dana.cruz@contoso.example 2 hours new phone, the old one is broken',
      'up to 2 hours ',
      { category: 'replaced', reason: 'new phone, the old one is broken' },
    ],
    [
      '/tap @dana stolen phone for 30 minutes',
      'up to 30 minutes ',
      { category: 'lost', reason: 'stolen phone' },
    ],
    [
      '/tap @dana 1h lost 📱 אבד הטלפון ברכבת',
      'up to 1 hour ',
      { category: 'lost', reason: 'lost 📱 אבד הטלפון ברכבת' },
    ],
  ]
  it.for(rows)('%s', async ([text, duration, request]) => {
    const { says, window } = await typed(installation, 'U0HANNA', text)
    expect(window).toBeUndefined()
    expect(says).toMatch(
      /^\*Recorded, TAP-[0-9A-Z]{4}-[0-9A-Z]{4}, for Dana Cruz\.\* Asked: Marco Silva, Ava Chen, Ben Ode\.$/,
    )
    await expect.poll(() => approvalCard().split('\n'), patient).toContain(whyLine(request as Request))
    expect(approvalCard()).toContain(duration)
  })
})

describe('an order that is not complete or not clear opens the form, filled in, and says what to check', () => {
  const complete = { subject: 'U0DANA', duration: '1 hour', category: 'Phone or key lost', ticket: '' }
  const long = `lost ${'very '.repeat(8000)}much`
  const rows: readonly (readonly [
    string,
    Readonly<Record<string, string>>,
    Readonly<Record<string, string>>,
  ])[] = [
    ['/tap', { subject: '', duration: '1 hour', category: '', ticket: '', reason: '' }, {}],
    [
      '/tap @dana',
      { ...complete, category: '', reason: '' },
      { reason: draftProblemText['no-reason'], category: draftProblemText['no-category'] },
    ],
    [
      '/tap @nobody 1h INC7 lost the phone',
      { ...complete, subject: '', ticket: 'INC7', reason: 'lost the phone' },
      { subject: draftProblemText['handle-not-linked'] },
    ],
    [
      '/tap @dana @olga 1h lost the phones',
      { ...complete, reason: 'lost the phones' },
      { subject: draftProblemText['two-subjects'] },
    ],
    [
      '/tap @dana 1h 2h lost the phone',
      { ...complete, reason: 'lost the phone' },
      { duration: draftProblemText['two-durations'] },
    ],
    [
      '/tap @dana 0m lost the phone',
      { ...complete, reason: 'lost the phone' },
      { duration: draftProblemText['bad-duration'] },
    ],
    [
      '/tap @dana 1h lost it',
      { ...complete, reason: 'lost it' },
      { reason: refusalText({ code: 'reason-too-short', atLeast: 10 }).mrkdwn },
    ],
    [
      '/tap @dana 1h ABC-99 lost the phone',
      { ...complete, ticket: 'ABC-99', reason: 'lost the phone' },
      { ticket: refusalText({ code: 'ticket-format' }).mrkdwn },
    ],
    [
      '/tap @dana 1h broken',
      { ...complete, category: '', reason: 'broken' },
      {
        category: draftProblemText['no-category'],
        reason: refusalText({ code: 'reason-too-short', atLeast: 10 }).mrkdwn,
      },
    ],
    [
      `/tap @dana 1h ${long}`,
      { ...complete, reason: `${long.slice(0, 499)}…` },
      { reason: draftProblemText['reason-too-long'] },
    ],
  ]
  it.for(rows.map((row) => [row[0].slice(0, 60), ...row] as const))(
    '%s',
    async ([, text, holds, complains]) => {
      const { window, says } = await typed(installation, 'U0HANNA', text)
      expect(says).toBe('')
      const fields = fieldsOf(window)
      const held = Object.fromEntries(Object.entries(fields).map(([name, field]) => [name, field.holds]))
      const complaints = Object.entries(fields).filter(([, field]) => field.complaint !== '')
      expect(held).toEqual(holds)
      expect(Object.fromEntries(complaints.map(([name, field]) => [name, field.complaint]))).toEqual(
        complains,
      )
    },
  )
  it('the form offers what the provider and the policy accept, and no more', async () => {
    const { window } = await typed(installation, 'U0HANNA', '/tap @dana 20h')
    expect(offeredBy(window, 'duration')).toEqual([
      '15 minutes',
      '30 minutes',
      '1 hour',
      '2 hours',
      '4 hours',
      '8 hours',
    ])
    expect(fieldsOf(window)['duration']?.holds).toBe('')
  })
})

describe('the form', () => {
  const filled = {
    subject: { 'subject-user': { type: 'users_select', selected_user: 'U0DANA' } },
    ...choice('duration', 'duration-seconds', '3600', '1 hour'),
    ...choice('category', 'category-choice', 'replaced', 'Phone or key replaced'),
    ...words('ticket', 'ticket-text', 'inc42'),
    ...words('reason', 'reason-text', 'Her new phone came today'),
  }
  it.for([
    ['ticket', words('ticket', 'ticket-text', 'about 42'), refusalText({ code: 'ticket-format' }).mrkdwn],
    [
      'reason',
      words('reason', 'reason-text', 'broken'),
      refusalText({ code: 'reason-too-short', atLeast: 10 }).mrkdwn,
    ],
  ] as const)('stays open and complains at the field: %s', async ([field, values, complaint]) => {
    await typed(installation, 'U0HANNA', '/tap')
    await desk.submit('U0HANNA', { ...filled, ...values })
    expect(desk.modal('U0HANNA')).toMatchObject({ errors: { [field]: complaint } })
  })
  it('asks, and answers in its own window', async () => {
    await typed(installation, 'U0HANNA', '/tap')
    await desk.submit('U0HANNA', filled)
    await recorded()
    const request = { category: 'replaced', reason: 'Her new phone came today', ticket: 'INC42' } as Request
    await expect.poll(() => approvalCard().split('\n'), patient).toContain(whyLine(request))
  })
  it.for([
    ['U0GUEST', 'guests can neither be let in'],
    ['USLACKBOT', 'This person is a bot.'],
    ['U0ADMIN', 'Administrators use their own recovery keys'],
    ['U0HANNA', 'Nobody can ask for themselves'],
  ] as const)('says in its own window why %s can not get a pass', async ([user, says]) => {
    await typed(installation, 'U0HANNA', '/tap')
    await desk.submit('U0HANNA', {
      ...filled,
      subject: { 'subject-user': { type: 'users_select', selected_user: user } },
    })
    expect(readable((await desk.window('U0HANNA', says)).blocks)).toContain(says)
  })
  it('comes back as it was filled in when the request is refused, and can be mended', async () => {
    await typed(installation, 'U0HANNA', '/tap')
    const subject = { 'subject-user': { type: 'users_select', selected_user: 'U0ADMIN' } }
    await desk.submit('U0HANNA', { ...filled, subject })
    const window = await desk.window('U0HANNA', 'Administrators use their own recovery keys')
    expect(Object.values(fieldsOf(window)).map(({ holds }) => holds)).toEqual([
      'U0ADMIN',
      '1 hour',
      'Phone or key replaced',
      'INC42',
      'Her new phone came today',
    ])
    await desk.submit('U0HANNA', filled)
    await recorded()
  })
  it('takes a reason without the signs that nobody sees', async () => {
    await typed(installation, 'U0HANNA', '/tap')
    const reason = words('reason', 'reason-text', 'Her new\u202E phone\u200B came \n today')
    await desk.submit('U0HANNA', { ...filled, ...reason })
    await recorded()
    const [row] = await hands.rows<{ said: string }>(
      `select state #>> '{request,reason}' as said from exception_view where status <> 'ended'`,
      [],
    )
    expect(row?.said).toBe('Her new phone came today')
  })
})

describe('what somebody typed is shown as it is and does nothing', () => {
  const reason =
    'lost *bold* _it_ ~no~ `code` <!channel> <#C0GENERAL> <https://evil.example|here> &lt;!here&gt; :boom:\u202E\n> quote'
  it('in a request, a denial and a revocation', async () => {
    const asked = await hands.command('U0HANNA', `<@U0DANA> 1h ${reason}`)
    const id = await hands.uuidOf(/TAP-[0-9A-Z-]+/.exec(asked)?.[0] ?? '')
    await hands.becomes(id, 'waiting')
    await hands.deny('U0MARCO', id, `${reason} <@U0OLGA> @here`)
    await hands.isOver(id)
    const second = await hands.ask('U0DANA')
    await hands.revoke('U0HANNA', second, `${reason} <@U0OLGA>`)
    await hands.isOver(second)
    await desk.sees('U0HANNA', 'was stopped by Hanna Weiss')

    const texts = markup(everything())
    expect(texts.length).toBeGreaterThan(10)
    const ours =
      /<!date\^\d+\^[^|>]*\|[^>]*>|<https:\/\/(?:myaccount|mysignins)\.microsoft\.com[^|>]*\|[^>]*>/g
    expect(texts.filter((text) => /<[!@#h]/.test(text.replaceAll(ours, '')))).toEqual([])
    const read = readable(everything())
    expect(read).toContain('lost *bold* _it_ ~no~ `code`')
    expect(read).not.toMatch(/\u202E/)
  })
})

/** Every text of every message that somebody here can see; the one for notifications is markup, too. */
function everything(): readonly KnownBlock[] {
  const users = ['U0HANNA', 'U0MARCO', 'U0DANA', 'U0SAM']
  const seen = users.flatMap((user) => installation.slack.people.workspaceOf(user).conversations)
  return seen
    .flatMap(({ messages }) => messages)
    .flatMap(({ text, blocks }) => [{ type: 'section', text: { type: 'mrkdwn', text } }, ...blocks])
}

/** All that Slack would read as markup. */
function markup(shown: unknown): readonly string[] {
  if (Array.isArray(shown)) return shown.flatMap(markup)
  if (typeof shown !== 'object' || shown === null) return []
  const { type, text } = shown as { type?: unknown; text?: unknown }
  return type === 'mrkdwn' && typeof text === 'string' ? [text] : Object.values(shown).flatMap(markup)
}
