import { join } from 'node:path'
import { hashOf, stampMatches, writeStamp } from './stamp.mjs'

/** True when dist/ was built from exactly these sources and packages. */
export function buildIsCurrent(root) {
  return stampMatches(stampFile(root), buildHash(root))
}

/** Marks dist/ as complete; the last step of a build. */
export function stampBuild(root, hash) {
  writeStamp(stampFile(root), hash)
}

/** What a build depends on, taken before it starts: a file saved meanwhile makes the build an old one. */
export function buildHash(root) {
  return hashOf(root, ['src', 'tsconfig.json', 'package-lock.json', 'scripts/build.mjs'])
}

function stampFile(root) {
  return join(root, 'dist', '.stamp')
}
