import { describe, expect, it } from 'vitest'
import type { Command, Draft } from '../../../src/core/command/command.ts'
import { parseCommand } from '../../../src/core/command/parse.ts'

const dana = { slack: 'U012DANA' }
const mention = '<@U012DANA|dana>'

/** The draft of a request; any other command is an empty one. */
function draftOf(text: string): Partial<Draft> {
  const command = parseCommand(text)
  return command.verb === 'request' ? command.draft : {}
}

describe('a complete request leaves nothing to ask', () => {
  const lost = { subject: dana, category: 'lost', problems: [] } as const
  it.each<readonly [string, Draft]>([
    [`${mention} 1h INC123 lost phone`, { ...lost, duration: 3600, ticket: 'INC123', reason: 'lost phone' }],
    [
      `1h ${mention} "lost her phone" INC-123`,
      { ...lost, duration: 3600, ticket: 'INC-123', reason: 'lost her phone' },
    ],
    [`${mention} lost phone for 90 minutes`, { ...lost, duration: 5400, reason: 'lost phone' }],
    [
      `[inc123] ${mention} lost phone 1h 30m`,
      { ...lost, duration: 5400, ticket: 'INC123', reason: 'lost phone' },
    ],
    [`${mention} lost phone (REQ77)`, { ...lost, ticket: 'REQ77', reason: 'lost phone' }],
    [`lost phone, 1h, for ${mention}.`, { ...lost, duration: 3600, reason: 'lost phone,' }],
    [`for ${mention}: 2 hours, lost phone`, { ...lost, duration: 7200, reason: 'lost phone' }],
    [
      `<@W0ABCDEF12> 300s stolen phone`,
      { ...lost, subject: { slack: 'W0ABCDEF12' }, duration: 300, reason: 'stolen phone' },
    ],
    [
      `${mention} PT1H inc1234 lost phone`,
      { ...lost, duration: 3600, ticket: 'INC1234', reason: 'lost phone' },
    ],
    [
      `<mailto:Dana@Example.com|Dana@Example.com> lost phone`,
      { ...lost, subject: { mail: 'dana@example.com' }, reason: 'lost phone' },
    ],
    [
      `dana@example.com, lost phone`,
      { ...lost, subject: { mail: 'dana@example.com' }, reason: 'lost phone' },
    ],
    [`${mention}\u00a01h\u2003lost\u3000phone`, { ...lost, duration: 3600, reason: 'lost phone' }],
    [`${mention} “lost her phone” 1h`, { ...lost, duration: 3600, reason: 'lost her phone' }],
    [`${mention} lost phone 📱 1h`, { ...lost, duration: 3600, reason: 'lost phone 📱' }],
    [`${mention} lost phone; ${mention} is waiting`, { ...lost, reason: 'lost phone; is waiting' }],
  ])('%s', (text, draft) => {
    expect(parseCommand(text)).toEqual({ verb: 'request', draft } satisfies Command)
  })
})

describe('a request for an application', () => {
  const text = `${mention} 300s for VPN INC1 phone is at home`
  const drafted = (applications: readonly string[], said = text): Partial<Draft> => {
    const command = parseCommand(said, applications)
    return command.verb === 'request' ? command.draft : {}
  }

  it('names it, and it is no part of the reason', () => {
    expect(drafted(['vpn', 'erp'])).toMatchObject({
      application: 'vpn',
      duration: 300,
      ticket: 'INC1',
      reason: 'phone is at home',
      problems: [],
    })
  })

  it('means the only one that there is, and asks where there are several', () => {
    const unnamed = `${mention} 300s phone is at home`
    expect(drafted(['vpn'], unnamed)).toMatchObject({ application: 'vpn', problems: [] })
    expect(drafted(['vpn', 'erp'], unnamed)).toMatchObject({ problems: ['no-application'] })
    expect(drafted(['vpn', 'erp'], unnamed)).not.toHaveProperty('application')
  })

  it('does not take a word of the reason for it, nor anything where none can be named', () => {
    expect(drafted(['vpn', 'erp'], `${mention} 300s phone at home, needed for vpn`)).toMatchObject({
      reason: 'phone at home, needed for vpn',
      problems: ['no-application'],
    })
    expect(drafted([])).toMatchObject({ reason: 'for VPN phone is at home' })
  })
})

