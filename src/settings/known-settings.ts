import { nearest } from '../adapters/policy-file/nearest.ts'
import { codecShape } from './codec-config.schema.ts'
import { shapeOf } from './config.schema.ts'
import { applications, applicationSettings } from './entra-applications.ts'
import { isSecret, secretNames } from './secret-files.ts'
import type { Environment } from './settings.schema.ts'
import { verifyShape } from './verify-config.schema.ts'

/** What begins so is meant for Hallpass; other names belong to other programs. */
const ours = /^(?:HALLPASS|SLACK|ENTRA)_/

/** Of the sandbox and of the files for FreeRADIUS, which read their settings themselves. */
const elsewhere =
  /^HALLPASS_(?:SANDBOX|RADIUS|GATEWAY)_|^HALLPASS_(?:CHECK_NAME|CHECK_SECRET|VERIFY_URL|PERSON_KEY|PERSON_VERIFY_KEY)$/

const known: readonly string[] = [
  ...Object.keys(shapeOf('serve')),
  ...Object.keys(verifyShape),
  ...Object.keys(codecShape),
  ...applications.flatMap(applicationSettings),
  ...secretNames,
]

/** A sentence for each variable that looks like ours and that nothing reads: a misspelt one would be left out in silence. */
export function unknownSettings(env: Environment): readonly string[] {
  return Object.keys(env)
    .filter((name) => ours.test(name) && !elsewhere.test(name) && !isKnown(name))
    .toSorted()
    .map(sentence)
}

function isKnown(name: string): boolean {
  const ofFile = /^(.+)_FILE$/.exec(name)?.[1]
  return known.includes(name) || isSecret(ofFile)
}

function sentence(name: string): string {
  const meant = nearest(name.replace(/_FILE$/, ''), known)
  const ask = meant === undefined ? '' : `; did you mean ${meant}?`
  return `${name} is not a name that Hallpass knows${ask || '.'}`
}
