import type { Life } from './life.ts'

/** Takes the code off the screen beside everything else; closing the view by hand does the same. */
export function hideNow(life: Life): void {
  const view = life.openView
  if (view === undefined) return
  life.openView = undefined
  life.activities.hideCode(view, life.request.statement.exceptionId).catch(() => undefined)
}
