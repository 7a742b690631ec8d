#!/usr/bin/env node
import { fileURLToPath } from 'node:url'
import { Command, Option } from 'commander'
import { addFraudCommands } from './closing/commands.ts'
import { addCodecCommand } from './codec-command.ts'
import { readConfig } from './settings/config.schema.ts'
import type { Installation } from './core/names.ts'
import { addDoctorCommand } from './doctor/command.ts'
import { addInitCommand } from './init/command.ts'
import { printConfig, printsConfig } from './settings/print-config.ts'
import type { ManifestCommand } from './print-manifest.ts'
import { withSecretFiles } from './settings/secret-files.ts'
import { step } from './start-step.ts'
import { stopOnSignal } from './stop-on-signal.ts'
import { readVerifyConfig } from './settings/verify-config.schema.ts'

// Each command loads only what it needs: Temporal's native core alone costs a second.
type Where = { readonly installation: Installation }

const program = new Command('hallpass')
  .description('Exceptions to MFA that a second person approves and that nobody forgets.')
  .showHelpAfterError('Run `hallpass --help` for what there is.')

const installation = new Option('--installation <world>', 'the world that the database belongs to')
  .choices(['production', 'sandbox'])
  .default('production')

type Prints = { readonly printConfig: boolean }

const servers = [
  ['serve', 'run the bot and the worker in one process'],
  ['bot', 'run the bot alone: it listens to Slack, and holds nothing that can issue'],
  ['worker', 'run the worker alone: it runs the workflows, and holds no key that signs statements'],
] as const

for (const [name, says] of servers)
  program
    .command(name)
    .description(says)
    .addOption(installation)
    .option('--allow-stand-ins', 'allow addresses on this machine and without https', false)
    .option(...printsConfig)
    .action(async (options: Where & Prints & { readonly allowStandIns: boolean }) => {
      const env = withSecretFiles(process.env)
      const config = readConfig(env, options.allowStandIns, name)
      if (options.printConfig) return printConfig(name, env)
      const { serve } = await import('./main.ts')
      const served = await serve(config, options.installation, env)
      // A connection that is still being tried would hold the process for half a minute.
      stopOnSignal(() => void served.stop().then(() => process.exit(), fail))
      await served.ended
    })

program
  .command('verify')
  .description('run the HTTP check that RADIUS servers and portals ask')
  .addOption(installation)
  .option(...printsConfig)
  .action(async (options: Where & Prints) => {
    const env = withSecretFiles(process.env)
    const config = readVerifyConfig(env)
    if (options.printConfig) return printConfig('verify', env)
    const { serveChecks } = await import('./main-verify.ts')
    const served = await serveChecks(config, options.installation, env)
    stopOnSignal(() => void served.stop())
  })

program
  .command('migrate')
  .description('bring the database to this version; runs as the owner (DATABASE_OWNER_URL)')
  .addOption(installation)
  .action(async (options: Where) => {
    const { DATABASE_OWNER_URL: ownerUrl } = withSecretFiles(process.env)
    if (ownerUrl === undefined)
      throw new Error('Set DATABASE_OWNER_URL: the tables belong to the owner, not to the programs.')
    const { migrate } = await import('./adapters/postgres/migrate.ts')
    const { installation: world } = options
    await step("PostgreSQL can't be used: check DATABASE_OWNER_URL", () =>
      migrate({ ownerUrl, installation: world, log: (line) => console.log(line) }),
    )
  })

const keys = program.command('keys').description('keys of this installation, and of people')

keys
  .command('new')
  .description('print new keys, one NAME=value a line')
  .action(async () => {
    const { newInstallationKeys } = await import('./new-keys.ts')
    for (const { name, value, says } of newInstallationKeys()) console.log(`# ${says}\n${name}=${value}`)
  })

keys
  .command('person')
  .description('print a key of a person who closes cases of fraud without Slack')
  .action(async () => {
    const { newKeys } = await import('./adapters/signing/keys.ts')
    const { signingKey, verifyKey } = newKeys()
    console.log(
      `# Yours alone: whoever has it signs as you. Keep it in a file that nobody else can read.\nHALLPASS_PERSON_KEY=${signingKey}`,
    )
    console.log(
      `# For the policy file: under fraud, keys, with your name. Not a secret, but nobody may change it.\nHALLPASS_PERSON_VERIFY_KEY=${verifyKey}`,
    )
  })

addFraudCommands(program, installation)
addCodecCommand(program, installation)
addDoctorCommand(program, installation)
addInitCommand(program)

program
  .command('manifest')
  .description('print the manifest of the Slack app, with the commands as they are configured')
  .addOption(new Option('--format <format>', 'how to write it').choices(['json', 'yaml']).default('json'))
  .option('--socket-mode', 'for Socket Mode, where Slack needs no address', false)
  .option('--url <https address>', 'for HTTP: the host that Slack reaches')
  .action(async (options: ManifestCommand) => {
    const { printManifest } = await import('./print-manifest.ts')
    process.stdout.write(printManifest(options, process.env))
  })

program
  .command('sandbox')
  .description('run everything on this machine, with stand-ins for Slack and Entra and a page to try it')
  .option('--fresh', 'begin anew', false)
  .action(async (options: { readonly fresh: boolean }) => {
    const { runSandbox } = await import('./sandbox/main.ts').catch(withoutSandbox)
    const cliPath = fileURLToPath(import.meta.url)
    process.exitCode = await runSandbox({ cliPath, fresh: options.fresh, env: process.env })
  })

// A promise that nobody waits for has failed: the state of the process is unknown, and a supervisor starts a new one.
process.on('unhandledRejection', (error) => fail(error))
await program.parseAsync().catch((error: unknown) => fail(error))

/** The image leaves the sandbox out. */
function withoutSandbox(error: unknown): never {
  if (!(error instanceof Error && 'code' in error && error.code === 'ERR_MODULE_NOT_FOUND')) throw error
  throw new Error(
    'The sandbox is not part of this installation: `npm start` runs it where the sources are.',
    { cause: error },
  )
}

function fail(error: unknown): void {
  console.error(error instanceof Error ? error.message : 'Something unexpected happened.')
  process.exit(1)
}
