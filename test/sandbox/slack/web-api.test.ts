import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { contoso } from '../../../src/sandbox/slack/seed.ts'
import { anyString, matching, buttons, section, type Stage, startStage, TOKEN } from './stage.ts'

let stage: Stage

beforeAll(async () => {
  stage = await startStage()
})
afterAll(() => stage.close())

const headersOf = async (token: string): Promise<Headers> =>
  (await stage.post(`${stage.slack.apiUrl}users.info`, { user: 'U0DANA' }, token)).headers

describe('a call of the Web API', () => {
  it('is refused without a token', async () => {
    const response = await fetch(`${stage.slack.apiUrl}auth.test`, { method: 'POST' })
    expect(await response.json()).toEqual({ ok: false, error: 'not_authed' })
  })

  it('is refused with a wrong token', async () => {
    const response = await stage.post(`${stage.slack.apiUrl}auth.test`, {}, 'xoxb-other')
    expect(await response.json()).toEqual({ ok: false, error: 'invalid_auth' })
  })

  it('is answered with what the token may do, and only to that token', async () => {
    const own = await headersOf(TOKEN)
    expect(own.get('x-oauth-scopes')?.split(',')).toEqual(expect.arrayContaining([...contoso.scopes]))
    expect(own.get('x-accepted-oauth-scopes')).toBe('users:read')
    expect((await headersOf('xoxb-other')).get('x-oauth-scopes')).toBeNull()
  })

  it('may be a form that carries the token', async () => {
    const body = new URLSearchParams({
      token: TOKEN,
      channel: 'C0APPROVALS',
      blocks: JSON.stringify([section('form')]),
    })
    const response = await fetch(`${stage.slack.apiUrl}chat.postMessage`, { method: 'POST', body })
    expect(await response.json()).toMatchObject({ ok: true, message: { blocks: [section('form')] } })
  })

  it('is refused when the workspace does not have the method', async () => {
    expect(await stage.call('chat.scheduleMessage', {})).toEqual({ ok: false, error: 'unknown_method' })
  })

  it('is refused when an argument is missing or unknown, by its name', async () => {
    expect(await stage.call('chat.postMessage', { text: 'x' })).toEqual({
      ok: false,
      error: 'invalid_arguments',
      response_metadata: { messages: ['[ERROR] missing required field: channel [json-pointer:]'] },
    })
    expect(
      await stage.call('chat.postMessage', { channel: 'C0APPROVALS', text: 'x', username: 'Boss' }),
    ).toMatchObject({
      error: 'invalid_arguments',
      response_metadata: { messages: ['[ERROR] invalid additional property: username [json-pointer:]'] },
    })
  })

  it('is refused when its body is too large', async () => {
    const response = await stage.post(`${stage.slack.apiUrl}chat.postMessage`, {
      text: 'x'.repeat(1_100_000),
    })
    expect(response.status).toBe(413)
  })
})

describe('auth.test', () => {
  it('says who the token belongs to', async () => {
    expect(await stage.call('auth.test', {})).toEqual({
      ok: true,
      url: 'https://contoso.slack.com/',
      team: 'Contoso',
      user: 'hallpass',
      team_id: 'T0HALLPASS',
      user_id: 'U0HALLPASS',
      bot_id: 'B0HALLPASS',
      is_enterprise_install: false,
    })
  })
})

