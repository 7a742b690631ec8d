import { request } from 'node:http'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { actions, forms } from '../../src/core/card/actions.ts'
import { requestFields } from '../../src/core/card/form-fields.ts'
import { commandText } from '../../src/core/text/en/commands.ts'
import { personProblemText } from '../../src/core/text/person-problem-text.ts'
import { refusalText } from '../../src/core/text/refusal-text.ts'
import { giveBack } from '../setup/give-back.ts'
import { startInstallation, type Installation } from '../setup/installation.ts'
import { check, formOf, handsOf, madeUp, reasonOf, signature, type Hands } from './hands.ts'

let installation: Installation
let hands: Hands
let id: string

beforeAll(async () => {
  installation = await startInstallation()
  await installation.serve()
  hands = await handsOf(installation)
  id = await hands.ask('U0DANA')
})
afterAll(async () => {
  await hands.close()
  await installation.close()
})

const patient = { timeout: 60_000 }
const body = (form: Readonly<Record<string, string>>): string => new URLSearchParams(form).toString()
const now = (): number => Math.floor(Date.now() / 1000)

describe('a request that Slack did not sign, or not now, gets 401 and changes nothing', () => {
  let approval: Readonly<Record<string, string>>
  let secret: string
  beforeEach(() => {
    approval = formOf('U0MARCO', forms.approve, id, check('called-back'), madeUp())
    secret = installation.environment['SLACK_SIGNING_SECRET'] ?? ''
  })
  const wrong: readonly (readonly [string, () => Readonly<Record<string, string>>])[] = [
    ['no signature', () => ({})],
    ['only a time', () => ({ 'x-slack-request-timestamp': String(now()) })],
    ['another secret', () => signature('another secret', body(approval))],
    ['the signature of another body', () => signature(secret, `${body(approval)}&more=1`)],
    [
      'the signature of another time',
      () => ({
        ...signature(secret, body(approval)),
        'x-slack-request-timestamp': String(now() - 1),
      }),
    ],
    ['six minutes old', () => signature(secret, body(approval), now() - 360)],
    [
      'a time that is none',
      () => ({
        ...signature(secret, body(approval)),
        'x-slack-request-timestamp': 'yesterday',
      }),
    ],
    [
      'another version',
      () => {
        const headers = signature(secret, body(approval))
        return { ...headers, 'x-slack-signature': (headers['x-slack-signature'] ?? '').replace('v0', 'v1') }
      },
    ],
    [
      'an empty signature',
      () => ({
        ...signature(secret, body(approval)),
        'x-slack-signature': 'v0=',
      }),
    ],
  ]
  it.for(wrong)('%s', async ([, headers]) => {
    const { status } = await hands.post(approval, headers())
    expect(status).toBe(401)
    expect(await hands.status(id)).toBe('waiting')
  })
  it('the check of certificates, which Slack does not sign, does nothing else', async () => {
    await hands.post({ ssl_check: '1', ...approval }, {})
    await hands.command('U0HANNA', 'help')
    expect(await hands.facts(id)).toHaveLength(2)
  })
})

