import { z } from 'zod'
import { standIns } from './config.schema.ts'
import { readApplications, type Applications } from './entra-applications.ts'
import {
  ConfigError,
  encryptionKey,
  filled,
  given,
  logLevel,
  readSettings,
  whole,
  type Environment,
} from './settings.schema.ts'
import { thisMachine } from './verify-config.schema.ts'

const url = z.url({ protocol: /^https?$/, error: 'is no http or https address' })

const origin = url.refine(
  (address) => URL.canParse(address) && new URL(address).origin === address,
  'is no origin, such as https://temporal.example.com: without a path, and without a slash at its end',
)

/** What `hallpass codec` needs of its environment, by name: no Slack, and of the keys only those of payloads. */
export const codecShape = {
  DATABASE_URL: filled,
  HALLPASS_CONFIG: filled,
  HALLPASS_ENCRYPTION_KEY: encryptionKey,
  // Tokens say who made them by this id, whatever other name the tenant has.
  ENTRA_TENANT_ID: filled.pipe(z.guid('is not the id of a tenant')),
  ENTRA_AUTHORITY_URL: url.default('https://login.microsoftonline.com'),
  GRAPH_BASE_URL: url.default('https://graph.microsoft.com/v1.0'),
  TEMPORAL_NAMESPACE: filled.default('default'),
  HALLPASS_CODEC_AUDIENCE: filled,
  HALLPASS_CODEC_ORIGIN: filled.pipe(origin),
  HALLPASS_CODEC_HOST: filled.default('127.0.0.1'),
  HALLPASS_CODEC_PORT: whole(1, 65_535).default(3002),
  HALLPASS_CODEC_TLS_CERT: filled.optional(),
  HALLPASS_CODEC_TLS_KEY: filled.optional(),
  LOG_LEVEL: logLevel,
}

const environment = z.object(codecShape)

export type CodecConfig = z.infer<typeof environment> & { readonly applications: Applications }

/** Reads the environment of `hallpass codec`. Throws a ConfigError with all that is wrong. */
export function readCodecConfig(env: Environment, allowStandIns: boolean): CodecConfig {
  const { data, problems } = readSettings(environment, env)
  const apps = readApplications(given(env), ['reader'])
  const all = [
    ...problems,
    ...(apps.ok ? [] : apps.reason),
    ...(allowStandIns ? [] : standIns(given(env), ['ENTRA_AUTHORITY_URL', 'GRAPH_BASE_URL'])),
    ...(data !== undefined && isOpenInClear(data) ? [inClear] : []),
  ]
  if (data === undefined || !apps.ok || all.length > 0) throw new ConfigError(all)
  return { ...data, applications: apps.value }
}

function isOpenInClear(data: z.infer<typeof environment>): boolean {
  const hasTls = data.HALLPASS_CODEC_TLS_CERT !== undefined && data.HALLPASS_CODEC_TLS_KEY !== undefined
  return !thisMachine.test(data.HALLPASS_CODEC_HOST) && !hasTls
}

const inClear =
  'HALLPASS_CODEC_TLS_CERT and HALLPASS_CODEC_TLS_KEY are not set: beyond this machine payloads travel encrypted only'
