import type {
  ActionsBlockElement,
  InputBlock,
  InputBlockElement,
  KnownBlock,
  SectionBlockAccessory,
} from '@slack/types'

/** The shape of Slack's `view.state.values`: block id -> action id -> state of the element. */
export type StateValues = Readonly<
  Record<string, Readonly<Record<string, Readonly<Record<string, unknown>>>>>
>

type Interactive = Exclude<ActionsBlockElement | InputBlockElement | SectionBlockAccessory, { type: 'image' }>

/** An element that a person can act on, and where it stands. */
export type Located = { readonly block: KnownBlock; readonly actionId: string; readonly element: Interactive }

const VALUE_FIELD: ReadonlyMap<string, string> = new Map([
  ['plain_text_input', 'value'],
  ['number_input', 'value'],
  ['static_select', 'selected_option'],
  ['radio_buttons', 'selected_option'],
  ['overflow', 'selected_option'],
  ['checkboxes', 'selected_options'],
  ['users_select', 'selected_user'],
  ['datepicker', 'selected_date'],
  ['timepicker', 'selected_time'],
  ['datetimepicker', 'selected_date_time'],
])

const elementsOf = (block: KnownBlock): readonly (Interactive | { type: 'image' })[] => {
  if (block.type === 'actions') return block.elements
  if (block.type === 'input') return [block.element]
  return block.type === 'section' && block.accessory !== undefined ? [block.accessory] : []
}

const interactive = (element: Interactive | { type: 'image' }): element is Interactive =>
  element.type !== 'image'

/** Every element of the blocks that a person can act on. */
export const locate = (blocks: readonly KnownBlock[]): readonly Located[] =>
  blocks.flatMap((block) =>
    elementsOf(block)
      .filter(interactive)
      .map((element) => ({ block, actionId: element.action_id ?? '', element })),
  )

const record = (value: unknown): Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null ? { ...value } : {}

const optionLike = (element: Interactive, given: unknown): unknown => {
  const options: readonly unknown[] =
    'options' in element && Array.isArray(element.options) ? element.options : []
  const { value } = record(given)
  return options.find((option) => record(option)['value'] === value)
}

const accepted = (element: Interactive, field: string, given: unknown): unknown => {
  if (field === 'selected_option') return optionLike(element, given) ?? null
  if (field === 'selected_options') {
    const chosen: readonly unknown[] = Array.isArray(given) ? given : []
    return chosen.map((each) => optionLike(element, each)).filter((each) => each !== undefined)
  }
  return given === '' ? null : given
}

/**
 * The state of one element in Slack's shape: what the client reported, else what the app preset, else nothing.
 * Choices are replaced by the app's own option, so that a client cannot send one that was not offered.
 */
export const stateOf = (
  element: Interactive,
  reported: Readonly<Record<string, unknown>> | undefined,
): Readonly<Record<string, unknown>> => {
  const field = VALUE_FIELD.get(element.type)
  if (field === undefined) return {}
  const preset = record(element)[field === 'value' ? 'initial_value' : field.replace('selected', 'initial')]
  const given = reported !== undefined && field in reported ? reported[field] : preset
  const empty = field === 'selected_options' ? [] : null
  return { type: element.type, [field]: accepted(element, field, given ?? empty) }
}

/** `state.values` of the blocks: one entry for every element that holds a value, filled in or not. */
export const stateValues = (blocks: readonly KnownBlock[], reported: StateValues): StateValues => {
  const values: Record<string, Record<string, Readonly<Record<string, unknown>>>> = {}
  for (const { block, actionId, element } of locate(blocks)) {
    if (!VALUE_FIELD.has(element.type) || element.type === 'overflow') continue
    const blockId = block.block_id ?? ''
    values[blockId] = { ...values[blockId], [actionId]: stateOf(element, reported[blockId]?.[actionId]) }
  }
  return values
}

const isEmpty = (value: unknown): boolean =>
  value === null || value === undefined || (Array.isArray(value) && value.length === 0)

const problemOf = (block: InputBlock, value: unknown): string | undefined => {
  const { element } = block
  if (isEmpty(value)) return block.optional === true ? undefined : 'Please complete all required fields.'
  if (element.type !== 'plain_text_input' || typeof value !== 'string') return undefined
  const { min_length: least = 0, max_length: most = 3000 } = element
  if (value.length < least) return `This entry must be at least ${least} characters.`
  return value.length > most ? `This entry must be at most ${most} characters.` : undefined
}

/** What the client says, by block id, before it lets a person submit: a required field is empty, a text has a wrong length. */
export const submitProblems = (
  blocks: readonly KnownBlock[],
  values: StateValues,
): Readonly<Record<string, string>> => {
  const problems: Record<string, string> = {}
  for (const { block, actionId, element } of locate(blocks)) {
    if (block.type !== 'input') continue
    const blockId = block.block_id ?? ''
    const problem = problemOf(block, values[blockId]?.[actionId]?.[VALUE_FIELD.get(element.type) ?? ''])
    if (problem !== undefined) problems[blockId] = problem
  }
  return problems
}