describe('what a button or a window names is looked up, and gives no right', () => {
  const junk = [
    'junk',
    'x'.repeat(3000),
    '',
    undefined,
    null,
    7,
    {},
    ['a'],
    '00000000-0000-0000-0000-000000000000',
    `' or 1=1 --`,
    '\u0000',
  ]
  it.for(junk)('a value like %j names nothing', async (value) => {
    const some = [actions.approve, actions.notMe, actions.showCode, actions.revoke]
    const said = await Promise.all(some.map((action) => hands.press('U0DANA', action, value)))
    expect(said).toEqual(some.map(() => commandText.noSuchCard('/tap').mrkdwn))
  })
  it.for(['junk', 'x'.repeat(3000), '', '00000000-0000-0000-0000-000000000000'])(
    'a form for %s is for nothing',
    async (about) => {
      const says = commandText.noSuchCard('/tap').mrkdwn
      expect(await hands.approve('U0MARCO', about)).toContain(says)
      expect(await hands.deny('U0MARCO', about)).toContain(says)
      expect(await hands.revoke('U0MARCO', about)).toContain(says)
    },
  )
  it("another exception's id is judged as that exception", async () => {
    const other = await hands.ask('U0OLGA')
    const olgas = refusalText({ code: 'not-the-subject' }, { subject: 'Olga Novak' }).mrkdwn
    const danas = refusalText({ code: 'not-the-subject' }, { subject: 'Dana Cruz' }).mrkdwn
    expect(await hands.press('U0DANA', actions.notMe, other)).toBe(olgas)
    expect(await hands.press('U0DANA', actions.showCode, other)).toBe(olgas)
    expect(await hands.press('U0DANA', actions.doesNotWork, other)).toBe(olgas)
    expect(await hands.press('U0OLGA', actions.doesNotWork, id)).toBe(danas)
    expect(await hands.status(other)).toBe('waiting')
    expect(await hands.press('U0OLGA', actions.notMe, other)).toContain('Recorded.')
    await hands.isOver(other)
    expect(await hands.status(id)).toBe('waiting')
    await giveBack(installation, 'Olga Novak')
  })
})

describe('who it is comes from the signed request, and an account of another team is nobody', () => {
  const foreign = personProblemText('foreign', commandText.you).mrkdwn
  it.for([
    ['the user of another team', { user: { id: 'U0DANA', team_id: 'T0OTHER' } }],
    ['another team altogether', { team: { id: 'T0OTHER' }, user: { id: 'U0DANA', team_id: 'T0OTHER' } }],
    ['another team, the user without one', { team: { id: 'T0OTHER' }, user: { id: 'U0DANA' } }],
    ['no team at all', { team: null, user: { id: 'U0DANA' } }],
  ] as const)('%s', async ([, changes]) => {
    // Whoever is refused here and has been defrauded reads whom to call instead.
    const said = await hands.press('U0DANA', actions.notMe, id, changes)
    expect(said.startsWith(`${foreign} Is it about fraud?`)).toBe(true)
    expect(await hands.status(id)).toBe('waiting')
  })
  it('a command of another team', async () => {
    expect(await hands.command('U0HANNA', 'list', { team_id: 'T0OTHER' })).toBe(foreign)
  })
})

describe('a form with values that no client would send', () => {
  it.for(['whatever', '', '__proto__', 'constructor', 'toString'])(
    'no approval is made of the choice %j',
    async (how) => {
      expect(JSON.parse(await hands.approve('U0MARCO', id, how))).toEqual({
        response_action: 'errors',
        errors: { checked: commandText.choose },
      })
    },
  )
  it.for([{}, { checked: {} }, { other: { thing: { value: 'x' } } }, { checked: { 'checked-choice': {} } }])(
    'nor of %j',
    async (values) => {
      expect(await hands.submit('U0MARCO', forms.approve, id, values)).toContain(commandText.choose)
    },
  )
  it.for(['', '   ', '\n\t'])('a reason like %j is none: the field asks for one', async (reason) => {
    const asked = { response_action: 'errors', errors: { reason: commandText.sayWhy } }
    expect(JSON.parse(await hands.deny('U0MARCO', id, reason))).toEqual(asked)
    expect(JSON.parse(await hands.revoke('U0MARCO', id, reason))).toEqual(asked)
  })

  const filled = {
    ...field('subject', { selected_user: 'U0OLGA' }),
    ...field('duration', { selected_option: { value: '3600' } }),
    ...field('category', { selected_option: { value: 'lost' } }),
    ...field('reason', { value: 'Lost the phone on the train' }),
  }
  const wrong: readonly (readonly [keyof typeof requestFields, object])[] = [
    ['subject', { selected_user: null }],
    ['duration', { selected_option: { value: '-5' } }],
    ['duration', { selected_option: { value: '1e9x' } }],
    ['duration', { selected_option: { value: '0.5' } }],
    ['duration', {}],
    ['category', { selected_option: { value: '__proto__' } }],
    ['category', { selected_option: null }],
    ['ticket', { value: 'not a ticket' }],
    ['reason', { value: 'short' }],
    ['reason', { value: ` ${'\u200B'.repeat(40)} ` }],
  ]
  it.for(wrong)('the request form complains at %s about %j', async ([name, value]) => {
    const says = await hands.submit('U0HANNA', forms.request, '', { ...filled, ...field(name, value) })
    expect(Object.keys((JSON.parse(says) as { errors: object }).errors)).toEqual([name])
  })
  it.for([
    ['1000000000', /at most 8 hours/],
    ['3601', /10 minutes to 8 hours/],
    ['60', /10 minutes to 8 hours/],
  ] as const)('a length that was not offered, %s, is refused with the numbers', async ([value, says]) => {
    const values = { ...filled, ...field('duration', { selected_option: { value } }) }
    const name = madeUp()
    await hands.post(formOf('U0HANNA', forms.request, '', values, name))
    await expect.poll(() => hands.heard(name).at(-1), patient).toMatch(says)
    const newest = 'select exception_id as id from exception_view order by requested_at desc limit 1'
    const [refused] = await hands.rows<{ id: string }>(newest, [])
    await hands.isOver(refused?.id ?? '')
  })
  it('nothing came of any of them', async () => {
    expect((await hands.facts(id)).map(({ type }) => type)).toEqual(['requested', 'admitted'])
  })
})

