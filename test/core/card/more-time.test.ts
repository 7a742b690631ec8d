import { describe, expect, it } from 'vitest'
import { approvalCard } from '../../../src/core/card/approval.ts'
import type { Card, Modal } from '../../../src/core/card/card.ts'
import { codeMessage } from '../../../src/core/card/code-message.ts'
import { codeShown } from '../../../src/core/card/code.ts'
import { denyForm, revokeForm } from '../../../src/core/card/decision-forms.ts'
import { extendForm } from '../../../src/core/card/extend-form.ts'
import { requesterCard } from '../../../src/core/card/requester.ts'
import { subjectCard, subjectMessages } from '../../../src/core/card/subject.ts'
import type { StateOf } from '../../../src/core/exception/state.ts'
import { readIn } from './block-rules.ts'
import {
  active,
  approved,
  asExtension,
  asked,
  ended,
  exceptionId,
  links,
  ofBypass,
  plainWords,
  waiting,
} from './states.ts'

/** The words of a card, times as Slack shows them without a clock. */
function read({ blocks }: Pick<Card | Modal, 'blocks'>): string {
  return readIn(blocks).replaceAll(/<!date\^\d+\^[^|>]*\|([^>]*)>/gu, '$1')
}

function formFor(state: StateOf<'active'>, longest: number): string {
  return read(extendForm(state, { draft: {}, problems: {}, terms: { shortest: 60, longest, step: 60 } }))
}

const forChannel = { audience: 'channel' } as const
const longer = asExtension(waiting(), 'replace')
const inPlace = asExtension(ofBypass(waiting(), 'code'), 'in-place')

describe('the form that asks for more time', () => {
  it('asks why more time is needed, not what happened', () => {
    const words = formFor(active(), 28_800)
    expect(words).toContain('Why is more time needed?')
    expect(words).not.toContain('What happened?')
  })

  it('says what becomes of the code, and from when the time counts', () => {
    const pass = formFor(active(), 28_800)
    expect(pass).toContain('Then Dana Cruz can open a new code; the one from before works until then.')
    expect(pass).toContain('At most 8 hours here, counted from when the new one is opened.')
    const bypass = formFor(ofBypass(active(), 'code'), 600)
    expect(bypass).toContain('The code stays the same.')
    expect(bypass).toContain('At most 10 minutes here, counted from the approval, not from the end.')
  })
})

describe('every card of a request for more time', () => {
  it('names what it is for beside its own id', () => {
    const ids = 'TAP-7F4F-2QMT, more time for TAP-FM5J-RKMT'
    for (const card of [requesterCard(longer), approvalCard(longer, forChannel)])
      expect(read(card)).toContain(ids)
    expect(read(requesterCard(waiting()))).not.toContain('more time')
  })

  it('says to the second when the time is over that only minutes are left of', () => {
    const soon = {
      ...inPlace,
      plan: { ...inPlace.plan, extends: { how: 'in-place', endsAt: asked + 61_000 } },
    } as const
    expect(read(approvalCard(soon, forChannel))).toContain('Otherwise it ends at 13:06:01 UTC.')
    expect(read(subjectCard(soon, links))).toContain('goes on working, until 13:06:01 UTC.')
    expect(read(approvalCard(inPlace, forChannel))).toContain('Otherwise it ends at 13:35 UTC.')
  })
})

describe('a pass that another one replaces', () => {
  it('is told to the approver as one for the other', () => {
    expect(read(approvalCard(longer, forChannel))).toContain(
      'A new pass, for one sign-in, up to 1 hour after Dana Cruz opens it. It takes the place of the one from before, which ends at 13:35 UTC.',
    )
  })

  it('works until the new one is opened, which then says that only it does', () => {
    expect(read(subjectCard(asExtension(approved(), 'replace'), links))).toContain(
      'The one that you have works until you open this one.',
    )
    const only = 'The code from before does not work any more.'
    expect(read(subjectCard(asExtension(active(), 'replace'), links))).toContain(only)
    expect(read(subjectCard(active(), links))).not.toContain(only)
    const one = {
      code: 'AB',
      exceptionId,
      lease: active().lease,
      hiddenAt: asked,
      opens: undefined,
      category: 'lost',
    } as const
    expect(read(codeShown({ ...one, replaces: true }))).toContain(only)
    expect(read(codeShown({ ...one, replaces: false }))).not.toContain(only)
    expect(read(codeMessage({ ...one, kind: 'tap', replaces: true }))).toContain(only)
  })

  it('says so where it stands: a new message would come below the one that it points to', () => {
    const over = ended('replaced', plainWords, { plan: waiting().plan })
    const told = subjectMessages(over, links)
    expect(told.map(({ key, superseded }) => [key, superseded])).toEqual([
      ['subject', true],
      ['subject/ready', false],
    ])
    expect(told.at(-1)?.card.text).toContain('Its message is below.')
  })
})

describe('a code that gets more time in place', () => {
  it('is said to be the same', () => {
    const over = asExtension(ended('extended', plainWords, { plan: inPlace.plan }), 'in-place')
    expect(read(subjectCard(over, links))).toContain('works longer now.* The code is the same as before.')
  })
})

describe('whoever denies or revokes a request for more time', () => {
  it('reads that what is out goes on', () => {
    expect(read(denyForm(longer))).toContain('What Dana Cruz has goes on as it is.')
    expect(read(revokeForm(asExtension(approved(), 'replace')))).toContain(
      'Nothing of it is out. The one from before works on until its own time is over.',
    )
  })
})
