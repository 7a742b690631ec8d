import { describe, expect, it } from 'vitest'
import { admission, ruleFor } from '../../../src/core/exception/admission.ts'
import { kindSaid, practiceNamed, ruledKinds, type Kind } from '../../../src/core/kinds.ts'
import { targetOf } from '../../../src/core/local/target.ts'
import { admissible, allowing, body, bypassing, dana, pinnedPolicy } from './given.ts'

const drill = body({ kind: 'drill', provider: 'drill', duration: 300 })
const terms = { enabled: true, shortest: 10, longest: 86_400, step: 1 }

describe('a drill', () => {
  it('goes by the rule of a pass, and opens nothing', () => {
    const plan = admission(admissible({ request: drill, terms }))
    expect(plan.ok && plan.value).toMatchObject({
      rule: allowing.name,
      duration: 300,
      needed: 1,
      opens: { name: '', form: 'nothing' },
      revokeSessions: false,
    })
  })

  it('goes by no rule of a bypass', () => {
    const asked = { request: drill, requesterIn: ['helpdesk'], subjectPrivileged: false }
    expect(ruleFor(pinnedPolicy([bypassing]).policy, asked)).toBeUndefined()
  })

  it.each([
    ['the provider of passes', body({ ...drill, provider: 'entra' }), 'unverified'],
    ['the provider of bypasses', body({ ...drill, provider: 'local' }), 'unverified'],
    ['an application', body({ ...drill, application: 'vpn' }), 'unknown-application'],
  ])('with %s is refused', (_, request, code) => {
    expect(admission(admissible({ request, terms }))).toMatchObject({ ok: false, reason: { code } })
  })

  it('is for an application that no policy can name', () => {
    const target = targetOf(pinnedPolicy([allowing]).policy, drill, dana)
    expect(target.ok && target.value?.application).not.toMatch(/^[a-z][a-z0-9-]{0,39}$/)
    expect(target).toMatchObject({ ok: true, value: { form: 'code', userName: dana.id } })
  })
})

describe('what somebody means', () => {
  it.each<readonly [Kind, string, Kind, string]>([
    ['tap', '@dana 1h lost', 'tap', '@dana 1h lost'],
    ['tap', 'drill @dana 5m we practise', 'drill', '@dana 5m we practise'],
    ['tap', '  Drill  help', 'drill', 'help'],
    ['tap', 'drill', 'drill', ''],
    ['tap', 'drilling @dana 1h', 'tap', 'drilling @dana 1h'],
    ['bypass', 'drill @dana 5m', 'bypass', 'drill @dana 5m'],
  ])('after the command of a %s, %s is a %s', (command, typed, kind, text) => {
    expect(kindSaid(command, typed)).toEqual({ kind, text })
  })
})

describe('a request for something real that speaks of a drill', () => {
  it.each([
    ['drill', true],
    ['This is a DRILL: the code opens nothing', true],
    ['"drill" we practise', true],
    ['fire-drill, phone left inside', true],
    ['\uFF24\uFF52\uFF49\uFF4C\uFF4C, in wide letters', true],
    ['drilled a hole into the phone', false],
    ['lost her phone', false],
    ['', false],
  ])('is known by the word alone: %s', (reason, names) => {
    for (const kind of ruledKinds) expect(practiceNamed(kind, reason)).toBe(names ? 'drill' : undefined)
    expect(practiceNamed('drill', reason)).toBeUndefined()
  })
})
