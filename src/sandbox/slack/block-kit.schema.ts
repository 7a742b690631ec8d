import { z } from 'zod'
import {
  accessory,
  actionElement,
  anyText,
  imageElement,
  imageFields,
  messageInput,
  modalInput,
  plainText,
} from './block-elements.schema.ts'

const named = { block_id: z.string().min(1).max(255).exactOptional() }

type Issues = z.core.$ZodRawIssue[]

/** A check that no two entries of a list carry the same id; Slack names the second one. */
const unique =
  (field: 'block_id' | 'action_id', of: string) =>
  (payload: { readonly value: readonly object[]; readonly issues: Issues }): void => {
    const seen = new Set<unknown>()
    for (const [index, entry] of payload.value.entries()) {
      const id: unknown = new Map<string, unknown>(Object.entries(entry)).get(field)
      if (id !== undefined && seen.has(id)) {
        const message = `\`${field}\` ${JSON.stringify(id)} already exists for another ${of}`
        payload.issues.push({ code: 'custom', input: entry, path: [index, field], message })
      }
      seen.add(id)
    }
  }

const section = z
  .strictObject({
    type: z.literal('section'),
    ...named,
    text: anyText(3000).exactOptional(),
    fields: z.array(anyText(2000)).min(1).max(10).exactOptional(),
    accessory: accessory.exactOptional(),
    expand: z.boolean().exactOptional(),
  })
  .refine(({ text, fields }) => text !== undefined || fields !== undefined, 'missing required field: text')

const style = z.strictObject({
  bold: z.boolean().exactOptional(),
  italic: z.boolean().exactOptional(),
  strike: z.boolean().exactOptional(),
  code: z.boolean().exactOptional(),
})
const styled = { style: style.exactOptional() }

const plainParts = [
  z.strictObject({ type: z.literal('text'), text: z.string().min(1), ...styled }),
  z.strictObject({
    type: z.literal('link'),
    url: z.string().min(1),
    text: z.string().exactOptional(),
    ...styled,
  }),
] as const

const richTextPart = z.discriminatedUnion('type', [
  ...plainParts,
  z.strictObject({ type: z.literal('user'), user_id: z.string().min(1), ...styled }),
  z.strictObject({ type: z.literal('usergroup'), usergroup_id: z.string().min(1), ...styled }),
  z.strictObject({ type: z.literal('channel'), channel_id: z.string().min(1), ...styled }),
  z.strictObject({ type: z.literal('emoji'), name: z.string().min(1), ...styled }),
  z.strictObject({ type: z.literal('broadcast'), range: z.enum(['here', 'channel', 'everyone']), ...styled }),
  z.strictObject({
    type: z.literal('date'),
    timestamp: z.int(),
    format: z.string().min(1),
    fallback: z.string().exactOptional(),
    ...styled,
  }),
])

const parts = z.array(richTextPart)
const richTextSection = z.strictObject({ type: z.literal('rich_text_section'), elements: parts })

const richText = z.strictObject({
  type: z.literal('rich_text'),
  ...named,
  elements: z
    .array(
      z.discriminatedUnion('type', [
        richTextSection,
        z.strictObject({
          type: z.literal('rich_text_preformatted'),
          elements: z.array(z.discriminatedUnion('type', plainParts)),
        }),
        z.strictObject({ type: z.literal('rich_text_quote'), elements: parts }),
        z.strictObject({
          type: z.literal('rich_text_list'),
          style: z.enum(['bullet', 'ordered']),
          indent: z.int().exactOptional(),
          elements: z.array(richTextSection),
        }),
      ]),
    )
    .min(1),
})

const everywhere = [
  section,
  richText,
  z.strictObject({ type: z.literal('header'), ...named, text: plainText(150) }),
  z.strictObject({ type: z.literal('divider'), ...named }),
  z.strictObject({
    type: z.literal('context'),
    ...named,
    elements: z
      .array(z.discriminatedUnion('type', [imageElement, ...anyText(3000).options]))
      .min(1)
      .max(10),
  }),
  z.strictObject({
    type: z.literal('image'),
    ...named,
    ...imageFields,
    title: plainText(2000).exactOptional(),
  }),
  z.strictObject({
    type: z.literal('actions'),
    ...named,
    elements: z.array(actionElement).min(1).max(25).check(unique('action_id', 'element')),
  }),
] as const

const input = {
  type: z.literal('input'),
  ...named,
  label: plainText(2000),
  hint: plainText(2000).exactOptional(),
  optional: z.boolean().exactOptional(),
  dispatch_action: z.boolean().exactOptional(),
}

const messageBlock = z.discriminatedUnion('type', [
  ...everywhere,
  z.strictObject({ ...input, element: messageInput }),
])

const modalBlock = z.discriminatedUnion('type', [
  ...everywhere,
  z.strictObject({ ...input, element: modalInput }),
  z.strictObject({
    type: z.literal('alert'),
    ...named,
    text: anyText(3000),
    level: z.enum(['default', 'info', 'warning', 'error', 'success']).exactOptional(),
  }),
])

/** The blocks of a message: the kinds every client shows, at most 50. Elements need an `action_id`, which Slack would invent. */
export const messageBlocks = z.array(messageBlock).max(50).check(unique('block_id', 'block'))

/** A modal as `views.open` takes it: at most 100 blocks, and a submit button as soon as there is an input. */
export const modalView = z
  .strictObject({
    type: z.literal('modal'),
    title: plainText(24),
    submit: plainText(24).exactOptional(),
    close: plainText(24).exactOptional(),
    blocks: z.array(modalBlock).max(100).check(unique('block_id', 'block')),
    private_metadata: z.string().max(3000).exactOptional(),
    callback_id: z.string().min(1).max(255).exactOptional(),
    clear_on_close: z.boolean().exactOptional(),
    notify_on_close: z.boolean().exactOptional(),
  })
  .refine(({ blocks, submit }) => submit !== undefined || blocks.every(({ type }) => type !== 'input'), {
    message: 'missing required field: submit',
  })
