import type { Case } from '../../fraud/state.ts'
import { joined, say, type Markup } from '../markup.ts'
import { caseCardText, stepNouns } from './cases.ts'

type Asked = NonNullable<Case['closing']>

/** The windows about a case. Slack allows 24 characters for titles and for what sends a form. */
export const caseFormText = {
  titles: { report: 'Report fraud', closeCase: 'Close the case', agreeUnblock: 'Give the account back' },
  submit: { report: 'Report', closeCase: 'Close', agreeUnblock: 'Agree to unblock' },
  subject: {
    label: 'About whom?',
    placeholder: 'Choose a person',
    hint: 'Leave it empty when it is about yourself.',
  },
  what: { label: 'What happened?', placeholder: 'Choose what fits best' },
  when: { label: 'When?', placeholder: 'This morning, about nine' },
  application: { label: 'Where did somebody want to sign in?', placeholder: 'Outlook' },
  words: { label: 'In your words', placeholder: 'Somebody called and wanted me to read out a code' },
  reportActs: (): Markup =>
    say`*Report* acts at once and can’t be taken back here: what Hallpass opened is ended, security is told, and the account may be blocked until security has called back. Type no code and no password.`,
  closeSummary: (subject: string, isBlocked: boolean): Markup =>
    isBlocked
      ? say`The account of ${subject} is given back as soon as a second person of security agrees.`
      : say`Nothing has to be given back to ${subject}, so this closes the case at once.`,
  outcome: { label: 'How does it end?', placeholder: 'Choose one' },
  outcomes: {
    'false-alarm': 'False alarm',
    confirmed: 'Confirmed fraud',
    test: 'A test',
  },
  reason: { label: 'Why?', placeholder: 'Called back: the sign-in came from the new laptop' },
  madeSafe: {
    label: 'Is the way back in safe?',
    hint: 'Both are needed before an account is given back.',
  },
  passwordReset: 'A new password was asked for',
  methodsReviewed: 'The sign-in methods were gone through with the person',
  agreeTo: (asked: Asked, since: number): Markup =>
    joined(' ', caseCardText.closing(asked, since), caseCardText.madeSafe(asked.name)),
  agreeGives: (subject: string, steps: Parameters<typeof stepNouns>[0]): Markup =>
    say`When you agree, this is taken back for ${subject}: ${stepNouns(steps)}. New passes and bypasses can be asked for again, and the case is closed.`,
  agreeOnlyIf: (name: string): Markup =>
    say`Agree only if you made sure yourself, not because ${name} says so.`,
} as const
