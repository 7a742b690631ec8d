import type { InputBlock } from '@slack/types'
import { describe, expect, it } from 'vitest'
import type { Modal } from '../../../src/core/card/card.ts'
import { approveForm, denyForm, revokeForm } from '../../../src/core/card/decision-forms.ts'
import { approveFields, reasonFields, requestFields } from '../../../src/core/card/form-fields.ts'
import {
  draftProblemsByField,
  offeredDurations,
  requestForm,
  type RequestFormState,
} from '../../../src/core/card/request-form.ts'
import { modalProblems, readIn } from './block-rules.ts'
import { active, approved, exceptionId, waiting } from './states.ts'

const empty: RequestFormState = {
  kind: 'tap',
  applications: [],
  draft: {},
  problems: {},
  terms: { shortest: 600, longest: 28_800, step: 60 },
  ticketRequired: false,
}

function inputs(modal: Modal): readonly InputBlock[] {
  return modal.blocks.filter((block) => block.type === 'input')
}

function input(modal: Modal, block: string): InputBlock['element'] {
  const found = inputs(modal).find(({ block_id: id }) => id === block)
  if (found === undefined) throw new Error(`There is no ${block}.`)
  return found.element
}

const optional = (form: Modal): readonly unknown[] =>
  inputs(form).flatMap((block) => (block.optional === true ? [block.block_id] : []))

describe('the form that asks for a pass', () => {
  it('asks for all that is needed, under the names that the answers are read by', () => {
    const fields = Object.values(requestFields)
    const vpn = { ...empty, applications: [{ name: 'vpn', label: 'VPN' }] }
    const places = inputs(requestForm(vpn)).map((block) => [block.block_id, block.element.action_id])
    expect(places).toEqual(fields.map(({ block, action }) => [block, action]))
  })

  it('is filled in as far as the command was understood', () => {
    const form = requestForm({
      ...empty,
      draft: { subject: 'U0DANA', duration: 5400, category: 'lost', ticket: 'INC1', reason: 'lost it' },
    })
    expect(input(form, 'subject')).toMatchObject({ initial_user: 'U0DANA' })
    expect(input(form, 'duration')).toMatchObject({
      initial_option: { value: '5400', text: { text: '1 hour 30 minutes' } },
    })
    expect(input(form, 'category')).toMatchObject({ initial_option: { value: 'lost' } })
    expect(input(form, 'ticket')).toMatchObject({ initial_value: 'INC1' })
    expect(input(form, 'reason')).toMatchObject({ initial_value: 'lost it' })
  })

  it('chooses nothing that nobody said', () => {
    const form = requestForm(empty)
    for (const block of inputs(form)) expect(JSON.stringify(block)).not.toContain('initial_')
  })

  it('asks for the application only where there is one to choose', () => {
    expect(inputs(requestForm(empty)).map((block) => block.block_id)).not.toContain('application')
    const form = requestForm({
      ...empty,
      kind: 'bypass',
      applications: [
        { name: 'vpn', label: 'VPN' },
        { name: 'mail', label: 'Web mail' },
      ],
      draft: { application: 'mail' },
      problems: draftProblemsByField(['no-application']),
    })
    expect(input(form, 'application')).toMatchObject({
      initial_option: { value: 'mail', text: { text: 'Web mail' } },
    })
    expect(readIn(form.blocks)).toContain('Choose what it is for.')
    expect(form.title.text).toBe('A one-time bypass')
    expect(form.private_metadata).toBe('bypass')
  })

  it('says how long a reason has to be, where that is known', () => {
    expect(JSON.stringify(requestForm({ ...empty, reasonAtLeast: 10 }))).toContain('At least 10 characters.')
    expect(JSON.stringify(requestForm(empty))).not.toContain('At least')
  })

  it('says a problem at its field', () => {
    const form = requestForm({ ...empty, problems: { duration: 'That is not a time.' } })
    const at = form.blocks.findIndex((block) => block.block_id === 'duration')
    expect(form.blocks[at + 1]).toMatchObject({
      type: 'context',
      elements: [{ text: 'Please check: That is not a time.' }],
    })
  })

  it('keeps a long reason as far as Slack takes it back', () => {
    const form = requestForm({ ...empty, draft: { reason: '👩'.repeat(2000), ticket: 'x'.repeat(400) } })
    expect(modalProblems(form)).toEqual([])
    expect(input(form, 'reason')).toMatchObject({ initial_value: `${'👩'.repeat(249)}…`, max_length: 500 })
  })

  it('needs a ticket only where the policy does', () => {
    expect(optional(requestForm(empty))).toEqual(['ticket'])
    expect(optional(requestForm({ ...empty, ticketRequired: true }))).toEqual([])
  })
})

