import { Avatar } from './avatar.js'
import { html } from './html.js'
import { unreadOf } from './place.js'
import { becomePersona, openConversation, seenOf, useStore } from './store.js'

/**
 * @typedef {import('../page-api.ts').Workspace} Workspace
 * @typedef {import('../page-api.ts').Conversation} Conversation
 */

/**
 * The left side: whose workspace, who you are, which conversations.
 * @param {{ workspace: Workspace, inert: boolean }} props
 */
export function Rail({ workspace, inert }) {
  const { team, conversations } = workspace
  return html`<nav class="rail" aria-label="Workspace" inert=${inert}>
    <p class="team">
      <span class="team-mark" aria-hidden="true">${team.name[0]}</span
      ><span class="team-name">${team.name}</span>
    </p>
    <div class="rail-scroll">
      <${Personas} workspace=${workspace} />
      <${Conversations} title="Channels" kind="channel" all=${conversations} workspace=${workspace} />
      <${Conversations} title="Direct messages" kind="dm" all=${conversations} workspace=${workspace} />
    </div>
  </nav>`
}

/** @param {{ workspace: Workspace }} props */
function Personas({ workspace }) {
  const { as } = useStore()
  return html`<fieldset class="personas">
    <legend class="rail-title">You are</legend>
    ${workspace.members
      .filter(({ persona }) => persona)
      .map((member) => html`<${Persona} key=${member.id} member=${member} checked=${member.id === as} />`)}
  </fieldset>`
}

/** @param {{ member: import('../page-api.ts').Member, checked: boolean }} props */
function Persona({ member, checked }) {
  return html`<label class="persona">
    <input type="radio" name="persona" checked=${checked} onChange=${() => becomePersona(member.id)} />
    <${Avatar} member=${member} small />
    <span class="persona-text">
      <span class="persona-name">${member.name}</span>
      <span class="persona-title"> ${member.title}</span>
    </span>
    ${member.turn && html`<span class="turn" title="Something waits for an answer"><span class="hidden">, something waits for an answer</span></span>`}
  </label>`
}

/** @param {{ title: string, kind: 'channel' | 'dm', all: readonly Conversation[], workspace: Workspace }} props */
function Conversations({ title, kind, all, workspace }) {
  const these = all.filter((one) => one.kind === kind)
  if (these.length === 0) return undefined
  return html`<section class="conversations">
    <h2 class="rail-title">${title}</h2>
    <ul>
      ${these.map((one) => html`<li key=${one.id}><${Entry} one=${one} workspace=${workspace} /></li>`)}
    </ul>
  </section>`
}

/** @param {{ one: Conversation, workspace: Workspace }} props */
function Entry({ one, workspace }) {
  const store = useStore()
  const open = store.conversation === one.id
  const unread = unreadOf(one, workspace.me.id, seenOf(store, one.id)).length
  const other = workspace.members.find(({ name }) => name === one.name)
  return html`<button
    type="button"
    class=${unread > 0 ? 'entry is-unread' : 'entry'}
    aria-current=${open ? 'page' : undefined}
    onClick=${() => openConversation(one.id)}
  >
    ${one.kind === 'dm' ? html`<${Avatar} member=${other} small />` : html`<span class="hash" aria-hidden="true">#</span>`}
    <span class="entry-name">${one.name}</span>
    ${unread > 0 && !open && html`<span class="count">${unread}<span class="hidden"> unread</span></span>`}
  </button>`
}
