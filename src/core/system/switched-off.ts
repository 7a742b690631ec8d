import type { Policy } from '../policy/policy.ts'

/** What an installation can do without, in the order in which it is listed. */
export const switches = [
  'bypasses',
  'let-in',
  'message',
  'sign-out',
  'ticket',
  'block-at-once',
  'never-block',
  'fraud-code',
  'risk-detections',
  'personal-keys',
  'phone',
] as const
export type SwitchedOff = (typeof switches)[number]

/** What this policy leaves out. `riskDetections`: whether the provider's risk engine may be asked, if that is known. */
export function switchedOff(policy: Policy, riskDetections: boolean | undefined): readonly SwitchedOff[] {
  const { defaults, fraud } = policy
  const forms = Object.values(policy.applications).map(({ form }) => form)
  const blocks = (['subject', 'helpdesk', 'security'] as const).map((by) => fraud.atOnce[by])
  const isOn: Readonly<Record<SwitchedOff, boolean>> = {
    bypasses: forms.length > 0,
    'let-in': forms.includes('let-in'),
    message: defaults.delivery.how === 'message',
    'sign-out': defaults.revokeSessionsOnRevoke,
    ticket: defaults.ticket.required,
    'block-at-once': blocks.every((steps) => steps.includes('block')),
    'never-block': fraud.neverBlock !== undefined,
    'fraud-code': fraud.code !== undefined,
    'risk-detections': riskDetections ?? true,
    'personal-keys': Object.keys(fraud.keys ?? {}).length > 0,
    phone: fraud.phone !== undefined,
  }
  return switches.filter((name) => !isOn[name])
}
