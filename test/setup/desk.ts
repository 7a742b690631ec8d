import type { ActionsBlockElement, AnyBlock, KnownBlock } from '@slack/types'
import type { Message, View2 } from '../../src/sandbox/page-api.ts'
import type { Installation } from './installation.ts'
import { eventually } from './installation.ts'

/** What people do in Slack and what they see, for tests that speak of people. Users are Slack ids (`U0HANNA`). */
export type Desk = ReturnType<typeof deskOf>

/** The workspace of an installation, through the eyes and hands of its people. */
export function deskOf({ slack }: Pick<Installation, 'slack'>) {
  const { people } = slack
  const conversation = (user: string, name = 'Hallpass') => {
    const found = people.workspaceOf(user).conversations.find((one) => one.name === name)
    if (found === undefined) throw new Error(`${user} does not see ${name}.`)
    return found
  }
  const messages = (user: string, name?: string): readonly Message[] => conversation(user, name).messages
  const modal = (user: string): View2 | undefined => people.workspaceOf(user).modals.at(-1)

  const windowNow = (user: string, text: string): View2 => {
    const view = modal(user)
    if (view !== undefined && JSON.stringify(view).includes(text)) return view
    throw new Error(`${user} sees no window with ${text}: ${JSON.stringify(view)}`)
  }
  /** Waits for a window with this title, or with this text in it. */
  const window = (user: string, text: string, patience?: number): Promise<View2> =>
    eventually(() => windowNow(user, text), patience)
  /** Everything a person can read now, as one text. */
  const reads = (user: string, name?: string): string =>
    JSON.stringify([messages(user, name), people.workspaceOf(user).modals])

  return {
    messages,
    modal,
    reads,
    /** Types a command into the direct message with the bot. */
    type: (user: string, text: string) => people.command(user, { conversation: conversation(user).id, text }),
    /** Presses the newest button of this label, in a conversation or, without one, wherever it is. */
    async press(user: string, label: string, name?: string) {
      return eventually(async () => {
        const where = conversation(user, name)
        for (const message of where.messages.toReversed()) {
          const found = buttonOf(message.blocks, label)
          if (found === undefined) continue
          const at = { kind: 'message', conversation: where.id, ts: message.ts } as const
          return people.action(user, { in: at, blockId: found.blockId, actionId: found.actionId })
        }
        throw new Error(`${user} has no button ${label}: ${reads(user, name)}`)
      })
    },
    /** Presses a button in the open window. */
    async pressInView(user: string, label: string) {
      return eventually(() => {
        const view = modal(user)
        const found = view === undefined ? undefined : buttonOf(view.blocks, label)
        if (view === undefined || found === undefined)
          throw new Error(`No button ${label} in a window of ${user}.`)
        return people.action(user, {
          in: { kind: 'view', id: view.id },
          blockId: found.blockId,
          actionId: found.actionId,
        })
      })
    },
    window,
    /** Presses a button for a window, and once more where none came: Slack waits 3 s, which a busy machine may miss. */
    async pressFor(user: string, label: string, text: string): Promise<View2> {
      await this.press(user, label)
      const first = await window(user, text, 7_000).catch(() => undefined)
      if (first !== undefined) return first
      await this.press(user, label)
      return window(user, text)
    },
    submit: (user: string, values: Parameters<typeof people.submit>[1]['values']) => {
      const view = modal(user)
      if (view === undefined) throw new Error(`${user} has no window open.`)
      return people.submit(user, { view: view.id, values })
    },
    close: (user: string) => {
      const view = modal(user)
      if (view === undefined) throw new Error(`${user} has no window open.`)
      return people.close(user, { view: view.id })
    },
    /** Waits until a person can read something. */
    sees: (user: string, text: string | RegExp, name?: string) =>
      eventually(() => {
        const all = reads(user, name)
        const is = typeof text === 'string' ? all.includes(text) : text.test(all)
        if (!is) throw new Error(`${user} does not see ${String(text)}: ${all}`)
      }),
    /** Asks, as Hanna of the helpdesk, for a pass for Dana. */
    async ask(text = '/tap @dana 1h INC123 lost her phone on the train') {
      await people.command('U0HANNA', { conversation: conversation('U0HANNA').id, text })
    },
    /** Approves as Marco, Dana's manager, through the form. */
    async approve(user = 'U0MARCO') {
      await this.pressFor(user, 'Approve', 'How did you make sure')
      await this.submit(user, choice('checked', 'checked-choice', 'called-back', 'I called back'))
    },
    /** Opens the code as Dana; answers the code. */
    async openCode(user = 'U0DANA'): Promise<string> {
      const view = await this.pressFor(user, 'Show my code', 'rich_text_preformatted')
      return codeOf(view) ?? ''
    },
    /** The codes that stand in messages to a person now. */
    codesSent: (user = 'U0DANA'): readonly string[] =>
      messages(user).flatMap((message) => codeOf(message) ?? []),
    /** Has the code sent to Dana, where the policy says so; answers the code. */
    async sendCode(user = 'U0DANA'): Promise<string> {
      await this.pressFor(user, 'Show my code', 'code is in the newest message')
      return this.codesSent(user).at(-1) ?? ''
    },
  }
}

/** The state of one select, as Slack sends it. */
export function choice(block: string, action: string, value: string, label: string) {
  return {
    [block]: {
      [action]: {
        type: 'static_select',
        selected_option: { text: { type: 'plain_text', text: label }, value },
      },
    },
  }
}

/** The state of one text field, as Slack sends it. */
export function words(block: string, action: string, value: string) {
  return { [block]: { [action]: { type: 'plain_text_input', value } } }
}

/** The code that a window or a message shows. */
export function codeOf(view: { readonly blocks: unknown }): string | undefined {
  const found = /"rich_text_preformatted","elements":\[\{"type":"text","text":"((?:[^"\\]|\\.)*)"/.exec(
    JSON.stringify(view.blocks),
  )?.[1]
  return found === undefined ? undefined : (JSON.parse(`"${found}"`) as string)
}

function buttonOf(blocks: readonly (KnownBlock | AnyBlock)[], label: string) {
  for (const block of blocks) {
    if (block.type !== 'actions' || !('elements' in block)) continue
    const element = block.elements.find((one: ActionsBlockElement) => isButton(one, label))
    if (element !== undefined) return { blockId: block.block_id ?? '', actionId: element.action_id ?? '' }
  }
  return undefined
}

function isButton(element: ActionsBlockElement, label: string): boolean {
  return element.type === 'button' && element.text.text === label
}
