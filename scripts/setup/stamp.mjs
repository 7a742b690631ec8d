import { createHash } from 'node:crypto'
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join, relative } from 'node:path'

/** A hash over the names and bytes of files and folders, in an order that does not depend on the machine. */
export function hashOf(root, paths, salt = '') {
  const hash = createHash('sha256').update(salt)
  for (const file of paths.flatMap((path) => filesIn(join(root, path))).toSorted()) {
    const bytes = readFileSync(file)
    hash.update(`${relative(root, file)}\0${bytes.length}\0`).update(bytes)
  }
  return hash.digest('hex')
}

/** True when the stamp file holds exactly this hash; a missing file is an old one. */
export function stampMatches(file, hash) {
  try {
    return readFileSync(file, 'utf8').trim() === hash
  } catch {
    return false
  }
}

/** Written last, so that a step that was broken off is done again. */
export function writeStamp(file, hash) {
  writeFileSync(file, `${hash}\n`)
}

function filesIn(path) {
  if (!statSync(path).isDirectory()) return [path]
  return readdirSync(path).flatMap((name) => filesIn(join(path, name)))
}
