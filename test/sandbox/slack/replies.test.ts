import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { buttons, section, type Stage, startStage } from './stage.ts'

let stage: Stage

beforeEach(async () => {
  stage = await startStage()
})
afterEach(() => stage.close())

const commandUrl = async (conversation = 'C0APPROVALS'): Promise<string> => {
  await stage.people.command('U0HANNA', { conversation, text: '/tap' })
  return stage.app.last().form['response_url'] ?? ''
}

const actionUrl = async (ts: string): Promise<string> => {
  await stage.people.action('U0HANNA', {
    in: { kind: 'message', conversation: 'C0APPROVALS', ts },
    blockId: 'buttons',
    actionId: 'approve',
  })
  return stage.app.last().payload.response_url
}

const use = async (url: string, body: object) => {
  const response = await stage.post(url, body, undefined)
  return { status: response.status, body: (await response.json()) as object }
}

const shown = (user: string) =>
  stage.messages(user, 'C0APPROVALS').map(({ text, ephemeral }) => ({ text, ephemeral }))

describe('a response URL', () => {
  it('shows its message to the person alone unless it says otherwise', async () => {
    const url = await commandUrl()
    expect(await use(url, { text: 'only you' })).toEqual({ status: 200, body: { ok: true } })
    await use(url, { text: 'all', response_type: 'in_channel' })
    expect(shown('U0HANNA')).toEqual([
      { text: 'only you', ephemeral: true },
      { text: 'all', ephemeral: false },
    ])
    expect(shown('U0MARCO')).toEqual([{ text: 'all', ephemeral: false }])
  })

  it('works where the bot is no member', async () => {
    const url = await commandUrl('C0GENERAL')
    expect(await use(url, { text: 'hello' })).toMatchObject({ status: 200 })
    expect(stage.messages('U0HANNA', 'C0GENERAL')).toMatchObject([{ text: 'hello', ephemeral: true }])
  })

  it('works five times', async () => {
    const url = await commandUrl()
    for (let count = 0; count < 5; count += 1) expect((await use(url, { text: 'x' })).status).toBe(200)
    expect(await use(url, { text: 'x' })).toEqual({ status: 404, body: { ok: false, error: 'used_url' } })
  })

  it('works for thirty minutes', async () => {
    const url = await commandUrl()
    stage.clock.now += 30 * 60_000
    expect((await use(url, { text: 'x' })).status).toBe(200)
    stage.clock.now += 1
    expect(await use(url, { text: 'x' })).toEqual({ status: 404, body: { ok: false, error: 'expired_url' } })
  })

  it('cannot be guessed', async () => {
    const url = (await commandUrl()).replace(/.$/, (last) => (last === '0' ? '1' : '0'))
    expect(await use(url, { text: 'x' })).toEqual({ status: 404, body: { ok: false, error: 'no_service' } })
  })

  it('can replace and delete the message that was acted on', async () => {
    const args = { channel: 'C0APPROVALS', text: 'card', blocks: [buttons('approve')] }
    const { ts } = await stage.call('chat.postMessage', args)
    const url = await actionUrl(ts)
    expect(await use(url, { text: 'done', replace_original: true })).toMatchObject({ status: 200 })
    expect(shown('U0MARCO')).toEqual([{ text: 'done', ephemeral: false }])
    expect(await use(url, { delete_original: true })).toMatchObject({ status: 200 })
    expect(shown('U0MARCO')).toEqual([])
    expect(await use(url, { delete_original: true })).toMatchObject({
      status: 400,
      body: { error: 'message_not_found' },
    })
  })

  it('can replace and delete an ephemeral message, which stays ephemeral', async () => {
    const args = { channel: 'C0APPROVALS', user: 'U0HANNA', text: 'psst', blocks: [buttons('approve')] }
    const { message_ts: ts } = await stage.call('chat.postEphemeral', args)
    const url = await actionUrl(ts)
    await use(url, { text: 'done', replace_original: true, response_type: 'in_channel' })
    expect(shown('U0HANNA')).toEqual([{ text: 'done', ephemeral: true }])
    expect(shown('U0MARCO')).toEqual([])
    await use(url, { delete_original: true })
    expect(shown('U0HANNA')).toEqual([])
  })

  it('refuses blocks beyond the limits', async () => {
    const answer = await use(await commandUrl(), { text: 'x', blocks: [section('')] })
    expect(answer).toMatchObject({ status: 400, body: { error: 'invalid_blocks' } })
  })
})
