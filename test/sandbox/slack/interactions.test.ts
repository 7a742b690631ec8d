import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { contoso } from '../../../src/sandbox/slack/seed.ts'
import { anyString, matching, buttons, modal, section, type Stage, startStage } from './stage.ts'

let stage: Stage

beforeEach(async () => {
  stage = await startStage()
})
afterEach(() => stage.close())

const tap = (text = '/tap @dana 1h lost phone') =>
  stage.people.command('U0HANNA', { conversation: 'C0APPROVALS', text })

describe('a slash command', () => {
  it('reaches the app as a signed form with the fields of Slack', async () => {
    expect(await tap()).toEqual({ ok: true })
    expect(stage.app.last().form).toEqual({
      token: anyString,
      team_id: 'T0HALLPASS',
      team_domain: 'contoso',
      channel_id: 'C0APPROVALS',
      channel_name: 'approvals',
      user_id: 'U0HANNA',
      user_name: 'hanna',
      command: '/tap',
      text: '<@U0DANA> 1h lost phone',
      api_app_id: 'A0HALLPASS',
      is_enterprise_install: 'false',
      response_url: matching(/^http:\/\/127\.0\.0\.1:\d+\/commands\/T0HALLPASS\/[0-9a-f]{36}$/),
      trigger_id: anyString,
    })
  })

  it('may come from the direct conversation with the bot', async () => {
    await stage.people.command('U0DANA', { conversation: 'D0DANA', text: '/tap' })
    expect(stage.app.last().form).toMatchObject({
      channel_id: 'D0DANA',
      channel_name: 'directmessage',
      text: '',
    })
  })

  it('shows what the app answers to the person alone', async () => {
    stage.app.on(() => 'Usage: /tap @user 1h reason')
    await tap()
    expect(stage.messages('U0HANNA', 'C0APPROVALS')).toMatchObject([
      { text: 'Usage: /tap @user 1h reason', ephemeral: true, user: 'U0HALLPASS' },
    ])
    expect(stage.messages('U0MARCO', 'C0APPROVALS')).toEqual([])
  })

  it('shows an answer in the channel when the app says so', async () => {
    stage.app.on(() => ({ response_type: 'in_channel', text: 'For all' }))
    await tap()
    expect(stage.messages('U0MARCO', 'C0APPROVALS')).toMatchObject([{ text: 'For all', ephemeral: false }])
  })

  it('says that an answer with broken blocks failed', async () => {
    stage.app.on(() => ({ text: 'x', blocks: [section('')] }))
    expect(await tap()).toEqual({
      ok: false,
      notice: '/tap failed with the error "invalid_command_response"',
    })
  })

  it('says that an unreachable app failed', async () => {
    await stage.app.close()
    expect(await tap()).toEqual({ ok: false, notice: '/tap failed with the error "dispatch_failed"' })
    stage = await startStage()
  })

  it.each([
    [500, 'http_service_error'],
    [404, 'http_client_error'],
  ])('says that an app which answers %i failed', async (status, error) => {
    stage.app.on((_, response) => void response.writeHead(status).end())
    expect(await tap()).toEqual({ ok: false, notice: `/tap failed with the error "${error}"` })
  })

  it('gives the app three seconds', async () => {
    stage.app.on(() => new Promise((resolve) => setTimeout(resolve, 3400)))
    const began = performance.now()
    expect(await tap()).toEqual({ ok: false, notice: '/tap failed with the error "operation_timeout"' })
    expect(performance.now() - began).toBeGreaterThan(2900)
  })

  it('is refused by Slack itself when nobody has such a command', async () => {
    expect(await tap('/tapp @dana')).toEqual({ ok: false, notice: '/tapp is not a valid command.' })
    expect(stage.app.received).toEqual([])
  })

  it.each([
    ['somebody outside the conversation', 'U0OLGA', 'C0APPROVALS', 'You are not in this conversation.'],
    ['a deactivated account', 'U0GONE', 'C0GENERAL', 'This account is deactivated.'],
    ['nobody', 'U0X', 'C0GENERAL', 'There is no such account.'],
    [
      "a person in somebody else's direct conversation",
      'U0HANNA',
      'D0DANA',
      'You are not in this conversation.',
    ],
  ])('cannot be given by %s', async (_, user, conversation, notice) => {
    expect(await stage.people.command(user, { conversation, text: '/tap' })).toEqual({ ok: false, notice })
    expect(stage.app.received).toEqual([])
  })
})

