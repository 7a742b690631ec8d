import { createBelongs } from './adapters/directory/belongs.ts'
import { createBearers } from './adapters/entra/bearer.ts'
import { createCachedDirectory } from './adapters/entra/cached-directory.ts'
import { createDirectory } from './adapters/entra/directory.ts'
import { readPolicy } from './adapters/policy-file/read-policy.ts'
import { createDecodings } from './adapters/postgres/decodings.ts'
import { assertInstallation } from './adapters/postgres/installation.ts'
import { createPool } from './adapters/postgres/pool.ts'
import { createEncryptionCodec, UnreadablePayload } from './adapters/temporal/encryption-codec.ts'
import { readEncryptionKeys, type EncryptionKeys } from './adapters/temporal/encryption-keys.ts'
import type { CodecConfig } from './settings/codec-config.schema.ts'
import { createCodecApp } from './codec/app.ts'
import type { CodecPorts } from './codec/ports.ts'
import { createReaders } from './codec/readers.ts'
import type { PersonId } from './core/ids.ts'
import type { Installation } from './core/names.ts'
import type { Policy } from './core/policy/policy.ts'
import { no, yes } from './core/result.ts'
import { openServer } from './server.ts'
import { unknownSettings } from './settings/known-settings.ts'
import { createLog } from './log.ts'
import { graphOf } from './parts.ts'
import type { Environment } from './settings/settings.schema.ts'
import { step } from './start-step.ts'

/** What a token has to allow: the name of the scope that the application in Entra exposes. */
const scope = 'decode'

/** `hallpass codec`: decrypts payloads for Temporal's page and command line. It needs no Temporal and no Slack. */
export async function serveCodec(
  config: CodecConfig,
  installation: Installation,
  env: Environment,
): Promise<{ readonly stop: () => Promise<void> }> {
  const log = createLog(config.LOG_LEVEL)
  for (const says of unknownSettings(env)) log.warn(says)
  const keys = await step('HALLPASS_ENCRYPTION_KEY', () => someKeys(config.HALLPASS_ENCRYPTION_KEY))
  const { HALLPASS_CONFIG: file, TEMPORAL_NAMESPACE: namespace } = config
  const { policy } = await step(`HALLPASS_CONFIG: ${file} can't be read`, () => readPolicy(file))
  const pool = createPool(config.DATABASE_URL)
  await step("PostgreSQL can't be used: check DATABASE_URL", () => assertInstallation(pool, installation))
  const app = createCodecApp({
    origin: config.HALLPASS_CODEC_ORIGIN,
    namespace,
    bearer: bearersOf(config),
    ofSecurity: securityOf(config, policy),
    record: createDecodings(pool),
    decode: decodeWith(keys, namespace),
    log: (level, what, about) => log[level](about, what),
    now: Date.now,
  })
  const { HALLPASS_CODEC_HOST: host, HALLPASS_CODEC_PORT: port } = config
  const mend = 'it may be in use; check HALLPASS_CODEC_HOST and HALLPASS_CODEC_PORT'
  const [cert, key] = [config.HALLPASS_CODEC_TLS_CERT, config.HALLPASS_CODEC_TLS_KEY]
  const server = await openServer(app.fetch, { host, port, cert, key, mend })
  log.info({ port, installation, namespace, keys: [...keys.byId.keys()] }, 'decoding')
  return {
    async stop() {
      await server.stop()
      await pool.end()
    },
  }
}

function someKeys(text: string): EncryptionKeys {
  const keys = readEncryptionKeys(text)
  if (keys.byId.size === 0) throw new TypeError('there is nothing to decode without a key')
  return keys
}

function bearersOf({
  ENTRA_TENANT_ID: tenantId,
  ENTRA_AUTHORITY_URL: authorityUrl,
  HALLPASS_CODEC_AUDIENCE: audience,
}: CodecConfig): CodecPorts['bearer'] {
  return createBearers({ tenantId, authorityUrl, audience, scope })
}

function securityOf(config: CodecConfig, policy: Policy): CodecPorts['ofSecurity'] {
  const directory = createCachedDirectory(createDirectory(graphOf(config, 'reader')))
  const personById = async (id: PersonId) => directory.personById(id)
  return createReaders({ belongs: createBelongs(directory), personById }, policy)
}

/** What is in the clear stands in the history as it is, so that reading it needs no leave. */
function decodeWith(keys: EncryptionKeys, namespace: string): CodecPorts['decode'] {
  const codec = createEncryptionCodec({ ...keys, readsClear: true }, namespace)
  return async (payloads) => {
    try {
      return yes(await codec.decode([...payloads]))
    } catch (error) {
      if (error instanceof UnreadablePayload) return no(error.message)
      throw error
    }
  }
}
