import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { deskOf, type Desk } from '../setup/desk.ts'
import { startFreeRadius, type FreeRadius } from '../setup/freeradius.ts'
import { eventually, startInstallation, type Installation } from '../setup/installation.ts'
import { policyWithPortal } from '../setup/policy.ts'

const gateway = { name: 'vpn-gateway', secret: 'the-secret-of-the-vpn-gateway' } as const
const portal = { name: 'portal', secret: 'the-secret-of-the-portal-0001' } as const

let installation: Installation
let desk: Desk
let verifyUrl: string
let radius: FreeRadius

beforeAll(async () => {
  installation = await startInstallation({ policyFile: policyWithPortal() })
  desk = deskOf(installation)
  await installation.serve()
  verifyUrl = await installation.verify({ [gateway.name]: gateway.secret, [portal.name]: portal.secret })
  radius = await startFreeRadius({ site: 'site-second-factor', verifyUrl, check: gateway })
})

afterAll(async () => {
  await radius.stop()
  await installation.close()
})

const ask = (command: string): Promise<unknown> => desk.type('U0HANNA', command)

/** What the portal is told about Dana's sign-in. */
async function askPortal(): Promise<unknown> {
  const authorization = `Basic ${Buffer.from(`${portal.name}:${portal.secret}`).toString('base64')}`
  const body = JSON.stringify({ user: 'dana.cruz@contoso.example', code: 'anything' })
  const answer = await fetch(`${verifyUrl}/verify/rest2f`, {
    method: 'POST',
    headers: { authorization },
    body,
  })
  return answer.json()
}

describe('a bypass', () => {
  it('by code: asked for, approved by a second person, shown once, let in by the VPN once, followed up', async () => {
    await ask('/bypass @dana 300s for vpn INC7 phone is at home')
    await desk.sees('U0HANNA', /\*Recorded, BYP-[0-9A-Z]{4}-[0-9A-Z]{4}[.,]/)
    await desk.sees('U0MARCO', 'VPN')
    await desk.approve()
    const code = await desk.openCode()
    expect(code).toMatch(/^[0-9A-HJKMNP-TV-Z]{4}(?:-[0-9A-HJKMNP-TV-Z]{4}){3}$/)
    expect(installation.entra.mints()).toBe(0)

    expect((await radius.signIn('olga.novak', code)).accepted).toBe(false)
    expect((await radius.signIn('dana.cruz', code)).accepted).toBe(true)
    expect((await radius.signIn('dana.cruz', code)).accepted).toBe(false)
    await desk.sees('U0DANA', 'was used')
    await desk.sees('U0DANA', 'is your phone back?')
    await desk.press('U0DANA', 'Yes, it is back')
    await desk.sees('U0DANA', /\*Done:?\*?/)
  })

  it('by let-in: no code, and the next sign-in passes once', async () => {
    await ask('/bypass @dana 2m for intranet phone is at home')
    await desk.sees('U0MARCO', 'without a second factor')
    await desk.approve()
    expect(await askPortal()).toEqual({ result: false })
    await desk.press('U0DANA', 'Let me in')
    await desk.window('U0DANA', 'passes without a second factor')
    expect(await askPortal()).toEqual({ result: true })
    expect(await askPortal()).toEqual({ result: false })
    await desk.sees('U0HANNA', 'Dana Cruz signed in to Intranet without a second factor')
  })

  it('that is revoked lets nobody in', async () => {
    await ask('/bypass @olga 300s for vpn phone is at home')
    await desk.sees('U0AVA', 'Olga Novak')
    await desk.approve('U0AVA')
    const code = await desk.openCode('U0OLGA')
    await desk.press('U0OLGA', 'Not me')
    await eventually(async () => {
      const { accepted } = await radius.signIn('olga.novak', code)
      expect(accepted).toBe(false)
      expect(desk.reads('U0OLGA')).toContain('Since ')
    })
    expect((await radius.signIn('olga.novak', code)).accepted).toBe(false)
  })
})
