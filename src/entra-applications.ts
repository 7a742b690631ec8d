import { no, yes, type Result } from './core/result.ts'
import type { Environment } from './settings.schema.ts'

/** What Hallpass does in Entra: it reads people, issues passes, and blocks accounts in a case of fraud. */
export const applications = ['reader', 'issuer', 'responder'] as const
type ApplicationName = (typeof applications)[number]

/** An application of the tenant, and what it proves itself with. */
export type Application = {
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

function readApplication(
  env: Environment,
  prefix: string,
  isNeeded: boolean,
): Result<Application, readonly string[]> | undefined {
  const named = (name: string): string | undefined => env[`${prefix}_CLIENT_${name}`]
  const [clientId, secret] = [named('ID'), named('SECRET')]
  const [certificate, key] = [named('CERTIFICATE'), named('CERTIFICATE_KEY')]
  if (!isNeeded && [clientId, secret, certificate, key].every((one) => one === undefined)) return undefined
  const hasCertificate = certificate !== undefined && key !== undefined
  const problems = [
    ...(clientId === undefined ? [`${prefix}_CLIENT_ID is not set`] : []),
    ...(secret === undefined && !hasCertificate
      ? [
          `${prefix}_CLIENT_SECRET is not set, nor ${prefix}_CLIENT_CERTIFICATE with ${prefix}_CLIENT_CERTIFICATE_KEY`,
        ]
      : []),
  ]
  if (clientId === undefined || problems.length > 0) return no(problems)
  if (hasCertificate) return yes({ clientId, credential: { certificate, key } })
  return secret === undefined ? no(problems) : yes({ clientId, credential: { secret } })
}
