import { afterAll, beforeAll, expect, it } from 'vitest'
import { newEncryptionKey } from '../../src/adapters/temporal/encryption-keys.ts'
import { deskOf, type Desk } from '../setup/desk.ts'
import { freePort, startInstallation, type Installation } from '../setup/installation.ts'

type Running = Awaited<ReturnType<Installation['serve']>>

let installation: Installation
let desk: Desk
let bots: readonly Running[]
let workers: readonly Running[]

/** In the middle of changing the key of payloads: some already write with the new one, and everybody reads both. */
const [older, newer] = [newEncryptionKey(), newEncryptionKey()]

/** What the other program needs, and this one must not have. */
const ofBots = {
  SLACK_SIGNING_SECRET: '',
  HALLPASS_SIGNING_KEY: '',
  HALLPASS_SIGNAL_KEY: '',
  HALLPASS_ENCRYPTION_KEY: `${older},${newer}`,
}
const ofWorkers = { HALLPASS_CODE_KEY: '', HALLPASS_ENCRYPTION_KEY: `${newer},${older}` }

beforeAll(async () => {
  installation = await startInstallation()
  desk = deskOf(installation)
  const other = { PORT: String(await freePort()) }
  const started = await Promise.all([
    installation.serve(ofWorkers, 'bot'),
    installation.serve({ ...ofWorkers, ...other }, 'bot'),
    installation.serve(ofBots, 'worker'),
    installation.serve(ofBots, 'worker'),
  ])
  bots = started.slice(0, 2)
  workers = started.slice(2)
})
afterAll(() => installation.close())

it('bots and workers apart, each with its own secrets: one exception from the request to the end', async () => {
  const { entra } = installation
  await desk.ask()
  await desk.sees('U0HANNA', /\*Recorded, TAP-/)
  await desk.approve()
  const code = await desk.openCode()
  const dana = entra.controls.view().users.find(({ name }) => name === 'Dana Cruz')
  expect(await entra.controls.signIn({ user: dana?.id ?? '', code })).toMatchObject({ ok: true })
  await desk.sees('U0DANA', 'Your temporary pass was used')
  expect(entra.mints()).toBe(1)
})

it('each says which part it can do without, and that it lives', async () => {
  for (const { statusUrl } of [...bots, ...workers]) {
    expect(await (await fetch(`${statusUrl}/healthz`)).text()).toBe('ok\n')
    const ready = await fetch(`${statusUrl}/readyz`)
    expect(await ready.json()).toEqual({ postgres: 'ok', temporal: 'ok', slack: 'ok' })
    expect(ready.status).toBe(200)
  }
})

it('is done while one of each is gone', async () => {
  await Promise.all([bots[1]?.stop(), workers[1]?.stop()])
  await desk.type('U0HANNA', '/fraud @olga signs in from two places')
  await desk.sees('U0SAM', /Fraud reported about Olga Novak/, 'security')
  expect(await fetch(`${workers[1]?.statusUrl}/healthz`).catch(() => 'gone')).toBe('gone')
})
