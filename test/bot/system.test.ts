import { afterAll, beforeAll, expect, it } from 'vitest'
import { systemText } from '../../src/core/text/en.ts'
import { startInstallation, type Installation } from '../setup/installation.ts'
import { handsOf, type Hands } from './hands.ts'

let installation: Installation
let hands: Hands

beforeAll(async () => {
  installation = await startInstallation()
  await installation.serve()
  hands = await handsOf(installation)
})
afterAll(async () => {
  await hands.close()
  await installation.close()
})

it.each(['/tap', '/bypass'])('%s system tells security how Hallpass is', async (command) => {
  const says = await hands.command('U0SAM', 'system', { command })
  expect(says).toContain('*Parts*')
  for (const part of ['Database (PostgreSQL)', 'Engine (Temporal)', 'Workers', 'Slack', 'Microsoft Entra'])
    expect(says).toContain(`${part}: answers, `)
  expect(says).toContain('Check for VPN and portals: nobody has asked it yet.')
  expect(says).toContain('Switched on. From 10 minutes to 8 hours, 1 hour where nothing is said.')
  expect(says).toContain('Microsoft Entra: ')
  expect(says).toContain('; all workers together take 1000, for passes')
  expect(says).toContain('• codes in a message: they are shown in a window only')
  expect(says).toMatch(/Policy [0-9a-f]{12}, first used /)
})

it.each(['U0HANNA', 'U0MARCO', 'U0OLGA', 'U0DANA'])('and tells %s only who may', async (user) => {
  expect(await hands.command(user, 'system')).toBe(systemText.onlySecurity('/tap').mrkdwn)
})

const match = (_: string, path: string): boolean => path.includes('temporaryAccessPass')

it('says what does not answer, when it last did, and that it was asked too much', async () => {
  installation.entra.faults.plan({ match, when: 'before', do: 'status', status: 429 })
  const says = await hands.command('U0SAM', 'system')
  expect(says).toContain('Microsoft Entra: *does not answer*, last did ')
  expect(says).toContain('It can’t be read now.')
  expect(says).toContain('Told to ask less: once, last ')
  expect(await hands.command('U0SAM', 'system')).toContain('Microsoft Entra: answers, ')
})
