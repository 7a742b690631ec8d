import { html } from './html.js'
import { Text } from './text.js'
import { useId } from './vendor/hooks.js'

/**
 * @typedef {import('@slack/types').PlainTextOption | import('@slack/types').MrkdwnOption} Option
 * @typedef {{ selected_option?: Option | null, selected_options?: readonly Option[] }} Chosen
 */

/**
 * Radio buttons, of which one is chosen, or checkboxes, of which any number is.
 * @param {{ element: import('@slack/types').RadioButtons | import('@slack/types').Checkboxes, state: Chosen, change: import('./elements.js').Change, naming: import('./elements.js').Naming }} props
 */
export function Choices({ element, state, change, naming }) {
  const name = useId()
  const { type, options } = element
  const chosen = [
    ...(state.selected_options ?? []),
    ...(state.selected_option ? [state.selected_option] : []),
  ]
  const isChosen = (/** @type {Option} */ option) => chosen.some(({ value }) => value === option.value)
  const choose = (/** @type {Option} */ option) => {
    if (type === 'radio_buttons') return change({ selected_option: option })
    // Slack keeps the order of the options, not that of the clicks.
    return change({ selected_options: options.filter((one) => isChosen(one) !== (one === option)) })
  }
  const { id, 'aria-required': required, ...described } = naming
  const isRadio = type === 'radio_buttons'
  return html`<div
    role=${isRadio ? 'radiogroup' : 'group'}
    aria-labelledby=${id && `${id}-label`}
    aria-required=${isRadio && required}
    ...${described}
    class="choices"
  >
    ${options.map(
      (option) =>
        html`<label class="choice">
          <input
            type=${isRadio ? 'radio' : 'checkbox'}
            name=${name}
            checked=${isChosen(option)}
            onChange=${() => choose(option)}
          />
          <span class="choice-text"><${Choice} option=${option} /></span>
        </label>`,
    )}
  </div>`
}

/** @param {{ option: Option }} props */
function Choice({ option: { text, description } }) {
  return html`<${Text} text=${text} />${description && html`<small><${Text} text=${description} /></small>`}`
}
