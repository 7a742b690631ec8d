import { afterAll, beforeAll, expect, it } from 'vitest'
import { deskOf, type Desk } from '../setup/desk.ts'
import { startInstallation, type Installation } from '../setup/installation.ts'

let installation: Installation
let desk: Desk

beforeAll(async () => {
  installation = await startInstallation()
  desk = deskOf(installation)
  await installation.serve()
})
afterAll(() => installation.close())

it('one exception: asked for, approved by a second person, claimed, used, followed up, closed', async () => {
  const { entra } = installation
  await desk.ask()
  await desk.sees('U0HANNA', /\*Recorded, TAP-[0-9A-Z]{4}-[0-9A-Z]{4}[.,]/)
  await desk.sees('U0DANA', 'asked for a temporary pass for you')
  await desk.approve()
  await desk.sees('U0HANNA', 'approved by Marco Silva')
  const code = await desk.openCode()
  expect(entra.mints()).toBe(1)

  const dana = entra.controls.view().users.find(({ name }) => name === 'Dana Cruz')
  expect(await entra.controls.signIn({ user: dana?.id ?? '', code })).toMatchObject({ ok: true })
  await desk.sees('U0DANA', 'Your temporary pass was used')
  await desk.sees('U0DANA', 'you still have no new sign-in method')
  await entra.controls.register({ user: dana?.id ?? '', method: 'passkey' })
  await desk.sees('U0DANA', /Passkey/)
  await desk.sees('U0MARCO', /Passkey/)
  await desk.sees('U0HANNA', 'nothing left to do for you')
  await desk.sees('U0HANNA', /Since .* there is a new sign-in method: .*Passkey/)
  await desk.sees('U0DANA', '*Done:* a new sign-in method was added')
  await desk.sees('U0DANA', 'Your temporary pass was used, and a new sign-in method was added')
  expect(desk.reads('U0DANA')).not.toContain('Set up now')
  expect(desk.reads('U0HANNA')).not.toContain('Hallpass reminds')
})
