import { mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'

const prefix = '.unfinished-'
const abandonedAfter = 60 * 60_000

/**
 * Makes a file in a folder of its own beside the target and moves it there when it is whole, so that nobody
 * ever sees half of it. `work` returns the path of what it made.
 */
export async function makeWhole(target: string, work: (folder: string) => Promise<string>): Promise<void> {
  const parent = dirname(target)
  mkdirSync(parent, { recursive: true })
  removeAbandoned(parent)
  const folder = mkdtempSync(join(parent, prefix))
  try {
    renameSync(await work(folder), target)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

// Left by a process that was killed; a younger one may belong to somebody who is at work.
function removeAbandoned(parent: string): void {
  for (const name of readdirSync(parent)) {
    const path = join(parent, name)
    if (!name.startsWith(prefix) || Date.now() - statSync(path).mtimeMs < abandonedAfter) continue
    rmSync(path, { recursive: true, force: true })
  }
}
