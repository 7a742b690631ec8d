/** @type {Readonly<Record<string, string>>} */
const emoji = {
  bell: '🔔',
  bust_in_silhouette: '👤',
  calendar: '📅',
  clock3: '🕒',
  eyes: '👀',
  key: '🔑',
  information_source: 'ℹ️',
  heavy_check_mark: '✔️',
  hourglass: '⌛',
  hourglass_flowing_sand: '⏳',
  lock: '🔒',
  mega: '📣',
  memo: '📝',
  no_entry: '⛔',
  no_entry_sign: '🚫',
  octagonal_sign: '🛑',
  rotating_light: '🚨',
  shield: '🛡️',
  tada: '🎉',
  telephone_receiver: '📞',
  thumbsup: '👍',
  unlock: '🔓',
  warning: '⚠️',
  wave: '👋',
  white_check_mark: '✅',
  x: '❌',
}

/**
 * The character of an emoji's short name; the name itself between colons when the page has none.
 * @param {string} name
 */
export function emojiOf(name) {
  return (Object.hasOwn(emoji, name) && emoji[name]) || `:${name}:`
}

/**
 * Plain text as Slack shows it: nothing is markup except emoji.
 * @param {{ text: string, emoji?: boolean | undefined }} plain
 */
export function plainText({ text, emoji: wanted = true }) {
  return wanted
    ? text.replaceAll(/:([a-z0-9_+-]+):/g, (_, /** @type {string} */ name) => emojiOf(name))
    : text
}
