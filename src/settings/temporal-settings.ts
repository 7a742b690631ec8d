import { loadClientConnectConfig } from '@temporalio/envconfig'
import type { Environment } from './settings.schema.ts'

/** How to reach Temporal, by the variables that all its programs read (`TEMPORAL_ADDRESS`, `TEMPORAL_NAMESPACE`, ...). */
export function readTemporal(env: Environment) {
  const given = Object.entries(env).filter((pair): pair is [string, string] => pair[1] !== undefined)
  const overrideEnvVars = Object.fromEntries(given)
  const { connectionOptions, namespace = 'default' } = loadClientConnectConfig({ overrideEnvVars })
  const { address = 'localhost:7233' } = connectionOptions
  return { namespace, address, options: { ...connectionOptions, address } }
}