const offered = (more: Partial<RequestFormState>): readonly number[] =>
  offeredDurations({ ...empty, ...more })

describe('the times that are offered', () => {
  it.each([
    ['all usual ones within the provider’s range', {}, [900, 1800, 3600, 7200, 14_400, 28_800]],
    ['no longer ones than the policy allows', { longestByRule: 3600 }, [900, 1800, 3600]],
    [
      'the one that was asked for, in its place',
      { draft: { duration: 5400 } },
      [900, 1800, 3600, 5400, 7200, 14_400, 28_800],
    ],
    [
      'not one that was asked for beyond the range',
      { draft: { duration: 90_000 }, longestByRule: 1800 },
      [900, 1800],
    ],
    ['not one that the provider’s step forbids', { draft: { duration: 901 }, longestByRule: 900 }, [900]],
    ['each once', { draft: { duration: 900 }, longestByRule: 900 }, [900]],
    [
      'minutes for a bypass, and the one that was asked for',
      { kind: 'bypass', terms: { shortest: 10, longest: 86_400, step: 1 }, draft: { duration: 90 } },
      [60, 90, 120, 300, 600],
    ],
    ['the shortest when no usual one fits', { longestByRule: 720 }, [600]],
    ['more time only where it adds some', { longerThan: 3540 }, [3600, 7200, 14_400, 28_800]],
    ['the longest where none adds any yet', { longerThan: 3600, longestByRule: 3600 }, [3600]],
  ] as readonly (readonly [string, Partial<RequestFormState>, readonly number[]])[])(
    'are %s',
    (_, more, seconds) => {
      expect(offered(more)).toEqual(seconds)
    },
  )
})

describe('what was wrong with a command', () => {
  it('is said at the field that asks again, the first problem of each', () => {
    expect(draftProblemsByField(['no-subject', 'two-durations', 'no-reason', 'reason-too-long'])).toEqual({
      subject: 'Choose the person.',
      duration: 'There were two times. Choose one.',
      reason: 'Say what happened.',
    })
  })
})

describe('the forms of a decision', () => {
  it('make an approver say how the caller was checked, with nothing chosen beforehand', () => {
    const form = approveForm(waiting())
    const { block, action } = approveFields.checked
    const element = input(form, block)
    expect(element.action_id).toBe(action)
    expect(element).not.toHaveProperty('initial_option')
    expect(JSON.stringify(element)).toContain('called-back')
    expect(inputs(form)[0]).not.toHaveProperty('optional')
    expect(form.submit?.text).toBe('Approve')
    expect(form.private_metadata).toBe(exceptionId)
  })

  it('ask for a reason to deny and to revoke', () => {
    for (const form of [denyForm(waiting()), revokeForm(active())]) {
      expect(input(form, reasonFields.reason.block).action_id).toBe(reasonFields.reason.action)
      expect(inputs(form)[0]).not.toHaveProperty('optional')
    }
  })

  it('say what ending a pass can’t undo, as soon as a code is out', () => {
    const noSignOut = { ...active(), plan: { ...active().plan, revokeSessions: false } }
    expect(readIn(revokeForm(active()).blocks)).toContain('does not end a session')
    expect(readIn(revokeForm(active()).blocks)).toContain('signed out everywhere')
    expect(readIn(revokeForm(noSignOut).blocks)).toContain('ask security to end the sessions')
    expect(readIn(revokeForm(approved()).blocks)).toContain('Nothing is out')
  })
})
