import type { Policy } from '../policy/policy.ts'

/** What is done at once when somebody reports fraud. Each is done by itself, and for as long as it takes. */
export const steps = ['exceptions', 'passes', 'checks', 'block', 'sessions', 'risk'] as const
export type Step = (typeof steps)[number]

/** Those that end what Hallpass itself made possible: nobody has to be asked, and nobody is locked out by them. */
export const always: readonly Step[] = ['exceptions', 'passes']

/** Those that lock the person out: two people of security give back what they took. */
export const lockouts: readonly Step[] = ['checks', 'block']

/** What whoever reports is to the person whom the report is about. */
export type Reporter = 'subject' | 'helpdesk' | 'security' | 'somebody'

/** Why what the policy wants done at once waits for security. */
export type Withheld = 'protected' | 'unreadable' | 'too-many'

/** What was fixed for a case when it was opened. Times in seconds. */
export type CasePlan = {
  readonly steps: readonly Step[]
  readonly withheld?: { readonly because: Withheld; readonly steps: readonly Step[] }
  /** Whether new requests for this person are refused while the case is open, or need one more approver for a time. */
  readonly requests: 'refused' | 'one-more'
  readonly takeWithin: number
  readonly raisedEvery: number
  readonly channel: string
  readonly escalateTo?: string
  readonly phone?: string
}

/** What is known when a case is opened. */
export type CaseEvidence = {
  readonly policy: Policy
  readonly reporter: Reporter
  /** Enabled, and not a guest: others are heard, and block nobody. */
  readonly reporterActive: boolean
  /** Accounts that nothing may lock out by itself: break-glass accounts, and the last two of security. */
  readonly subjectProtected: boolean | 'unreadable'
  /** Accounts that this reporter's word has blocked within the last hour, other than their own. */
  readonly recentBlocks: number
}

/** Decides what is done without approval. A report about oneself counts most; one about somebody else is no weapon. */
export function casePlan(evidence: CaseEvidence): CasePlan {
  const { policy, reporter } = evidence
  const { fraud, channels } = policy
  const wanted = evidence.reporterActive ? fraud.atOnce[reporter] : []
  const because = whyWithheld(evidence)
  const withheld = because !== undefined && wanted.length > 0 ? { because, steps: wanted } : undefined
  return {
    steps: withheld === undefined ? [...always, ...wanted] : always,
    ...(withheld && { withheld }),
    requests: isHeeded(evidence) ? 'refused' : 'one-more',
    takeWithin: fraud.takeWithin,
    raisedEvery: fraud.blockedFor,
    channel: channels.security,
    ...(fraud.escalateTo !== undefined && { escalateTo: fraud.escalateTo }),
    ...(fraud.phone !== undefined && { phone: fraud.phone }),
  }
}

/** Whose word keeps anything new from the person; one's own word does always. */
function isHeeded({ reporter, reporterActive }: CaseEvidence): boolean {
  return reporter === 'subject' || (reporterActive && reporter !== 'somebody')
}

function whyWithheld({
  policy,
  reporter,
  subjectProtected,
  recentBlocks,
}: CaseEvidence): Withheld | undefined {
  if (subjectProtected !== false) return subjectProtected === true ? 'protected' : subjectProtected
  return reporter !== 'subject' && recentBlocks >= policy.fraud.blocksPerHour ? 'too-many' : undefined
}
