import { z } from 'zod'

const label = (longest: number) => z.string().min(1).max(longest)

/** A plain_text object of 1 to `longest` characters. */
export const plainText = (longest: number) =>
  z.strictObject({ type: z.literal('plain_text'), text: label(longest), emoji: z.boolean().exactOptional() })

const mrkdwn = (longest: number) =>
  z.strictObject({ type: z.literal('mrkdwn'), text: label(longest), verbatim: z.boolean().exactOptional() })

/** A text object of either kind, of 1 to `longest` characters. */
export const anyText = (longest: number) =>
  z.discriminatedUnion('type', [plainText(longest), mrkdwn(longest)])

const confirm = z.strictObject({
  title: plainText(100),
  text: anyText(300),
  confirm: plainText(30),
  deny: plainText(30),
  style: z.enum(['primary', 'danger']).exactOptional(),
})

const common = { action_id: label(255) }
const confirmable = { ...common, confirm: confirm.exactOptional() }
const focusable = { ...confirmable, focus_on_load: z.boolean().exactOptional() }
const selectable = { ...focusable, placeholder: plainText(150).exactOptional() }

const option = z.strictObject({
  text: plainText(75),
  value: label(150),
  description: plainText(75).exactOptional(),
})

type Option = { readonly value: string }
type Chooser = {
  readonly options?: readonly Option[]
  readonly initial_option?: Option
  readonly initial_options?: readonly Option[]
}

/** Slack refuses values that occur twice, and a preset choice that is not among the options. */
const consistentOptions = (chooser: Chooser, context: z.RefinementCtx<Chooser>): void => {
  const values = (chooser.options ?? []).map(({ value }) => value)
  const preset = [
    ...(chooser.initial_option === undefined ? [] : [chooser.initial_option]),
    ...(chooser.initial_options ?? []),
  ]
  if (new Set(values).size !== values.length) {
    context.addIssue({ code: 'custom', path: ['options'], message: 'option values must be unique' })
  }
  if (preset.some(({ value }) => !values.includes(value))) {
    context.addIssue({ code: 'custom', path: ['initial_option'], message: 'must be one of the options' })
  }
}

const button = z.strictObject({
  type: z.literal('button'),
  ...confirmable,
  text: plainText(75),
  value: label(2000).exactOptional(),
  url: label(3000).exactOptional(),
  style: z.enum(['primary', 'danger']).exactOptional(),
  accessibility_label: label(75).exactOptional(),
})

const overflow = z.strictObject({
  type: z.literal('overflow'),
  ...confirmable,
  options: z.array(option).min(2).max(5),
})

const staticSelect = z
  .strictObject({
    type: z.literal('static_select'),
    ...selectable,
    options: z.array(option).min(1).max(100),
    initial_option: option.exactOptional(),
  })
  .superRefine(consistentOptions)

const radioButtons = z
  .strictObject({
    type: z.literal('radio_buttons'),
    ...focusable,
    options: z.array(option).min(1).max(10),
    initial_option: option.exactOptional(),
  })
  .superRefine(consistentOptions)

const checkboxes = z
  .strictObject({
    type: z.literal('checkboxes'),
    ...focusable,
    options: z.array(option).min(1).max(10),
    initial_options: z.array(option).min(1).exactOptional(),
  })
  .superRefine(consistentOptions)

const usersSelect = z.strictObject({
  type: z.literal('users_select'),
  ...selectable,
  initial_user: label(255).exactOptional(),
})

const date = z.string().regex(/^\d{4}-\d\d-\d\d$/)
const datepicker = z.strictObject({
  type: z.literal('datepicker'),
  ...selectable,
  initial_date: date.exactOptional(),
})

const timepicker = z.strictObject({
  type: z.literal('timepicker'),
  ...selectable,
  initial_time: z
    .string()
    .regex(/^([01]\d|2[0-3]):[0-5]\d$/)
    .exactOptional(),
  timezone: label(255).exactOptional(),
})

const datetimepicker = z.strictObject({
  type: z.literal('datetimepicker'),
  ...focusable,
  initial_date_time: z.int().min(1_000_000_000).max(9_999_999_999).exactOptional(),
})

const typed = {
  ...common,
  placeholder: plainText(150).exactOptional(),
  focus_on_load: z.boolean().exactOptional(),
}

const plainTextInput = z.strictObject({
  type: z.literal('plain_text_input'),
  ...typed,
  initial_value: z.string().max(3000).exactOptional(),
  multiline: z.boolean().exactOptional(),
  min_length: z.int().min(0).max(3000).exactOptional(),
  max_length: z.int().min(1).max(3000).exactOptional(),
})

const numberInput = z.strictObject({
  type: z.literal('number_input'),
  ...typed,
  is_decimal_allowed: z.boolean(),
  initial_value: z.string().exactOptional(),
  min_value: z.string().exactOptional(),
  max_value: z.string().exactOptional(),
})

/** An image, as an element and as the body of an image block. */
export const imageFields = { image_url: label(3000), alt_text: label(2000) }

/** An image inside a context or beside a section. */
export const imageElement = z.strictObject({ type: z.literal('image'), ...imageFields })

const choosers = [staticSelect, usersSelect, radioButtons, checkboxes, datepicker, timepicker] as const

/** What an actions block may hold. */
export const actionElement = z.discriminatedUnion('type', [button, overflow, datetimepicker, ...choosers])

/** What may stand beside a section. */
export const accessory = z.discriminatedUnion('type', [button, overflow, imageElement, ...choosers])

/** What an input block may hold in a message. */
export const messageInput = z.discriminatedUnion('type', [plainTextInput, datetimepicker, ...choosers])

/** What an input block may hold in a modal. */
export const modalInput = z.discriminatedUnion('type', [
  plainTextInput,
  numberInput,
  datetimepicker,
  ...choosers,
])
