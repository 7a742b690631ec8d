import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { handsOf, type Hands } from '../bot/hands.ts'
import { actions } from '../../src/core/card/actions.ts'
import { deskOf, type Desk } from '../setup/desk.ts'
import { startInstallation, type Installation } from '../setup/installation.ts'

const gateway = { name: 'vpn-gateway', secret: 'the-secret-of-the-vpn-gateway' } as const

let installation: Installation
let desk: Desk
let hands: Hands
let verifyUrl: string

beforeAll(async () => {
  installation = await startInstallation()
  desk = deskOf(installation)
  await installation.serve()
  hands = await handsOf(installation)
  verifyUrl = await installation.verify({ [gateway.name]: gateway.secret })
})
afterAll(async () => {
  await hands.close()
  await installation.close()
})

async function isLetInWith(code: string): Promise<boolean> {
  const { status } = await fetch(`${verifyUrl}/verify/radius`, {
    method: 'POST',
    headers: { authorization: `Bearer ${gateway.name}.${gateway.secret}` },
    body: JSON.stringify({ 'User-Name': { value: ['dana.cruz'] }, 'User-Password': { value: [code] } }),
  })
  return status < 300
}

/** What somebody sees of what Hallpass says to them, a line each. */
const linesTo = (user: string): readonly string[] => desk.reads(user).split('\n')

describe('a drill', () => {
  it('is the whole way with a code that opens nothing, and says so to everybody', async () => {
    await desk.type('U0HANNA', '/tap drill @dana 5m we practise with her lost phone')
    await desk.sees('U0HANNA', /\*Recorded, DRILL-[0-9A-Z]{4}-[0-9A-Z]{4}[.,]/)
    await desk.sees('U0MARCO', 'Drill: let Dana Cruz have a code that opens nothing?')
    await desk.approve()
    const code = await desk.openCode()
    expect(await isLetInWith(code)).toBe(false)
    await desk.close('U0DANA')
    expect(installation.entra.mints()).toBe(0)
    for (const user of ['U0HANNA', 'U0MARCO', 'U0DANA'])
      await desk.sees(user, 'This is a drill: the code opens nothing.')
    expect(linesTo('U0DANA').filter((line) => line.includes('sign-in page'))).toEqual([])
  })

  it('is in nobody’s way: the person gets a real one meanwhile', async () => {
    await desk.type('U0HANNA', '/bypass @dana 300s for vpn phone is at home')
    await desk.sees('U0MARCO', 'past the second factor')
    await desk.approve()
    const code = await desk.openCode()
    expect(await isLetInWith(code)).toBe(true)
  })

  it('that is taken for an attack is stopped, and blocks nobody', async () => {
    await desk.type('U0HANNA', '/tap drill @olga 5m we practise with her lost phone')
    await desk.sees('U0AVA', 'Drill: let Olga Novak')
    await desk.press('U0OLGA', 'Not me')
    await desk.sees('U0OLGA', 'You pressed Not me.')
    const { users } = installation.entra.controls.view()
    expect(users.find(({ name }) => name === 'Olga Novak')).toMatchObject({ enabled: true })
    expect(desk.reads('U0OLGA')).not.toContain('Case FRD-')
  })

  it('has the form of a pass, with the times that the rules of a pass allow', async () => {
    await desk.type('U0HANNA', '/tap drill')
    await desk.window('U0HANNA', 'At most 8 hours here.')
    expect(desk.reads('U0HANNA')).not.toContain('At most 1 day')
    await desk.close('U0HANNA')
  })

  it('is explained by its help', async () => {
    await desk.type('U0HANNA', '/tap drill help')
    await desk.sees('U0HANNA', '/tap drill @person 5m')
    await desk.type('U0HANNA', '/tap help')
    await desk.sees('U0HANNA', 'is the same for practice')
    expect(desk.reads('U0HANNA')).toContain('/tap drill revoke DRILL-')
  })
})

describe('something real', () => {
  const drillAsked = '/tap drill @person 5m'

  it.each([
    ['tap', '/tap @hari 1h drill, he lost his phone', 'it asks for a real pass'],
    ['bypass', '/bypass drill @hari 5m for vpn lost his phone', 'it asks for a real bypass'],
  ])('is not asked for by somebody who means a drill: %s', async (_, typed, says) => {
    await desk.type('U0HANNA', typed)
    await desk.window('U0HANNA', says)
    expect(desk.reads('U0HANNA')).toContain(drillAsked)
    await desk.close('U0HANNA')
  })

  it('is neither ended nor lengthened by somebody who practises', async () => {
    const id = await hands.ask('U0OLGA')
    const [row] = await hands.rows<{ id: string }>(
      'select display_id as id from exception_view where exception_id = $1',
      [id],
    )
    for (const verb of ['revoke', 'extend']) {
      const typed = `/tap drill ${verb} ${row?.id} 5m practising this one`
      await desk.type('U0HANNA', typed)
      await desk.sees('U0HANNA', `Nothing was done: ${row?.id} is no drill`)
    }
    expect(await hands.status(id)).toBe('waiting')
  })

  it('is reported by Not me, also where somebody wrote into the database that it is a drill', async () => {
    const id = await hands.ask('U0DANA')
    await hands.rows(
      `update exception_view set kind = 'drill', state = jsonb_set(state, '{request,kind}', '"drill"')
       where exception_id = $1`,
      [id],
    )
    const says = await hands.press('U0DANA', actions.notMe, id)
    expect(says).toMatch(/Case FRD-/)
  })
})