describe('chat.postMessage', () => {
  it('answers the message as it stands, with names for blocks that had none', async () => {
    const answer = await stage.call('chat.postMessage', {
      channel: 'C0APPROVALS',
      text: 'Hello',
      blocks: [section('Hello')],
    })
    expect(answer).toEqual({
      ok: true,
      channel: 'C0APPROVALS',
      ts: matching(/^\d{10}\.\d{6}$/),
      message: {
        type: 'message',
        user: 'U0HALLPASS',
        ts: answer.ts,
        team: 'T0HALLPASS',
        text: 'Hello',
        blocks: [{ ...section('Hello'), block_id: anyString }],
        bot_id: 'B0HALLPASS',
        app_id: 'A0HALLPASS',
        bot_profile: {
          id: 'B0HALLPASS',
          app_id: 'A0HALLPASS',
          name: 'Hallpass',
          deleted: false,
          updated: 0,
          team_id: 'T0HALLPASS',
        },
      },
    })
  })

  it('opens the direct conversation for a user id, and answers its id', async () => {
    const answer = await stage.call('chat.postMessage', { channel: 'U0DANA', text: 'For Dana' })
    expect(answer).toMatchObject({ ok: true, channel: 'D0DANA' })
    expect(stage.messages('U0DANA', 'D0DANA').at(-1)).toMatchObject({ text: 'For Dana', user: 'U0HALLPASS' })
    expect(stage.messages('U0HANNA', 'D0DANA')).toEqual([])
  })

  it('gives every message a later timestamp, also within one millisecond', async () => {
    const [one, two] = await Promise.all(
      ['1', '2'].map((text) => stage.call('chat.postMessage', { channel: 'C0APPROVALS', text })),
    )
    expect(Number(two?.ts)).toBeGreaterThan(Number(one?.ts))
  })

  it.each([
    ['a channel that is not there', { channel: 'C0NOWHERE', text: 'x' }, 'channel_not_found'],
    ['a channel by its name', { channel: '#approvals', text: 'x' }, 'channel_not_found'],
    ['a channel that the bot is not in', { channel: 'C0GENERAL', text: 'x' }, 'not_in_channel'],
    ['a deactivated account', { channel: 'U0GONE', text: 'x' }, 'channel_not_found'],
    ['Slackbot', { channel: 'USLACKBOT', text: 'x' }, 'channel_not_found'],
    ['nothing to say', { channel: 'C0APPROVALS' }, 'no_text'],
    ['no blocks and empty text', { channel: 'C0APPROVALS', text: '', blocks: [] }, 'no_text'],
    ['more than 40,000 characters', { channel: 'C0APPROVALS', text: 'x'.repeat(40_001) }, 'msg_too_long'],
    ['blocks that are no list', { channel: 'C0APPROVALS', blocks: '{}' }, 'invalid_blocks_format'],
    ['blocks that are no JSON', { channel: 'C0APPROVALS', blocks: '[' }, 'invalid_blocks_format'],
    [
      'a thread that is not there',
      { channel: 'C0APPROVALS', text: 'x', thread_ts: '1.000000' },
      'thread_not_found',
    ],
  ])('refuses %s', async (_, args, error) => {
    expect(await stage.call('chat.postMessage', args)).toEqual({ ok: false, error })
  })

  it('refuses blocks beyond the limits and points at them', async () => {
    const blocks = [section('fine'), section('x'.repeat(3001))]
    expect(await stage.call('chat.postMessage', { channel: 'C0APPROVALS', blocks })).toEqual({
      ok: false,
      error: 'invalid_blocks',
      response_metadata: {
        messages: ['[ERROR] must be less than 3001 characters [json-pointer:/blocks/1/text/text]'],
      },
    })
  })
})

const posted = async (args: object = {}) =>
  stage.call('chat.postMessage', {
    channel: 'C0APPROVALS',
    text: 'Before',
    blocks: [buttons('approve')],
    ...args,
  })

describe('chat.update', () => {
  it('replaces text and blocks in place', async () => {
    const { channel, ts } = await posted()
    const answer = await stage.call('chat.update', { channel, ts, text: 'After', blocks: [section('After')] })
    expect(answer).toMatchObject({ ok: true, channel, ts, text: 'After', message: { text: 'After' } })
    const shown = stage.messages('U0MARCO', channel).find((message) => message.ts === ts)
    expect(shown).toMatchObject({ text: 'After', edited: true, blocks: [section('After')] })
  })

  it('takes the blocks away when it is given text alone', async () => {
    const { channel, ts } = await posted()
    await stage.call('chat.update', { channel, ts, text: 'Done' })
    expect(stage.messages('U0MARCO', channel).find((message) => message.ts === ts)?.blocks).toEqual([])
  })

  it('refuses messages of others', async () => {
    await stage.people.command('U0HANNA', { conversation: 'C0APPROVALS', text: 'mine' })
    const ts = stage.messages('U0HANNA', 'C0APPROVALS').at(-1)?.ts
    const answer = await stage.call('chat.update', { channel: 'C0APPROVALS', ts, text: 'yours' })
    expect(answer).toEqual({ ok: false, error: 'cant_update_message' })
  })

  it('refuses the user id of a direct conversation, and a message that is not there', async () => {
    const { ts } = await posted({ channel: 'U0DANA' })
    expect(await stage.call('chat.update', { channel: 'U0DANA', ts, text: 'x' })).toMatchObject({
      error: 'channel_not_found',
    })
    expect(await stage.call('chat.update', { channel: 'D0DANA', ts: '1.000000', text: 'x' })).toMatchObject({
      error: 'message_not_found',
    })
  })

  it('refuses ephemeral messages', async () => {
    const args = { channel: 'C0APPROVALS', user: 'U0HANNA', text: 'psst' }
    const { message_ts: ts } = await stage.call('chat.postEphemeral', args)
    const answer = await stage.call('chat.update', { channel: 'C0APPROVALS', ts, text: 'x' })
    expect(answer).toMatchObject({ error: 'message_not_found' })
  })
})

