import { secretNames } from '../settings/secret-files.ts'
import type { Environment } from '../settings/settings.schema.ts'
import { allChecks } from './all-checks.ts'
import { runChecks, type Found } from './check.ts'
import { examine, type DoctorOptions } from './examined.ts'
import { isWell, reportJson, reportText } from './report.ts'

/** What is printed, and whether all is well. */
export type Report = { readonly text: string; readonly well: boolean }

/** Looks at a whole installation and changes nothing in it. */
export async function runDoctor(
  options: DoctorOptions,
  how: { readonly json: boolean; readonly coloured: boolean },
): Promise<Report> {
  const examined = examine(options)
  try {
    const found = (await runChecks(allChecks(examined))).map((one) => withoutSecrets(one, options.env))
    const text = how.json ? reportJson(found) : reportText(found, how.coloured)
    return { text, well: isWell(found) }
  } finally {
    await examined.close()
  }
}

/** No check names one; this holds for an error of a library that quotes what it was given. */
function withoutSecrets(found: Found, env: Environment): Found {
  const hide = (text: string): string =>
    secretsOf(env).reduce((hidden, secret) => hidden.replaceAll(secret, '<hidden>'), text)
  return { ...found, says: hide(found.says), ...(found.fix !== undefined && { fix: hide(found.fix) }) }
}

/** Shorter ones would be found in plain words. */
const shortest = 6

/** Beside the secrets that may stand in files: what Temporal's connection is given as it is. */
const ofTemporal = /^TEMPORAL_(?:GRPC_META_.*|TLS_CLIENT_KEY_DATA|CODEC_AUTH)$/

function secretsOf(env: Environment): readonly string[] {
  const names = [...secretNames, ...Object.keys(env).filter((name) => ofTemporal.test(name))]
  const values = names.flatMap((name) => env[name]?.trim() ?? [])
  const passwords = values.flatMap((value) => (URL.canParse(value) ? [new URL(value).password] : []))
  const decoded = passwords.flatMap((password) => decodedOf(password))
  return [...values, ...passwords, ...decoded].filter(({ length }) => length >= shortest)
}

/** A lone percent sign makes a password none that an address can hold; it is hidden as it stands. */
function decodedOf(password: string): readonly string[] {
  try {
    return [decodeURIComponent(password)]
  } catch {
    return []
  }
}
