import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { promisify } from 'node:util'

/** Installs Debian packages where the tests run as root on Debian, and says so; elsewhere it does nothing. */
export async function installWithApt(
  say: (sentence: string) => void,
  what: string,
  packages: readonly string[],
): Promise<void> {
  if (process.getuid?.() !== 0 || !existsSync('/etc/debian_version')) return
  say(`No ${what} here: installing ${packages[0]} of Debian with apt-get (about a minute, once).`)
  const wait = ['-o', 'DPkg::Lock::Timeout=300']
  await tried(say, 'apt-get', [...wait, 'update'])
  await tried(say, 'apt-get', [...wait, 'install', '-y', '--no-install-recommends', ...packages])
}

/** Runs a command; a failure is said and passed over: whoever needs what it makes looks whether it is there. */
export async function tried(
  say: (sentence: string) => void,
  command: string,
  args: readonly string[],
): Promise<void> {
  try {
    const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
    await promisify(execFile)(command, args, { env, timeout: 600_000, maxBuffer: 64 * 1024 * 1024 })
  } catch (error) {
    say(`${command} failed: ${error instanceof Error ? error.message.split('\n').at(-1) : String(error)}`)
  }
}
