import { describe, expect, it } from 'vitest'
import { anyString } from './stage.ts'
import { checkBlocks, checkModal } from '../../../src/sandbox/slack/block-limits.ts'

const plain = (text: string) => ({ type: 'plain_text', text })
const mrkdwn = (text: string) => ({ type: 'mrkdwn', text })
const long = (length: number) => 'x'.repeat(length)
const times = <Each>(count: number, of: (index: number) => Each): Each[] =>
  Array.from({ length: count }, (_, index) => of(index))

const section = (text = 'text') => ({ type: 'section', text: mrkdwn(text) })
const button = (more: object = {}, index = 0) => ({
  type: 'button',
  action_id: `a${index}`,
  text: plain('Go'),
  ...more,
})
const actions = (...elements: object[]) => ({ type: 'actions', elements })
const option = (value: string) => ({ text: plain('Label'), value })
const select = (more: object = {}) => ({
  type: 'static_select',
  action_id: 'choose',
  options: [option('1'), option('2')],
  ...more,
})
const input = (element: object, more: object = {}) => ({
  type: 'input',
  label: plain('Label'),
  element,
  ...more,
})
const textInput = (more: object = {}) => ({ type: 'plain_text_input', action_id: 'text', ...more })
const confirm = (more: object = {}) => ({
  title: plain('Sure?'),
  text: plain('Really?'),
  confirm: plain('Yes'),
  deny: plain('No'),
  ...more,
})

const accepted: readonly (readonly [string, readonly object[]])[] = [
  ['50 blocks', times(50, () => ({ type: 'divider' }))],
  ['3000 characters of section text', [section(long(3000))]],
  ['10 fields of 2000 characters', [{ type: 'section', fields: times(10, () => mrkdwn(long(2000))) }]],
  ['150 characters of header', [{ type: 'header', text: plain(long(150)) }]],
  ['10 elements of context', [{ type: 'context', elements: times(10, () => mrkdwn('x')) }]],
  ['25 elements of actions', [actions(...times(25, (index) => button({}, index)))]],
  [
    'button fields at their limits',
    [
      actions(
        button({
          text: plain(long(75)),
          value: long(2000),
          url: long(3000),
          action_id: long(255),
          accessibility_label: long(75),
          confirm: confirm({ title: plain(long(100)), text: mrkdwn(long(300)), deny: plain(long(30)) }),
        }),
      ),
    ],
  ],
  ['100 options', [actions(select({ options: times(100, (index) => option(`${index}`)) }))]],
  ['an input in a message', [input(textInput())]],
  [
    'rich text',
    [
      {
        type: 'rich_text',
        elements: [{ type: 'rich_text_preformatted', elements: [{ type: 'text', text: 'code' }] }],
      },
    ],
  ],
]

