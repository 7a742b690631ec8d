import { afterAll, beforeAll, expect, it } from 'vitest'
import { choice, deskOf, words, type Desk } from '../setup/desk.ts'
import { eventually, startInstallation, type Installation } from '../setup/installation.ts'

let installation: Installation
let desk: Desk

beforeAll(async () => {
  installation = await startInstallation()
  desk = deskOf(installation)
  await installation.serve()
})
afterAll(() => installation.close())

const userOf = (name: string) => installation.entra.controls.view().users.find((user) => user.name === name)

it('*Not me* on a live pass: it is dead and the account safe within seconds, security looks into it, and two of them give it back', async () => {
  const { entra } = installation
  await desk.ask()
  await desk.approve()
  const code = await desk.openCode()
  await desk.close('U0DANA')
  const dana = userOf('Dana Cruz')?.id ?? ''

  await desk.press('U0DANA', 'Not me')
  await desk.sees('U0DANA', /Case FRD-[0-9A-Z]{4}-[0-9A-Z]{4} is open/)
  await eventually(() => expect(userOf('Dana Cruz')?.pass).toBeUndefined())
  expect(await entra.controls.signIn({ user: dana, code })).toMatchObject({ ok: false })
  await eventually(() => expect(userOf('Dana Cruz')?.enabled).toBe(false))

  await desk.sees('U0SAM', 'Fraud reported about Dana Cruz', 'security')
  await desk.type('U0HANNA', '/tap @dana 1h INC9 lost her phone on the train again')
  await desk.sees('U0HANNA', 'has a disabled account in the directory')

  await desk.press('U0SAM', 'I take it', 'security')
  await desk.sees('U0SAM', 'Sam Okafor', 'security')
  await desk.press('U0SAM', 'Close', 'security')
  await desk.window('U0SAM', 'Close')
  await desk.submit('U0SAM', {
    ...choice('outcome', 'outcome-choice', 'false-alarm', 'False alarm'),
    ...words('reason', 'reason-text', 'she did not know that Hanna asked for it'),
    'made-safe': {
      'made-safe-choices': {
        type: 'checkboxes',
        selected_options: ['password-reset', 'methods-reviewed'].map((value) => ({
          text: { type: 'plain_text', text: value },
          value,
        })),
      },
    },
  })
  await desk.sees('U0SAM', 'Agree to unblock', 'security')
  expect(userOf('Dana Cruz')?.enabled).toBe(false)

  await desk.press('U0RITA', 'Agree to unblock', 'security')
  await desk.window('U0RITA', 'she did not know that Hanna asked for it')
  await desk.submit('U0RITA', {})
  await eventually(() => expect(userOf('Dana Cruz')?.enabled).toBe(true))
  await desk.sees('U0SAM', ': false alarm.', 'security')
})
