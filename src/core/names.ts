import type { PersonId } from './ids.ts'
import type { Kind } from './kinds.ts'

/** Names on the wire between bot, workers and Temporal. Histories hold them: after a release they do not change. */
export const workflowType = { exception: 'exception', followUp: 'followUp', fraud: 'fraud' } as const

/** The one search attribute: the id that people read. */
export const searchAttribute = 'HallpassId'

/** Which world a program belongs to; each has its own queues and its own mark in the database. */
export type Installation = 'production' | 'sandbox'

/** The queues of one installation. Calls to the provider have their own, whose rate the server limits for all workers. */
export function taskQueues(installation: Installation): TaskQueues {
  return queuesBeside(installation === 'production' ? 'hallpass' : 'hallpass-sandbox')
}

/** All queues of an installation, by the name of the main one. */
export function queuesBeside(main: string): TaskQueues {
  return { main, provider: `${main}-provider`, watch: `${main}-watch` }
}

type TaskQueues = { readonly main: string; readonly provider: string; readonly watch: string }

/** The workflow id of the one live exception of this kind that a person can have. */
export function exceptionWorkflowId(kind: Kind, subject: PersonId): string {
  return `${kind}/${subject}`
}

/** The workflow id of a person's one follow-up. */
export function followUpWorkflowId(subject: PersonId): string {
  return `follow-up/${subject}`
}

/** The workflow id of the one open case about a person. */
export function fraudWorkflowId(subject: PersonId): string {
  return `fraud/${subject}`
}
