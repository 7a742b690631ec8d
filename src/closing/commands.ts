import { Argument, type Command, type Option } from 'commander'
import { readCaseConfig } from '../settings/config.schema.ts'
import { caseOutcomes, type CaseOutcome } from '../core/fraud/statement.ts'
import type { Installation } from '../core/names.ts'
import { withSecretFiles } from '../settings/secret-files.ts'
import type { Ground } from './ground.ts'
import { standardTerminal, type Terminal } from './terminal.ts'

type Common = {
  readonly installation: Installation
  readonly allowStandIns: boolean
  readonly keyFile: string
  readonly yes: boolean
}

type Safe = { readonly passwordReset: boolean; readonly methodsReviewed: boolean; readonly out?: string }

/** Adds `hallpass fraud`: two people of security close a case when Slack is unusable. `where` says which world it is. */
export function addFraudCommands(program: Command, where: Option): void {
  const fraud = program
    .command('fraud')
    .description('close a case of fraud with two signatures, without Slack')
  const outcome = new Argument('<outcome>', 'how it ends').choices(caseOutcomes)
  withCommon(fraud.command('close'), where)
    .description('sign that a case is to be closed, into a file for a second person')
    .argument('<case id>', 'such as FRD-7F3K-Q2MD')
    .addArgument(outcome)
    .argument('<reason>', 'why, in quotes')
    .option('--password-reset', 'a new password was asked for', false)
    .option('--methods-reviewed', 'the sign-in methods were gone through with the person', false)
    .option('--out <file>', 'the file to write (default: <case id>.close.json)')
    .action(async (caseId: string, how: CaseOutcome, reason: string, options: Common & Safe) => {
      const { passwordReset, methodsReviewed, keyFile, out } = options
      const body = { outcome: how, reason, passwordReset, methodsReviewed }
      const { closeCase } = await import('./close.ts')
      await onGround(options, (ground, terminal) =>
        closeCase(ground, terminal, { caseId, body, keyFile, ...(out !== undefined && { out }) }),
      )
    })
  withCommon(fraud.command('agree'), where)
    .description('agree to such a file, sign that, and have the account given back')
    .argument('<file>', 'what `hallpass fraud close` wrote')
    .action(async (file: string, { keyFile, ...options }: Common) => {
      const { agreeToClose } = await import('./agree.ts')
      await onGround({ ...options, keyFile }, (ground, terminal) =>
        agreeToClose(ground, terminal, { file, keyFile }),
      )
    })
}

function withCommon(command: Command, where: Option): Command {
  return command
    .addOption(where)
    .requiredOption('--key-file <file>', 'your key, as `hallpass keys person` printed it')
    .option('--yes', 'confirm without being asked, for scripts', false)
    .option('--allow-stand-ins', 'allow addresses on this machine and without https', false)
}

async function onGround(
  { installation, allowStandIns, yes }: Common,
  work: (ground: Ground, terminal: Terminal) => Promise<void>,
): Promise<void> {
  const env = withSecretFiles(process.env)
  const config = readCaseConfig(env, allowStandIns)
  const { openGround } = await import('./ground.ts')
  const ground = await openGround(config, installation, env)
  try {
    await work(ground, standardTerminal(yes))
  } finally {
    await ground.close()
  }
}
