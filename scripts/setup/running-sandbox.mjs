import { readFileSync } from 'node:fs'
import { homedir } from 'node:os'
import { join, resolve } from 'node:path'

/**
 * The sandbox that uses the folder of the state now and answers at the page that it has written down there, or
 * undefined. The sandbox itself makes sure; this is said before anything else is.
 *
 * @param {Readonly<Record<string, string | undefined>>} env
 * @returns {Promise<{ page: string, stateFolder: string } | undefined>}
 */
export async function runningSandbox(env) {
  const usual = join(
    env.XDG_STATE_HOME || join(env.HOME || homedir(), '.local', 'state'),
    'hallpass',
    'sandbox',
  )
  const stateFolder = resolve(env.HALLPASS_SANDBOX_STATE_DIR || usual)
  try {
    const { page } = JSON.parse(readFileSync(join(stateFolder, 'sandbox.lock'), 'utf8'))
    const answer = await fetch(`${page}/api/progress`, { signal: AbortSignal.timeout(2000) })
    return answer.ok ? { page, stateFolder } : undefined
  } catch {
    return undefined
  }
}