describe('a message that a person types', () => {
  it('stands in the channel with mentions resolved, and the app is not told', async () => {
    await stage.people.command('U0SAM', { conversation: 'C0SECURITY', text: 'hi @rita <b>' })
    expect(stage.messages('U0RITA', 'C0SECURITY')).toMatchObject([
      { user: 'U0SAM', text: 'hi <@U0RITA> &lt;b&gt;', blocks: [], ephemeral: false },
    ])
    expect(stage.app.received).toEqual([])
  })

  it('is not for the direct conversation with the bot', async () => {
    expect(await stage.people.command('U0SAM', { conversation: 'D0SAM', text: 'hello' })).toEqual({
      ok: false,
      notice: 'Sending messages to this app has been turned off.',
    })
  })
})

const press = (user: string, conversation: string, ts: string, actionId = 'approve') =>
  stage.people.action(user, {
    in: { kind: 'message', conversation, ts },
    blockId: 'buttons',
    actionId,
  })

const card = (channel: string) =>
  stage.call('chat.postMessage', {
    channel,
    text: 'Approve?',
    blocks: [section('Approve?'), buttons('approve')],
  })

describe('a button in a message', () => {
  it('reaches the app with the message, the place and the value', async () => {
    const { ts, message } = await card('C0APPROVALS')
    expect(await press('U0MARCO', 'C0APPROVALS', ts)).toEqual({ ok: true })
    expect(stage.app.last().payload).toEqual({
      type: 'block_actions',
      team: { id: 'T0HALLPASS', domain: 'contoso' },
      user: { id: 'U0MARCO', username: 'marco', name: 'marco', team_id: 'T0HALLPASS' },
      api_app_id: 'A0HALLPASS',
      token: anyString,
      enterprise: null,
      is_enterprise_install: false,
      container: { type: 'message', message_ts: ts, channel_id: 'C0APPROVALS', is_ephemeral: false },
      channel: { id: 'C0APPROVALS', name: 'approvals' },
      message,
      state: { values: {} },
      trigger_id: anyString,
      response_url: matching(/\/actions\/T0HALLPASS\//),
      actions: [
        {
          type: 'button',
          action_id: 'approve',
          block_id: 'buttons',
          text: { type: 'plain_text', text: 'Press' },
          value: 'request-1',
          action_ts: matching(/^\d{10}\.\d{6}$/),
        },
      ],
    })
  })

  it('can be pressed by anybody who sees it, and by nobody else', async () => {
    const { ts } = await card('C0APPROVALS')
    expect(await press('U0HANNA', 'C0APPROVALS', ts)).toEqual({ ok: true })
    expect(await press('U0OLGA', 'C0APPROVALS', ts)).toMatchObject({ ok: false })
    expect(stage.app.received).toHaveLength(1)
  })

  it('is gone with the blocks', async () => {
    const { channel, ts } = await card('U0MARCO')
    await stage.call('chat.update', { channel, ts, text: 'Approved' })
    expect(await press('U0MARCO', channel, ts)).toEqual({
      ok: false,
      notice: 'This has changed meanwhile. Look again.',
    })
    expect(stage.app.received).toEqual([])
  })

  it('says which message was ephemeral and does not repeat it', async () => {
    const args = { channel: 'C0APPROVALS', user: 'U0HANNA', text: 'psst', blocks: [buttons('approve')] }
    const { message_ts: ts } = await stage.call('chat.postEphemeral', args)
    await press('U0HANNA', 'C0APPROVALS', ts)
    expect(stage.app.last().payload).toMatchObject({ container: { message_ts: ts, is_ephemeral: true } })
    expect(stage.app.last().payload).not.toHaveProperty('message')
  })

  it('warns the person when the app fails', async () => {
    const { ts } = await card('C0APPROVALS')
    stage.app.on((_, response) => void response.writeHead(500).end())
    expect(await press('U0MARCO', 'C0APPROVALS', ts)).toEqual({
      ok: false,
      notice: 'This app did not respond (http_service_error). Try again.',
    })
  })

  it('makes it the turn of the person it was sent to when it is primary, until the message has none', async () => {
    const turn = () =>
      stage.people
        .workspaceOf('U0MARCO')
        .members.filter((member) => member.turn)
        .map(({ id }) => id)
    await card('U0MARCO')
    const blocks = [section('Approve?'), buttons('approve', 'buttons', 'primary')]
    await stage.call('chat.postMessage', { channel: 'C0APPROVALS', text: 'Approve?', blocks })
    expect(turn()).toEqual([])
    const { channel, ts } = await stage.call('chat.postMessage', {
      channel: 'U0MARCO',
      text: 'Approve?',
      blocks,
    })
    expect(turn()).toEqual(['U0MARCO'])
    await stage.call('chat.update', { channel, ts, text: 'Done' })
    expect(turn()).toEqual([])
  })
})

describe('a choice in a message', () => {
  it('reaches the app as the option that was offered, also within the state', async () => {
    const options = ['a', 'b'].map((value) => ({ text: { type: 'plain_text', text: value }, value }))
    const block = {
      type: 'actions',
      block_id: 'buttons',
      elements: [{ type: 'static_select', action_id: 'how', options }],
    }
    const { ts } = await stage.call('chat.postMessage', { channel: 'C0APPROVALS', blocks: [block] })
    const forged = {
      type: 'static_select',
      selected_option: { value: 'b', text: { type: 'mrkdwn', text: 'forged' } },
    }
    await stage.people.action('U0HANNA', {
      in: { kind: 'message', conversation: 'C0APPROVALS', ts },
      blockId: 'buttons',
      actionId: 'how',
      state: forged,
    })
    const chosen = { type: 'static_select', selected_option: options[1] }
    expect(stage.app.last().payload).toMatchObject({
      actions: [{ ...chosen, action_id: 'how' }],
      state: { values: { buttons: { how: chosen } } },
    })
  })
})

describe('people of other companies', () => {
  it('can press what they see in a shared channel but cannot give commands', async () => {
    await stage.close()
    const channels = contoso.channels.map((channel) => ({
      ...channel,
      members: [...channel.members, 'U0FOREIGN'],
    }))
    stage = await startStage({ seed: { ...contoso, channels } })
    const { ts } = await stage.call('chat.postMessage', {
      channel: 'C0APPROVALS',
      blocks: [buttons('approve')],
    })
    expect(await press('U0FOREIGN', 'C0APPROVALS', ts)).toEqual({ ok: true })
    expect(stage.app.last().payload.user).toMatchObject({ id: 'U0FOREIGN', team_id: 'T0OTHER' })
    const said = await stage.people.command('U0FOREIGN', { conversation: 'C0APPROVALS', text: '/tap' })
    expect(said).toMatchObject({ ok: false })
  })
})

describe('what passes between the workspace and the app', () => {
  it('can be listened to in both directions', async () => {
    const methods: string[] = []
    const stop = stage.slack.onCall(({ method }) => void methods.push(method))
    await tap()
    await stage.call('auth.test', {})
    await stage.post(stage.app.last().form['response_url'] ?? '', { text: 'x' })
    stop()
    await stage.call('auth.test', {})
    expect(methods).toEqual(['slash_command', 'auth.test', 'response_url'])
  })
})

describe('listening for changes', () => {
  it('is told when a message or a view appears, until it stops', async () => {
    let count = 0
    const stop = stage.slack.changes(() => void (count += 1))
    await stage.call('chat.postMessage', { channel: 'C0APPROVALS', text: 'x' })
    expect(count).toBe(1)
    await tap()
    await stage.call('views.open', {
      trigger_id: stage.app.last().form['trigger_id'],
      view: modal([section('x')]),
    })
    expect(count).toBe(2)
    stop()
    await stage.call('chat.postMessage', { channel: 'C0APPROVALS', text: 'x' })
    expect(count).toBe(2)
  })
})
