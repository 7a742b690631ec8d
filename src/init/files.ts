import { existsSync } from 'node:fs'
import { chmod, mkdir, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { newInstallationKeys } from '../new-keys.ts'
import { printManifest } from '../print-manifest.ts'
import { environments } from './environments.ts'
import { policyTemplate } from './policy-template.ts'
import type { Answers } from './questions.ts'

type File = { readonly path: string; readonly text: string; readonly secret: boolean }

/** A file, and whether it was made now or stood there before. */
export type Written = { readonly path: string; readonly how: 'written' | 'kept' }

/** What somebody has to paste; the file is there, empty, and nobody else can read it. */
function pasted({ transport }: Pick<Answers, 'transport'>): readonly string[] {
  const slack = transport === 'http' ? 'SLACK_SIGNING_SECRET' : 'SLACK_APP_TOKEN'
  return [
    'SLACK_BOT_TOKEN',
    slack,
    'ENTRA_CLIENT_CERTIFICATE',
    'ENTRA_CLIENT_CERTIFICATE_KEY',
    'DATABASE_URL',
  ]
}

/** Writes the files of an installation. What is there already is kept, whatever is in it. Rejects with what to mend. */
export async function writeFiles(folder: string, answers: Answers): Promise<readonly Written[]> {
  const secrets = join(folder, 'secrets')
  // The folder as well: whoever writes there puts in other secrets, or settings that a shell runs.
  for (const path of [folder, secrets]) {
    await mkdir(path, { recursive: true, mode: 0o700 })
    await assertOurs(path)
  }
  await chmod(secrets, 0o700)
  assertPair(secrets)
  const written: Written[] = []
  for (const file of filesOf(folder, answers)) written.push(await write(file))
  return written
}

function filesOf(folder: string, answers: Answers): readonly File[] {
  const inSecrets = (name: string, text: string): File => ({
    path: join(folder, 'secrets', name),
    text,
    secret: true,
  })
  const keys = newInstallationKeys()
  const secretNames = [...keys.map(({ name }) => name), ...pasted(answers)]
  return [
    { path: join(folder, 'manifest.json'), text: manifestOf(answers), secret: false },
    { path: join(folder, 'policy.yaml'), text: policyTemplate(answers), secret: false },
    ...environments(folder, answers, secretNames).map(({ name, text }) => ({
      path: join(folder, name),
      text,
      secret: false,
    })),
    ...keys.map(({ name, value }) => inSecrets(name, `${value}\n`)),
    ...pasted(answers).map((name) => inSecrets(name, '')),
  ]
}

function manifestOf({ transport, url, command, bypassCommand, fraudCommand }: Answers): string {
  const names = {
    HALLPASS_COMMAND: command,
    HALLPASS_BYPASS_COMMAND: bypassCommand,
    HALLPASS_FRAUD_COMMAND: fraudCommand,
  }
  const how = transport === 'http' ? { socketMode: false, url } : { socketMode: true }
  return printManifest({ format: 'json', ...how }, names)
}

async function write({ path, text, secret }: File): Promise<Written> {
  try {
    await writeFile(path, text, { flag: 'wx', mode: secret ? 0o600 : 0o644 })
    return { path, how: 'written' }
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return { path, how: 'kept' }
    throw new Error(`${path} can't be written: check the folder's owner and rights.`, { cause: error })
  }
}

/** Where others write or own, what is kept may be theirs, and a secret that is written may be read. */
async function assertOurs(path: string): Promise<void> {
  const { uid, mode } = await stat(path)
  const us = process.getuid?.()
  if (us !== undefined && uid !== us)
    throw new Error(
      `${path} belongs to another user (${uid}) than the one that runs this (${us}): ` +
        'run `hallpass init` as its owner, or name another folder.',
    )
  if ((mode & 0o022) === 0) return
  throw new Error(
    `${path} can be written by others than its owner: what is in it may be theirs. ` +
      `Look through it, then close it (chmod go-w ${path}), or name another folder.`,
  )
}

/** Half a pair that was there before is no place for another half. */
function assertPair(secrets: string): void {
  const [signing, verify] = ['HALLPASS_SIGNING_KEY', 'HALLPASS_VERIFY_KEYS'].map((name) =>
    join(secrets, name),
  )
  if (existsSync(signing ?? '') === existsSync(verify ?? '')) return
  throw new Error(
    `One of HALLPASS_SIGNING_KEY and HALLPASS_VERIFY_KEYS is in ${secrets}, and the other is not: ` +
      'put the missing one back, or remove both.',
  )
}
