import { webApi, type RespondFn } from '@slack/bolt'
import type { View } from '@slack/types'
import type { Card, Modal } from '../core/card/card.ts'
import { cardModal, textCard } from '../core/card/text-card.ts'
import { commandText } from '../core/text/en.ts'
import type { Markup } from '../core/text/markup.ts'
import type { BotPorts, KindPorts } from './ports.ts'
import type { Speaker } from './speaker.ts'

/** Ways back to the one person who typed or pressed. */
export type Back = {
  readonly show: (card: Card) => Promise<void>
  readonly say: (text: Markup) => Promise<void>
  /** Says why nothing came of it. A form comes back as it was filled in. */
  readonly refuse: (text: Markup) => Promise<void>
  /** Shows a window. Slack takes a new one only within three seconds after the press. */
  readonly open: (modal: Modal) => Promise<Window | undefined>
  /** Changes a window that is as it was opened; one that was closed, or changed by a worker, is left alone. */
  readonly replace: (window: Window, modal: Modal) => Promise<void>
}

/** An open window, and Slack's name for what it showed then. */
type Window = { readonly id: string; readonly hash?: string }

/**
 * What somebody did: Slack's name of it, and when it was first heard of, in epoch milliseconds. Words and ids are made of
 * these two, so that the same delivery makes the same ones again, and counts once.
 */
export type Heard = { readonly delivery: string; readonly at: number }

/** Somebody who did something in Slack. */
export type Call = Back & Heard & { readonly ports: KindPorts; readonly speaker: Speaker }

type Opened = Promise<{ view?: { id?: string; hash?: string } | undefined }>

/** The part of Slack's client that answers need. */
export type Client = {
  readonly views: {
    open(args: { trigger_id: string; view: View }): Opened
    update(args: { view_id: string; hash?: string; view: View }): Opened
  }
}

/** Shows a window; where it was long on its way, Slack opens none any more, and the person only has to do it again. */
export async function openOrSay({ open, say }: Call, modal: Modal): Promise<void> {
  await open(modal).catch(() => say(commandText.tooSlow()))
}

/** Back to a command or a message: privately beside it, or by a new window. */
export function backToMessage(ports: BotPorts, respond: RespondFn, client: Client, trigger: string): Back {
  let isAnswered = false
  const show = async ({ text, blocks }: Card): Promise<void> => {
    if (isAnswered) return
    try {
      await respond({ response_type: 'ephemeral', replace_original: false, text, blocks: [...blocks] })
    } catch {
      // An expired response_url is nothing that the person could mend: the cards show what happened.
      ports.warn('an answer could not be delivered', {})
    }
  }
  const say = (text: Markup): Promise<void> => show(textCard(text))
  return {
    show,
    say,
    refuse: say,
    async open(modal) {
      try {
        return windowOf(await client.views.open({ trigger_id: trigger, view: modal }))
      } catch (error) {
        // The same press came to another program, which has opened the window: that is the answer.
        isAnswered = isUsed(error)
        throw error
      }
    },
    replace: (window, modal) => replace(ports, client, window, modal),
  }
}

/** Whether the press has opened a window before. */
function isUsed(error: unknown): boolean {
  return error instanceof webApi.WebAPIPlatformError && error.data.error === 'exchanged_trigger_id'
}

/** Back to an open window: its contents change. */
export function backToView(ports: BotPorts, client: Client, view: string): Back {
  const show = (card: Card): Promise<void> => replace(ports, client, { id: view }, cardModal(card))
  const say = (text: Markup): Promise<void> => show(textCard(text))
  return {
    show,
    say,
    refuse: say,
    open: async (modal) => windowOf(await client.views.update({ view_id: view, view: modal })),
    replace: (window, modal) => replace(ports, client, window, modal),
  }
}

function windowOf({ view }: Awaited<Opened>): Window | undefined {
  if (view?.id === undefined) return undefined
  return { id: view.id, ...(view.hash === undefined ? {} : { hash: view.hash }) }
}

async function replace(
  ports: BotPorts,
  client: Client,
  { id, ...shown }: Window,
  modal: Modal,
): Promise<void> {
  try {
    await client.views.update({ view_id: id, ...shown, view: modal })
  } catch {
    // Closed or changed in the meantime; the cards show what happened.
    ports.warn('an answer could not be delivered', {})
  }
}
