import { describe, expect, it } from 'vitest'
import { contoso } from '../../../src/sandbox/slack/seed.ts'
import { startSlack } from '../../../src/sandbox/slack/server.ts'
import { memoryStore } from '../../../src/sandbox/state-store.ts'
import { modal, section, startStage, TOKEN } from './stage.ts'

describe('a restart', () => {
  it('keeps messages in channels and direct conversations, and they can still be updated', async () => {
    const store = memoryStore()
    const before = await startStage({ store })
    await before.people.command('U0SAM', { conversation: 'C0SECURITY', text: 'hello' })
    const { channel, ts } = await before.call('chat.postMessage', {
      channel: 'U0DANA',
      text: 'x',
      blocks: [section('x')],
    })
    await before.close()
    const after = await startStage({ store })
    expect(after.messages('U0RITA', 'C0SECURITY')).toMatchObject([{ text: 'hello', user: 'U0SAM' }])
    expect(after.messages('U0DANA', 'D0DANA')).toMatchObject([{ ts, blocks: [section('x')] }])
    expect(await after.call('chat.update', { channel, ts, text: 'y' })).toMatchObject({ ok: true, text: 'y' })
    await after.close()
  })

  it('never gives a timestamp again, even when the clock went back', async () => {
    const store = memoryStore()
    const clock = { now: Date.now() }
    const before = await startStage({ store, clock })
    const first = await before.call('chat.postMessage', { channel: 'C0APPROVALS', text: 'x' })
    await before.close()
    clock.now -= 60_000
    const after = await startStage({ store, clock })
    const second = await after.call('chat.postMessage', { channel: 'C0APPROVALS', text: 'x' })
    expect(Number(second.ts)).toBeGreaterThan(Number(first.ts))
    await after.close()
  })

  it('forgets views, ephemeral messages, triggers and response URLs, which were never stored', async () => {
    const store = memoryStore()
    const saved: string[] = []
    const watched = {
      ...store,
      save: async (state: unknown) => {
        saved.push(JSON.stringify(state))
        await store.save(state)
      },
    }
    const stage = await startStage({ store: watched })
    await stage.people.command('U0HANNA', { conversation: 'C0APPROVALS', text: '/tap' })
    const { trigger_id: trigger = '', response_url: url = '' } = stage.app.last().form
    await stage.call('views.open', { trigger_id: trigger, view: modal([section('shown-once')]) })
    await stage.call('chat.postEphemeral', { channel: 'C0APPROVALS', user: 'U0HANNA', text: 'whispered' })
    await stage.call('chat.postMessage', { channel: 'C0APPROVALS', text: 'kept' })
    await stage.close()
    const all = saved.join()
    expect(all).toContain('kept')
    for (const secret of ['shown-once', 'whispered', trigger, new URL(url).pathname])
      expect(all).not.toContain(secret)
  })

  it('fails clearly when what was saved is not a workspace', async () => {
    const store = memoryStore()
    await store.save({ version: 2 })
    const options = { seed: contoso, botUrl: () => '', signingSecret: 's', botToken: TOKEN, store }
    await expect(startSlack(options)).rejects.toThrow(
      'The saved Slack workspace cannot be read. Start afresh.',
    )
  })

  it('answers a call only with an error when its message could not be saved', async () => {
    const store = { ...memoryStore(), save: () => Promise.reject(new Error('disk full')) }
    const stage = await startStage({ store })
    const response = await stage.post(`${stage.slack.apiUrl}chat.postMessage`, {
      channel: 'C0APPROVALS',
      text: 'x',
    })
    expect(response.status).toBe(500)
    expect(await response.json()).toEqual({ ok: false, error: 'internal_error' })
    await expect(stage.slack.close()).rejects.toThrow('disk full')
    await stage.app.close()
  })
})

describe('the port', () => {
  it('is refused when it is taken', async () => {
    const stage = await startStage()
    const port = Number(new URL(stage.slack.apiUrl).port)
    const options = {
      seed: contoso,
      botUrl: () => '',
      signingSecret: 's',
      botToken: TOKEN,
      store: memoryStore(),
    }
    await expect(startSlack({ ...options, port })).rejects.toMatchObject({ code: 'EADDRINUSE' })
    await stage.close()
  })
})
