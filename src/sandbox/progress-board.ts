import type { Progress } from './page-api.ts'

type Step = Progress['steps'][number]

export type ProgressBoard = {
  readonly current: () => Progress
  readonly inStory: (story: string) => void
  readonly set: (name: string, state: Step['state'], detail: string) => void
}

/** What the page shows while the parts start: ready as soon as every step has been done once. */
export function createProgressBoard(names: readonly string[], changed: () => void): ProgressBoard {
  let steps: readonly Step[] = names.map((name) => ({ name, state: 'waiting', detail: '' }))
  let ready = false
  let story = ''
  return {
    current: () => ({ ready, story, steps }),
    inStory: (now) => void (story = now),
    set(name, state, detail) {
      steps = steps.map((step) => (step.name === name ? { name, state, detail } : step))
      // Once people are at work the page stays: what fails later is said beside it.
      ready ||= steps.every((step) => step.state === 'done')
      changed()
    },
  }
}
