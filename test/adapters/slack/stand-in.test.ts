import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createSlack } from '../../../src/adapters/slack/slack.ts'
import { contoso } from '../../../src/sandbox/slack/seed.ts'
import { startSlack } from '../../../src/sandbox/slack/server.ts'
import type { SlackStandIn } from '../../../src/sandbox/slack/server.ts'
import { memoryStore } from '../../../src/sandbox/state-store.ts'

const botToken = 'xoxb-stand-in'
let workspace: SlackStandIn

beforeAll(async () => {
  workspace = await startSlack({
    seed: contoso,
    botUrl: () => 'http://127.0.0.1:9/slack/events',
    signingSecret: 'signing-secret',
    botToken,
    store: memoryStore(),
  })
})

afterAll(async () => {
  await workspace.close()
})

describe('against the Slack stand-in', () => {
  it('a message to a person is posted into their direct messages, updated and taken away there', async () => {
    const slack = createSlack({ token: botToken, apiUrl: workspace.apiUrl })
    const blocks = [{ type: 'section', text: { type: 'plain_text', text: 'Waiting.' } }] as const
    const place = await slack.post('U0DANA', 'A pass was asked for.', blocks)
    expect(place.channel).toMatch(/^D/)
    await expect(slack.update(place, 'It was approved.', blocks)).resolves.toBeUndefined()
    const gone = { ...place, ts: '1.000001' }
    await expect(slack.update(gone, 'x', blocks)).rejects.toMatchObject({ code: 'missing' })
    await expect(slack.remove(place)).resolves.toBeUndefined()
    await expect(slack.update(place, 'x', blocks)).rejects.toMatchObject({ code: 'missing' })
    await expect(slack.remove(place)).resolves.toBeUndefined()
  })

  it('a channel that the bot is not in, a view that is closed and a wrong token are refused', async () => {
    const slack = createSlack({ token: botToken, apiUrl: workspace.apiUrl })
    await expect(slack.post('C0GENERAL', 'x', [])).rejects.toMatchObject({ code: 'refused' })
    const view = slack.updateView('V0GONE', {
      type: 'modal',
      title: { type: 'plain_text', text: 'Closed' },
      callback_id: 'closed',
      private_metadata: '',
      blocks: [{ type: 'divider' }],
    })
    await expect(view).rejects.toMatchObject({ code: 'missing' })
    const wrong = createSlack({ token: 'xoxb-wrong', apiUrl: workspace.apiUrl })
    await expect(wrong.post('U0DANA', 'x', [])).rejects.toMatchObject({ status: 'invalid_auth' })
  })

  it('a profile is the same by id and by address', async () => {
    const slack = createSlack({ token: botToken, apiUrl: workspace.apiUrl })
    const dana = await slack.profile('U0DANA')
    expect(dana).toEqual({
      team: contoso.team.id,
      user: 'U0DANA',
      name: 'Dana Cruz',
      mail: 'dana.cruz@contoso.example',
      mailConfirmed: true,
      bot: false,
      guest: false,
      deactivated: false,
      foreign: false,
    })
    await expect(slack.profileByMail('dana.cruz@contoso.example')).resolves.toEqual(dana)
    await expect(slack.profile('U0NOBODY')).resolves.toBeUndefined()
    await expect(slack.profileByMail('nobody@contoso.example')).resolves.toBeUndefined()
  })
})
