import { readFileSync } from 'node:fs'
import type { Environment } from './settings.schema.ts'

/** Names whose value may also stand in a file, named by `NAME_FILE`: how containers hand over secrets. */
export const secretNames = [
  'SLACK_BOT_TOKEN',
  'SLACK_APP_TOKEN',
  'SLACK_SIGNING_SECRET',
  'DATABASE_URL',
  'DATABASE_OWNER_URL',
  'ENTRA_CLIENT_SECRET',
  'ENTRA_CLIENT_CERTIFICATE',
  'ENTRA_CLIENT_CERTIFICATE_KEY',
  'ENTRA_ISSUER_CLIENT_SECRET',
  'ENTRA_ISSUER_CLIENT_CERTIFICATE',
  'ENTRA_ISSUER_CLIENT_CERTIFICATE_KEY',
  'ENTRA_RESPONDER_CLIENT_SECRET',
  'ENTRA_RESPONDER_CLIENT_CERTIFICATE',
  'ENTRA_RESPONDER_CLIENT_CERTIFICATE_KEY',
  'HALLPASS_SIGNING_KEY',
  'HALLPASS_VERIFY_KEYS',
  'HALLPASS_CODE_KEY',
  'HALLPASS_SIGNAL_KEY',
  'HALLPASS_CHECK_SECRETS',
  'HALLPASS_VERIFY_TLS_KEY',
  'HALLPASS_VERIFY_TLS_CERT',
  'HALLPASS_CODEC_TLS_KEY',
  'HALLPASS_CODEC_TLS_CERT',
  'HALLPASS_ENCRYPTION_KEY',
  'TEMPORAL_API_KEY',
  'OTEL_EXPORTER_OTLP_HEADERS',
] as const

/** Whether the value of this variable is a secret. */
export function isSecret(name: string | undefined): boolean {
  return secretNames.some((secret) => secret === name)
}

/** The environment with every `NAME_FILE` read; the file wins. Throws when a named file can't be read. */
export function withSecretFiles(env: Environment): Environment {
  const read = secretNames.flatMap((name) => {
    const file = env[`${name}_FILE`]
    return file === undefined ? [] : [[name, contentOf(`${name}_FILE`, file)] as const]
  })
  return { ...env, ...Object.fromEntries(read) }
}

function contentOf(name: string, file: string): string {
  try {
    return readFileSync(file, 'utf8').trim()
  } catch (cause) {
    const why = cause instanceof Error && 'code' in cause ? ` (${String(cause.code)})` : ''
    throw new Error(`${name}: ${file} can't be read${why}.`, { cause })
  }
}
