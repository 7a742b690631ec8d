import type { KnownBlock } from '@slack/types'
import type { View2 } from '../../src/sandbox/page-api.ts'
import { deskOf } from '../setup/desk.ts'
import { eventually, type Installation } from '../setup/installation.ts'
import { readable } from './hands.ts'

/** What a command led to: words that one person sees, or a window. */
export type Answer = { readonly says: string; readonly window: View2 | undefined }

/** Somebody types a command and reads the first answer, in a Slack that shows nothing of what was before. */
export async function typed(installation: Installation, user: string, text: string): Promise<Answer> {
  const { people } = installation.slack
  const desk = deskOf(installation)
  people.reload(user)
  const sent = await desk.type(user, text)
  if (!sent.ok) throw new Error(`Slack itself refused ${text}: ${sent.notice}`)
  return eventually(() => {
    const window = desk.modal(user)
    const [said] = desk.messages(user).filter(({ ephemeral }) => ephemeral)
    if (window === undefined && said === undefined) throw new Error(`No answer to ${text}.`)
    return { says: said === undefined ? '' : readable(said.blocks), window }
  })
}

/** A field of the request form: what is filled in, and what is complained of below it. */
export type Shown = { readonly holds: string; readonly complaint: string }

/** The request form as somebody sees it. */
export function fieldsOf(view: View2 | undefined): Readonly<Record<string, Shown>> {
  const fields: Record<string, Shown> = {}
  let last = ''
  for (const block of (view?.blocks ?? []) as readonly KnownBlock[]) {
    const about = fields[last]
    if (block.type === 'input') {
      last = block.block_id ?? ''
      fields[last] = { holds: held(block.element), complaint: '' }
    } else if (about !== undefined && readable(block).startsWith('Please check: ')) {
      fields[last] = { ...about, complaint: readable(block).replace('Please check: ', '') }
    }
  }
  return fields
}

/** The options that a select of the form offers. */
export function offeredBy(view: View2 | undefined, field: string): readonly string[] {
  const blocks = (view?.blocks ?? []) as readonly KnownBlock[]
  const input = blocks.find((block) => block.block_id === field)
  if (input?.type !== 'input' || !('options' in input.element)) return []
  return (input.element.options ?? []).map(({ text }) => text.text)
}

function held(element: object): string {
  const { initial_user, initial_value, initial_option } = element as {
    initial_user?: string
    initial_value?: string
    initial_option?: { text: { text: string } }
  }
  return initial_user ?? initial_value ?? initial_option?.text.text ?? ''
}
