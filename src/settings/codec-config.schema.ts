import { z } from 'zod'
import { readWithReader, url } from './config.schema.ts'
import { encryptionKey, filled, inClear, logLevel, whole, type Environment } from './settings.schema.ts'

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

export type CodecConfig = ReturnType<typeof readCodecConfig>

/** Reads the environment of `hallpass codec`. Throws a ConfigError with all that is wrong. */
export function readCodecConfig(env: Environment, allowStandIns: boolean) {
  return readWithReader(environment, env, allowStandIns, inClear('HALLPASS_CODEC', env, 'payloads'))
}