describe('what is missing or doubtful is asked, and the rest is kept', () => {
  it.each<readonly [string, Partial<Draft>]>([
    ['', { problems: ['no-subject', 'no-reason', 'no-category'] }],
    ['1h lost phone', { duration: 3600, problems: ['no-subject'] }],
    [mention, { subject: dana, problems: ['no-reason', 'no-category'] }],
    [`${mention} cannot sign in`, { reason: 'cannot sign in', problems: ['no-category'] }],
    [
      '@dana 1h lost phone',
      { subject: { handle: '@dana' }, duration: 3600, problems: ['handle-not-linked'] },
    ],
    [`${mention} <@U0BEN> lost phone`, { subject: dana, problems: ['two-subjects'] }],
    [`${mention} 1h lost phone, make it 2h`, { duration: 3600, problems: ['two-durations'] }],
    [`${mention} 0m lost phone`, { subject: dana, reason: 'lost phone', problems: ['bad-duration'] }],
    [`${mention} -5m lost phone`, { problems: ['bad-duration'] }],
    [`${mention} 1h30 lost phone`, { problems: ['bad-duration'] }],
    [`${mention} 1h-2h lost phone`, { problems: ['bad-duration'] }],
    [`${mention} 400d lost phone`, { problems: ['bad-duration'] }],
    [`${mention} P1Y lost phone`, { problems: ['bad-duration'] }],
    ['<!channel> lost phone', { reason: 'channel lost phone', problems: ['no-subject'] }],
    ['<!subteam^S0ONCALL|@oncall> lost phone', { reason: 'oncall lost phone', problems: ['no-subject'] }],
  ])('%s', (text, draft) => {
    expect(draftOf(text)).toMatchObject(draft)
  })

  it('a duration that is wrong is not filled in', () => {
    expect(draftOf(`${mention} 0m lost phone`).duration).toBeUndefined()
  })

  it('a reason over 500 characters is a problem, and kept up to 2900', () => {
    expect(draftOf(`${mention} lost ${'x'.repeat(495)}`).problems).toEqual([])
    expect(draftOf(`${mention} lost ${'x'.repeat(496)}`).problems).toEqual(['reason-too-long'])
    expect(draftOf(`${mention} lost ${'x'.repeat(5000)}`).reason).toHaveLength(2900)
    expect(draftOf(`${mention} lost${'📱'.repeat(5000)}`).reason).not.toMatch(/\p{Cs}/u)
  })
})

describe('words in a reason are not taken for something else', () => {
  it.each([
    ['a time of an event', 'lost phone 2 days ago'],
    ['a time since an event', 'lost phone, locked out since 20 min'],
    ['a number after the reason began', 'lost phone, third try in room 12'],
    ['a duration in quotes', '"lost phone for 2 hours"'],
    ['a ticket in quotes', '"lost phone INC123"'],
    ['the name of a device', 'lost iphone15'],
    ['the word help', 'lost phone, please help'],
  ])('%s', (_what, reason) => {
    expect(draftOf(`${mention} ${reason}`)).toEqual({
      subject: dana,

      reason: reason.replaceAll('"', ''),
      category: 'lost',
      problems: [],
    })
  })

  it('a bare number before the reason means minutes', () => {
    expect(draftOf(`${mention} 90 lost phone`)).toMatchObject({ duration: 5400, reason: 'lost phone' })
    expect(draftOf(`for 15 ${mention} lost phone`)).toMatchObject({ duration: 900, reason: 'lost phone' })
  })

  it('a ticket in capitals goes before one in small letters, which stays in the reason', () => {
    expect(draftOf(`${mention} inc111 lost phone REQ222`)).toMatchObject({
      ticket: 'REQ222',
      reason: 'inc111 lost phone',
    })
  })

  it('quotes around a part of the reason stay', () => {
    expect(draftOf(`${mention} lost the "blue" phone`).reason).toBe('lost the "blue" phone')
  })
})

