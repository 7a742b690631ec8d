import { stringify } from 'yaml'
import { createManifest } from './adapters/slack/manifest.ts'
import { readCommandNames } from './settings/command-names.schema.ts'
import type { Environment } from './settings/settings.schema.ts'

export type ManifestCommand = {
  readonly format: 'json' | 'yaml'
  readonly socketMode: boolean
  /** Of the host that Slack reaches, such as `https://hallpass.example`. */
  readonly url?: string
}

/**
 * The manifest of the app for this configuration, as text. Socket Mode is what the environment has an app-level token for,
 * unless an address is named. Throws with what is missing.
 */
export function printManifest({ format, socketMode, url }: ManifestCommand, env: Environment): string {
  const overSocket = socketMode || (url === undefined && Boolean(env['SLACK_APP_TOKEN']?.trim()))
  if (overSocket && url !== undefined)
    throw new Error('--socket-mode and --url exclude each other: in Socket Mode Slack needs no address.')
  if (!overSocket && url === undefined)
    throw new Error('Say how Slack reaches Hallpass: --url https://your.host, or --socket-mode.')
  const commands = readCommandNames(env)
  const manifest = createManifest({ commands, url: url === undefined ? undefined : endpointOf(url) })
  return format === 'yaml'
    ? stringify(manifest, { lineWidth: 0 })
    : `${JSON.stringify(manifest, undefined, 2)}\n`
}

function endpointOf(url: string): string {
  const address = URL.canParse(url) ? new URL(url) : undefined
  if (address?.protocol !== 'https:') throw new Error('--url is no https address, like https://your.host.')
  return new URL('/slack/events', address).href
}
