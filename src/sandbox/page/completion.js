/**
 * What the composer offers while somebody types. `text` is what the composer holds after taking the offer.
 * @typedef {{ label: string, more: string, text: string }} Offer
 * @typedef {{ readonly offers: readonly Offer[], readonly hint: string }} Completion
 */

const most = 8

/**
 * Completes a command's name at the start and a person's handle after an @; hints at a command's arguments.
 * @param {string} text what stands before the cursor
 * @param {Pick<import('../page-api.ts').Workspace, 'commands' | 'members'>} workspace
 * @returns {Completion}
 */
export function complete(text, { commands, members }) {
  const named = commands.find(({ command }) => text === command || text.startsWith(`${command} `))
  const hint = named ? `${named.command} ${named.usage}` : ''
  if (/^\/\S*$/.test(text) && !named) return { offers: commandsLike(text, commands), hint }
  const handle = /(?:^|\s)@([\p{L}\p{N}._-]*)$/u.exec(text)?.[1]
  if (handle === undefined) return { offers: [], hint }
  return { offers: peopleLike(handle.toLowerCase(), text, members), hint }
}

/**
 * @param {string} text
 * @param {import('../page-api.ts').Workspace['commands']} commands
 * @returns {Offer[]}
 */
function commandsLike(text, commands) {
  return commands
    .filter(({ command }) => command.startsWith(text.toLowerCase()))
    .map(({ command, usage, description }) => ({
      label: `${command} ${usage}`,
      more: description,
      text: `${command} `,
    }))
}

/**
 * @param {string} handle
 * @param {string} text
 * @param {readonly import('../page-api.ts').Member[]} members
 * @returns {Offer[]}
 */
function peopleLike(handle, text, members) {
  const before = text.slice(0, text.length - handle.length)
  return members
    .filter((one) =>
      [one.handle, ...one.name.toLowerCase().split(' ')].some((name) => name.startsWith(handle)),
    )
    .filter((one) => one.handle !== handle)
    .slice(0, most)
    .map((one) => ({
      label: `@${one.handle}`,
      more: `${one.name}, ${one.title}`,
      text: `${before}${one.handle} `,
    }))
}
