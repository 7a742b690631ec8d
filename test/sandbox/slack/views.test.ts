import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { anyString, matching, buttons, modal, section, type Stage, startStage, textInput } from './stage.ts'

let stage: Stage

beforeEach(async () => {
  stage = await startStage()
})
afterEach(() => stage.close())

const HANNA = 'U0HANNA'

const trigger = async (): Promise<string> => {
  await stage.people.command(HANNA, { conversation: 'C0APPROVALS', text: '/tap' })
  return stage.app.last().form['trigger_id'] ?? ''
}

const open = async (view: object) =>
  (await stage.call('views.open', { trigger_id: await trigger(), view })).view

const modals = () => stage.people.workspaceOf(HANNA).modals

const entered = (value: string) => ({ reason: { text: { type: 'plain_text_input', value } } })

describe('views.open', () => {
  it('shows the view to the person whose trigger it was, and answers it as it stands', async () => {
    const view = await open(
      modal([textInput('reason', 'text')], { private_metadata: 'id', notify_on_close: true }),
    )
    expect(view).toMatchObject({
      id: matching(/^V[0-9A-F]+$/),
      team_id: 'T0HALLPASS',
      type: 'modal',
      private_metadata: 'id',
      callback_id: 'form',
      state: { values: { reason: { text: { type: 'plain_text_input', value: null } } } },
      hash: anyString,
      clear_on_close: false,
      notify_on_close: true,
      root_view_id: view.id,
      previous_view_id: null,
      app_id: 'A0HALLPASS',
      bot_id: 'B0HALLPASS',
    })
    expect(modals()).toMatchObject([{ id: view.id, hash: view.hash, errors: {} }])
    expect(stage.people.workspaceOf('U0MARCO').modals).toEqual([])
  })

  it('takes a trigger once', async () => {
    const id = await trigger()
    const args = { trigger_id: id, view: modal([section('x')]) }
    expect(await stage.call('views.open', args)).toMatchObject({ ok: true })
    expect(await stage.call('views.open', args)).toEqual({ ok: false, error: 'exchanged_trigger_id' })
  })

  it('takes a trigger for three seconds', async () => {
    const early = { trigger_id: await trigger(), view: modal([section('x')]) }
    stage.clock.now += 3000
    expect(await stage.call('views.open', early)).toMatchObject({ ok: true })
    const late = { trigger_id: await trigger(), view: modal([section('x')]) }
    stage.clock.now += 3001
    expect(await stage.call('views.open', late)).toEqual({ ok: false, error: 'expired_trigger_id' })
  })

  it('refuses a trigger that it never gave', async () => {
    const args = { trigger_id: '1.2.3', view: modal([section('x')]) }
    expect(await stage.call('views.open', args)).toEqual({ ok: false, error: 'invalid_trigger_id' })
  })

  it('refuses a view beyond the limits and points at the place', async () => {
    const view = modal([section('x')], { private_metadata: 'x'.repeat(3001) })
    expect(await stage.call('views.open', { trigger_id: await trigger(), view })).toEqual({
      ok: false,
      error: 'invalid_arguments',
      response_metadata: {
        messages: ['[ERROR] must be less than 3001 characters [json-pointer:/view/private_metadata]'],
      },
    })
    expect(modals()).toEqual([])
  })
})

const update = (id: string, more: object = {}) =>
  stage.call('views.update', { view_id: id, view: modal([section('new')]), ...more })

describe('views.update', () => {
  it('replaces the view under the same id with a new hash', async () => {
    const { id, hash } = await open(modal([section('old')]))
    const answer = await update(id, { hash })
    expect(answer).toMatchObject({ ok: true, view: { id, blocks: [section('new')] } })
    expect(answer.view.hash).not.toBe(hash)
    expect(modals()).toMatchObject([{ id, blocks: [section('new')] }])
  })

  it('refuses a hash that is not the current one', async () => {
    const { id, hash } = await open(modal([section('old')]))
    await update(id)
    expect(await update(id, { hash })).toEqual({ ok: false, error: 'hash_conflict' })
  })

  it('does not find a view that the person closed or lost by reloading', async () => {
    const first = await open(modal([section('x')]))
    await stage.people.close(HANNA, { view: first.id })
    expect(await update(first.id)).toEqual({ ok: false, error: 'not_found' })
    const second = await open(modal([section('x')]))
    stage.people.reload(HANNA)
    expect(await update(second.id)).toEqual({ ok: false, error: 'not_found' })
  })
})

