/** A policy with everything that can be said in one, and comments. */
export const samplePolicy = `# who may ask, and who approves
version: 1

directory: entra

people:
  helpdesk:  { directoryGroup: Helpdesk }    # by name
  security:  { directoryGroup: 6f1c2b1e-0000-4000-8000-000000000001 }
  partners:  { named: [ava@example.com, ben@example.com] }

channels:
  approvals: C0APPROVALS
  security:  C0SECURITY

defaults:
  duration: 1h
  answerWithin: 15m
  ping: { every: 5m, backoff: 2 }
  claimWithin: 30m
  delivery: { how: reveal, visible: 3m }
  reason: { atLeast: 10 }
  ticket: { pattern: "^(INC|REQ)[0-9]+$", required: false }
  followUp:
    remind: [0m, 1h, 24h, 72h]
  watch: { first: 10s, longest: 2m }
  revokeSessionsOnRevoke: true

rules:
  - name: Administrators recover with their keys
    when: { subject: { privileged: true } }
    refuse: Administrators use their own recovery keys. Call security.

  - name: A pass for a colleague
    when: { kind: tap, requester: helpdesk }
    longest: 8h
    approve:
      - { by: [manager, partners], count: 1, within: 15m }
`

/** The sample with one piece exchanged; the piece must be there. */
export function sampleWith(piece: string, instead: string): string {
  if (!samplePolicy.includes(piece)) throw new Error(`The sample does not contain ${piece}`)
  return samplePolicy.replace(piece, () => instead)
}
