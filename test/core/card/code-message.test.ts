import { describe, expect, it } from 'vitest'
import type { Card, Modal } from '../../../src/core/card/card.ts'
import { codeComing, codeMessage, codeRemoved, codeSent } from '../../../src/core/card/code-message.ts'
import { codeHidden, doesNotWork } from '../../../src/core/card/code.ts'
import { subjectCard } from '../../../src/core/card/subject.ts'
import type { StateOf } from '../../../src/core/exception/state.ts'
import { buttonsOf, messageProblems, modalProblems, readIn } from './block-rules.ts'
import { active, approved, exceptionId, links, ofBypass } from './states.ts'

/** The words of a card, times as Slack shows them without a clock. */
function read({ blocks }: Pick<Card | Modal, 'blocks'>): string {
  return readIn(blocks).replaceAll(/<!date\^\d+\^[^|>]*\|([^>]*)>/gu, '$1')
}

const code = '+drk&zqAD'
const hiddenAt = active().shownAt + 180_000
const about = {
  exceptionId,
  lease: active().lease,
  hiddenAt,
  opens: undefined,
  category: 'lost',
  replaces: false,
} as const
const message = codeMessage({ ...about, kind: 'tap', code })
const bypass = ofBypass(active(), 'code')

/** The same state under a plan that has codes sent. */
function sent<State extends StateOf<'active' | 'approved'>>(state: State): State {
  return { ...state, plan: { ...state.plan, how: 'message' } }
}

describe('the message with the code', () => {
  it('says how to use it, until when, and when it is removed; the id last', () => {
    expect(read(message).split('\n')).toEqual([
      '1. Wait 30 seconds, then type it on the sign-in page.',
      '2. After signing in, add your new method within 10 minutes.',
      'Works once, until 14:10 UTC. Removed from here at 13:13 UTC.',
      '*Nobody from IT will ask for this code.* If somebody does, press *Not me* on your card.',
      'TAP-7F4F-2QMT',
    ])
    const forVpn = codeMessage({
      ...about,
      lease: bypass.lease,
      opens: bypass.plan.opens,
      kind: 'bypass',
      code,
    })
    expect(read(forVpn)).toContain('Type it when you sign in to VPN and the second factor is asked for.')
    expect(read(forVpn)).toContain('Works once, until 13:15:00 UTC.')
  })

  it('holds the code exactly once, as it is, and never in what a notification shows', () => {
    expect(message.blocks[0]).toEqual({
      type: 'rich_text',
      elements: [{ type: 'rich_text_preformatted', elements: [{ type: 'text', text: code }] }],
    })
    expect(JSON.stringify(message).split(code)).toHaveLength(2)
    expect(message.text).toBe(codeComing(about).text)
    expect(message.text).toMatch(/^Your code comes in this message, which is removed at .*13:13 UTC>\.$/u)
  })

  it('has nothing to press: Slack would send the code to the bot', () => {
    expect(message.blocks.map(({ type }) => type)).toEqual(['rich_text', 'section', 'section', 'context'])
    expect(message.blocks.some((block) => 'accessory' in block)).toBe(false)
  })

  it('has no code in it before, and none afterwards', () => {
    expect(read(codeComing(about))).toContain('Your code is being put here.')
    expect(read(codeRemoved())).toContain('The code that was here was taken out.')
  })

  it('and the window that points to it are within Slack’s limits', () => {
    for (const card of [message, codeComing(about), codeRemoved()])
      expect(messageProblems(card.blocks)).toEqual([])
    expect(modalProblems(codeSent(about))).toEqual([])
  })
})

describe('the window, while the code is in a message', () => {
  it('says where it is and until when, and holds nothing secret', () => {
    expect(read(codeSent(about)).split('\n')).toEqual([
      '*Your code is in the newest message from Hallpass,* until 13:13 UTC. Then the message is removed. You can close this.',
      '*Nobody from IT will ask for this code.* If somebody does, press *Not me* on your card.',
    ])
    expect(read(codeHidden(sent(active())))).toBe('Code hidden. Lost it?\nIt does not work')
  })
})

describe('the card above the message', () => {
  it('says where the code is for as long as it is there', () => {
    expect(read(subjectCard(sent(active()), links))).toContain(
      'It works once, until 14:10 UTC. It is in the message below until 13:13 UTC. Type it on the',
    )
    const hidden = read(subjectCard(sent({ ...active(), hidden: true }), links))
    expect(hidden).not.toContain('in the message below')
    expect(read(subjectCard(active(), links))).not.toContain('in the message below')
  })

  it('keeps every way to help and to stop', () => {
    expect(buttonsOf(subjectCard(sent(approved()), links).blocks)).toEqual(['show-code', 'not-me'])
    expect(buttonsOf(subjectCard(sent(active()), links).blocks)).toEqual(['does-not-work', 'not-me'])
    const help = doesNotWork(sent(active()))
    expect(buttonsOf(help.blocks)).toEqual(['not-seen'])
    expect(read(help)).toContain('Missed it? *I did not see it* ends this code')
  })
})
