import { inspect } from 'node:util'
import type { KnownBlock } from '@slack/types'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { createSlack } from '../../../src/adapters/slack/slack.ts'
import type { Modal } from '../../../src/core/card/card.ts'
import { Fault } from '../../../src/core/fault.ts'
import { startStub } from '../http-stub.ts'
import type { Asked, Told } from '../http-stub.ts'

const running: { stop(): Promise<void> }[] = []

afterEach(async () => {
  vi.restoreAllMocks()
  await Promise.all(running.splice(0).map((stub) => stub.stop()))
})

/** Slack with one answer to everything but `auth.test`. */
async function start(told: Told | ((asked: Asked) => Told | Promise<Told>)) {
  const stub = await startStub((asked) => {
    if (asked.url === '/api/auth.test') return { body: { ok: true, team_id: 'T1', user_id: 'UBOT' } }
    return typeof told === 'function' ? told(asked) : told
  })
  running.push(stub)
  const slack = createSlack({ token: 'xoxb-test', apiUrl: `${stub.url}/api/` })
  const sent = (index = 0) => {
    const request = stub.asked[index]
    return { ...request, form: Object.fromEntries(new URLSearchParams(request?.body)) }
  }
  return { slack, asked: stub.asked, sent }
}

async function faultOf(work: Promise<unknown>): Promise<Fault> {
  const error: unknown = await work.then(
    () => undefined,
    (reason: unknown) => reason,
  )
  expect(error).toBeInstanceOf(Fault)
  return error as Fault
}

const code = '+drkzqAD'
const blocks: readonly KnownBlock[] = [{ type: 'section', text: { type: 'plain_text', text: code } }]
const place = { channel: 'D1', ts: '1.2' }
const modal: Modal = {
  type: 'modal',
  title: { type: 'plain_text', text: 'Your code, shown once' },
  close: { type: 'plain_text', text: 'Close' },
  notify_on_close: true,
  callback_id: 'code',
  private_metadata: 'id',
  blocks: [...blocks],
}

describe('a message', () => {
  it('is posted without unfurling links, and told where it really is', async () => {
    const { slack, sent } = await start({ body: { ok: true, ...place, message: {} } })
    await expect(slack.post('U1', 'A whole sentence.', blocks)).resolves.toEqual(place)
    expect(sent()).toMatchObject({ method: 'POST', url: '/api/chat.postMessage' })
    expect(sent().headers?.authorization).toBe('Bearer xoxb-test')
    expect(sent().form).toEqual({
      channel: 'U1',
      text: 'A whole sentence.',
      blocks: JSON.stringify(blocks),
      unfurl_links: 'false',
      unfurl_media: 'false',
    })
  })

  it('is updated with its text and its blocks', async () => {
    const { slack, sent } = await start({ body: { ok: true, ...place } })
    await slack.update(place, 'Decided.', blocks)
    expect(sent().url).toBe('/api/chat.update')
    expect(sent().form).toEqual({ ...place, text: 'Decided.', blocks: JSON.stringify(blocks) })
  })

  it('is taken away by its place; one that is gone already is a success', async () => {
    const answers: Told[] = [
      { body: { ok: true, ...place } },
      { body: { ok: false, error: 'message_not_found' } },
    ]
    const { slack, sent } = await start(() => answers.shift())
    await slack.remove(place)
    expect(sent().url).toBe('/api/chat.delete')
    expect(sent().form).toEqual(place)
    await expect(slack.remove(place)).resolves.toBeUndefined()
  })

  it('that Slack does not take away is a fault', async () => {
    const { slack } = await start({ body: { ok: false, error: 'compliance_exports_prevent_deletion' } })
    expect(await faultOf(slack.remove(place))).toMatchObject({ code: 'refused' })
  })

  it('whose place is not told is nonsense', async () => {
    const { slack } = await start({ body: { ok: true, channel: 'D1' } })
    expect(await faultOf(slack.post('U1', 'x', []))).toMatchObject({ code: 'nonsense', status: 'unreadable' })
  })
})

describe('a view', () => {
  it('is replaced by the modal as it was built', async () => {
    const { slack, sent } = await start({ body: { ok: true, view: {} } })
    await slack.updateView('V1', modal)
    expect(sent().url).toBe('/api/views.update')
    expect(sent().form['view_id']).toBe('V1')
    expect(JSON.parse(sent().form['view'] ?? '')).toEqual(modal)
  })

  it('that is closed is missing', async () => {
    const { slack } = await start({ body: { ok: false, error: 'not_found' } })
    expect(await faultOf(slack.updateView('V1', modal))).toMatchObject({
      code: 'missing',
      status: 'not_found',
    })
  })
})

