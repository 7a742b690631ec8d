import type { Command, Option } from 'commander'
import { readCodecConfig } from './settings/codec-config.schema.ts'
import type { Installation } from './core/names.ts'
import { printConfig, printsConfig } from './settings/print-config.ts'
import { withSecretFiles } from './settings/secret-files.ts'
import { stopOnSignal } from './stop-on-signal.ts'

type Options = {
  readonly installation: Installation
  readonly allowStandIns: boolean
  readonly printConfig: boolean
}

/** Adds `hallpass codec`. `where` says which world it is. */
export function addCodecCommand(program: Command, where: Option): void {
  program
    .command('codec')
    .description('decrypt payloads for members of security who read histories in Temporal')
    .addOption(where)
    .option('--allow-stand-ins', 'allow addresses on this machine and without https', false)
    .option(...printsConfig)
    .action(async ({ installation, allowStandIns, printConfig: isPrinted }: Options) => {
      const env = withSecretFiles(process.env)
      const config = readCodecConfig(env, allowStandIns)
      if (isPrinted) return printConfig('codec', env)
      const { serveCodec } = await import('./main-codec.ts')
      const served = await serveCodec(config, installation, env)
      stopOnSignal(() => void served.stop())
    })
}
