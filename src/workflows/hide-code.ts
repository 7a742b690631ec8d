import type { Life } from './life.ts'

/** Takes the code off the screen beside everything else; closing the view by hand does the same. */
export function hideNow(life: Life): void {
  const view = life.openView
  const state = life.state()
  if (view === undefined || state.status === 'new') return
  life.openView = undefined
  life.activities.hideCode(view, state).catch(() => undefined)
}