const refused: readonly (readonly [string, readonly object[], string, string])[] = [
  ['51 blocks', times(51, () => ({ type: 'divider' })), 'no more than 50 items allowed', '/blocks'],
  [
    '3001 characters of section text',
    [section(long(3001))],
    'must be less than 3001 characters',
    '/blocks/0/text/text',
  ],
  ['empty section text', [section('')], 'must be more than 0 characters', '/blocks/0/text/text'],
  ['a section without text and fields', [{ type: 'section' }], 'missing required field: text', '/blocks/0'],
  [
    '11 fields',
    [{ type: 'section', fields: times(11, () => mrkdwn('x')) }],
    'no more than 10 items allowed',
    '/blocks/0/fields',
  ],
  [
    '2001 characters in a field',
    [{ type: 'section', fields: [mrkdwn(long(2001))] }],
    'must be less than 2001 characters',
    '/blocks/0/fields/0/text',
  ],
  [
    '151 characters of header',
    [{ type: 'header', text: plain(long(151)) }],
    'must be less than 151 characters',
    '/blocks/0/text/text',
  ],
  [
    'markdown in a header',
    [{ type: 'header', text: mrkdwn('x') }],
    'unsupported type: "mrkdwn"',
    '/blocks/0/text/type',
  ],
  [
    '11 elements of context',
    [{ type: 'context', elements: times(11, () => mrkdwn('x')) }],
    'no more than 10 items allowed',
    '/blocks/0/elements',
  ],
  [
    'a button in a context',
    [{ type: 'context', elements: [button()] }],
    'unsupported type: "button"',
    '/blocks/0/elements/0/type',
  ],
  [
    '26 elements of actions',
    [actions(...times(26, (index) => button({}, index)))],
    'no more than 25 items allowed',
    '/blocks/0/elements',
  ],
  ['no elements of actions', [actions()], 'no fewer than 1 items allowed', '/blocks/0/elements'],
  [
    'two elements with one action id',
    [actions(button(), button())],
    '`action_id` "a0" already exists for another element',
    '/blocks/0/elements/1/action_id',
  ],
  [
    'two blocks with one block id',
    [
      { ...section(), block_id: 'b' },
      { type: 'divider', block_id: 'b' },
    ],
    '`block_id` "b" already exists for another block',
    '/blocks/1/block_id',
  ],
  [
    '256 characters of block id',
    [{ ...section(), block_id: long(256) }],
    'must be less than 256 characters',
    '/blocks/0/block_id',
  ],
  [
    'an element that cannot be told apart',
    [actions(button({ action_id: undefined }))],
    'missing required field: action_id',
    '/blocks/0/elements/0',
  ],
  [
    '256 characters of action id',
    [actions(button({ action_id: long(256) }))],
    'must be less than 256 characters',
    '/blocks/0/elements/0/action_id',
  ],
  [
    '76 characters on a button',
    [actions(button({ text: plain(long(76)) }))],
    'must be less than 76 characters',
    '/blocks/0/elements/0/text/text',
  ],
  [
    '2001 characters of value',
    [actions(button({ value: long(2001) }))],
    'must be less than 2001 characters',
    '/blocks/0/elements/0/value',
  ],
  [
    '3001 characters of url',
    [actions(button({ url: long(3001) }))],
    'must be less than 3001 characters',
    '/blocks/0/elements/0/url',
  ],
  [
    '76 characters of accessibility label',
    [actions(button({ accessibility_label: long(76) }))],
    'must be less than 76 characters',
    '/blocks/0/elements/0/accessibility_label',
  ],
  [
    '101 characters of confirm title',
    [actions(button({ confirm: confirm({ title: plain(long(101)) }) }))],
    'must be less than 101 characters',
    '/blocks/0/elements/0/confirm/title/text',
  ],
  [
    '301 characters of confirm text',
    [actions(button({ confirm: confirm({ text: plain(long(301)) }) }))],
    'must be less than 301 characters',
    '/blocks/0/elements/0/confirm/text/text',
  ],
  [
    '31 characters of deny',
    [actions(button({ confirm: confirm({ deny: plain(long(31)) }) }))],
    'must be less than 31 characters',
    '/blocks/0/elements/0/confirm/deny/text',
  ],
  [
    '101 options',
    [actions(select({ options: times(101, (index) => option(`${index}`)) }))],
    'no more than 100 items allowed',
    '/blocks/0/elements/0/options',
  ],
  [
    'two options with one value',
    [actions(select({ options: [option('1'), option('1')] }))],
    'option values must be unique',
    '/blocks/0/elements/0/options',
  ],
  [
    'a preset that is no option',
    [actions(select({ initial_option: option('3') }))],
    'must be one of the options',
    '/blocks/0/elements/0/initial_option',
  ],
  [
    '76 characters of option',
    [actions(select({ options: [{ text: plain(long(76)), value: '1' }] }))],
    'must be less than 76 characters',
    '/blocks/0/elements/0/options/0/text/text',
  ],
  [
    '151 characters of option value',
    [actions(select({ options: [option(long(151))] }))],
    'must be less than 151 characters',
    '/blocks/0/elements/0/options/0/value',
  ],
  [
    '151 characters of placeholder',
    [actions(select({ placeholder: plain(long(151)) }))],
    'must be less than 151 characters',
    '/blocks/0/elements/0/placeholder/text',
  ],
  [
    'a text input among actions',
    [actions(textInput())],
    'unsupported type: "plain_text_input"',
    '/blocks/0/elements/0/type',
  ],
  [
    'a number input in a message',
    [input({ type: 'number_input', action_id: 'n', is_decimal_allowed: false })],
    'unsupported type: "number_input"',
    '/blocks/0/element/type',
  ],
  [
    '2001 characters of label',
    [input(textInput(), { label: plain(long(2001)) })],
    'must be less than 2001 characters',
    '/blocks/0/label/text',
  ],
  [
    '3001 characters in an input',
    [input(textInput({ initial_value: long(3001) }))],
    'must be less than 3001 characters',
    '/blocks/0/element/initial_value',
  ],
  [
    '2001 characters of alternative text',
    [{ type: 'image', image_url: 'https://contoso.example/x.png', alt_text: long(2001) }],
    'must be less than 2001 characters',
    '/blocks/0/alt_text',
  ],
  [
    'an alert in a message',
    [{ type: 'alert', text: plain('x') }],
    'unsupported type: "alert"',
    '/blocks/0/type',
  ],
  [
    'a table',
    [{ type: 'data_table', caption: 'x', rows: [] }],
    'unsupported type: "data_table"',
    '/blocks/0/type',
  ],
  [
    'a property that Slack does not know',
    [{ ...section(), colour: 'red' }],
    'invalid additional property: colour',
    '/blocks/0',
  ],
  [
    'text that is no text',
    [{ type: 'section', text: { type: 'mrkdwn', text: 5 } }],
    'must provide a string',
    '/blocks/0/text/text',
  ],
]

