import type { WorkspaceSeed } from './seed.ts'

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')

const TOKEN =
  /https?:\/\/[^\s<>]+|[\w.+-]+@[\w-]+(?:\.[\w-]+)+|(?<![\w@.])@[a-z0-9](?:[a-z0-9._-]*[a-z0-9])?|(?<![\w#])#[a-z0-9_-]+/gi

const BROADCASTS = new Set(['here', 'channel', 'everyone'])

const handle = (seed: WorkspaceSeed, name: string): string | undefined => {
  if (BROADCASTS.has(name)) return `<!${name}>`
  const accounts = [...seed.members, seed.bot]
  const account = accounts.find((each) => each.handle === name)
  if (account !== undefined) return `<@${account.id}>`
  const group = seed.groups.find((each) => each.handle === name)
  return group === undefined ? undefined : `<!subteam^${group.id}|@${group.handle}>`
}

const marked = (seed: WorkspaceSeed, token: string): string => {
  if (token.startsWith('@')) return handle(seed, token.slice(1).toLowerCase()) ?? token
  if (token.startsWith('#')) {
    const channel = seed.channels.find(({ name }) => name === token.slice(1).toLowerCase())
    return channel === undefined ? token : `<#${channel.id}|${channel.name}>`
  }
  const link = escaped(token)
  return token.includes('://') ? `<${link}>` : `<mailto:${link}|${link}>`
}

/** What a person typed, as Slack hands it on without `should_escape`: only `&`, `<` and `>` are replaced. */
export const plainTyped = escaped

/**
 * What a person typed, as Slack hands it on with `should_escape`: mentions of accounts, groups and channels by id,
 * addresses in angle brackets, everything else escaped.
 */
export const resolvedTyped = (seed: WorkspaceSeed, text: string): string => {
  let result = ''
  let from = 0
  for (const match of text.matchAll(TOKEN)) {
    result += escaped(text.slice(from, match.index)) + marked(seed, match[0])
    from = match.index + match[0].length
  }
  return result + escaped(text.slice(from))
}