describe('requests that make no sense do not trouble the bot', () => {
  const odd: readonly (readonly [string, Readonly<Record<string, string>>])[] = [
    ['no payload', { hello: 'world' }],
    ['a payload that is no JSON', { payload: '{' }],
    ['a payload that is no object', { payload: '7' }],
    ['a payload of an unknown type', { payload: '{"type":"surprise"}' }],
    ['a press without actions', { payload: '{"type":"block_actions","actions":[]}' }],
  ]
  it('a larger one than Slack sends', async () => {
    const at = `http://127.0.0.1:${installation.environment['PORT']}/slack/events`
    const options = { method: 'POST', agent: false, headers: { connection: 'close' } }
    await new Promise((resolve) => {
      const large = request(at, options, resolve)
      large.on('error', resolve)
      large.end('x'.repeat(2_000_000))
    })
    expect(await hands.command('U0HANNA', 'help')).toContain('A pass lets somebody')
  })
  it('there is nothing at any other door', async () => {
    const at = `http://127.0.0.1:${installation.environment['PORT']}`
    expect((await fetch(`${at}/`)).status).toBe(404)
    expect((await fetch(`${at}/slack/events`)).status).toBe(404)
    expect((await fetch(`${at}/slack/install`)).status).toBe(404)
    expect((await fetch(`${at}/healthz`)).status).toBe(200)
  })
  it.for(odd)('%s', async ([, form]) => {
    // Slack would wait three seconds for an answer to some of them; nobody here does.
    void hands.post(form).catch(() => undefined)
    expect(await hands.command('U0HANNA', 'help')).toContain('A pass lets somebody')
  })
})

describe('a request that is sent again counts once', () => {
  it('an approval', async () => {
    const form = formOf('U0MARCO', forms.approve, id, check('video'), madeUp())
    await Promise.all([hands.post(form), hands.post(form), hands.post(form)])
    await hands.becomes(id, 'approved')
    await hands.command('U0HANNA', 'help')
    expect((await hands.facts(id)).filter(({ type }) => type === 'approved')).toHaveLength(1)
  })
  it('a revocation', async () => {
    const form = formOf('U0MARCO', forms.revoke, id, reasonOf('Found it'), madeUp())
    await Promise.all([hands.post(form), hands.post(form)])
    await hands.isOver(id)
    const types = (await hands.facts(id)).map(({ type }) => type)
    expect(types.slice(2)).toEqual(['approved', 'revoke-asked', 'revoked', 'ended'])
  })
})

function field(name: keyof typeof requestFields, value: object): object {
  const { block, action } = requestFields[name]
  return { [block]: { [action]: value } }
}