describe('a call that fails', () => {
  it.each([
    ['channel_not_found', 'refused'],
    ['user_not_found', 'refused'],
    ['not_in_channel', 'refused'],
    ['is_archived', 'refused'],
    ['cant_delete_message', 'refused'],
    ['account_inactive', 'refused'],
    ['invalid_auth', 'refused'],
    ['token_revoked', 'refused'],
    ['missing_scope', 'refused'],
    ['invalid_blocks', 'refused'],
    ['invalid_arguments', 'refused'],
    ['messages_tab_disabled', 'refused'],
    ['message_not_found', 'missing'],
    ['ratelimited', 'throttled'],
    ['internal_error', 'unavailable'],
    ['something_new', 'unavailable'],
  ])('with %s is %s', async (error, faultCode) => {
    const { slack } = await start({ body: { ok: false, error } })
    const fault = await faultOf(slack.update(place, 'x', []))
    expect(fault).toMatchObject({ service: 'slack', code: faultCode, status: error })
  })

  it.each<[string, Told, Partial<Fault>]>([
    ['a limit', { status: 429, headers: { 'retry-after': '30' } }, { code: 'throttled', retryAfter: 30 }],
    ['a limit without a time', { status: 429 }, { code: 'unavailable' }],
    ['a broken server', { status: 500, body: code }, { code: 'unavailable', status: '500' }],
    ['a closed connection', undefined, { code: 'unavailable', status: 'network' }],
    ['a web page', { body: `<html>${code}</html>` }, { code: 'nonsense', status: 'unreadable' }],
    ['an error in other words', { body: { ok: false, error: code } }, { code: 'nonsense' }],
    ['an error that is none', { body: { ok: false, error: { code } } }, { code: 'nonsense' }],
    ['no JSON object', { body: 'null' }, { code: 'unavailable' }],
    ['a redirect', { status: 302, headers: { location: '/api/other' } }, { code: 'unavailable' }],
  ])('because of %s is told as a Fault that quotes nothing', async (_, told, expected) => {
    const { slack, asked } = await start(told)
    const fault = await faultOf(slack.updateView('V1', modal))
    expect(fault).toMatchObject({ service: 'slack', ...expected })
    expect(inspect(fault, { depth: 9, showHidden: true })).not.toContain('drkzqAD')
    // Posting twice shows twice: whoever calls decides whether to try again.
    expect(asked).toHaveLength(1)
  })

  it('because nothing is answered within ten seconds is given up', async () => {
    const real = AbortSignal.timeout.bind(AbortSignal)
    const limit = vi.spyOn(AbortSignal, 'timeout').mockImplementation((after) => real(after / 100))
    const { slack } = await start(() => new Promise(() => {}))
    expect(await faultOf(slack.update(place, 'x', []))).toMatchObject({ code: 'unavailable' })
    expect(limit).toHaveBeenCalledWith(10_000)
  })

  it('and one that succeeds print nothing, whatever Slack remarks', async () => {
    const streams = [process.stdout, process.stderr].map((stream) => vi.spyOn(stream, 'write'))
    const consoles = (['debug', 'info', 'log', 'warn', 'error'] as const).map((to) => vi.spyOn(console, to))
    const remark = { messages: [`[ERROR] ${code} is wrong`, `[WARN] ${code}`], warnings: [code] }
    const answers: Told[] = [
      { body: { ok: true, response_metadata: remark } },
      { body: { ok: false, error: 'invalid_blocks', response_metadata: remark } },
      undefined,
    ]
    const { slack } = await start(() => answers.shift())
    await slack.updateView('V1', modal)
    await faultOf(slack.updateView('V1', modal))
    await faultOf(slack.updateView('V1', modal))
    const printed = [...streams, ...consoles].flatMap((spy) => spy.mock.calls)
    expect(inspect(printed, { depth: 9 })).not.toContain('drkzqAD')
    expect(consoles.flatMap((spy) => spy.mock.calls)).toEqual([])
  })
})

