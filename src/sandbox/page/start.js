/**
 * The first thing that runs: shows how far the start is and opens the workspace once everything answers.
 * It needs no package.
 */
import { readProgress } from './api.js'

const pollMs = 500

const root = document.getElementById('app')
const words = { waiting: 'waiting', running: 'at work', done: 'ready', failed: 'failed' }

/**
 * @param {string} name
 * @param {string} className
 * @param {readonly (Node | string)[]} children
 */
function element(name, className, ...children) {
  const made = document.createElement(name)
  made.className = className
  made.append(...children)
  return made
}

/** @param {import('../page-api.ts').Progress['steps'][number]} step */
function showStep({ name, state, detail }) {
  const mark = element('span', 'progress-mark')
  mark.setAttribute('aria-hidden', 'true')
  const head = element('p', 'progress-name', name, element('span', 'progress-state', words[state]))
  return element(
    'li',
    `progress-step is-${state}`,
    mark,
    element('div', '', head, element('p', 'progress-detail', detail)),
  )
}

/** @param {import('../page-api.ts').Progress} progress */
function showProgress({ steps }) {
  const failed = steps.some(({ state }) => state === 'failed')
  const title = element('h1', '', failed ? 'Hallpass could not start' : 'Hallpass is starting')
  const note = failed
    ? 'Mend what is named below and start again.'
    : 'A workspace, a directory, a database and a workflow engine, all on this machine.'
  const list = element('ol', 'progress-steps', ...steps.map(showStep))
  list.setAttribute('aria-label', 'Steps')
  root?.replaceChildren(element('main', 'progress', title, element('p', 'progress-note', note), list))
}

async function start() {
  const progress = await readProgress()
  if (progress?.ready) {
    await import('./app.js')
    return
  }
  if (progress) showProgress(progress)
  setTimeout(() => void start(), pollMs)
}

void start()