describe('submitting a view', () => {
  it('reaches the app with what was entered, and closes the view', async () => {
    const { id } = await open(modal([textInput('reason', 'text')], { private_metadata: 'id' }))
    expect(await stage.people.submit(HANNA, { view: id, values: entered('lost phone') })).toEqual({
      ok: true,
    })
    expect(stage.app.last().payload).toMatchObject({
      type: 'view_submission',
      user: { id: HANNA },
      trigger_id: anyString,
      response_urls: [],
      view: {
        id,
        callback_id: 'form',
        private_metadata: 'id',
        state: { values: { reason: { text: { type: 'plain_text_input', value: 'lost phone' } } } },
      },
    })
    expect(modals()).toEqual([])
  })

  it('does not reach the app while a required field is empty or a text has the wrong length', async () => {
    const { id } = await open(modal([textInput('reason', 'text', { min_length: 5, max_length: 8 })]))
    const before = stage.app.received.length
    const errors = async (value: string) => {
      expect(await stage.people.submit(HANNA, { view: id, values: entered(value) })).toEqual({ ok: false })
      return modals()[0]?.errors
    }
    expect(await errors('')).toEqual({ reason: 'Please complete all required fields.' })
    expect(await errors('four')).toEqual({ reason: 'This entry must be at least 5 characters.' })
    expect(await errors('ninechars')).toEqual({ reason: 'This entry must be at most 8 characters.' })
    expect(stage.app.received).toHaveLength(before)
  })

  it('shows the errors that the app answers at their fields', async () => {
    const { id } = await open(modal([textInput('reason', 'text')]))
    stage.app.on(() => ({ response_action: 'errors', errors: { reason: 'Too short.' } }))
    await stage.people.submit(HANNA, { view: id, values: entered('x') })
    expect(modals()).toMatchObject([{ id, errors: { reason: 'Too short.' } }])
  })

  it.each([
    ['errors for a block that is no input', () => ({ response_action: 'errors', errors: { other: 'x' } })],
    ['an action that does not exist', () => ({ response_action: 'explode' })],
    ['a view beyond the limits', () => ({ response_action: 'update', view: modal([section('')]) })],
  ])('says that it failed when the app answers %s', async (_, handler) => {
    const { id } = await open(modal([textInput('reason', 'text')]))
    stage.app.on(handler)
    expect(await stage.people.submit(HANNA, { view: id, values: entered('x') })).toEqual({
      ok: false,
      notice: 'We had some trouble connecting. Try again?',
    })
    expect(modals()).toMatchObject([{ id }])
  })

  it('keeps the view and its content when the app fails', async () => {
    const { id } = await open(modal([textInput('reason', 'text')]))
    stage.app.on((_, response) => void response.writeHead(500).end())
    expect(await stage.people.submit(HANNA, { view: id, values: entered('x') })).toMatchObject({ ok: false })
    stage.app.on(() => undefined)
    expect(await stage.people.submit(HANNA, { view: id, values: entered('x') })).toEqual({ ok: true })
  })

  it('can replace the view', async () => {
    const { id } = await open(modal([textInput('reason', 'text')]))
    stage.app.on(() => ({ response_action: 'update', view: modal([section('Thank you')]) }))
    await stage.people.submit(HANNA, { view: id, values: entered('x') })
    expect(modals()).toMatchObject([{ id, blocks: [section('Thank you')] }])
  })

  it('can lay up to three views on each other, and clear them all', async () => {
    await open(modal([section('1')]))
    const push = { response_action: 'push', view: modal([section('next')]) }
    stage.app.on(() => push)
    const submitTop = () => stage.people.submit(HANNA, { view: modals().at(-1)?.id ?? '', values: {} })
    await submitTop()
    await submitTop()
    expect(modals()).toHaveLength(3)
    expect(await submitTop()).toMatchObject({ ok: false })
    expect(modals()).toHaveLength(3)
    stage.app.on(() => undefined)
    await submitTop()
    expect(modals()).toHaveLength(2)
    stage.app.on(() => ({ response_action: 'clear' }))
    await submitTop()
    expect(modals()).toEqual([])
  })

  it('is only for the uppermost view of that person', async () => {
    const { id } = await open(modal([section('1')]))
    const closed = { ok: false, notice: 'This dialog is no longer open.' }
    expect(await stage.people.submit('U0MARCO', { view: id, values: {} })).toEqual(closed)
    stage.app.on(() => ({ response_action: 'push', view: modal([section('2')]) }))
    await stage.people.submit(HANNA, { view: id, values: {} })
    expect(await stage.people.submit(HANNA, { view: id, values: {} })).toEqual(closed)
  })
})

describe('closing a view', () => {
  it('tells the app only where the view asks for it', async () => {
    const quiet = await open(modal([section('x')]))
    const before = stage.app.received.length
    expect(await stage.people.close(HANNA, { view: quiet.id })).toEqual({ ok: true })
    expect(stage.app.received).toHaveLength(before)
    const told = await open(modal([section('x')], { notify_on_close: true }))
    await stage.people.close(HANNA, { view: told.id })
    expect(stage.app.last().payload).toMatchObject({
      type: 'view_closed',
      is_cleared: false,
      user: { id: HANNA },
      view: { id: told.id },
    })
    expect(modals()).toEqual([])
  })

  it('can take the whole stack along', async () => {
    const root = await open(modal([section('1')], { notify_on_close: true }))
    const view = modal([section('2')], { clear_on_close: true, notify_on_close: true })
    stage.app.on(() => ({ response_action: 'push', view }))
    await stage.people.submit(HANNA, { view: root.id, values: {} })
    await stage.people.close(HANNA, { view: modals().at(-1)?.id ?? '' })
    expect(modals()).toEqual([])
    const closed = stage.app.received.slice(-2).map(({ payload }) => [payload.type, payload.is_cleared])
    expect(closed).toEqual([
      ['view_closed', true],
      ['view_closed', true],
    ])
  })
})

describe('a button in a view', () => {
  it('reaches the app with the view and what was entered so far, without a response URL', async () => {
    const { id } = await open(modal([textInput('reason', 'text'), buttons('more')]))
    const inView = { kind: 'view', id } as const
    const received = stage.app.received.length
    const state = { type: 'plain_text_input', value: 'half' }
    await stage.people.action(HANNA, { in: inView, blockId: 'reason', actionId: 'text', state })
    expect(stage.app.received).toHaveLength(received)
    expect(await stage.people.action(HANNA, { in: inView, blockId: 'buttons', actionId: 'more' })).toEqual({
      ok: true,
    })
    const { payload } = stage.app.last()
    expect(payload).toMatchObject({
      type: 'block_actions',
      container: { type: 'view', view_id: id },
      view: { id, state: { values: { reason: { text: { value: 'half' } } } } },
      actions: [{ action_id: 'more', block_id: 'buttons', value: 'request-1' }],
    })
    expect(payload).not.toHaveProperty('response_url')
    expect(payload).not.toHaveProperty('message')
  })
})
