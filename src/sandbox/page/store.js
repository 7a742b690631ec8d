import { post, readProgress } from './api.js'
import { chooseConversation, firstPersona, readPlace, writePlace } from './place.js'
import { useEffect, useState } from './vendor/hooks.js'

/**
 * @typedef {object} State
 * @property {string} as
 * @property {string} conversation
 * @property {import('../page-api.ts').Workspace | undefined} workspace
 * @property {import('../page-api.ts').EntraView | undefined} entra
 * @property {readonly import('../page-api.ts').ExceptionCard[]} exceptions
 * @property {boolean} connected
 * @property {string} trouble what of the sandbox does not run right now
 * @property {string} draft what the composer is to hold next; empty once it does
 * @property {string} notice what Slack itself would say about the last thing this person did
 * @property {Readonly<Record<string, string>>} seen newest ts that was on screen, by person and conversation
 * @property {readonly string[]} closed ids of views that were closed here and may still be listed by the server
 */

const seenKey = 'hallpass.seen'
const storyKey = 'hallpass.story'
const eventNames = ['workspace', 'entra', 'exceptions']
const progressMs = 3000
const answerMs = 5000

/** @type {State} */
let state = {
  ...readPlace(location.hash),
  workspace: undefined,
  entra: undefined,
  exceptions: [],
  connected: false,
  trouble: '',
  draft: '',
  notice: '',
  seen: readSeen(),
  closed: [],
}
/** @type {Set<() => void>} */
const listeners = new Set()
/** @type {EventSource | undefined} */
let source
let actedAt = 0

/** The state of the page; the component draws itself again when it changes. */
export function useStore() {
  const [current, setCurrent] = useState(state)
  useEffect(() => {
    const listener = () => setCurrent(state)
    listeners.add(listener)
    listener()
    return () => void listeners.delete(listener)
  }, [])
  return current
}

/** Follows the workspace as the person of the address, and the address itself. */
export async function connect() {
  addEventListener('hashchange', () => {
    const place = readPlace(location.hash)
    const moved = place.as !== state.as
    change(place)
    if (moved) follow()
  })
  setInterval(() => void watchProgress(), progressMs)
  await watchProgress()
  await post(`as/${state.as}/reload`, {})
  follow()
}

/**
 * Looks at the workspace as another person.
 * @param {string} as
 */
export function becomePersona(as) {
  change({ as, conversation: '', notice: '' })
  follow()
}

/**
 * Puts a text into the composer, as somebody who may type it.
 * @param {string} as
 * @param {string} draft
 */
export function suggest(as, draft) {
  if (state.as !== as) becomePersona(as)
  change({ draft })
}

/** The composer holds the draft now. */
export function takeDraft() {
  change({ draft: '' })
}

/**
 * Opens a conversation.
 * @param {string} conversation
 */
export function openConversation(conversation) {
  change({ conversation, notice: '' })
}

/**
 * Remembers that everything up to `ts` in the open conversation was on screen.
 * @param {string} ts
 */
export function markSeen(ts) {
  const key = seenId(state, state.conversation)
  if ((state.seen[key] ?? '') >= ts) return
  change({ seen: { ...state.seen, [key]: ts } })
  sessionStorage.setItem(seenKey, JSON.stringify(state.seen))
}

/**
 * The newest ts that the present person has seen of a conversation.
 * @param {State} of
 * @param {string} conversation
 * @returns {string | undefined}
 */
export function seenOf(of, conversation) {
  return of.seen[seenId(of, conversation)]
}

/**
 * Does something as the present person; what Slack would say about it becomes the notice.
 * @param {'command' | 'action' | 'submit' | 'close'} what
 * @param {object} input
 */
export async function act(what, input) {
  change({ notice: '' })
  actedAt = Date.now()
  const answer = await post(`as/${state.as}/${what}`, input)
  actedAt = Date.now()
  if (answer.notice) change({ notice: answer.notice })
  return answer
}

/** Whether somebody did something so lately that what comes now is the answer to it. */
export function awaitsAnswer() {
  return Date.now() - actedAt < answerMs
}

/** Takes the notice away. */
export function dismissNotice() {
  change({ notice: '' })
}

/**
 * Closes a view at once, as Slack does, and tells the app.
 * @param {string} view
 */
export async function closeView(view) {
  if (state.closed.includes(view)) return
  change({ closed: [...state.closed, view] })
  await act('close', { view })
}

/** @param {Partial<State>} patch */
function change(patch) {
  state = { ...state, ...patch }
  const hash = writePlace(state)
  if (hash !== location.hash) history.replaceState(null, '', hash)
  for (const listener of listeners) listener()
}

function follow() {
  source?.close()
  const opened = new EventSource(`/api/events?as=${encodeURIComponent(state.as)}`)
  source = opened
  for (const name of eventNames)
    opened.addEventListener(name, (/** @type {MessageEvent<string>} */ event) => {
      if (source === opened) change({ ...readEvent(name, event.data), connected: true })
    })
  opened.addEventListener('error', () => {
    if (source === opened) lost(opened)
  })
}

async function watchProgress() {
  const progress = await readProgress()
  if (progress) inStory(progress.story)
  const step = progress?.steps.find((one) => one.state !== 'done')
  const trouble = progress && !progress.ready && step ? `${step.name}: ${step.detail}` : ''
  if (trouble !== state.trouble) change({ trouble })
}

/**
 * Forgets who looked at what when the workspace has begun anew.
 * @param {string} story
 */
function inStory(story) {
  const before = sessionStorage.getItem(storyKey)
  if (!story || story === before) return
  sessionStorage.setItem(storyKey, story)
  if (before === null) return
  sessionStorage.removeItem(seenKey)
  change({ seen: {}, closed: [] })
  becomePersona(firstPersona)
}

/** @param {EventSource} opened */
function lost(opened) {
  change({ connected: false })
  // A browser gives up on an answer with an error status: the person of the address may not exist here.
  if (opened.readyState === EventSource.CLOSED) setTimeout(() => retry(opened), 1000)
}

/** @param {EventSource} opened */
function retry(opened) {
  if (source !== opened) return
  if (state.workspace?.me.id !== state.as) change({ as: firstPersona, conversation: '' })
  follow()
}

/**
 * @param {string} name an event's name is the name of what it replaces
 * @param {string} data
 * @returns {Partial<State>}
 */
function readEvent(name, data) {
  /** @type {unknown} */
  const value = JSON.parse(data)
  /** @type {Partial<State>} */
  const patch = { [name]: value }
  if (!patch.workspace) return patch
  const wanted = chooseConversation(patch.workspace, state.conversation, (id) => seenOf(state, id))
  return { ...patch, conversation: wanted }
}

/**
 * @param {State} of
 * @param {string} conversation
 */
function seenId(of, conversation) {
  return `${of.as}/${conversation}`
}

/** @returns {Record<string, string>} */
function readSeen() {
  try {
    return JSON.parse(sessionStorage.getItem(seenKey) ?? '{}')
  } catch {
    return {}
  }
}
