import { Button } from './button.js'
import { Choices } from './choices.js'
import { untouchedState } from './form.js'
import { html } from './html.js'
import { StaticSelect, UsersSelect } from './selects.js'
import { SurfaceContext } from './surface.js'
import { useContext } from './vendor/hooks.js'

/**
 * What ties a field to its label, hint and error.
 * @typedef {{ id?: string, 'aria-label'?: string, 'aria-describedby'?: string, 'aria-invalid'?: boolean, 'aria-required'?: boolean }} Naming
 * @typedef {{ currentTarget: { value: string } }} FieldEvent
 * @typedef {(state: Readonly<Record<string, unknown>>) => void} Change
 */

/** @type {Readonly<Record<string, (props: any) => unknown>>} */
const fields = {
  button: Button,
  plain_text_input: PlainTextInput,
  static_select: StaticSelect,
  users_select: UsersSelect,
  radio_buttons: Choices,
  checkboxes: Choices,
  datepicker: DatePicker,
}

/**
 * An interactive element. `quiet` elements, those of an input block, tell the app nothing until the view is submitted.
 * @param {{ element: import('./form.js').Element, blockId: string, naming?: Naming, quiet?: boolean }} props
 */
export function Element({ element, blockId, naming, quiet = false }) {
  const { values, setValue, act } = useContext(SurfaceContext)
  const Field = Object.hasOwn(fields, element.type) ? fields[element.type] : undefined
  if (!Field) return html`<span class="unsupported">[unsupported: ${element.type}]</span>`
  const { action_id: actionId = '', placeholder } = element
  const state = values[blockId]?.[actionId] ?? untouchedState(element)
  /** @type {Change} */
  const change = (part) => {
    const next = { type: element.type, ...part }
    setValue(blockId, actionId, next)
    if (!quiet) void act(blockId, actionId, next)
  }
  const named = naming ?? { 'aria-label': placeholder?.text ?? 'Choose' }
  return html`<${Field}
    element=${element}
    blockId=${blockId}
    state=${state}
    change=${change}
    naming=${named}
  />`
}

/**
 * @param {{ element: import('@slack/types').PlainTextInput, state: { value: string | null }, change: Change, naming: Naming }} props
 */
function PlainTextInput({ element, state, change, naming }) {
  const { max_length: longest = 3000, placeholder, focus_on_load: autofocus, multiline } = element
  const value = state.value ?? ''
  const common = {
    ...naming,
    class: 'field',
    value,
    maxlength: longest,
    placeholder: placeholder?.text,
    autofocus,
    autocomplete: 'off',
    onInput: (/** @type {FieldEvent} */ event) => change({ value: event.currentTarget.value || null }),
  }
  const left = longest - value.length
  const isNear = value !== '' && left < Math.min(50, longest / 4)
  return html`${multiline ? html`<textarea rows="3" ...${common} />` : html`<input type="text" ...${common} />`}
  ${isNear && html`<span class="field-left">${left} left</span>`}`
}

/** @param {{ state: { selected_date: string | null }, change: Change, naming: Naming }} props */
function DatePicker({ state, change, naming }) {
  const choose = (/** @type {FieldEvent} */ event) =>
    change({ selected_date: event.currentTarget.value || null })
  return html`<input
    type="date"
    ...${naming}
    class="field"
    value=${state.selected_date ?? ''}
    onChange=${choose}
  />`
}
