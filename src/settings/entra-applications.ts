import { no, yes, type Result } from '../core/result.ts'
import type { Environment } from './settings.schema.ts'

/** What Hallpass does in Entra: it reads people, issues passes, and blocks accounts in a case of fraud. */
export const applications = ['reader', 'issuer', 'responder'] as const
export type ApplicationName = (typeof applications)[number]

/** An application of the tenant, and what it proves itself with. */
type Application = {
  readonly clientId: string
  readonly credential: { readonly secret: string } | { readonly certificate: string; readonly key: string }
}

/** Each with rights of its own; where only the reader is set, it does what the others would. */
export type Applications = { readonly reader: Application } & Readonly<
  Partial<Record<Exclude<ApplicationName, 'reader'>, Application>>
>

const prefixes: Readonly<Record<ApplicationName, string>> = {
  reader: 'ENTRA',
  issuer: 'ENTRA_ISSUER',
  responder: 'ENTRA_RESPONDER',
}

const fields = ['ID', 'SECRET', 'CERTIFICATE', 'CERTIFICATE_KEY'] as const

/** The variables of one application, in whatever order they are set. */
export function applicationSettings(name: ApplicationName): readonly string[] {
  return fields.map((field) => `${prefixes[name]}_CLIENT_${field}`)
}

/**
 * Reads the applications that a program needs. One that is not set at all may be left out, except the reader; refused
 * with a sentence for each that is set in part.
 */
export function readApplications(
  env: Environment,
  needed: readonly ApplicationName[],
): Result<Applications, readonly string[]> {
  const found = needed.map((name) => [name, readApplication(env, prefixes[name], name === 'reader')] as const)
  const problems = found.flatMap(([, read]) => (read === undefined || read.ok ? [] : read.reason))
  const read = Object.fromEntries(found.flatMap(([name, one]) => (one?.ok ? [[name, one.value]] : [])))
  const { reader } = read
  return reader === undefined || problems.length > 0 ? no(problems) : yes({ ...read, reader })
}

type Read = Result<Application, readonly string[]>

function readApplication(env: Environment, prefix: string, isNeeded: boolean): Read | undefined {
  const named = (name: string): string | undefined => env[`${prefix}_CLIENT_${name}`]
  const clientId = named('ID')
  const credential = credentialOf(named)
  const nothing = fields.every((name) => named(name) === undefined)
  if (nothing && !isNeeded) return undefined
  if (clientId !== undefined && credential !== undefined) return yes({ clientId, credential })
  return no([
    ...(clientId === undefined ? [`${prefix}_CLIENT_ID is not set`] : []),
    ...(credential === undefined ? [noCredential(`${prefix}_CLIENT`)] : []),
  ])
}

/** A certificate goes before a secret, and is nothing without its key. */
function credentialOf(named: (name: string) => string | undefined): Application['credential'] | undefined {
  const [secret, certificate, key] = [named('SECRET'), named('CERTIFICATE'), named('CERTIFICATE_KEY')]
  if (certificate !== undefined && key !== undefined) return { certificate, key }
  return secret === undefined ? undefined : { secret }
}

function noCredential(prefix: string): string {
  return `${prefix}_SECRET is not set, nor ${prefix}_CERTIFICATE with ${prefix}_CERTIFICATE_KEY`
}