describe('a profile', () => {
  const user = {
    id: 'U1',
    team_id: 'T1',
    name: 'dana',
    deleted: false,
    is_bot: false,
    is_app_user: true,
    is_restricted: false,
    is_ultra_restricted: false,
    is_email_confirmed: true,
    profile: { real_name: 'Dana Cruz', email: 'dana@contoso.example' },
  }
  const known = {
    team: 'T1',
    user: 'U1',
    name: 'Dana Cruz',
    mail: 'dana@contoso.example',
    mailConfirmed: true,
    bot: false,
    guest: false,
    deactivated: false,
    foreign: false,
  }

  it('is read by id and by address; our own team is asked for once', async () => {
    const { slack, asked } = await start({ body: { ok: true, user } })
    await expect(slack.profile('U1')).resolves.toEqual(known)
    await expect(slack.profileByMail('dana@contoso.example')).resolves.toEqual(known)
    expect(asked.map(({ url, body }) => `${url} ${body}`)).toEqual([
      '/api/auth.test ',
      '/api/users.info user=U1',
      '/api/users.lookupByEmail email=dana%40contoso.example',
    ])
  })

  it.each([
    ['a bot', { is_bot: true }, { bot: true }],
    ['a workflow', { is_workflow_bot: true }, { bot: true }],
    ['Slackbot', { id: 'USLACKBOT' }, { user: 'USLACKBOT', bot: true }],
    ['a guest', { is_restricted: true }, { guest: true }],
    ['a guest of one channel', { is_ultra_restricted: true }, { guest: true }],
    ['maybe a guest', { is_restricted: undefined }, { guest: true }],
    ['deactivated', { deleted: true }, { deactivated: true }],
    ['of another team', { team_id: 'T2' }, { team: 'T2', foreign: true }],
    ['a stranger', { is_stranger: true }, { foreign: true }],
    ['not confirmed', { is_email_confirmed: undefined }, { mailConfirmed: false }],
    ['without a name', { profile: { ...user.profile, real_name: '' } }, { name: 'dana' }],
  ])('says when the account is %s', async (_, given, told) => {
    const { slack } = await start({ body: { ok: true, user: { ...user, ...given } } })
    await expect(slack.profile('U1')).resolves.toEqual({ ...known, ...told })
  })

  it('without an address has none', async () => {
    const { slack } = await start({ body: { ok: true, user: { ...user, profile: { real_name: 'Dana' } } } })
    expect(await slack.profile('U1')).not.toHaveProperty('mail')
  })

  it.each(['user_not_found', 'users_not_found'])('is undefined when Slack says %s', async (error) => {
    const { slack } = await start({ body: { ok: false, error } })
    await expect(slack.profile('U2')).resolves.toBeUndefined()
    await expect(slack.profileByMail('x@y')).resolves.toBeUndefined()
  })

  it('is not told when Slack does not let us read it, or does not say of which team it is', async () => {
    const refused = await start({ body: { ok: false, error: 'missing_scope' } })
    await expect(refused.slack.profile('U1')).rejects.toMatchObject({ code: 'refused' })
    const { team_id: _, ...without } = user
    const unclear = await start({ body: { ok: true, user: without } })
    await expect(unclear.slack.profile('U1')).rejects.toMatchObject({ code: 'nonsense' })
  })
})

describe('a channel', () => {
  const own = { is_ext_shared: false, is_pending_ext_shared: false, is_shared: false, is_org_shared: false }
  it.each([
    ['our own', {}, false],
    ['of another workspace of ours, too', { is_shared: true, is_org_shared: true }, false],
    ['shared with another company', { is_shared: true, is_ext_shared: true }, true],
    [
      'shared with another company, and with a workspace of ours',
      { is_ext_shared: true, is_org_shared: true },
      true,
    ],
    ['that another company is invited to', { is_pending_ext_shared: true }, true],
    ['shared, and Slack does not say with whom', { is_shared: true }, true],
  ])('is %s', async (_, given, told) => {
    const { slack, sent } = await start({ body: { ok: true, channel: { ...own, ...given } } })
    await expect(slack.isShared('C1')).resolves.toBe(told)
    expect(sent()).toMatchObject({ url: '/api/conversations.info', form: { channel: 'C1' } })
  })

  it('that Slack says nothing of is not taken for our own', async () => {
    const { slack } = await start({ body: { ok: true, channel: { id: 'C1' } } })
    expect(await faultOf(slack.isShared('C1'))).toMatchObject({ code: 'nonsense' })
  })
})
