import { expect, it } from 'vitest'
import type { Policy } from '../../../src/core/policy/policy.ts'
import { switchedOff } from '../../../src/core/system/switched-off.ts'

const everyStep = ['exceptions', 'passes', 'checks', 'block', 'sessions', 'risk'] as const

/** With everything that can be switched on. */
const full: Policy = {
  directory: 'entra',
  people: {},
  channels: { approvals: 'C1', security: 'C2' },
  applications: {
    vpn: { name: 'VPN', form: 'code', clock: 'claim', userName: 'upn' },
    portal: { name: 'Portal', form: 'let-in', clock: 'claim', userName: 'upn' },
  },
  checks: {},
  defaults: {
    duration: 3600,
    answerWithin: 900,
    ping: { every: 300, backoff: 2 },
    claimWithin: 1800,
    delivery: { how: 'message', visible: 180 },
    reason: { atLeast: 10 },
    ticket: { pattern: '^INC', required: true },
    followUp: { remind: [0] },
    watch: { first: 10, longest: 120 },
    revokeSessionsOnRevoke: true,
  },
  fraud: {
    atOnce: { subject: everyStep, helpdesk: everyStep, security: everyStep, somebody: [] },
    blocksPerHour: 3,
    takeWithin: 600,
    blockedFor: 3600,
    neverBlock: 'security',
    phone: '+41 44 555 01 00',
    code: '911911',
    keys: { 'sam@example.com': 'key' },
  },
  rules: [],
}
const { defaults, fraud, applications } = full
const { vpn } = applications
const { code: _code, phone: _phone, neverBlock: _set, keys: _keys, ...bare } = fraud

it('is nothing where the policy says everything', () => {
  expect(switchedOff(full, true)).toEqual([])
  expect(switchedOff(full, undefined)).toEqual([])
})

it.each<readonly [string, Policy, readonly string[]]>([
  ['no application', { ...full, applications: {} }, ['bypasses', 'let-in']],
  ['no let-in', { ...full, applications: { ...(vpn && { vpn }) } }, ['let-in']],
  [
    'codes in windows, no sign-out, no ticket',
    {
      ...full,
      defaults: {
        ...defaults,
        delivery: { how: 'reveal', visible: 180 },
        revokeSessionsOnRevoke: false,
        ticket: { pattern: '^INC', required: false },
      },
    },
    ['message', 'sign-out', 'ticket'],
  ],
  [
    'no block for the helpdesk',
    { ...full, fraud: { ...fraud, atOnce: { ...fraud.atOnce, helpdesk: ['exceptions'] } } },
    ['block-at-once'],
  ],
  ['a bare case', { ...full, fraud: bare }, ['never-block', 'fraud-code', 'personal-keys', 'phone']],
])('is named: %s', (_, policy, off) => {
  expect(switchedOff(policy, true)).toEqual(off)
})

it('is the risk engine, where it may not be asked', () => {
  expect(switchedOff(full, false)).toEqual(['risk-detections'])
})
