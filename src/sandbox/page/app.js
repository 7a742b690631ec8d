import { ConversationPane } from './conversation.js'
import { SignIns } from './entra.js'
import { Exceptions } from './exceptions.js'
import { Guide } from './guide.js'
import { html } from './html.js'
import { Modal } from './modal.js'
import { Rail } from './rail.js'
import { connect, useStore } from './store.js'
import { useEffect, useState } from './vendor/hooks.js'
import { render } from './vendor/preact.js'

const wide = matchMedia('(min-width: 1080px)')

/** The whole page. */
function App() {
  const { workspace, connected, trouble } = useStore()
  const [sideOpen, setSideOpen] = useState(wide.matches)
  useEffect(() => {
    const follow = () => setSideOpen(wide.matches)
    wide.addEventListener('change', follow)
    return () => wide.removeEventListener('change', follow)
  }, [])
  if (!workspace) return html`<main class="progress"><h1>Opening the workspace</h1></main>`
  return html`<div class=${sideOpen ? 'workspace has-side' : 'workspace'}>
    <p class="trouble" role="status">${connected ? trouble : 'Connection lost. Trying again.'}</p>
    <${Slack} workspace=${workspace} />
    <${SideToggle} open=${sideOpen} onToggle=${() => setSideOpen(!sideOpen)} />
    ${sideOpen && html`<${Side} />`}
  </div>`
}

/** @param {{ workspace: import('../page-api.ts').Workspace }} props */
function Slack({ workspace }) {
  const { as, conversation, closed } = useStore()
  const isMine = workspace.me.id === as
  const open = workspace.conversations.find(({ id }) => isMine && id === conversation)
  const view = workspace.modals.filter(({ id, type }) => type === 'modal' && !closed.includes(id)).at(-1)
  return html`<div class="slack">
    <${Rail} workspace=${workspace} inert=${Boolean(view)} />
    <main class="pane" inert=${Boolean(view)}>
      ${open && html`<${ConversationPane} conversation=${open} />`}
    </main>
    ${view && html`<${Modal} key=${view.id} view=${view} />`}
  </div>`
}

/**
 * Stands outside of what is Slack, so that it can be used while a view is open.
 * @param {{ open: boolean, onToggle: () => void }} props
 */
function SideToggle({ open, onToggle }) {
  return html`<button
    type="button"
    class="button side-toggle"
    aria-expanded=${open}
    aria-controls=${open ? 'side' : undefined}
    onClick=${onToggle}
  >
    Behind the scenes
  </button>`
}

function Side() {
  return html`<aside class="side" id="side" aria-label="Behind the scenes">
    <p class="speed">Demo speed: reminders run in seconds</p>
    <${Guide} />
    <${Exceptions} />
    <${SignIns} />
  </aside>`
}

const root = document.getElementById('app')
if (root) {
  root.replaceChildren()
  void connect()
  render(html`<${App} />`, root)
}
