import { describe, expect, it } from 'vitest'
import type { Modal } from '../../../src/core/card/card.ts'
import { agreeForm, closeForm, reportForm } from '../../../src/core/card/case-forms.ts'
import { caseOutcomes, whatHappened } from '../../../src/core/fraud/statement.ts'
import { caseId } from '../fraud/given.ts'
import { caseIn, linesOf } from './case-states.ts'

const read = ({ title, submit, blocks }: Modal): string =>
  [title.text, submit?.text, ...linesOf({ text: '', blocks }).slice(1)].join('\n')

/** The fields of a form: where they are found, whether they may stay empty, and what can be chosen. */
const fieldsOf = ({ blocks }: Modal): readonly (readonly unknown[])[] =>
  blocks.flatMap((block) => {
    if (block.type !== 'input') return []
    const { element } = block
    const options = 'options' in element ? (element.options ?? []).map(({ value }) => value) : []
    const chosen = Object.keys(element).filter((key) => key.startsWith('initial'))
    return [
      [
        block.block_id,
        'action_id' in element ? element.action_id : '',
        block.optional === true,
        ...options,
        ...chosen,
      ],
    ]
  })

describe('the form that reports fraud', () => {
  it('asks for one thing only, and nothing is chosen beforehand', () => {
    expect(fieldsOf(reportForm({}))).toEqual([
      ['subject', 'subject-user', true],
      ['what', 'what-choice', false, ...whatHappened],
      ['when', 'when-text', true],
      ['application', 'application-text', true],
      ['words', 'words-text', true],
    ])
  })

  it('keeps what was typed', () => {
    expect(JSON.stringify(reportForm({ words: 'A caller' }).blocks)).toContain('"initial_value":"A caller"')
  })

  it('reads', () => {
    expect(read(reportForm({}))).toMatchInlineSnapshot(`
      "Report fraud
      Report
      About whom?
      Choose a person
      Leave it empty when it is about yourself.
      What happened?
      Choose what fits best
      A sign-in or a prompt that the person did not start
      A message, code or pass that the person did not ask for
      A code or password was given to somebody
      A caller who was not who they said they are
      Something else
      When?
      This morning, about nine
      Where did somebody want to sign in?
      Outlook
      In your words
      Somebody called and wanted me to read out a code
      *Report* acts at once and can’t be taken back here: what Hallpass opened is ended, security is told, and the account may be blocked until security has called back. Type no code and no password."
    `)
  })
})

describe('the form that closes a case', () => {
  it('carries the id of the case alone', () => {
    const { callback_id, private_metadata } = closeForm(caseIn('taken'))
    expect([callback_id, private_metadata]).toEqual(['close-form', caseId])
  })

  it('asks how it ends, why, and whether the way back in is safe where there is one', () => {
    const safe = ['password-reset', 'methods-reviewed']
    const common = [
      ['outcome', 'outcome-choice', false, ...caseOutcomes],
      ['reason', 'reason-text', false],
    ]
    expect(fieldsOf(closeForm(caseIn('taken')))).toEqual([
      ...common,
      ['made-safe', 'made-safe-choices', false, ...safe],
    ])
    expect(fieldsOf(closeForm(caseIn('by somebody')))).toEqual([
      ...common,
      ['made-safe', 'made-safe-choices', true, ...safe],
    ])
  })

  it('keeps what was typed', () => {
    const { blocks } = closeForm(caseIn('taken'), { outcome: 'test', reason: 'A drill' })
    expect(JSON.stringify(blocks)).toContain('"initial_value":"A drill"')
    expect(JSON.stringify(blocks)).toMatch(/"initial_option":\{[^}]*\},"value":"test"/)
  })

  it('says what closing does', () => {
    expect(read(closeForm(caseIn('taken')))).toMatchInlineSnapshot(`
      "Close the case
      Close
      The account of Dana Cruz is given back as soon as a second person of security agrees.
      How does it end?
      Choose one
      False alarm
      Confirmed fraud
      A test
      Why?
      Called back: the sign-in came from the new laptop
      Is the way back in safe?
      A new password was asked for
      The sign-in methods were gone through with the person
      Both are needed before an account is given back.
      FRD-BME7-N42F"
    `)
    expect(read(closeForm(caseIn('by somebody')))).toContain('so this closes the case at once')
  })
})

describe('what a second person agrees to', () => {
  it('is shown exactly, and named by its signature', () => {
    const form = agreeForm(caseIn('close asked'))
    expect(form && read(form)).toMatchInlineSnapshot(`
      "Give the account back
      Agree to unblock
      *Sam Reed asked at 13:25 UTC to close it: false alarm.* Sam Reed says that a new password was asked for, and that the sign-in methods were gone through.
      Reason: “Somebody called and wanted a code”
      When you agree, this is taken back for Dana Cruz: refusal at Hallpass’s own checks, account block. New passes and bypasses can be asked for again, and the case is closed.
      Agree only if you made sure yourself, not because Sam Reed says so.
      FRD-BME7-N42F"
    `)
    expect(form?.callback_id).toBe('agree-form')
    expect(JSON.parse(form?.private_metadata ?? '')).toEqual({ caseId, close: 'signature' })
  })

  it('is nothing where nobody asked', () => {
    expect(agreeForm(caseIn('taken'))).toBeUndefined()
  })
})
