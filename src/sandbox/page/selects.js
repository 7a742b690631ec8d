import { plainText } from './emoji.js'
import { html } from './html.js'
import { useStore } from './store.js'

/**
 * @typedef {import('./elements.js').Naming} Naming
 * @typedef {import('./elements.js').FieldEvent} FieldEvent
 * @typedef {import('./elements.js').Change} Change
 * @typedef {import('@slack/types').PlainTextOption} Option
 */

/**
 * A choice of one among the options that the app names.
 * @param {{ element: import('@slack/types').StaticSelect, state: { selected_option: Option | null }, change: Change, naming: Naming }} props
 */
export function StaticSelect({ element, state, change, naming }) {
  const { options = [], option_groups: groups = [], placeholder } = element
  const all = [...options, ...groups.flatMap((group) => group.options)]
  const choose = (/** @type {FieldEvent} */ event) =>
    change({ selected_option: all.find(({ value }) => value === event.currentTarget.value) ?? null })
  return html`<select
    ...${naming}
    class="field"
    value=${state.selected_option?.value ?? ''}
    onChange=${choose}
  >
    <option value="" disabled hidden>${placeholder?.text ?? 'Choose'}</option>
    ${options.map(oneOption)}
    ${groups.map(({ label, options: inside }) => html`<optgroup label=${label.text}>${inside.map(oneOption)}</optgroup>`)}
  </select>`
}

/**
 * A choice of one person of the workspace.
 * @param {{ element: import('@slack/types').UsersSelect, state: { selected_user: string | null }, change: Change, naming: Naming }} props
 */
export function UsersSelect({ element, state, change, naming }) {
  const { workspace } = useStore()
  const people = (workspace?.members ?? []).filter(({ badge }) => badge !== 'deactivated')
  const choose = (/** @type {FieldEvent} */ event) => change({ selected_user: event.currentTarget.value })
  return html`<select ...${naming} class="field" value=${state.selected_user ?? ''} onChange=${choose}>
    <option value="" disabled hidden>${element.placeholder?.text ?? 'Choose a person'}</option>
    ${people.map(({ id, name, handle }) => html`<option value=${id}>${name} (@${handle})</option>`)}
  </select>`
}

/** @param {Option} option */
function oneOption({ text, value }) {
  return html`<option value=${value}>${plainText(text)}</option>`
}