describe('chat.delete', () => {
  it('takes a message away, and answers where it was', async () => {
    const { channel, ts } = await posted({ channel: 'U0DANA' })
    expect(await stage.call('chat.delete', { channel, ts })).toEqual({ ok: true, channel: 'D0DANA', ts })
    expect(stage.messages('U0DANA', 'D0DANA').some((message) => message.ts === ts)).toBe(false)
    expect(await stage.call('chat.delete', { channel, ts })).toEqual({
      ok: false,
      error: 'message_not_found',
    })
    expect(await stage.call('chat.update', { channel, ts, text: 'x' })).toMatchObject({
      error: 'message_not_found',
    })
  })

  it('refuses messages of others', async () => {
    await stage.people.command('U0HANNA', { conversation: 'C0APPROVALS', text: 'mine' })
    const ts = stage.messages('U0HANNA', 'C0APPROVALS').at(-1)?.ts
    const answer = await stage.call('chat.delete', { channel: 'C0APPROVALS', ts })
    expect(answer).toEqual({ ok: false, error: 'cant_delete_message' })
  })

  it('refuses the user id of a direct conversation, ephemeral messages, and a call without a message', async () => {
    const { ts } = await posted({ channel: 'U0DANA' })
    expect(await stage.call('chat.delete', { channel: 'U0DANA', ts })).toEqual({
      ok: false,
      error: 'channel_not_found',
    })
    const whisper = { channel: 'C0APPROVALS', user: 'U0HANNA', text: 'psst' }
    const { message_ts: ephemeral } = await stage.call('chat.postEphemeral', whisper)
    expect(await stage.call('chat.delete', { channel: 'C0APPROVALS', ts: ephemeral })).toMatchObject({
      error: 'message_not_found',
    })
    expect(await stage.call('chat.delete', { channel: 'C0APPROVALS' })).toMatchObject({
      error: 'invalid_arguments',
    })
  })
})

describe('chat.postEphemeral', () => {
  it('is seen by one person until that person reloads', async () => {
    const args = { channel: 'C0APPROVALS', user: 'U0AVA', text: 'You may not approve this.' }
    expect(await stage.call('chat.postEphemeral', args)).toEqual({ ok: true, message_ts: anyString })
    const ephemeral = (user: string) =>
      stage.messages(user, 'C0APPROVALS').filter((message) => message.ephemeral)
    expect(ephemeral('U0AVA')).toMatchObject([{ text: 'You may not approve this.' }])
    expect(ephemeral('U0BEN')).toEqual([])
    stage.people.reload('U0AVA')
    expect(ephemeral('U0AVA')).toEqual([])
  })

  it('refuses somebody who is not in the channel', async () => {
    const answer = await stage.call('chat.postEphemeral', {
      channel: 'C0APPROVALS',
      user: 'U0OLGA',
      text: 'x',
    })
    expect(answer).toEqual({ ok: false, error: 'user_not_in_channel' })
  })
})

const info = async (user: string) => (await stage.call('users.info', { user })).user

const found = (email: string) => stage.call('users.lookupByEmail', { email })

const group = (usergroup: string) => stage.call('usergroups.users.list', { usergroup })

describe('people', () => {
  it('are told by users.info with flags that show who they are', async () => {
    expect(await info('U0DANA')).toMatchObject({
      id: 'U0DANA',
      team_id: 'T0HALLPASS',
      name: 'dana',
      deleted: false,
      tz: 'Europe/Berlin',
      is_bot: false,
      is_restricted: false,
      is_email_confirmed: true,
      profile: { email: 'dana.cruz@contoso.example', real_name: 'Dana Cruz' },
    })
    expect(await info('U0GUEST')).toMatchObject({ is_restricted: true })
    expect(await info('U0GONE')).toMatchObject({ deleted: true })
    expect(await info('U0FOREIGN')).toMatchObject({ team_id: 'T0OTHER', is_stranger: true })
    expect(await info('U0UNCONF')).toMatchObject({ is_email_confirmed: false })
    expect(await info('U0HALLPASS')).toMatchObject({ is_bot: true })
    // As in Slack: the one bot that does not say so.
    expect(await info('USLACKBOT')).toMatchObject({ is_bot: false })
  })

  it('have a locale only when it is asked for', async () => {
    const plain = await stage.call('users.info', { user: 'U0DANA' })
    const full = await stage.call('users.info', { user: 'U0DANA', include_locale: 'true' })
    expect(plain.user).not.toHaveProperty('locale')
    expect(full.user).toMatchObject({ locale: 'en-GB' })
  })

  it('are found by e-mail in any case, but not when deactivated', async () => {
    expect(await found('Dana.Cruz@Contoso.example')).toMatchObject({ ok: true, user: { id: 'U0DANA' } })
    expect(await found('greta.gone@contoso.example')).toEqual({ ok: false, error: 'users_not_found' })
    expect(await found('x@contoso.example')).toEqual({ ok: false, error: 'users_not_found' })
  })

  it('are refused by name when they are not there', async () => {
    expect(await stage.call('users.info', { user: 'U0X' })).toEqual({ ok: false, error: 'user_not_found' })
  })

  it('are listed for a user group', async () => {
    expect(await group('S0HELPDESK')).toEqual({ ok: true, users: ['U0HANNA', 'U0HARI'] })
    expect(await group('S0X')).toEqual({ ok: false, error: 'no_such_subteam' })
  })

  it.each([
    ['U0DANA', { ok: true, channel: { id: 'D0DANA' } }],
    ['U0X', { ok: false, error: 'user_not_found' }],
    ['U0GONE', { ok: false, error: 'user_disabled' }],
    ['USLACKBOT', { ok: false, error: 'cannot_dm_bot' }],
    ['U0FOREIGN', { ok: false, error: 'user_not_visible' }],
  ])('have a direct conversation with the bot if they are active members: %s', async (users, answer) => {
    expect(await stage.call('conversations.open', { users })).toEqual(answer)
  })
})
