import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { actions } from '../../src/core/card/actions.ts'
import { ruledKinds, type RuledKind } from '../../src/core/kinds.ts'
import type { Refusal } from '../../src/core/refusal.ts'
import { refusalText } from '../../src/core/text/refusal-text.ts'
import { deskOf, type Desk } from '../setup/desk.ts'
import { startInstallation, type Installation } from '../setup/installation.ts'
import { policyAskingSoon } from '../setup/policy.ts'
import { handsOf, orders, type Hands } from './hands.ts'
import { cast, workspace, type Role } from './workspace.ts'

const gateway = { name: 'vpn-gateway', secret: 'the-secret-of-the-vpn-gateway' }

let installation: Installation
let desk: Desk
let hands: Hands
let verifyUrl: string

beforeAll(async () => {
  installation = await startInstallation({ seed: workspace, policyFile: policyAskingSoon() })
  await installation.serve()
  verifyUrl = await installation.verify({ [gateway.name]: gateway.secret })
  desk = deskOf(installation)
  hands = await handsOf(installation)
})
afterAll(async () => {
  await hands.close()
  await installation.close()
})

const roles = Object.keys(cast) as Role[]
const whose = { subject: 'Dana Cruz', requester: 'Hanna Weiss' }
const because = (refusal: Refusal): string => refusalText(refusal, whose).mrkdwn

const order = (kind: RuledKind, by: string, subject: string, words = orders[kind]): Promise<string> =>
  hands.command(by, `<@${subject}> ${words}`, { command: `/${kind}` })

async function newest(): Promise<string> {
  const [row] = await hands.rows<{ id: string }>(
    'select exception_id as id from exception_view order by requested_at desc limit 1',
    [],
  )
  return row?.id ?? ''
}

/** Somebody asks for somebody; what they read, and the exception that this became. */
async function asks(...asked: Parameters<typeof order>): Promise<{ says: string; id: string }> {
  const before = await newest()
  const says = await order(...asked)
  await expect.poll(newest, { timeout: 60_000 }).not.toBe(before)
  return { says, id: await newest() }
}

describe.each(ruledKinds)('%s: asking', (kind) => {
  it('is for the helpdesk alone', async () => {
    const helpdesk: readonly Role[] = ['requester', 'secondHelpdesk']
    for (const role of roles) {
      const { says, id } = await asks(kind, cast[role], cast.subject)
      const isRecorded = helpdesk.includes(role)
      expect([role, says]).toEqual([
        role,
        expect.stringContaining(isRecorded ? '*Recorded, ' : because({ code: 'no-rule' })),
      ])
      if (isRecorded) await hands.revoke(cast.security, id)
      await hands.isOver(id)
    }
  })

  const administrators = 'Administrators use their own recovery keys. Call security.'
  it.for([
    ['oneself', cast.requester, cast.requester, { code: 'not-three-people' }],
    ['one’s own second account', cast.requester, cast.requestersSecondAccount, { code: 'not-three-people' }],
    ['an administrator', cast.requester, cast.administrator, { code: 'rule-refuses', says: administrators }],
  ] as const)('is refused for %s', async ([, by, subject, refusal]) => {
    const { says, id } = await asks(kind, by, subject)
    expect(says).toContain(because(refusal))
    await hands.isOver(id)
  })
})

describe('two kinds at once', () => {
  it('of a second request for a person the one of its kind is named, not the other', async () => {
    const pass = await hands.ask(cast.subject, cast.requester, 'tap')
    const bypass = await hands.ask(cast.subject, cast.requester, 'bypass')
    expect(await order('tap', cast.secondHelpdesk, cast.subject)).toContain('`/tap revoke TAP-')
    expect(await order('bypass', cast.secondHelpdesk, cast.subject)).toContain('`/bypass revoke BYP-')
    for (const id of [pass, bypass]) {
      await hands.revoke(cast.security, id)
      await hands.isOver(id)
    }
  })
})

/** How the one who has the code gets in with it. */
const getIn: Readonly<Record<RuledKind, (code: string) => Promise<unknown>>> = {
  tap: (code) => {
    const { users } = installation.entra.controls.view()
    const user = users.find(({ name }) => name === whose.subject)?.id ?? ''
    return installation.entra.controls.signIn({ user, code })
  },
  bypass: (code) =>
    fetch(`${verifyUrl}/verify/radius`, {
      method: 'POST',
      headers: { authorization: `Bearer ${gateway.name}.${gateway.secret}` },
      body: JSON.stringify({ 'User-Name': { value: ['dana.cruz'] }, 'User-Password': { value: [code] } }),
    }),
}

describe.each(ruledKinds)('%s: that the phone is back', (kind) => {
  const forgotten: Readonly<Record<RuledKind, string>> = {
    tap: '1h INC123 forgot the phone at home',
    bypass: orders.bypass,
  }

  it('is for the person to say whom it let in, and for nobody else', async () => {
    const { id } = await asks(kind, cast.requester, cast.subject, forgotten[kind])
    await hands.approve(cast.manager, id)
    await hands.becomes(id, 'approved')
    const says = (role: Role): Promise<string> => hands.press(cast[role], actions.phoneBack, id)
    expect(await says('subject')).not.toContain('Recorded.')
    await getIn[kind](await desk.openCode(cast.subject))
    await hands.isOver(id)
    await expect.poll(() => desk.reads(cast.subject), { timeout: 60_000 }).toContain('Yes, it is back')
    for (const role of roles.filter((one) => one !== 'subject')) {
      expect([role, await says(role)]).toEqual([
        role,
        expect.stringContaining(because({ code: 'not-the-subject' })),
      ])
    }
    expect(await says('subject')).toContain('Recorded.')
    const closed = await hands.rows(`select from fact where chain = $1 and seq > 1`, [`follow-up/${id}`])
    expect(closed.length).toBeGreaterThan(0)
  })
})
