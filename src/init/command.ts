import { Option, type Command } from 'commander'
import { standardAsker, type Asker } from './asker.ts'
import { environmentIn, init } from './init.ts'
import { questions, type Answers } from './questions.ts'

type Options = Partial<Answers> & { readonly yes: boolean }

/** Adds `hallpass init`: from nothing to the files of an installation. */
export function addInitCommand(program: Command): void {
  const command = program
    .command('init')
    .description('walk through manifest, keys, policy file and doctor; nothing that is there is overwritten')
    .option('--yes', 'ask nothing: take the options, and what is usual for the rest', false)
  for (const { flag, asks } of questions) command.addOption(new Option(`--${flag} <value>`, asks))
  command.action(async ({ yes, ...given }: Options) => {
    const asker = yes ? undefined : standardAsker()
    try {
      const folder = await init(given, asker, (text) => void process.stdout.write(text))
      if (asker !== undefined) await offerDoctor(folder, asker)
    } finally {
      asker?.close()
    }
  })
}

async function offerDoctor(folder: string, asker: Asker): Promise<void> {
  const question =
    '\nRun `hallpass doctor` now, with what is there? It says what is still missing. (yes/no) [yes]: '
  const answer = await asker.line(question)
  if (!/^(?:y|yes|)$/i.test(answer)) return
  const { runDoctor } = await import('../doctor/run.ts')
  const env = await environmentIn(folder)
  const options = { env, installation: 'production', allowStandIns: false, program: 'serve' } as const
  const report = await runDoctor(options, { json: false, coloured: false })
  asker.say(report.text)
}
