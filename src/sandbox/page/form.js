/**
 * What people entered, in the shape of Slack's `view.state.values`: block id -> action id -> state of the element.
 * @typedef {Readonly<Record<string, unknown>>} ElementState
 * @typedef {Readonly<Record<string, Readonly<Record<string, ElementState>>>>} Values
 * @typedef {{ type: string, block_id?: string, optional?: boolean, element?: Element, elements?: readonly Element[], accessory?: Element }} Block what of a block matters here
 * @typedef {{ type: string, action_id?: string, placeholder?: { text: string } }} Element
 */

/** @type {Readonly<Record<string, (element: any) => ElementState>>} */
const untouched = {
  plain_text_input: ({ type, initial_value: value = null }) => ({ type, value }),
  static_select: ({ type, initial_option: option = null }) => ({ type, selected_option: option }),
  users_select: ({ type, initial_user: user = null }) => ({ type, selected_user: user }),
  radio_buttons: ({ type, initial_option: option = null }) => ({ type, selected_option: option }),
  checkboxes: ({ type, initial_options: options = [] }) => ({ type, selected_options: options }),
  datepicker: ({ type, initial_date: date = null }) => ({ type, selected_date: date }),
}

/**
 * The state of an element that nobody has touched; undefined for elements that hold no state.
 * @param {Element} element
 * @returns {ElementState | undefined}
 */
export function untouchedState(element) {
  return Object.hasOwn(untouched, element.type) ? untouched[element.type]?.(element) : undefined
}

/**
 * The values of all elements of a surface, as Slack submits them.
 * @param {readonly Block[]} blocks
 * @param {Values} edited
 * @returns {Values}
 */
export function valuesOf(blocks, edited) {
  /** @type {Record<string, Record<string, ElementState>>} */
  const values = {}
  for (const block of blocks)
    for (const element of elementsOf(block)) {
      const [blockId, actionId] = [block.block_id ?? '', element.action_id ?? '']
      const state = edited[blockId]?.[actionId] ?? untouchedState(element)
      if (state) (values[blockId] ??= {})[actionId] = state
    }
  return values
}

/**
 * What is missing before a view may be submitted, by block id. Slack checks this itself, so the app never hears of it.
 * @param {readonly Block[]} blocks
 * @param {Values} values
 * @returns {Record<string, string>}
 */
export function missingIn(blocks, values) {
  const missing = blocks.filter((block) => {
    if (block.type !== 'input' || block.optional) return false
    const states = Object.values(values[block.block_id ?? ''] ?? {})
    return states.some((state) =>
      Object.entries(state).every(([key, value]) => key === 'type' || isEmpty(value)),
    )
  })
  return Object.fromEntries(
    missing.map(({ block_id: id = '' }) => [id, 'Please complete this required field.']),
  )
}

/** @param {unknown} value */
function isEmpty(value) {
  return value === null || value === '' || (Array.isArray(value) && value.length === 0)
}

/**
 * @param {Block} block
 * @returns {readonly Element[]}
 */
function elementsOf(block) {
  const { type, element, elements = [], accessory } = block
  if (type === 'actions') return elements
  return [element, accessory].filter((one) => one !== undefined)
}
