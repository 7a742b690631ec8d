import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { App, HTTPReceiver, LogLevel } from '@slack/bolt'
import type { KnownBlock, ModalView } from '@slack/types'
import { afterEach, expect, it } from 'vitest'
import { contoso } from '../../../src/sandbox/slack/seed.ts'
import { type SlackStandIn, startSlack } from '../../../src/sandbox/slack/server.ts'
import { memoryStore } from '../../../src/sandbox/state-store.ts'
import { TOKEN } from './stage.ts'

const signingSecret = 'bolt-secret'
const closing: (() => Promise<unknown>)[] = []

afterEach(async () => {
  await Promise.all(closing.splice(0).map((close) => close()))
})

const startBolt = async (slack: () => SlackStandIn): Promise<{ app: App; url: string }> => {
  const receiver = new HTTPReceiver({ signingSecret, port: 0, logLevel: LogLevel.ERROR })
  const app = new App({
    token: TOKEN,
    receiver,
    deferInitialization: true,
    convoStore: false,
    logLevel: LogLevel.ERROR,
    clientOptions: { slackApiUrl: slack().apiUrl, retryConfig: { retries: 0 } },
  })
  await app.init()
  const server = await app.start({ port: 0, host: '127.0.0.1' })
  if (!server.listening) await once(server, 'listening')
  closing.push(() => app.stop())
  return { app, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/slack/events` }
}

const card = (says: string, pending: boolean): KnownBlock[] => [
  { type: 'section', text: { type: 'plain_text', text: says } },
  ...(pending
    ? [
        {
          type: 'actions' as const,
          block_id: 'decide',
          elements: [
            {
              type: 'button' as const,
              action_id: 'approve',
              text: { type: 'plain_text' as const, text: 'Approve' },
              value: 'r1',
            },
          ],
        },
      ]
    : []),
]

const dialog = (blocks: KnownBlock[]): ModalView => ({
  type: 'modal',
  callback_id: 'approve',
  title: { type: 'plain_text', text: 'Approve' },
  submit: { type: 'plain_text', text: 'Approve' },
  blocks,
})

const checked: KnownBlock = {
  type: 'input',
  block_id: 'checked',
  label: { type: 'plain_text', text: 'What did you check?' },
  element: { type: 'plain_text_input', action_id: 'text' },
}

const wait = async (is: () => boolean): Promise<void> => {
  for (let tries = 0; !is(); tries += 1) {
    if (tries > 1000) throw new Error('It did not happen in time')
    await new Promise((resolve) => setTimeout(resolve, 10))
  }
}

it('carries a whole approval of an unchanged Bolt app: command, card, button, modal, submission, update', async () => {
  let botUrl = ''
  const slack = await startSlack({
    seed: contoso,
    botUrl: () => botUrl,
    signingSecret,
    botToken: TOKEN,
    store: memoryStore(),
  })
  closing.push(() => slack.close())
  const { app, url } = await startBolt(() => slack)
  botUrl = url
  app.command('/tap', async ({ ack, respond, client, command }) => {
    await ack()
    await client.chat.postMessage({
      channel: 'U0MARCO',
      text: command.text,
      blocks: card(command.text, true),
    })
    await respond('Recorded.')
  })
  app.action({ type: 'block_actions', action_id: 'approve' }, async ({ ack, body, client }) => {
    await ack()
    const loading = await client.views.open({
      trigger_id: body.trigger_id,
      view: dialog([{ type: 'section', text: { type: 'plain_text', text: 'Fetching' } }]),
    })
    await client.views.update({
      view_id: loading.view?.id ?? '',
      hash: loading.view?.hash ?? '',
      view: {
        ...dialog([checked]),
        private_metadata: `${body.container['channel_id']} ${body.container['message_ts']}`,
      },
    })
  })
  app.view('approve', async ({ ack, view, client }) => {
    await ack()
    const [channel = '', ts = ''] = view.private_metadata.split(' ')
    const says = `Approved: ${view.state.values['checked']?.['text']?.value ?? ''}`
    await client.chat.update({ channel, ts, text: says, blocks: card(says, false) })
  })
  const { people } = slack
  const marcoSees = () =>
    people.workspaceOf('U0MARCO').conversations.find(({ id }) => id === 'D0MARCO')?.messages ?? []

  const asked = await people.command('U0HANNA', {
    conversation: 'C0APPROVALS',
    text: '/tap @dana 1h lost phone',
  })
  expect(asked).toEqual({ ok: true })
  await wait(() => marcoSees().length === 1)
  expect(marcoSees()).toMatchObject([{ text: '<@U0DANA> 1h lost phone', user: 'U0HALLPASS' }])
  const hannaSees = () =>
    people.workspaceOf('U0HANNA').conversations.find(({ id }) => id === 'C0APPROVALS')?.messages ?? []
  await wait(() => hannaSees().length === 1)
  expect(hannaSees()).toMatchObject([{ text: 'Recorded.', ephemeral: true }])

  const ts = marcoSees()[0]?.ts ?? ''
  const pressed = await people.action('U0MARCO', {
    in: { kind: 'message', conversation: 'D0MARCO', ts },
    blockId: 'decide',
    actionId: 'approve',
  })
  expect(pressed).toEqual({ ok: true })
  const views = () => people.workspaceOf('U0MARCO').modals
  await wait(() => views()[0]?.blocks[0]?.type === 'input')

  const view = views()[0]?.id ?? ''
  const values = { checked: { text: { type: 'plain_text_input', value: 'called back' } } }
  expect(await people.submit('U0MARCO', { view, values })).toEqual({ ok: true })
  await wait(() => marcoSees()[0]?.edited ?? false)
  expect(views()).toEqual([])
  expect(marcoSees()).toMatchObject([{ ts, text: 'Approved: called back', edited: true }])
  expect(people.workspaceOf('U0MARCO').me.turn).toBe(false)
})
