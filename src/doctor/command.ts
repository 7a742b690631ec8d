import { Option, type Command } from 'commander'
import type { Installation } from '../core/names.ts'
import type { AnyProgram } from '../settings/programs.ts'
import { withSecretFiles } from '../settings/secret-files.ts'

type Options = {
  readonly installation: Installation
  readonly allowStandIns: boolean
  readonly json: boolean
  readonly only?: AnyProgram
  readonly url?: string
}

/** Adds `hallpass doctor`. `where` says which world it is. */
export function addDoctorCommand(program: Command, where: Option): void {
  program
    .command('doctor')
    .description('look whether everything that Hallpass needs is there, and say how to mend what is not')
    .addOption(where)
    .addOption(
      new Option('--only <program>', 'with the settings of one program').choices([
        'bot',
        'worker',
        'verify',
        'codec',
      ]),
    )
    .option('--url <https address>', 'over HTTP: the host that Slack reaches; asked while the bot runs')
    .option('--json', 'for machines', false)
    .option('--allow-stand-ins', 'allow addresses on this machine and without https', false)
    .action(async ({ json, only = 'serve', url, installation, allowStandIns }: Options) => {
      const env = withSecretFiles(process.env)
      const { runDoctor } = await import('./run.ts')
      const coloured = process.stdout.isTTY && process.stdout.hasColors()
      const report = await runDoctor(
        { env, installation, allowStandIns, program: only, ...(url !== undefined && { url }) },
        { json, coloured },
      )
      process.stdout.write(report.text)
      process.exitCode = report.well ? 0 : 1
    })
}
