import { readFileSync } from 'node:fs'

/** The version of this program, as its package says. */
export const version = versionIn(readFileSync(new URL('../package.json', import.meta.url), 'utf8'))

function versionIn(text: string): string {
  const read: unknown = JSON.parse(text)
  const found = typeof read === 'object' && read !== null && 'version' in read ? read.version : undefined
  return typeof found === 'string' ? found : 'unknown'
}
