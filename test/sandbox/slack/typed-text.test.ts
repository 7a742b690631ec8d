import { describe, expect, it } from 'vitest'
import { contoso } from '../../../src/sandbox/slack/seed.ts'
import { plainTyped, resolvedTyped } from '../../../src/sandbox/slack/typed-text.ts'

describe('what a person types, with should_escape', () => {
  it.each([
    ['names a person by id', '@dana 1h lost phone', '<@U0DANA> 1h lost phone'],
    ['names the bot by id', '@hallpass', '<@U0HALLPASS>'],
    ['takes a full stop after a handle for punctuation', 'ask @dana.', 'ask <@U0DANA>.'],
    ['finds a handle in any case', '@Dana', '<@U0DANA>'],
    ['leaves a handle that nobody has', '@nobody 1h', '@nobody 1h'],
    ['names also a deactivated account', '@greta', '<@U0GONE>'],
    ['names a channel with its name', 'see #approvals', 'see <#C0APPROVALS|approvals>'],
    ['names a user group', '@helpdesk', '<!subteam^S0HELPDESK|@helpdesk>'],
    ['turns a call to everybody into markup', '@channel', '<!channel>'],
    ['wraps addresses', 'https://contoso.example/a?b=1&c=2', '<https://contoso.example/a?b=1&amp;c=2>'],
    [
      'wraps e-mail addresses',
      'dana.cruz@contoso.example',
      '<mailto:dana.cruz@contoso.example|dana.cruz@contoso.example>',
    ],
    ['escapes markup that was typed', '<@U0DANA> & <!channel>', '&lt;@U0DANA&gt; &amp; &lt;!channel&gt;'],
    ['leaves numbers after # alone', 'ticket #42', 'ticket #42'],
  ])('%s', (_, typed, expected) => {
    expect(resolvedTyped(contoso, typed)).toBe(expected)
  })
})

describe('what a person types, without should_escape', () => {
  it('keeps mentions as they were typed', () => {
    expect(plainTyped('@dana <b> & c')).toBe('@dana &lt;b&gt; &amp; c')
  })
})
