import { resolve } from 'node:path'
import { readFile } from 'node:fs/promises'
import { parseEnv } from 'node:util'
import { withSecretFiles } from '../settings/secret-files.ts'
import { answersTo, type Asker } from './asker.ts'
import { environmentFiles } from './environments.ts'
import { writeFiles, type Written } from './files.ts'
import { isPlainFolder, plainFolder, questions, type Answers } from './questions.ts'

/** Asks what an installation needs, writes its files, and says what comes next. Answers the folder. */
export async function init(
  given: Partial<Answers>,
  asker: Asker | undefined,
  say: Asker['say'],
): Promise<string> {
  const answers = await answersTo(questions, given, asker)
  const folder = resolve(answers.folder)
  // What was typed is held to it; where it leads from depends on where this is run.
  if (!isPlainFolder(folder)) throw new Error(`${JSON.stringify(folder)} can't be used. ${plainFolder}`)
  const written = await writeFiles(folder, answers)
  say(`${writtenText(written)}\n${nextSteps(folder, answers)}`)
  return folder
}

function writtenText(written: readonly Written[]): string {
  return `${written.map(({ path, how }) => `${how === 'kept' ? 'kept     ' : 'written  '}${path}`).join('\n')}\n`
}

function nextSteps(folder: string, answers: Answers): string {
  const overHttp = answers.transport === 'http'
  const slack = overHttp
    ? 'Signing Secret of Basic Information into SLACK_SIGNING_SECRET'
    : 'App-Level Token with connections:write (Basic Information) into SLACK_APP_TOKEN'
  const steps = [
    `Slack: api.slack.com/apps, Create New App, From a manifest: paste ${folder}/manifest.json. Install it to the workspace.`,
    `Paste into the empty files of ${folder}/secrets: the Bot User OAuth Token (OAuth & Permissions) into SLACK_BOT_TOKEN; the ${slack}.`,
    `In Slack, invite the app to both channels: /invite @hallpass.`,
    'Entra: register the application, upload its certificate, add the permissions, grant admin consent: docs/install/entra.md. ' +
      'Its certificate and key go into ENTRA_CLIENT_CERTIFICATE and _KEY; its ids into hallpass.env; those of applications that issue and block into worker.env.',
    'PostgreSQL: roles and an empty database; the address of the programs’ role goes into DATABASE_URL: docs/install/postgresql.md.',
    'Temporal: the namespace with 90 days of retention and the search attribute HallpassId: docs/install/temporal.md.',
    `Then: set -a; for f in ${folder}/*.env; do . "$f"; done; set +a; DATABASE_OWNER_URL=... hallpass migrate; hallpass doctor; hallpass serve`,
  ]
  return `\nWhat comes next:\n${steps.map((says, index) => `  ${index + 1}. ${says}\n`).join('')}`
}

/** The environment that the files of an installation describe together, with its secrets. */
export async function environmentIn(folder: string): Promise<Readonly<Record<string, string | undefined>>> {
  const files = environmentFiles.map((name) => readFile(`${folder}/${name}`, 'utf8'))
  const texts = await Promise.all(files)
  return withSecretFiles(parseEnv(texts.join('\n')))
}
