import { describe, expect, it } from 'vitest'
import { isSafeUrl, parseInline, parseMrkdwn } from '../../../src/sandbox/page/mrkdwn.js'

const text = (said: string) => ({ kind: 'text', text: said })

describe('running text', () => {
  it.each([
    ['*bold*', [{ kind: 'bold', children: [text('bold')] }]],
    ['_italic_', [{ kind: 'italic', children: [text('italic')] }]],
    ['~struck~', [{ kind: 'strike', children: [text('struck')] }]],
    [
      '*bold _and italic_*',
      [{ kind: 'bold', children: [text('bold '), { kind: 'italic', children: [text('and italic')] }] }],
    ],
    ['`a *b*`', [{ kind: 'code', text: 'a *b*' }]],
    [':warning: now', [{ kind: 'emoji', name: 'warning' }, text(' now')]],
    ['<@U0DANA>', [{ kind: 'user', id: 'U0DANA', label: '' }]],
    ['<@U0DANA|dana>', [{ kind: 'user', id: 'U0DANA', label: 'dana' }]],
    ['<#C0APPROVALS|approvals>', [{ kind: 'channel', id: 'C0APPROVALS', label: 'approvals' }]],
    ['<!channel>', [{ kind: 'broadcast', id: 'channel', label: '' }]],
    ['<!subteam^S1|@helpdesk>', [{ kind: 'group', id: 'S1', label: '@helpdesk' }]],
    [
      '<https://a.example/?a=1&amp;b=2|here>',
      [{ kind: 'link', url: 'https://a.example/?a=1&b=2', label: 'here' }],
    ],
    ['<https://a.example>', [{ kind: 'link', url: 'https://a.example', label: 'https://a.example' }]],
    [
      '*<https://a.example|a*b>*',
      [{ kind: 'bold', children: [{ kind: 'link', url: 'https://a.example', label: 'a*b' }] }],
    ],
    [
      '<!date^60^{date} at {time}|later>',
      [{ kind: 'date', at: 60_000, format: '{date} at {time}', url: '', label: 'later' }],
    ],
    [
      '<!date^60^{time}^https://a.example|later>',
      [{ kind: 'date', at: 60_000, format: '{time}', url: 'https://a.example', label: 'later' }],
    ],
  ])('%s', (source, expected) => {
    expect(parseInline(source)).toEqual(expected)
  })

  it.each(['snake_case_name', '2*3*4', 'a * b * c', '*', '**', ':not an emoji:', '*open', 'a <b'])(
    'leaves %s alone',
    (source) => {
      expect(parseInline(source)).toEqual([text(source)])
    },
  )

  it('shows escaped characters and never takes them for markup', () => {
    expect(parseInline('&lt;!channel&gt; &amp;lt;')).toEqual([text('<!channel> &lt;')])
    expect(parseInline('<https://a.example|&lt;@U1&gt;>')).toEqual([
      { kind: 'link', url: 'https://a.example', label: '<@U1>' },
    ])
  })

  it('links to nothing but web, mail and telephone', () => {
    expect(parseInline('<javascript:alert(1)|press>')).toEqual([text('press')])
    expect(parseInline('<data:text/html,x>')).toEqual([text('data:text/html,x')])
    expect(
      ['https://a', 'http://a', 'mailto:a', 'tel:1', 'file:///a', ' javascript:a'].map(isSafeUrl),
    ).toEqual([true, true, true, true, false, false])
  })

  it('keeps a date without a usable time as its fallback', () => {
    expect(parseInline('<!date^soon^{time}|14:20>')).toEqual([text('14:20')])
  })
})

describe('a whole text', () => {
  it('separates code blocks and quotes from the rest', () => {
    expect(parseMrkdwn('before\n```\na < b\n*c*\n```\nafter\n> said\n&gt; twice\nend')).toEqual([
      { kind: 'text', children: [text('before')] },
      { kind: 'pre', text: 'a < b\n*c*' },
      { kind: 'text', children: [text('after')] },
      { kind: 'quote', children: [text('said\ntwice')] },
      { kind: 'text', children: [text('end')] },
    ])
  })

  it('takes an unclosed code block for text', () => {
    expect(parseMrkdwn('```open')).toEqual([{ kind: 'text', children: [text('```open')] }])
  })

  it('is nothing when it is empty', () => {
    expect(parseMrkdwn('')).toEqual([])
  })
})
