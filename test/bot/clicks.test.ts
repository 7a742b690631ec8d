import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { actions } from '../../src/core/card/actions.ts'
import type { Fact } from '../../src/core/exception/fact.ts'
import { commandText } from '../../src/core/text/en/commands.ts'
import { refusalText } from '../../src/core/text/refusal-text.ts'
import { choice, codeOf, deskOf, words, type Desk } from '../setup/desk.ts'
import { giveBack } from '../setup/give-back.ts'
import { eventually, startInstallation, type Installation } from '../setup/installation.ts'
import { handsOf, readable, type Hands } from './hands.ts'
import { typed } from './typing.ts'

let installation: Installation
let desk: Desk
let hands: Hands

beforeAll(async () => {
  installation = await startInstallation()
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
    await hands.revoke('U0SAM', id)
    await hands.isOver(id)
  }
  await giveBack(installation, 'Dana Cruz')
  for (const user of ['U0HANNA', 'U0MARCO', 'U0AVA', 'U0DANA']) installation.slack.people.reload(user)
})
afterAll(async () => {
  await hands.close()
  await installation.close()
})

const types = async (id: string): Promise<readonly Fact['type'][]> =>
  (await hands.facts(id)).map(({ type }) => type)
const approved = async (): Promise<string> => {
  const id = await hands.ask('U0DANA')
  await hands.approve('U0MARCO', id)
  await hands.becomes(id, 'approved')
  return id
}

describe('a second request for the same person', () => {
  const order = '<@U0DANA> 1h lost the phone on the train'

  it('answers which one waits, and what can be done', async () => {
    const id = await hands.ask('U0DANA')
    const says = await hands.command('U0HARI', order)
    expect(says).toMatch(
      /^\*There is one already for Dana Cruz\.\* A pass for Dana Cruz waits for Marco Silva, Ava Chen, Ben Ode until .*`\/tap status (TAP-\S+)` shows it\. `\/tap revoke \1 reason` ends it; then ask again\.$/,
    )
    expect(await types(id)).toEqual(['requested', 'admitted'])
  })
  it('answers which one is approved, and which one is out', async () => {
    const id = await approved()
    expect(await hands.command('U0HARI', order)).toContain('is approved by Marco Silva')
    await desk.openCode()
    await hands.becomes(id, 'active')
    expect(await hands.command('U0HARI', order)).toContain('was shown the code at')
  })
  it('answers in the window of the form, too', async () => {
    await hands.ask('U0DANA')
    await typed(installation, 'U0HARI', '/tap')
    await desk.submit('U0HARI', {
      subject: { 'subject-user': { type: 'users_select', selected_user: 'U0DANA' } },
      ...choice('duration', 'duration-seconds', '3600', '1 hour'),
      ...choice('category', 'category-choice', 'lost', 'Phone or key lost'),
      ...words('reason', 'reason-text', 'Lost the phone on the train'),
    })
    const window = await desk.window('U0HARI', 'There is one already')
    expect(readable(window.blocks)).toContain('There is one already for Dana Cruz')
  })
  it('tells a stranger no more than that there is one', async () => {
    await hands.ask('U0DANA')
    expect(await hands.command('U0OLGA', order)).toBe(
      refusalText({ code: 'one-already' }, { subject: 'Dana Cruz' }).mrkdwn,
    )
  })
  it('of two at once one is recorded', async () => {
    const both = await Promise.all([hands.command('U0HANNA', order), hands.command('U0HARI', order)])
    expect(both.filter((says) => says.includes('Recorded, TAP-'))).toHaveLength(1)
    await eventually(async () =>
      expect(await hands.rows(`select 1 from exception_view where status = 'waiting'`, [])).toHaveLength(1),
    )
  })
})

