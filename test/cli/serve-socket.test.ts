import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { deskOf } from '../setup/desk.ts'
import { eventually, startInstallation, type Installation } from '../setup/installation.ts'

let installation: Installation

beforeAll(async () => {
  installation = await startInstallation({ transport: 'socket' })
})
afterAll(() => installation.close())

const at = (path: string): string => `http://127.0.0.1:${installation.environment['PORT']}${path}`
const help = async (): Promise<void> => {
  const desk = deskOf(installation)
  installation.slack.people.reload('U0HANNA')
  expect(await desk.type('U0HANNA', '/tap help')).toEqual({ ok: true })
  await desk.sees('U0HANNA', 'A pass lets somebody')
}

it('in Socket Mode nothing listens for Slack, and one connection follows another', async () => {
  const served = await installation.serve()
  expect((await fetch(at('/slack/events'), { method: 'POST' })).status).toBe(404)
  expect((await fetch(at('/healthz'))).status).toBe(200)
  await help()
  installation.slack.sockets.refresh('warning')
  await eventually(() => expect(installation.slack.sockets.count()).toBe(1))
  await help()
  installation.slack.sockets.cut()
  await eventually(() => expect(installation.slack.sockets.count()).toBe(1))
  await help()
  expect(installation.slack.sockets.violations()).toEqual([])
  await served.stop()
  expect(await served.ended).toBe('ended with code 0')
})

it('when Slack gives no connection any more the program says so last, and ends with 1', async () => {
  const served = await installation.serve()
  installation.slack.sockets.refuse('invalid_auth')
  installation.slack.sockets.cut()
  await eventually(async () => expect((await fetch(at('/healthz'))).status).toBe(503))
  expect(await served.ended).toBe('ended with code 1')
  const lines = readFileSync(served.logFile, 'utf8').trimEnd().split('\n')
  expect(lines.at(-1)).toBe(
    'Slack opens no socket for the app: check SLACK_APP_TOKEN, and that Socket Mode is switched on (refused: invalid_auth)',
  )
  expect(lines.join()).not.toContain(installation.environment['SLACK_APP_TOKEN'])
})
