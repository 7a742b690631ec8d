import { describe, expect, it } from 'vitest'
import type { Card, Modal } from '../../../src/core/card/card.ts'
import { notTakenCard, raisedCard } from '../../../src/core/card/case-alarm.ts'
import { caseCard } from '../../../src/core/card/case.ts'
import { agreeForm, closeForm, reportForm } from '../../../src/core/card/case-forms.ts'
import { caseStatusCard, casesCard } from '../../../src/core/card/case-list.ts'
import { reporterCard, subjectCard, threadLine } from '../../../src/core/card/case-messages.ts'
import type { CaseFact } from '../../../src/core/fraud/fact.ts'
import type { Case } from '../../../src/core/fraud/state.ts'
import { caseDisplayId } from '../../../src/core/ids.ts'
import { caseId } from '../fraud/given.ts'
import { buttonsOf, messageProblems, modalProblems, textsOf } from './block-rules.ts'
import { caseFacts, everyCase, plainCaseWords, stepTaken, type CaseWords } from './case-states.ts'

const nasty = '*bold* _it_ ~no~ `code` <!channel> <@U1> <https://evil.example|ok> & :x: \u202Eevil\n> line'
const words = (value: string): CaseWords => ({
  subject: value,
  reporter: value,
  security: value,
  second: value,
  typed: value,
  method: value,
})

const acting: readonly (readonly [string, CaseWords])[] = [
  ['plain words', plainCaseWords],
  ['markup', words(nasty)],
  ['3000 characters', words('x'.repeat(3000))],
  ['3000 ampersands', words('&'.repeat(3000))],
  ['3000 emoji', words('👩🏽‍💻'.repeat(430))],
  ['nothing that can be seen', words('\u202E \n')],
  ['right to left', words('דנה קרוז')],
]

function factsOf(all: CaseWords): readonly CaseFact[] {
  const { steps, ...others } = caseFacts(all)
  return [
    ...Object.values(others),
    ...steps,
    stepTaken('block', { is: 'impossible', because: 'forbidden' }),
    { ...others.unblocked, result: { is: 'impossible', because: 'forbidden' } },
    { ...others['word-refused'], said: 'close', refusal: { code: 'case-open' } },
  ]
}

function cardsOf(state: Case, all: CaseWords): readonly Card[] {
  const subject = subjectCard(state)
  return [
    caseCard(state),
    caseStatusCard(state),
    ...state.reporters.slice(0, 2).map((reporter) => reporterCard(state, reporter)),
    ...(['subject', 'helpdesk', 'security', 'somebody'] as const).flatMap((as) =>
      state.reporters.slice(0, 1).map((reporter) => reporterCard(state, { ...reporter, as })),
    ),
    ...(subject === undefined ? [] : [subject]),
    ...factsOf(all).flatMap((fact) => threadLine(fact, state) ?? []),
    casesCard([{ caseId, state }]),
    notTakenCard(state),
    raisedCard(state),
  ]
}

function modalsOf(state: Case, all: CaseWords): readonly Modal[] {
  const agree = agreeForm(state)
  return [
    reportForm({}),
    reportForm({ words: all.typed }),
    closeForm(state),
    ...(agree === undefined ? [] : [agree]),
  ]
}

/** What Slack would act on: our own signs must be all there is. */
function signsIn(all: CaseWords): string {
  return everyCase(all)
    .flatMap(([, state]) => [...cardsOf(state, all), ...modalsOf(state, all)])
    .flatMap(({ blocks }) => textsOf(blocks).mrkdwn)
    .join('\n')
    .replaceAll(/<!date\^\d+\^[^|>]*\|[^>]*>/gu, 'D')
    .replaceAll(/[^<>*_~`\n]/gu, '')
}

describe.each(acting)('with %s in everything that people typed', (_, all) => {
  it('every message and every window about a case is within Slack’s limits', () => {
    const problems = everyCase(all).flatMap(([name, state]) => [
      ...cardsOf(state, all).flatMap(({ blocks }) => messageProblems(blocks).map((one) => [name, one])),
      ...modalsOf(state, all).flatMap((modal) => modalProblems(modal).map((one) => [name, one])),
    ])
    expect(problems).toEqual([])
  })

  it('nothing that was typed acts', () => {
    expect(signsIn(all)).toBe(signsIn(plainCaseWords))
  })

  it('what is pushed is a sentence, short, on one line, without markup', () => {
    for (const { text } of everyCase(all).flatMap(([, state]) => cardsOf(state, all))) {
      const read = text.replaceAll(/<!date\^\d+\^[^|>]*\|([^>]*)>/gu, '$1')
      expect(read).toMatch(/[.?!…”]$/u)
      expect(read).not.toMatch(/[<>*_~`\n]/u)
      expect(text.length).toBeLessThanOrEqual(1000)
    }
  })
})

