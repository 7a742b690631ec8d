import type { KnownBlock } from '@slack/types'
import type { View2 } from '../../../src/sandbox/page-api.ts'

const plain = (text: string) => ({ type: 'plain_text' as const, text })
const mrkdwn = (text: string) => ({ type: 'mrkdwn' as const, text })
const option = (value: string, text: string) => ({ value, text: plain(text) })

/** An approval card that uses every kind of block and element that the page draws in a message. */
export const everyBlock = (now: number): readonly KnownBlock[] => [
  { type: 'header', block_id: 'title', text: plain('Let Dana Cruz sign in with a temporary pass?') },
  {
    type: 'section',
    block_id: 'what',
    text: mrkdwn('One sign-in, up to 1 hour after <@U0DANA> opens it. Asked by <@U0HANNA> (helpdesk).'),
  },
  {
    type: 'section',
    block_id: 'facts',
    fields: [
      mrkdwn('*Why*\nlost phone'),
      mrkdwn('*Ticket*\n<https://tickets.example/INC123|INC123>'),
      mrkdwn('*Caller check*\ncall-back to the number in the directory'),
      mrkdwn('*Last 90 days*\nno pass'),
    ],
  },
  {
    type: 'rich_text',
    block_id: 'reason',
    elements: [
      {
        type: 'rich_text_quote',
        elements: [{ type: 'text', text: 'Left it on the train, *really* <!channel>' }],
      },
    ],
  },
  { type: 'divider' },
  {
    type: 'section',
    block_id: 'care',
    text: mrkdwn(
      ':warning: Approve only if you *know* that this is Dana. No code exists until Dana opens it.',
    ),
    accessory: {
      type: 'static_select',
      action_id: 'more',
      placeholder: plain('More'),
      options: [option('details', 'Show details'), option('policy', 'Show the policy')],
    },
  },
  {
    type: 'actions',
    block_id: 'decide',
    elements: [
      {
        type: 'button',
        action_id: 'approve',
        style: 'primary',
        text: plain('Approve'),
        value: 'TAP-7F3K-Q2MD',
      },
      {
        type: 'button',
        action_id: 'deny',
        style: 'danger',
        text: plain('Deny'),
        confirm: {
          title: plain('Deny this request?'),
          text: plain('Hanna and Dana will be told.'),
          confirm: plain('Deny'),
          deny: plain('Back'),
          style: 'danger',
        },
      },
      { type: 'button', action_id: 'call', text: plain('Call Dana'), url: 'https://phone.example/dana' },
    ],
  },
  {
    type: 'context',
    block_id: 'foot',
    elements: [
      mrkdwn(
        `You manage Dana. Waiting for you until <!date^${Math.floor(now / 1000) + 900}^{time}|14:20>, then security on call.`,
      ),
      plain('TAP-7F3K-Q2MD'),
    ],
  },
]

export const oddBlock: readonly KnownBlock[] = [
  {
    type: 'section',
    text: mrkdwn(
      'Approved by <@U0MARCO>. See `policy.yaml`:\n```longest: 8h\napprove: manager```\n> as _agreed_ with ~nobody~ security',
    ),
  },
  {
    type: 'video',
    alt_text: 'x',
    title: plain('x'),
    thumbnail_url: 'https://x.example',
    video_url: 'https://x.example',
  },
]

/** A form with every kind of input. */
export const passForm = (errors: Readonly<Record<string, string>>): View2 => ({
  id: 'V0FORM',
  hash: '1',
  errors,
  type: 'modal',
  callback_id: 'request',
  title: plain('Ask for a temporary pass'),
  submit: plain('Ask'),
  close: plain('Cancel'),
  blocks: [
    {
      type: 'alert',
      block_id: 'note',
      level: 'info',
      text: mrkdwn('A second person decides. *No code* exists before.'),
    },
    {
      type: 'input',
      block_id: 'subject',
      label: plain('Who lost MFA?'),
      element: { type: 'users_select', action_id: 'user', placeholder: plain('Choose a person') },
    },
    {
      type: 'input',
      block_id: 'duration',
      label: plain('How long?'),
      element: {
        type: 'static_select',
        action_id: 'choice',
        initial_option: option('1h', '1 hour'),
        options: [option('10m', '10 minutes'), option('1h', '1 hour'), option('8h', '8 hours')],
      },
    },
    {
      type: 'input',
      block_id: 'category',
      label: plain('What happened?'),
      element: {
        type: 'radio_buttons',
        action_id: 'choice',
        options: [option('lost', 'Lost'), option('replaced', 'Replaced')],
      },
    },
    {
      type: 'input',
      block_id: 'checks',
      label: plain('What did you check?'),
      optional: true,
      element: {
        type: 'checkboxes',
        action_id: 'list',
        options: [
          { ...option('call-back', 'Called back'), description: plain('The number in the directory') },
          option('seen', 'Saw the person'),
        ],
      },
    },
    {
      type: 'input',
      block_id: 'day',
      label: plain('From'),
      optional: true,
      element: { type: 'datepicker', action_id: 'date' },
    },
    {
      type: 'input',
      block_id: 'reason',
      label: plain('Why?'),
      hint: plain('The approver reads this.'),
      element: { type: 'plain_text_input', action_id: 'text', multiline: true, max_length: 200 },
    },
  ],
})

/** The modal that shows a code. */
export const codeView: View2 = {
  id: 'V0CODE',
  hash: '1',
  errors: {},
  type: 'modal',
  title: plain('Your code, shown once'),
  close: plain('Done'),
  blocks: [
    {
      type: 'rich_text',
      elements: [{ type: 'rich_text_preformatted', elements: [{ type: 'text', text: '+drkzqAD' }] }],
    },
    {
      type: 'rich_text',
      elements: [
        {
          type: 'rich_text_list',
          style: 'ordered',
          elements: [
            {
              type: 'rich_text_section',
              elements: [{ type: 'text', text: 'Wait 30 seconds, then type it on the sign-in page.' }],
            },
            {
              type: 'rich_text_section',
              elements: [{ type: 'text', text: 'After signing in, add your new method within 10 minutes.' }],
            },
          ],
        },
      ],
    },
    { type: 'section', text: mrkdwn('Works once, until 15:05. Hidden here at 14:08.') },
    {
      type: 'alert',
      level: 'warning',
      text: mrkdwn(
        '*Nobody from IT will ask for this code.* If somebody does, close this and press *Not me*.',
      ),
    },
  ],
}