describe('presses at once', () => {
  it('two approvals by one approver are one', async () => {
    const id = await hands.ask('U0DANA')
    const said = await Promise.all([hands.approve('U0MARCO', id), hands.approve('U0MARCO', id, 'video')])
    expect(said.every((says) => says.includes('Recorded.'))).toBe(true)
    await hands.becomes(id, 'approved')
    expect(await types(id)).toEqual(['requested', 'admitted', 'approved'])
  })
  it('of approvals by two approvers one counts, and the other hears that it is decided', async () => {
    const id = await hands.ask('U0DANA')
    const said = await Promise.all([hands.approve('U0MARCO', id), hands.approve('U0AVA', id)])
    expect(said.filter((says) => says.includes('Recorded.'))).toHaveLength(1)
    expect(said.filter((says) => says.includes(refusalText({ code: 'not-waiting' }).mrkdwn))).toHaveLength(1)
    await hands.becomes(id, 'approved')
    expect((await types(id)).filter((type) => type === 'approved')).toHaveLength(1)
  })
  it('of an approval and a denial one counts', async () => {
    const id = await hands.ask('U0DANA')
    const said = await Promise.all([hands.approve('U0MARCO', id), hands.deny('U0AVA', id)])
    expect(said.filter((says) => says.includes('Recorded.'))).toHaveLength(1)
    await eventually(async () => expect(await hands.status(id)).not.toBe('waiting'))
    const decided = (await types(id)).filter((type) => type === 'approved' || type === 'denied')
    expect(decided).toHaveLength(1)
  })
  it.for([
    ['withdrawals', 'U0HANNA', actions.withdraw, 'withdrawn'],
    ['presses of Not me', 'U0DANA', actions.notMe, 'stopped'],
  ] as const)('three %s are one', async ([, user, action, fact]) => {
    const id = await hands.ask('U0DANA')
    await Promise.all([1, 2, 3].map(() => hands.press(user, action, id)))
    await hands.isOver(id)
    expect((await types(id)).filter((type) => type === fact)).toHaveLength(1)
  })
  it('two presses of Show my code are one: one window, one claim, one code that lives', async () => {
    const id = await approved()
    const before = installation.entra.mints()
    const opened: string[] = []
    const stop = installation.slack.onCall(({ method }) => {
      if (method === 'views.open') opened.push(method)
    })
    await Promise.all([desk.press('U0DANA', 'Show my code'), desk.press('U0DANA', 'Show my code')])
    const code = await shownTo('U0DANA')
    await hands.becomes(id, 'active')
    stop()
    expect({ opened, minted: installation.entra.mints() - before }).toEqual({
      opened: ['views.open'],
      minted: 1,
    })
    expect(desk.messages('U0DANA').filter(({ ephemeral }) => ephemeral)).toEqual([])
    expect(await types(id)).toEqual(['requested', 'admitted', 'approved', 'shown'])
    const dana = installation.entra.controls.view().users.find(({ name }) => name === 'Dana Cruz')
    expect(await installation.entra.controls.signIn({ user: dana?.id ?? '', code })).toMatchObject({
      ok: true,
    })
    await hands.isOver(id)
  })
  it('Show my code can be pressed again once the first press is through', async () => {
    const id = await approved()
    const first = await desk.openCode()
    await hands.becomes(id, 'active')
    await desk.close('U0DANA')
    expect(await hands.press('U0DANA', actions.notSeen, id)).toContain('Recorded.')
    await hands.becomes(id, 'approved')
    expect(await desk.openCode()).not.toBe(first)
  })
})

/** Waits for the code on a person's screen. */
function shownTo(user: string): Promise<string> {
  return eventually(() => {
    const view = desk.modal(user)
    const shown = view && codeOf(view)
    if (shown === undefined) throw new Error(`No code: ${JSON.stringify(view)}`)
    return shown
  })
}

describe('an old copy of a card, pressed after the end', () => {
  it.for([
    ['Approve', 'U0MARCO', actions.approve, refusalText({ code: 'not-waiting' }).mrkdwn],
    ['Deny', 'U0MARCO', actions.deny, refusalText({ code: 'not-waiting' }).mrkdwn],
    ['Withdraw', 'U0HANNA', actions.withdraw, refusalText({ code: 'over' }).mrkdwn],
    ['Show my code', 'U0DANA', actions.showCode, refusalText({ code: 'not-approved' }).mrkdwn],
    ['I did not see it', 'U0DANA', actions.notSeen, refusalText({ code: 'over' }).mrkdwn],
    ['Revoke', 'U0MARCO', actions.revoke, refusalText({ code: 'over' }).mrkdwn],
    ['It does not work', 'U0DANA', actions.doesNotWork, 'There is no pass: the request was withdrawn.'],
    ['Not me', 'U0DANA', actions.notMe, 'It is being ended now'],
  ] as const)('%s says where it stands', async ([, user, action, says]) => {
    const id = await hands.ask('U0DANA')
    await hands.press('U0HANNA', actions.withdraw, id)
    await hands.isOver(id)
    expect(await hands.press(user, action, id)).toContain(says)
    expect((await types(id)).at(-1)).toBe('ended')
  })
})

describe('a press that was too long on its way to open a window', () => {
  const rows = [
    ['Approve', 'U0MARCO', 'waiting'],
    ['Show my code', 'U0DANA', 'approved'],
    ['It does not work', 'U0DANA', 'active'],
  ] as const
  it.for(rows)('%s: the person reads what to do, and nothing has happened', async ([label, user, status]) => {
    const id = status === 'waiting' ? await hands.ask('U0DANA') : await approved()
    if (status === 'active') {
      await desk.openCode()
      await desk.close('U0DANA')
      await hands.becomes(id, 'active')
    }
    await desk.sees(user, label)
    const before = await types(id)
    slowly()
    await desk.press(user, label)
    const whispered = () => desk.messages(user).filter(({ ephemeral }) => ephemeral)
    await eventually(() => expect(readable(whispered())).toContain(commandText.tooSlow().mrkdwn))
    expect((await types(id)).filter((type) => type !== 'hidden')).toEqual(
      before.filter((type) => type !== 'hidden'),
    )
  })
  it('the form of the command likewise', async () => {
    slowly()
    const { says } = await typed(installation, 'U0HANNA', '/tap')
    expect(says).toBe(commandText.tooSlow().mrkdwn)
  })
})

/** The directory takes longer than a trigger lives. */
function slowly(): void {
  installation.entra.faults.plan({
    // Not the looks at passes and methods, which go on beside it.
    match: (method, path) => method === 'GET' && /^\/v1\.0\/users(\/[^/]+)?$/.test(path),
    do: 'hang',
    ms: 3_300,
    when: 'before',
  })
}