describe('a list of cases', () => {
  it('is within Slack’s limits with more than anybody reads', () => {
    const many = Array.from({ length: 5 }, () => everyCase().map(([, state]) => ({ caseId, state }))).flat()
    const { blocks, text } = casesCard(many)
    expect(messageProblems(blocks)).toEqual([])
    expect(text).toBe('Cases of fraud: 105.')
    expect(textsOf(blocks).mrkdwn.at(-1)).toBe('and 85 more')
  })

  it('says so when it is empty', () => {
    expect(textsOf(casesCard([]).blocks).mrkdwn).toEqual(['Nothing here.'])
  })
})

describe('every message about a case', () => {
  it('mentions nobody: names are names', () => {
    const all = everyCase().flatMap(([, state]) => cardsOf(state, plainCaseWords))
    expect(all.flatMap(({ blocks }) => textsOf(blocks).mrkdwn).join('\n')).not.toMatch(/<[@#]|<!(?!date)/u)
  })

  it('names its case', () => {
    for (const [, state] of everyCase()) {
      const cards = [
        caseCard(state),
        subjectCard(state),
        ...state.reporters.map((one) => reporterCard(state, one)),
      ]
      for (const card of cards.filter((one) => one !== undefined))
        expect(textsOf(card.blocks).mrkdwn.at(-1)).toContain(caseDisplayId(caseId))
    }
  })

  it('has buttons that carry the id of the case and nothing else, and whoever reported can only say something', () => {
    const values = everyCase()
      .flatMap(([, state]) => cardsOf(state, plainCaseWords))
      .flatMap(({ blocks }) => blocks)
      .flatMap((block) => (block.type === 'actions' ? block.elements : []))
      .flatMap((element) => (element.type === 'button' ? [element.value] : []))
    expect(new Set(values)).toEqual(new Set([caseId]))
    const ofReporters = everyCase().flatMap(([, state]) =>
      state.reporters.map((reporter) => buttonsOf(reporterCard(state, reporter).blocks)),
    )
    expect(new Set(ofReporters.flat())).toEqual(new Set(['tell-security']))
    const ofSubjects = everyCase().flatMap(([, state]) => subjectCard(state)?.blocks ?? [])
    expect(buttonsOf(ofSubjects)).toEqual([])
  })

  it('offers security what it can do, state by state', () => {
    expect(
      everyCase().map(([name, state]) => `${name}: ${buttonsOf(caseCard(state).blocks).join(' ')}`),
    ).toEqual([
      'reported: take-case close-case',
      'by the person: take-case close-case',
      'by somebody: take-case close-case',
      'withheld as protected: take-case block-now close-case',
      'withheld as too many: take-case block-now close-case',
      'all done, looked around: take-case close-case',
      'nothing around: take-case close-case',
      'can’t be done: take-case close-case',
      'no licence: take-case close-case',
      'no account: take-case close-case',
      'reported again: take-case close-case',
      'not taken: take-case close-case',
      'said to be a mistake: take-case close-case',
      'open for long: take-case close-case',
      'taken: take-case close-case',
      'close asked: agree-unblock take-case close-case',
      'agreed: ',
      'closed: ',
      'closed, by hand: ',
      'closed, not by Hallpass: ',
      'closed, never blocked: ',
    ])
  })
})
