import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { contoso } from '../../src/sandbox/slack/seed.ts'
import { eventually, startInstallation, type Installation } from '../setup/installation.ts'
import { withSlack } from './broken.ts'
import { linesOf, looked, type Changes, type Looked } from './looked.ts'

let installation: Installation

beforeAll(async () => {
  installation = await startInstallation()
})
afterAll(() => installation.close())

const look = (changes: Changes): Promise<Looked> => looked(installation, changes)

describe('Slack', () => {
  it.for(contoso.scopes)('without the scope %s', async (scope) => {
    const scopes = contoso.scopes.filter((other) => other !== scope)
    const report = await withSlack(installation, { seed: { scopes } }, look)
    expect(linesOf(report, 'slack.scopes')).toMatch(/^wrong: .* -> Add it .* then install the app again: .*$/)
    expect(linesOf(report, 'slack.scopes')).toContain(`The scope ${scope} is missing: `)
    expect(report.well).toBe(false)
  })
  it('a scope that nothing needs is named, and does not count against it', async () => {
    const scopes = [...contoso.scopes, 'channels:history']
    const report = await withSlack(installation, { seed: { scopes } }, look)
    expect(linesOf(report, 'slack.scopes')).toMatch(/^warning: The scope channels:history is not needed/)
    expect(report.well).toBe(true)
  })
  it.for([
    ['where the app is not', { members: [] }, /^wrong: The app is not in .* -> \/invite it in #approvals\.$/],
    ['that another company shares', { shared: 'ext' }, /^wrong: .* is shared with another company/],
    [
      'that another company is invited to',
      { shared: 'pending' },
      /^wrong: .* is shared with another company/,
    ],
  ] as const)('a channel %s', async ([, change, says]) => {
    const channels = contoso.channels.map((one) => (one.name === 'approvals' ? { ...one, ...change } : one))
    const report = await withSlack(installation, { seed: { channels } }, look)
    expect(linesOf(report, 'slack.channels')).toMatch(says)
  })
  it('a channel of another workspace of the same company is ours', async () => {
    const channels = contoso.channels.map((one) => ({ ...one, shared: 'org' as const }))
    const report = await withSlack(installation, { seed: { channels } }, look)
    expect(linesOf(report, 'slack.channels')).toBe('')
  })
  it('a token that Slack does not know', async () => {
    const report = await look({ SLACK_BOT_TOKEN: 'xoxb-unknown' })
    expect(linesOf(report, 'slack.token')).toMatch(
      /^wrong: Slack does not take SLACK_BOT_TOKEN \(invalid_auth\)/,
    )
  })
  it('over a socket: one opens with the token of the app, and with another none', async () => {
    const token = 'xapp-of-the-test'
    const states = await withSlack(installation, { appToken: token }, async (changes) => {
      const own = await look({ ...changes, SLACK_APP_TOKEN: token })
      const other = await look({ ...changes, SLACK_APP_TOKEN: 'xapp-another' })
      return [own, other].map(({ found }) => found.find(({ check }) => check === 'slack.socket')?.state)
    })
    expect(states).toEqual(['ok', 'wrong'])
  })
  it('a clock that is a minute off', async () => {
    const report = await withSlack(installation, { now: aMinuteAhead }, look)
    expect(linesOf(report, 'clocks.slack')).toMatch(
      /^wrong: The clock of this machine is 6\d s behind that of Slack: .* NTP\.$/,
    )
  })
})

const aMinuteAhead = (): number => Date.now() + 61_000

it('the address of a bot that runs takes what Slack signed, and nothing else', async () => {
  const served = await installation.serve({}, 'bot')
  const url = `http://127.0.0.1:${installation.environment['PORT']}`
  const at = async (address: string, changes: Changes = {}): Promise<string> =>
    linesOf(await looked(installation, changes, { url: address }), 'slack.address')
  await eventually(async () => expect(await at(url)).toBe(''))
  expect(await at(url, { SLACK_SIGNING_SECRET: 'not that of the bot' })).toMatch(
    /^wrong: .* does not take what SLACK_SIGNING_SECRET signs \(401\)/,
  )
  expect(await at(served.statusUrl)).toMatch(/^wrong: .* answers 404 .* should answer 401/)
  await served.stop()
  expect(await at(url)).toMatch(/^wrong: Nobody answers at /)
})
