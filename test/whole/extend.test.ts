import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { choice, deskOf, words, type Desk } from '../setup/desk.ts'
import { eventually, startInstallation, type Installation } from '../setup/installation.ts'

const gateway = { name: 'vpn-gateway', secret: 'the-secret-of-the-vpn-gateway' } as const

let installation: Installation
let desk: Desk
let verifyUrl: string

beforeAll(async () => {
  installation = await startInstallation()
  desk = deskOf(installation)
  await installation.serve()
  verifyUrl = await installation.verify({ [gateway.name]: gateway.secret })
})
afterAll(() => installation.close())

/** The newest id of this kind that somebody can read. */
function idIn(user: string, prefix: string): string {
  return (
    desk
      .reads(user)
      .match(new RegExp(`${prefix}-[0-9A-Z]{4}-[0-9A-Z]{4}`, 'gu'))
      ?.at(-1) ?? ''
  )
}

/** Whether the VPN lets somebody in with what they typed. */
async function letsIn(userName: string, code: string): Promise<boolean> {
  const answer = await fetch(`${verifyUrl}/verify/radius`, {
    method: 'POST',
    headers: { authorization: `Bearer ${gateway.name}.${gateway.secret}` },
    body: JSON.stringify({ 'User-Name': { value: [userName] }, 'User-Password': { value: [code] } }),
  })
  return answer.status === 204
}

describe('a pass', () => {
  it('is replaced by a longer one: asked for with the button, approved, and the first code works until the second is shown', async () => {
    const { entra } = installation
    const dana = entra.controls.view().users.find(({ name }) => name === 'Dana Cruz')?.id ?? ''
    await desk.ask()
    await desk.approve()
    const first = await desk.openCode()
    await desk.close('U0DANA')

    const pass = idIn('U0DANA', 'TAP')
    await desk.type('U0DANA', `/tap extend ${pass} 2h I would like to have longer`)
    await desk.sees('U0DANA', 'No rule of the policy lets you ask for this')
    await desk.press('U0HANNA', 'Extend')
    await desk.window('U0HANNA', 'A second person has to approve more time')
    await desk.submit('U0HANNA', {
      ...choice('duration', 'duration-seconds', '7200', '2 hours'),
      ...words('reason', 'reason-text', 'her new phone comes at noon'),
    })
    await desk.window('U0HANNA', 'Recorded, TAP-')
    await desk.close('U0HANNA')
    await desk.sees('U0MARCO', 'Give Dana Cruz more time?')
    await desk.sees('U0DANA', 'asked for a longer temporary pass for you')

    const pending =
      /asked for more time already, TAP-[^*]*\* A longer pass for Dana Cruz waits for Marco Silva/
    await desk.press('U0HANNA', 'Extend')
    await desk.sees('U0HANNA', pending)
    await desk.type('U0HANNA', `/tap extend ${pass} 4h her new phone comes later`)
    await eventually(() => expect(desk.reads('U0HANNA').match(new RegExp(pending, 'gu'))).toHaveLength(2))
    await desk.approve()
    await desk.sees('U0DANA', 'Your longer temporary pass is ready')
    expect(entra.controls.view().users.find(({ id }) => id === dana)?.pass).toMatchObject({ usable: true })

    const second = await desk.openCode()
    expect(second).not.toBe(first)
    await desk.sees('U0HANNA', /was replaced by TAP-[0-9A-Z]{4}-[0-9A-Z]{4} at/)
    expect(await entra.controls.signIn({ user: dana, code: first })).toMatchObject({ ok: false })
    expect(await entra.controls.signIn({ user: dana, code: second })).toMatchObject({ ok: true })
    await desk.sees('U0DANA', 'longer temporary pass was used')
    expect(entra.mints()).toBe(2)
    expect(JSON.stringify(desk.messages('U0SAM', 'security'))).not.toContain('Removed outside Hallpass')
  })

  it('that was used gets no more time, in words', async () => {
    await desk.type('U0HANNA', `/tap extend ${idIn('U0DANA', 'TAP')} 1h she is still locked out`)
    await desk.sees(
      'U0HANNA',
      /TAP-[0-9A-Z]{4}-[0-9A-Z]{4} works once and was used, so nobody can give it more time/,
    )
    expect(installation.entra.mints()).toBe(2)
  })
})

describe('a bypass', () => {
  it('works longer under its own code: asked for by command, approved, and still let in once', async () => {
    await desk.type('U0HANNA', '/bypass @olga 20s for vpn phone is at home')
    await desk.approve('U0AVA')
    const code = await desk.openCode('U0OLGA')
    const shownAt = Date.now()
    await desk.sees('U0HANNA', 'Olga Novak was shown the code')
    await desk.type('U0HANNA', `/bypass extend ${idIn('U0HANNA', 'BYP')} 120s she is still on the train`)
    await desk.sees('U0AVA', 'works for 2 minutes from the approval on')
    await desk.approve('U0AVA')
    await desk.sees('U0OLGA', 'works longer now, until')
    await desk.sees('U0HANNA', 'has more time: the VPN bypass works until')

    await eventually(() => expect(Date.now()).toBeGreaterThan(shownAt + 21_000), 30_000)
    expect(await letsIn('olga.novak', code)).toBe(true)
    expect(await letsIn('olga.novak', code)).toBe(false)
    await desk.sees('U0OLGA', 'was used')
  })
})
