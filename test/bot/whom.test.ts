import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { seedState } from '../../src/sandbox/entra/seed.ts'
import { personProblemText } from '../../src/core/text/person-problem-text.ts'
import { commandText } from '../../src/core/text/en/commands.ts'
import { refusalText } from '../../src/core/text/refusal-text.ts'
import { choice, deskOf, words, type Desk } from '../setup/desk.ts'
import { startInstallation, type Installation } from '../setup/installation.ts'
import { handsOf, type Hands } from './hands.ts'
import { offeredBy, typed } from './typing.ts'
import { member, nobodies, workspace } from './workspace.ts'

let installation: Installation
let desk: Desk
let hands: Hands

/** Two people of the directory with the address of Rita Lund. */
function tenant(): unknown {
  const state = seedState(Date.now())
  const [twin] = state.users.filter(({ profile }) => profile.displayName === 'Greta Gone')
  const users = state.users.map((user) =>
    user === twin ? { ...user, profile: { ...user.profile, mail: 'rita.lund@contoso.example' } } : user,
  )
  return { ...state, users }
}

beforeAll(async () => {
  const seed = {
    ...workspace,
    members: [
      ...workspace.members,
      member('U0DIETER', 'dieter', 'Dieter Disabled', 'dieter.disabled@contoso.example'),
      member('U0GUSTAV', 'gustav.g', 'Gustav Guest', 'gustav.guest@contoso.example'),
    ],
  }
  const entraStore = { load: async () => tenant(), save: async () => undefined }
  installation = await startInstallation({ seed, entraStore })
  await installation.serve()
  desk = deskOf(installation)
  hands = await handsOf(installation)
})
afterAll(async () => {
  await hands.close()
  await installation.close()
})

const order = (subject: string): string => `${subject} 1h INC123 lost the phone on the train`
const nothing = async (): Promise<void> => {
  expect(await hands.rows('select 1 from exception_view', [])).toHaveLength(0)
}

describe('nobody is asked for whom Slack or the directory does not vouch: in words, and nothing is recorded', () => {
  it.for([
    ...nobodies,
    ['U0HALLPASS', 'bot'],
    ['U0DIETER', 'directory-disabled'],
    ['U0GUSTAV', 'guest'],
    ['U0RITA', 'ambiguous'],
  ] as const)('%s: %s', async ([user, problem]) => {
    expect(await hands.command('U0HANNA', order(`<@${user}>`))).toBe(
      personProblemText(problem, commandText.they).mrkdwn,
    )
    await nothing()
  })
  it.for([
    ['rita.lund@contoso.example', 'ambiguous'],
    ['gustav.guest@contoso.example', 'guest'],
    ['nils.nowhere@contoso.example', 'not-in-directory'],
  ] as const)('by e-mail address, %s: %s', async ([mail, problem]) => {
    expect(await hands.command('U0HANNA', order(`<mailto:${mail}|${mail}>`))).toBe(
      personProblemText(problem, `The person with ${mail}`).mrkdwn,
    )
    await nothing()
  })
  it('an e-mail address that Slack does not know: which one, and what to do', async () => {
    const mail = 'nobody@elsewhere.example'
    expect(await hands.command('U0HANNA', order(`<mailto:${mail}|${mail}>`))).toBe(
      `Slack knows nobody with the address ${mail}. Check it, or type @ and choose the person from the list.`,
    )
    await nothing()
  })
  it('an @name that Slack did not link is asked for again, never guessed', async () => {
    expect(await hands.command('U0HANNA', order('@dana'))).toContain('Slack did not link this name')
    await nothing()
  })
})

describe('what the policy refuses, it refuses in words', () => {
  it.for([
    ['an administrator by role', 'U0HANNA', 'U0ADMIN', 'Administrators use their own recovery keys'],
    ['an administrator by a group', 'U0HANNA', 'U0PETRA', 'Administrators use their own recovery keys'],
    ['oneself', 'U0HANNA', 'U0HANNA', refusalText({ code: 'not-three-people' }).mrkdwn],
    [
      'oneself, by the other account',
      'U0HANNA',
      'U0HANNADM',
      refusalText({ code: 'not-three-people' }).mrkdwn,
    ],
    ['a request by somebody who is no helpdesk', 'U0OLGA', 'U0DANA', refusalText({ code: 'no-rule' }).mrkdwn],
    ['a request by the manager', 'U0MARCO', 'U0DANA', refusalText({ code: 'no-rule' }).mrkdwn],
  ] as const)('%s', async ([, requester, subject, says]) => {
    expect(await hands.command(requester, order(`<@${subject}>`))).toContain(says)
    await desk.sees(requester, 'was refused')
    await over()
  })
  it.for([
    ['longer than the policy allows', '9h', refusalText({ code: 'too-long', longest: 8 * 3600 }).mrkdwn],
    ['shorter than the provider accepts', '5m', range(600, 28_800)],
    ['no whole minutes', '601s', range(600, 28_800)],
  ] as const)('%s, with the numbers', async ([, duration, says]) => {
    expect(await hands.command('U0HANNA', `<@U0DANA> ${duration} lost the phone on the train`)).toBe(says)
    await over()
  })
})

describe('the provider changes its mind between the form and the request', () => {
  const filled = {
    subject: { 'subject-user': { type: 'users_select', selected_user: 'U0DANA' } },
    ...choice('duration', 'duration-seconds', '28800', '8 hours'),
    ...choice('category', 'category-choice', 'lost', 'Phone or key lost'),
    ...words('reason', 'reason-text', 'Lost the phone on the train'),
  }
  it.for([
    ['shorter', { maximumLifetimeInMinutes: 120 }, range(600, 7200)],
    ['switched off', { state: 'disabled' }, refusalText({ code: 'provider-off' }).mrkdwn],
  ] as const)('%s: what it accepts now is said', async ([, change, says]) => {
    const { window } = await typed(installation, 'U0HANNA', '/tap')
    expect(offeredBy(window, 'duration')).toContain('8 hours')
    settingsBecome(change)
    await desk.submit('U0HANNA', filled)
    await desk.window('U0HANNA', says)
    await over()
  })
  it('the next form offers what it accepts now', async () => {
    settingsBecome({ maximumLifetimeInMinutes: 120 })
    const { window } = await typed(installation, 'U0HANNA', '/tap')
    expect(offeredBy(window, 'duration')).toEqual(['15 minutes', '30 minutes', '1 hour', '2 hours'])
  })
})

/** Waits until the newest exception is out of the way. */
async function over(): Promise<void> {
  const newest = 'select exception_id as id from exception_view order by requested_at desc limit 1'
  const [row] = await hands.rows<{ id: string }>(newest, [])
  await hands.isOver(row?.id ?? '')
}

function range(shortest: number, longest: number): string {
  return refusalText({ code: 'provider-range', shortest, longest }).mrkdwn
}

/** What Graph answers to the next question about its settings for passes. */
function settingsBecome(change: object): void {
  const settings = seedState(Date.now()).passPolicy
  installation.entra.faults.plan({
    match: (method, path) => method === 'GET' && path.endsWith('/temporaryAccessPass'),
    do: 'status',
    status: 200,
    body: { id: 'TemporaryAccessPass', ...settings, ...change },
    when: 'before',
  })
}
