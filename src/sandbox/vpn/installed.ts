import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'

/** A FreeRADIUS of this machine with all that a VPN sign-in needs. */
export type Installed = {
  readonly command: string
  /** The folder of its modules. */
  readonly libraries: string
}

const programs = ['/usr/sbin/freeradius', '/usr/sbin/radiusd']
const folders = ['/usr/lib/freeradius', '/usr/lib64/freeradius', '/usr/local/lib']

/** Finds an installed FreeRADIUS with its rest module and `radclient`; undefined when any of them lacks. */
export function findFreeRadius(): Installed | undefined {
  const command = programs.find((path) => existsSync(path))
  const libraries = folders.find((folder) => existsSync(join(folder, 'rlm_rest.so')))
  if (command === undefined || libraries === undefined || !existsSync(radclient)) return undefined
  return { command, libraries }
}

/** FreeRADIUS's own client. */
export const radclient = '/usr/bin/radclient'

/** Its version, such as 3.2.1; rejects when it does not run. */
export async function versionOf({ command }: Installed): Promise<string> {
  const { stdout } = await promisify(execFile)(command, ['-v'], { env: {} })
  return /Version (\d[\w.]*)/.exec(stdout)?.[1] ?? 'of an unknown version'
}
