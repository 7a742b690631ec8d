import { expect } from 'vitest'
import type { Message } from '../../../src/sandbox/page-api.ts'
import { contoso } from '../../../src/sandbox/slack/seed.ts'
import type { WorkspaceSeed } from '../../../src/sandbox/slack/seed.ts'
import { startSlack } from '../../../src/sandbox/slack/server.ts'
import { memoryStore, type StateStore } from '../../../src/sandbox/state-store.ts'
import { startTinyApp } from './tiny-app.ts'

export const TOKEN = 'xoxb-test'
const SECRET = 'signing-secret'

/** What tests look at in an answer of the Web API. */
export type Answered = {
  readonly ok: boolean
  readonly ts: string
  readonly channel: string
  readonly message: object
  readonly message_ts: string
  readonly user: object
  readonly view: { readonly id: string; readonly hash: string }
}

export const anyString: unknown = expect.any(String)

export const matching = (pattern: RegExp): unknown => expect.stringMatching(pattern)

/** A workspace and a tiny app that know each other, with a clock that tests can move. */
export const startStage = async (
  options: {
    readonly seed?: WorkspaceSeed
    readonly store?: StateStore
    readonly clock?: { now: number }
  } = {},
) => {
  const app = await startTinyApp(SECRET)
  const clock = options.clock ?? { now: Date.now() }
  const slack = await startSlack({
    seed: options.seed ?? { ...contoso, scopes: [...contoso.scopes, 'usergroups:read', 'im:write'] },
    botUrl: () => app.url,
    signingSecret: SECRET,
    botToken: TOKEN,
    store: options.store ?? memoryStore(),
    now: () => clock.now,
  })
  const post = (url: string, body: unknown, token: string | undefined = TOKEN): Promise<Response> =>
    fetch(url, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
      },
      body: JSON.stringify(body),
    })
  return {
    app,
    slack,
    clock,
    people: slack.people,
    post,
    call: async (method: string, args: object): Promise<Answered> =>
      (await (await post(`${slack.apiUrl}${method}`, args)).json()) as Answered,
    messages: (user: string, place: string): readonly Message[] =>
      slack.people.workspaceOf(user).conversations.find(({ id }) => id === place)?.messages ?? [],
    close: async (): Promise<void> => {
      await slack.close()
      await app.close()
    },
  }
}

export type Stage = Awaited<ReturnType<typeof startStage>>

/** A section with text, for messages that need some block. */
export const section = (text: string) => ({ type: 'section', text: { type: 'mrkdwn', text } })

/** An actions block with one button. */
export const buttons = (actionId: string, blockId = 'buttons', style?: 'primary') => ({
  type: 'actions',
  block_id: blockId,
  elements: [
    {
      type: 'button',
      action_id: actionId,
      text: { type: 'plain_text', text: 'Press' },
      value: 'request-1',
      ...(style && { style }),
    },
  ],
})

/** A modal with these blocks, submittable. */
export const modal = (blocks: readonly object[], more: object = {}) => ({
  type: 'modal',
  title: { type: 'plain_text', text: 'Title' },
  submit: { type: 'plain_text', text: 'Send' },
  callback_id: 'form',
  blocks,
  ...more,
})

/** A required text input. */
export const textInput = (blockId: string, actionId: string, more: object = {}) => ({
  type: 'input',
  block_id: blockId,
  label: { type: 'plain_text', text: 'Reason' },
  element: { type: 'plain_text_input', action_id: actionId, ...more },
})