describe('blocks of a message', () => {
  it.each(accepted)('may be %s', (_, blocks) => {
    expect(checkBlocks(blocks)).toEqual({ ok: true, value: blocks })
  })

  it.each(refused)('may not be %s', (_, blocks, says, pointer) => {
    const given: unknown = JSON.parse(JSON.stringify(blocks))
    expect(checkBlocks(given)).toEqual({ ok: false, messages: [`[ERROR] ${says} [json-pointer:${pointer}]`] })
  })

  it('are all complained of at once', () => {
    const result = checkBlocks([section(''), { type: 'header', text: plain(long(151)) }])
    expect(result).toMatchObject({ ok: false, messages: [anyString, anyString] })
  })
})

const view = (more: object = {}) => ({ type: 'modal', title: plain('Title'), blocks: [section()], ...more })

const refusedViews: readonly (readonly [string, object, string, string])[] = [
  [
    '25 characters of title',
    view({ title: plain(long(25)) }),
    'must be less than 25 characters',
    '/view/title/text',
  ],
  [
    '25 characters of submit',
    view({ submit: plain(long(25)) }),
    'must be less than 25 characters',
    '/view/submit/text',
  ],
  [
    '25 characters of close',
    view({ close: plain(long(25)) }),
    'must be less than 25 characters',
    '/view/close/text',
  ],
  [
    '3001 characters of private metadata',
    view({ private_metadata: long(3001) }),
    'must be less than 3001 characters',
    '/view/private_metadata',
  ],
  [
    '256 characters of callback id',
    view({ callback_id: long(256) }),
    'must be less than 256 characters',
    '/view/callback_id',
  ],
  [
    '101 blocks',
    view({ blocks: times(101, () => ({ type: 'divider' })) }),
    'no more than 100 items allowed',
    '/view/blocks',
  ],
  [
    'an input without a submit button',
    view({ blocks: [input(textInput())] }),
    'missing required field: submit',
    '/view',
  ],
  ['no title', { type: 'modal', blocks: [] }, 'missing required field: title', '/view'],
  ['a Home tab', { ...view(), type: 'home' }, 'unsupported type: "home"', '/view/type'],
]

describe('a modal', () => {
  it.each([
    ['100 blocks', view({ blocks: times(100, () => ({ type: 'divider' })) })],
    ['an alert', view({ blocks: [{ type: 'alert', text: plain('x'), level: 'warning' }] })],
    [
      'a number input',
      view({
        submit: plain('Send'),
        blocks: [input({ type: 'number_input', action_id: 'n', is_decimal_allowed: false })],
      }),
    ],
    [
      'metadata and callback id at their limits',
      view({ private_metadata: long(3000), callback_id: long(255) }),
    ],
  ])('may have %s', (_, given) => {
    expect(checkModal(given)).toEqual({ ok: true, value: given })
  })

  it.each(refusedViews)('may not have %s', (_, given, says, pointer) => {
    expect(checkModal(given)).toEqual({ ok: false, messages: [`[ERROR] ${says} [json-pointer:${pointer}]`] })
  })
})
