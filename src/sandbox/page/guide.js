import { nextToTry, stepsOf } from './guide-steps.js'
import { html } from './html.js'
import { becomePersona, suggest, useStore } from './store.js'
import { Mrkdwn } from './text.js'

/** The next thing to try, for somebody who sees the page for the first time. */
export function Guide() {
  const { exceptions, workspace } = useStore()
  const { done, about, says } = nextToTry(exceptions)
  const steps = stepsOf(about, workspace?.members ?? [])
  const step = done === undefined ? undefined : steps[done]
  return html`<section class="guide" aria-labelledby="guide-title">
    <h2 id="guide-title" class="side-title">
      ${step ? `What to try: ${steps.indexOf(step) + 1} of ${steps.length}` : 'What to try now'}
    </h2>
    ${says && html`<div class="guide-step"><${Mrkdwn} text=${says} /></div>`}
    ${step && html`<div class="guide-step"><${Says} step=${step} /><${Help} step=${step} /></div>`}
  </section>`
}

/** All of it at once, where a conversation is still empty. */
export function WholeGuide() {
  const steps = stepsOf(undefined, useStore().workspace?.members ?? [])
  const first = steps[0]
  return html`<ol class="guide-all">
      ${steps.map((step) => html`<li key=${step.says}><${Says} step=${step} /></li>`)}
    </ol>
    ${first && html`<${Help} step=${first} />`}`
}

/** @param {{ step: import('./guide-steps.js').Step }} props */
function Says({ step: { who, says, types } }) {
  return html`<${Mrkdwn} text=${`As *${who}*, ${says}${types ? ` \`${types}\`` : ''}`} />`
}

/** @param {{ step: import('./guide-steps.js').Step }} props */
function Help({ step: { as, who, types } }) {
  const { as: now } = useStore()
  if (types)
    return html`<button type="button" class="button is-small" onClick=${() => suggest(as, types)}>
      Type it for me
    </button>`
  if (now === as) return undefined
  return html`<button type="button" class="button is-small" onClick=${() => becomePersona(as)}>
    Be ${who}
  </button>`
}
