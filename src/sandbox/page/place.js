/**
 * Who looks at which conversation. It stands in the address, so that a reload keeps it.
 * @typedef {{ as: string, conversation: string }} Place
 * @typedef {import('../page-api.ts').Conversation} Conversation
 */

/** The helpdesk's first person, with whom every story begins. */
export const firstPersona = 'U0HANNA'

/**
 * Reads the place from an address' hash such as `#as=U0HANNA&in=C0APPROVALS`.
 * @param {string} hash
 * @returns {Place}
 */
export function readPlace(hash) {
  const found = new URLSearchParams(hash.slice(1))
  return { as: found.get('as') ?? firstPersona, conversation: found.get('in') ?? '' }
}

/**
 * Writes the place as an address' hash.
 * @param {Place} place
 */
export function writePlace({ as, conversation }) {
  return `#${new URLSearchParams({ as, ...(conversation && { in: conversation }) })}`
}

/**
 * The messages that a person has not seen yet; one's own count as seen.
 * @param {Conversation} conversation
 * @param {string} me
 * @param {string | undefined} seen the ts up to which everything was seen
 */
export function unreadOf(conversation, me, seen = '') {
  return conversation.messages.filter(({ ts, user }) => user !== me && ts > seen)
}

/**
 * The conversation to open for a person: the wanted one, else the app's direct message when something in it is new, else
 * where the newest unread message is, else the app's direct message after all.
 * @param {import('../page-api.ts').Workspace} workspace
 * @param {string} wanted
 * @param {(id: string) => string | undefined} seen
 * @returns {string}
 */
export function chooseConversation({ conversations, me, members }, wanted, seen) {
  if (conversations.some(({ id }) => id === wanted)) return wanted
  const newest = (/** @type {Conversation} */ one) => unreadOf(one, me.id, seen(one.id)).at(-1)?.ts ?? ''
  const bots = members.filter(({ badge }) => badge === 'bot').map(({ name }) => name)
  const app = conversations.find(({ kind, name }) => kind === 'dm' && bots.includes(name))
  if (app && newest(app)) return app.id
  const unread = conversations.filter(newest)
  if (unread.length === 0) return (app ?? conversations[0])?.id ?? ''
  return unread.reduce((best, one) => (newest(one) > newest(best) ? one : best)).id
}
