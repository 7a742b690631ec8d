import { clock, viewerNow } from './dates.js'
import { html } from './html.js'
import { useStore } from './store.js'

/** @type {Readonly<Record<string, string>>} by the first word of a status */
const tones = { requested: 'open', waiting: 'open', approved: 'ready', active: 'live', ending: 'open' }

/** The exceptions and what happened to each, as the ledger has it. */
export function Exceptions() {
  const { exceptions } = useStore()
  return html`<section class="card-list" aria-labelledby="exceptions-title">
    <h2 id="exceptions-title" class="side-title">Exceptions</h2>
    ${exceptions.length === 0 && html`<p class="side-empty">None yet.</p>`}
    ${exceptions.map((one, index) => html`<${Card} key=${one.id} card=${one} open=${index === 0} />`)}
  </section>`
}

/** @param {{ card: import('../page-api.ts').ExceptionCard, open: boolean }} props */
function Card({ card, open }) {
  const viewer = viewerNow()
  const tone = tones[card.status.split(' ')[0] ?? ''] ?? 'over'
  return html`<details class="exception" open=${open}>
    <summary>
      <span class="exception-head"
        ><strong>${card.subject}</strong><span class="status is-${tone}">${card.status}</span></span
      >
      <span class="exception-id">${card.id}</span>
    </summary>
    <ol class="timeline">
      ${card.facts.map(
        ({ at, says }) =>
          html`<li>
            <time datetime=${at}>${clock(Date.parse(at), viewer, '2-digit')}</time><span>${says}</span>
          </li>`,
      )}
    </ol>
    <a class="link" href=${card.history} target="_blank" rel="noopener noreferrer"
      >History in Temporal<span class="hidden"> of ${card.id}</span> ↗</a
    >
  </details>`
}
