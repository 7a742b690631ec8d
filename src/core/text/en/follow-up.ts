import type { Done } from '../../follow-up/fact.ts'
import type { Method } from '../../ports.ts'
import { dayAndTime } from '../clock.ts'
import { link, say, type Markup } from '../markup.ts'
import { methodNames } from './story.ts'

/** Reminders and what ends them. */
export const followUpText = {
  noMethod: (subject: string): Markup =>
    say`*${subject}, you still have no new sign-in method.* The next time MFA is asked, you will be stuck. It takes 3 minutes.`,
  noMethodPush: (): Markup => say`You still have no new sign-in method. Set one up; it takes 3 minutes.`,
  listed: (methods: readonly Method[]): Markup =>
    methods.length === 1
      ? say`*${methodNames(methods)}* is still listed. Remove it if that phone is lost.`
      : say`Still listed: *${methodNames(methods)}*. Remove what is lost.`,
  byMyself: (number: number, of: number): Markup =>
    say`I check by myself; no need to reply. Reminder ${number} of ${of}.`,
  thenHelp: (): Markup => say`After the last one, the person who asked for this will be asked to help.`,
  phoneBack: (subject: string): Markup =>
    say`*${subject}, is your phone back?* Press *Yes, it is back* as soon as it is. Is it lost? Call the helpdesk.`,
  askedOnce: (until: number): Markup =>
    say`I ask only once. Without an answer by ${dayAndTime(until)}, the person who asked for this is asked to call you.`,
  phoneBackPush: (): Markup => say`Is your phone back? Answer in Slack.`,
  manage: (securityInfo: string): Markup =>
    say`Your sign-in methods are on ${link(securityInfo, 'this page')}.`,
  evidence: {
    subject: (methods: readonly Method[]): Markup =>
      say`*A new sign-in method was added to your account:* ${methodNames(methods)}. You are done.`,
    manager: (subject: string, methods: readonly Method[]): Markup =>
      say`*A new sign-in method was added to the account of ${subject}:* ${methodNames(methods)}. You manage ${subject}, so you hear of it.`,
  },
  evidenceNotMe: {
    subject: (): Markup => say`Did you not add it? *Not me* tells security at once.`,
    manager: (subject: string): Markup =>
      say`Does it surprise you? Call ${subject}, and security if ${subject} did not add it.`,
  },
  evidencePush: {
    subject: (): Markup => say`A new sign-in method was added to your account. Not you? Stop it in Slack.`,
    manager: (subject: string): Markup => say`A new sign-in method was added to the account of ${subject}.`,
  },
  closed: {
    evidence: (subject: string): Markup =>
      say`*${subject} has a new sign-in method.* It is over; nothing left to do for you.`,
    'phone-back': (subject: string): Markup =>
      say`*${subject} has the phone back.* It is over; nothing left to do for you.`,
  },
  done: (done: Done): Markup =>
    done.type === 'evidence-seen'
      ? say`*Done:* a new sign-in method was added, ${methodNames(done.methods)}.`
      : say`*Done:* your phone is back.`,
  doneSince: (done: Done): Markup =>
    done.type === 'evidence-seen'
      ? say`Since ${dayAndTime(done.at)} there is a new sign-in method: ${methodNames(done.methods)}.`
      : say`Since ${dayAndTime(done.at)} the phone is back.`,
  overSince: (subject: string, done: Done): Markup =>
    done.type === 'evidence-seen'
      ? say`The follow-up ended at ${dayAndTime(done.at)}: ${subject} has a new sign-in method.`
      : say`The follow-up ended at ${dayAndTime(done.at)}: ${subject} has the phone back.`,
  escalated: (subject: string, reminders: number): Markup =>
    say`*${subject} still has no new sign-in method, after ${reminders} reminders.* The next time MFA is asked, ${subject} will be stuck.`,
  escalatedPhone: (subject: string): Markup =>
    say`*${subject} was asked whether the phone is back, and has not answered.* Please call ${subject}. Is it back? Then ${subject} presses *Yes, it is back*. Is it lost? Then ask again with that reason.`,
  begunAnew: (subject: string): Markup =>
    say`${subject} was let in once more, so this begins anew. You hear of it if help is needed.`,
  escalatedNext: (subject: string, securityInfo: string): Markup =>
    say`Please call ${subject} and add one together, on ${link(securityInfo, 'the security info page')}. I keep checking.`,
} as const
