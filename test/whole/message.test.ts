import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { deskOf, type Desk } from '../setup/desk.ts'
import { eventually, startInstallation, type Installation } from '../setup/installation.ts'
import { policyOfMessages } from '../setup/policy.ts'

const gateway = { name: 'vpn-gateway', secret: 'the-secret-of-the-vpn-gateway' } as const
const dana = 'U0DANA'
const olga = 'U0OLGA'

let installation: Installation
let desk: Desk
let verifyUrl: string

beforeAll(async () => {
  installation = await startInstallation({ policyFile: policyOfMessages('3m') })
  desk = deskOf(installation)
  await installation.serve()
  verifyUrl = await installation.verify({ [gateway.name]: gateway.secret })
})
afterAll(() => installation.close())

const noneSent = (user = dana): Promise<void> =>
  eventually(() => {
    if (desk.codesSent(user).length > 0) throw new Error(`A message is still there: ${desk.reads(user)}`)
  })

/** Whether the VPN lets Dana in with this code. */
async function isLetIn(code: string): Promise<boolean> {
  const authorization = `Basic ${Buffer.from(`${gateway.name}:${gateway.secret}`).toString('base64')}`
  const body = JSON.stringify({ user: 'dana.cruz', code })
  const headers = { authorization }
  const answer = await fetch(`${verifyUrl}/verify/rest2f`, { method: 'POST', headers, body })
  return ((await answer.json()) as { result: boolean }).result
}

describe('where the policy has codes sent in messages', () => {
  it('a pass: the window says where the code is, the message holds it until it was used', async () => {
    const { entra } = installation
    await desk.ask()
    await desk.approve()
    const code = await desk.sendCode()
    expect(entra.mints()).toBe(1)
    expect(desk.codesSent()).toEqual([code])
    expect(JSON.stringify(desk.modal(dana))).not.toContain('rich_text')
    const message = desk.messages(dana).at(-1)
    expect(message?.text).toMatch(/^Your code comes in this message, which is removed at /)
    await desk.sees(dana, 'It is in the message below until')

    const user = entra.controls.view().users.find(({ name }) => name === 'Dana Cruz')?.id ?? ''
    expect(await entra.controls.signIn({ user, code })).toMatchObject({ ok: true })
    await noneSent()
    await desk.sees(dana, 'Your temporary pass was used')
    await desk.window(dana, 'Used.')
    await desk.close(dana)
    await entra.controls.register({ user, method: 'passkey' })
    await desk.sees(dana, 'a new sign-in method was added')
  })

  it('a bypass: one that was not seen is taken away, and the next one lets in', async () => {
    await desk.type('U0HANNA', '/bypass @dana 300s for vpn phone is at home')
    await desk.sees('U0MARCO', 'sign in to VPN once, past the second factor')
    await desk.approve()
    const first = await desk.sendCode()
    await desk.close(dana)
    await desk.press(dana, 'It does not work')
    await desk.pressInView(dana, 'I did not see it')
    await noneSent()
    await desk.sees(dana, 'is ready again')
    while (desk.modal(dana) !== undefined) await desk.close(dana)

    const second = await desk.sendCode()
    expect(desk.codesSent()).toEqual([second])
    expect(await isLetIn(first)).toBe(false)
    expect(await isLetIn(second)).toBe(true)
    await noneSent()
    await desk.sees(dana, 'Your one-time VPN bypass was used')
  })

  it('*Not me* on the card above stops it, and the message goes', async () => {
    await desk.type('U0HANNA', '/bypass @olga 300s for vpn phone is at home')
    await desk.sees('U0AVA', 'Olga Novak')
    await desk.approve('U0AVA')
    expect(await desk.sendCode(olga)).not.toBe('')
    await desk.press(olga, 'Not me')
    await noneSent(olga)
    await desk.sees(olga, 'You pressed Not me')
  })
})
