import type { AppsManifestCreateArguments } from '@slack/web-api'
import { manifestText } from '../../core/text/en.ts'
import { botScopes } from './scopes.ts'

type Manifest = AppsManifestCreateArguments['manifest']

/** The commands by what they are for, with their slash. */
type CommandNames = Readonly<Record<keyof typeof manifestText.commands, string>>

export type ManifestOptions = {
  readonly commands: CommandNames
  /** Where Slack sends its requests; undefined for Socket Mode, where it sends them to no address. */
  readonly url: string | undefined
}

const commandNames = ['tap', 'bypass', 'fraud'] as const

/**
 * The app as Slack creates it: three commands, buttons and forms, and no more scopes than the methods need that are called.
 * It hears no events, reads no messages, and nobody can write to it.
 */
export function createManifest({ commands, url }: ManifestOptions): Manifest {
  const address = url === undefined ? {} : { request_url: url }
  return {
    _metadata: { major_version: 2, minor_version: 0 },
    display_information: { name: manifestText.name, description: manifestText.about },
    features: {
      app_home: {
        home_tab_enabled: false,
        messages_tab_enabled: true,
        messages_tab_read_only_enabled: true,
      },
      bot_user: { display_name: manifestText.name.toLowerCase(), always_online: true },
      slash_commands: commandNames.map((name) => ({
        command: commands[name],
        description: manifestText.commands[name].about,
        usage_hint: manifestText.commands[name].usage,
        // People come as ids: a name could be anybody's.
        should_escape: true,
        ...(url === undefined ? {} : { url }),
      })),
    },
    oauth_config: {
      scopes: {
        bot: [...botScopes],
      },
    },
    settings: {
      interactivity: { is_enabled: true, ...address },
      org_deploy_enabled: false,
      socket_mode_enabled: url === undefined,
      token_rotation_enabled: false,
    },
  }
}
