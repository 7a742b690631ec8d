import type { Command, Option } from 'commander'
import { readCodecConfig } from './codec-config.schema.ts'
import type { Installation } from './core/names.ts'
import { withSecretFiles } from './secret-files.ts'

type Options = { readonly installation: Installation; readonly allowStandIns: boolean }

/** Adds `hallpass codec`. `where` says which world it is. */
export function addCodecCommand(program: Command, where: Option): void {
  program
    .command('codec')
    .description('decrypt payloads for members of security who read histories in Temporal')
    .addOption(where)
    .option('--allow-stand-ins', 'allow addresses on this machine and without https', false)
    .action(async ({ installation, allowStandIns }: Options) => {
      const config = readCodecConfig(withSecretFiles(process.env), allowStandIns)
      const { serveCodec } = await import('./main-codec.ts')
      const served = await serveCodec(config, installation)
      const stop = (): void => void served.stop()
      process.once('SIGTERM', stop)
      process.once('SIGINT', stop)
    })
}
