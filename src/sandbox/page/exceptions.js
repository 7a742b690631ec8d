import { clock, viewerNow } from './dates.js'
import { current } from './guide-steps.js'
import { html } from './html.js'
import { useStore } from './store.js'
import { useEffect, useRef } from './vendor/hooks.js'

/** @type {Readonly<Record<string, string>>} by status; the others are over */
const tones = { requested: 'open', waiting: 'open', approved: 'ready', active: 'live', ending: 'open' }

/** What stays free below what happened last; pixels. */
const gap = 6

/** The exceptions and what happened to each, as the ledger has it. */
export function Exceptions() {
  const { exceptions } = useStore()
  const shown = current(exceptions)
  return html`<section class="card-list" aria-labelledby="exceptions-title">
    <h2 id="exceptions-title" class="side-title">Exceptions</h2>
    ${exceptions.length === 0 && html`<p class="side-empty">None yet.</p>`}
    ${exceptions.map((one) => html`<${Card} key=${one.id} card=${one} open=${one === shown} />`)}
  </section>`
}

/** @param {{ card: import('../page-api.ts').ExceptionCard, open: boolean }} props */
function Card({ card, open }) {
  const viewer = viewerNow()
  const end = useRef(/** @type {HTMLElement | null} */ (null))
  const size = card.facts.length
  useEffect(() => {
    const list = end.current?.closest('.card-list')
    if (!open || !end.current || !list) return
    // Only this list moves, whatever else scrolls around it.
    const below = end.current.getBoundingClientRect().bottom - list.getBoundingClientRect().bottom
    if (below > 0) list.scrollTop += below + gap
  }, [open, size])
  const isFollowed = card.follow === 'open'
  const tone = isFollowed ? 'open' : (tones[card.status] ?? 'over')
  return html`<details class="exception" open=${open}>
    <summary>
      <span class="exception-head"
        ><strong>${card.subject}</strong
        ><span class="status is-${tone}">${card.label}${isFollowed && ', follow-up open'}</span></span
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
    <p class="histories" ref=${end}>
      <${History} href=${card.history} name="History in Temporal" id=${card.id} />
      ${card.followUp && html`<${History} href=${card.followUp} name="Follow-up" id=${card.id} />`}
    </p>
  </details>`
}

/** @param {{ href: string, name: string, id: string }} props */
function History({ href, name, id }) {
  return html`<a class="link" href=${href} target="_blank" rel="noopener noreferrer"
    >${name}<span class="hidden"> of ${id}</span> ↗</a
  >`
}
