import type { ActionInput, Answer, CloseInput, CommandInput, SubmitInput, Workspace } from '../page-api.ts'
import { act } from './act.ts'
import type { Parts } from './parts.ts'
import { say } from './say.ts'
import type { SeedMember } from './seed.ts'
import { refused, type Send } from './send.ts'
import { close, submit } from './submit.ts'
import { workspaceOf } from './workspace-view.ts'

/** What the people of the workspace can do; each answers what Slack itself would show them. */
export type People = {
  /** The workspace as this person sees it. Throws for an id that is no account. */
  readonly workspaceOf: (user: string) => Workspace
  readonly command: (user: string, input: CommandInput) => Promise<Answer>
  readonly action: (user: string, input: ActionInput) => Promise<Answer>
  readonly submit: (user: string, input: SubmitInput) => Promise<Answer>
  readonly close: (user: string, input: CloseInput) => Promise<Answer>
  /** The person reloads Slack: ephemeral messages and open views are gone, and the app is not told. */
  readonly reload: (user: string) => void
}

/** Lets the people of the roster act; deactivated accounts, bots and strangers to the workspace cannot. */
export const createPeople = (parts: Parts, send: Send): People => {
  const acting =
    <Input>(does: (parts: Parts, send: Send, person: SeedMember, input: Input) => Promise<Answer>) =>
    async (user: string, input: Input): Promise<Answer> => {
      const person = parts.roster.member(user)
      if (person === undefined || person.kind === 'bot') return refused('There is no such account.')
      if (person.kind === 'deactivated') return refused('This account is deactivated.')
      return does(parts, send, person, input)
    }
  return {
    workspaceOf: (user) => workspaceOf(parts, user),
    command: acting(say),
    action: acting(act),
    submit: acting(submit),
    close: acting(close),
    reload: (user) => {
      parts.whispers.forget(user)
      parts.modals.clear(user)
    },
  }
}