describe('what Slack escapes is read as it was typed', () => {
  it.each([
    ['lost phone &amp; keys', 'lost phone & keys'],
    ['lost phone, battery &lt; 5', 'lost phone, battery < 5'],
    ['lost &lt;@U0EVE&gt; phone', 'lost <@U0EVE> phone'],
    ['lost &amp;lt; phone', 'lost &lt; phone'],
    ['lost phone, ask <#C01|help-desk>', 'lost phone, ask #help-desk'],
    ['lost phone, ask <#C01>', 'lost phone, ask #C01'],
    ['lost phone <https://wiki.example/x|wiki.example/x>', 'lost phone wiki.example/x'],
    ['lost phone <https://wiki.example/x>', 'lost phone https://wiki.example/x'],
    ['lost phone <!here>', 'lost phone here'],
  ])('%s', (typed, reason) => {
    expect(draftOf(`${mention} ${typed}`)).toMatchObject({ subject: dana, reason })
  })
})

describe('the reason suggests a category', () => {
  it.each([
    ['lost phone', 'lost'],
    ['phone was STOLEN', 'lost'],
    ['got a new phone', 'replaced'],
    ['phone replaced', 'replaced'],
    ['new starter in finance', 'new-starter'],
    ['joins on Monday', 'new-starter'],
    ['first day', 'new-starter'],
    ['forgot phone', 'not-at-hand'],
    ['phone is at home', 'not-at-hand'],
    ['left it in the office, or lost it', 'lost'],
    ['push does not arrive', undefined],
    ['gloster closet', undefined],
  ])('%s: %s', (reason, category) => {
    expect(draftOf(`${mention} ${reason}`).category).toBe(category)
  })
})

describe('the first word chooses', () => {
  it.each<readonly [string, Command]>([
    ['help', { verb: 'help' }],
    ['HELP me', { verb: 'help' }],
    ['list', { verb: 'list', open: false }],
    ['list open', { verb: 'list', open: true }],
    ['status', { verb: 'list', open: false }],
    ['status TAP-7F3K-Q2MD', { verb: 'status', about: { id: 'TAP-7F3K-Q2MD' } }],
    ['status 7f3k q2md', { verb: 'status', about: { id: '7f3k q2md' } }],
    [`status ${mention}`, { verb: 'status', about: { who: dana } }],
    ['status @dana', { verb: 'status', about: { who: { handle: '@dana' } } }],
    ['revoke tap-7f3k phone is back', { verb: 'revoke', id: 'tap-7f3k', reason: 'phone is back' }],
    ['revoke tap-7f3k asked by <@U0BEN>', { verb: 'revoke', id: 'tap-7f3k', reason: 'asked by @U0BEN' }],
    ['revoke', { verb: 'revoke', id: '', reason: '' }],
  ])('%s', (text, command) => {
    expect(parseCommand(text)).toEqual(command)
  })

  it('what is too long for an id is cut', () => {
    expect(parseCommand(`status ${'7'.repeat(5000)}`)).toEqual({
      verb: 'status',
      about: { id: '7'.repeat(32) },
    })
  })

  it('in quotes it is a reason', () => {
    expect(draftOf('"help"').reason).toBe('help')
  })
})

describe('how Hallpass is', () => {
  it.each(['system', 'SYSTEM', ' system '])('`%s` asks for it', (text) => {
    expect(parseCommand(text)).toEqual({ verb: 'system' })
  })
  it('is no request that begins so', () => {
    expect(draftOf(`system was replaced for ${mention} 1h`)).toMatchObject({ subject: dana, duration: 3600 })
  })
})
