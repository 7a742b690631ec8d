import { Composer } from './composer.js'
import { dayName, viewerNow } from './dates.js'
import { WholeGuide } from './guide.js'
import { html } from './html.js'
import { Message } from './message.js'
import { awaitsAnswer, dismissNotice, markSeen, useStore } from './store.js'
import { useEffect, useLayoutEffect, useRef } from './vendor/hooks.js'

/** @typedef {import('../page-api.ts').Conversation} Conversation */

const nearPx = 60
const togetherMs = 5 * 60_000

/**
 * The middle: a conversation with its composer.
 * @param {{ conversation: Conversation }} props
 */
export function ConversationPane({ conversation }) {
  const { kind, name } = conversation
  return html`<header class="pane-head">
      <h1>${kind === 'channel' ? html`<span class="hash">#</span> ` : ''}${name}</h1>
    </header>
    <${Messages} key=${conversation.id} conversation=${conversation} />
    <${Notice} />
    <${Composer} conversation=${conversation} />`
}

/** @param {{ conversation: Conversation }} props */
function Messages({ conversation }) {
  const { messages } = conversation
  const newest = messages.reduce((latest, { ts }) => (ts > latest ? ts : latest), '')
  const { log, onScroll } = useEnd(newest, JSON.stringify(messages).length)
  useEffect(() => markSeen(newest), [newest])
  return html`<section
    class="log"
    ref=${log}
    onScroll=${onScroll}
    role="log"
    aria-live="polite"
    aria-label="Messages"
    tabindex="0"
  >
    ${messages.length === 0 && html`<${Beginning} conversation=${conversation} />`}
    ${messages.map((message, index) => {
      const before = messages[index - 1]
      return html`<${DayAbove}
          key="${message.ts}-day"
          at=${momentOf(message)}
          before=${before && momentOf(before)}
        />
        <${Message}
          key=${message.ts}
          message=${message}
          conversation=${conversation.id}
          follows=${follows(message, before)}
        />`
    })}
  </section>`
}

/**
 * Keeps the end of the log in view for whoever is there, and brings it there when an answer has come.
 * @param {string} newest
 * @param {number} size
 */
function useEnd(newest, size) {
  const log = useRef(/** @type {HTMLElement | null} */ (null))
  const atEnd = useRef(true)
  const onScroll = () => {
    const { scrollHeight = 0, scrollTop = 0, clientHeight = 0 } = log.current ?? {}
    atEnd.current = scrollHeight - scrollTop - clientHeight < nearPx
  }
  const toEnd = () => log.current?.scrollTo({ top: log.current.scrollHeight })
  useLayoutEffect(() => {
    if (atEnd.current) toEnd()
  }, [newest, size])
  // The button may stand far above its answer.
  useLayoutEffect(() => {
    if (awaitsAnswer()) toEnd()
  }, [newest])
  return { log, onScroll }
}

/** @param {{ conversation: Conversation }} props */
function Beginning({ conversation: { kind, name } }) {
  return html`<div class="beginning">
    <h2>
      ${kind === 'channel' ? `This is the beginning of #${name}` : `Your conversation with ${name} begins here`}
    </h2>
    <p>You are everybody here: choose at the left who you are. One whole exception takes two minutes:</p>
    <${WholeGuide} />
  </div>`
}

/** @param {{ at: number, before: number | undefined }} props */
function DayAbove({ at, before }) {
  const viewer = viewerNow()
  const day = dayName(at, viewer)
  if (before !== undefined && dayName(before, viewer) === day) return undefined
  return html`<p class="day"><span>${day}</span></p>`
}

function Notice() {
  const { notice } = useStore()
  return html`<div class="notice-place" role="alert">
    ${
      notice &&
      html`<p class="notice">
        <span>${notice}</span>
        <button type="button" class="icon-button" aria-label="Dismiss" onClick=${dismissNotice}>✕</button>
      </p>`
    }
  </div>`
}

/**
 * @param {Conversation['messages'][number]} message
 * @param {Conversation['messages'][number] | undefined} before
 */
function follows(message, before) {
  if (!before || before.user !== message.user || before.ephemeral !== message.ephemeral) return false
  // A thread follows its beginning, and what comes after it begins anew.
  if (message.thread !== undefined) return true
  if (before.thread !== undefined) return false
  return !message.ephemeral && momentOf(message) - momentOf(before) < togetherMs
}

/** @param {{ ts: string }} message */
function momentOf({ ts }) {
  return Number(ts) * 1000
}
