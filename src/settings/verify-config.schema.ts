import { z } from 'zod'
import {
  ConfigError,
  filled,
  inClear,
  logLevel,
  readSettings,
  whole,
  type Environment,
} from './settings.schema.ts'

/** `gateway=secret`, several with commas or lines between them. */
const secrets = filled
  .transform((text) => text.split(/[\s,]+/).filter((entry) => entry !== ''))
  .pipe(
    z.array(
      z
        .string()
        .regex(
          /^[a-z0-9-]{1,40}=.{16,}$/,
          'holds something else than name=secret, with secrets of 16 characters or more',
        )
        .transform(
          (entry) => [entry.slice(0, entry.indexOf('=')), entry.slice(entry.indexOf('=') + 1)] as const,
        ),
    ),
  )
  .transform((entries) => new Map(entries))

/** What the HTTP check needs of its environment, by name: no Slack, no Entra, no Temporal. */
const environment = z.object({
  DATABASE_URL: filled,
  HALLPASS_CONFIG: filled,
  HALLPASS_CODE_KEY: filled,
  HALLPASS_SIGNAL_KEY: filled,
  HALLPASS_CHECK_SECRETS: secrets,
  HALLPASS_VERIFY_HOST: filled.default('127.0.0.1'),
  HALLPASS_VERIFY_PORT: whole(1, 65_535).default(3001),
  HALLPASS_VERIFY_TLS_CERT: filled.optional(),
  HALLPASS_VERIFY_TLS_KEY: filled.optional(),
  LOG_LEVEL: logLevel,
})

/** Its variables, with how each is read. */
export const verifyShape = environment.shape

export type VerifyConfig = z.infer<typeof environment>

/** Reads the environment of `hallpass verify`. Throws a ConfigError with all that is wrong. */
export function readVerifyConfig(env: Environment): VerifyConfig {
  const { data, problems } = readSettings(environment, env)
  const all = [...problems, ...inClear('HALLPASS_VERIFY', env, 'codes')]
  if (data === undefined || all.length > 0) throw new ConfigError(all)
  return data
}
