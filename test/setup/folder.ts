import { chmodSync, mkdtempSync } from 'node:fs'
import { join } from 'node:path'
import { inject } from 'vitest'

/** A new empty folder that any user may pass through; it is gone when the run has ended. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(inject('folder'), 'test-'))
  chmodSync(folder, 0o711)
  return folder
}
