import type { Answers } from './questions.ts'

/** A policy to begin with: strict, complete, and with a word on everything that somebody will want to change. */
export function policyTemplate({
  approvals,
  securityChannel,
  helpdesk,
  security,
}: Pick<Answers, 'approvals' | 'securityChannel' | 'helpdesk' | 'security'>): string {
  return `# Who may ask for an exception, who approves it, and what follows. An unknown word is an error with its line.
version: 1

directory: entra

# Names that the rules use. Members are read at each click. Best is an object id of a role-assignable group:
# otherwise whoever manages groups can put themselves among these.
people:
  helpdesk: { directoryGroup: ${quoted(helpdesk)} }
  # Reads and ends everything; two people of it close a case of fraud.
  security: { directoryGroup: ${quoted(security)} }

# Ids, not names. Channels of your company alone, with Hallpass invited to both.
channels:
  approvals: ${approvals}
  security: ${securityChannel}

${unasked}`
}

/** Any name as YAML reads it back. */
function quoted(text: string): string {
  return JSON.stringify(text)
}

const unasked = `# What a bypass opens, and who may ask whether somebody is let in: docs/freeradius.md.
# applications:
#   vpn: { name: VPN, userName: localpart, domain: example.com }
# checks:
#   vpn-gateway: { application: vpn, from: [192.0.2.10] }

defaults:
  # Where a request names no time. It must lie within the tenant's own limits for passes.
  duration: 1h
  answerWithin: 15m
  ping: { every: 5m, backoff: 2 }
  # So long the code waits to be shown, once it is approved.
  claimWithin: 30m
  # reveal: in a window. message: in the conversation, for people who lose windows; docs/serve.md says what that means.
  delivery: { how: reveal, visible: 3m }
  reason: { atLeast: 10 }
  ticket: { pattern: '^(INC|REQ)[0-9]+$', required: false }
  # After the end: has the person registered a method again?
  followUp: { remind: [0m, 1h, 24h, 72h] }
  # A pass that is taken back early signs the person out as well.
  revokeSessionsOnRevoke: true

fraud:
  # Security has to take a case within this; then it is told again.
  takeWithin: 10m
  # phone: '+41 44 555 01 00'

# In order; the first that fits decides. What none fits is refused.
rules:
  - name: Administrators recover with their keys
    when: { subject: { privileged: true } }
    refuse: Administrators use their own recovery keys. Call security.

  - name: A pass for a colleague
    when: { kind: tap, requester: helpdesk }
    longest: 8h
    approve:
      # The person's manager, or anybody of security; never who asked, and never whom it is for.
      - { by: [manager, security], count: 1, within: 15m }
`
