import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { actions, forms } from '../../src/core/card/actions.ts'
import type { Fact } from '../../src/core/exception/fact.ts'
import { refusalText } from '../../src/core/text/refusal-text.ts'
import { envelopeOf } from '../../src/sandbox/slack/envelope.ts'
import { choice, deskOf, words, type Desk } from '../setup/desk.ts'
import { giveBack } from '../setup/give-back.ts'
import { eventually, freePort, startInstallation } from '../setup/installation.ts'
import type { Installation, Transport } from '../setup/installation.ts'
import { caseDeskOf, type CaseDesk } from './case-desk.ts'
import { check, formOf, handsOf, madeUp, signature, type Hands } from './hands.ts'
import { typed } from './typing.ts'

// Two programs each, so that whatever is delivered twice may come to one of them, or to both.
describe.each<Transport>(['http', 'socket'])('over %s', (transport) => {
  let installation: Installation
  let desk: Desk
  let hands: Hands
  let cases: CaseDesk
  let otherPort: string
  let tries = 0

  beforeAll(async () => {
    installation = await startInstallation({ transport })
    otherPort = String(await freePort())
    await Promise.all([installation.serve(), installation.serve({ PORT: otherPort })])
    desk = deskOf(installation)
    hands = await handsOf(installation)
    cases = caseDeskOf(installation, hands)
  })
  afterEach(async () => {
    const live = await hands.rows<{ id: string }>(
      `select exception_id as id from exception_view where status <> 'ended'`,
      [],
    )
    for (const { id } of live) {
      await hands.revoke('U0SAM', id)
      await hands.isOver(id)
    }
    await giveBack(installation, 'Dana Cruz')
    for (const user of ['U0HANNA', 'U0MARCO', 'U0DANA']) installation.slack.people.reload(user)
  })
  afterAll(async () => {
    await hands.close()
    await installation.close()
  })

  type Form = Readonly<Record<string, string>>

  /** Delivers the same to both programs, at once; over HTTP with signatures of their own, as a new try has one. */
  const toBoth = async (form: Form): Promise<void> => {
    if (transport === 'socket') {
      const outcomes = await installation.slack.sockets.send(envelopeOf(form))
      expect(outcomes).toHaveLength(2)
      for (const outcome of outcomes) expect(outcome).toMatchObject({ ok: true })
      return
    }
    const body = new URLSearchParams(form).toString()
    const secret = installation.environment['SLACK_SIGNING_SECRET'] ?? ''
    const headers = signature(secret, body, Math.floor(Date.now() / 1000) - 30 + tries++)
    const posts = [installation.environment['PORT'], otherPort].map((port) =>
      fetch(`http://127.0.0.1:${port}/slack/events`, {
        method: 'POST',
        headers: { 'content-type': 'application/x-www-form-urlencoded', ...headers },
        body,
      }),
    )
    for (const { status } of await Promise.all(posts)) expect(status).toBe(200)
  }
  const types = async (id: string): Promise<readonly Fact['type'][]> =>
    (await hands.facts(id)).map(({ type }) => type)
  const countOf = async (table: string): Promise<number> => {
    const [row] = await hands.rows<{ count: number }>(`select count(*)::int as count from ${table}`, [])
    return row?.count ?? 0
  }

  it('a pass is asked for, approved and opened', async () => {
    await desk.ask()
    await desk.approve()
    const code = await desk.openCode()
    const dana = installation.entra.controls.view().users.find(({ name }) => name === 'Dana Cruz')
    const signIn = await installation.entra.controls.signIn({ user: dana?.id ?? '', code })
    expect(signIn).toMatchObject({ ok: true })
    await desk.close('U0DANA')
    const [row] = await hands.rows<{ id: string }>('select exception_id as id from exception_view', [])
    await hands.isOver(row?.id ?? '')
  })

  it('a form complains at its fields, and asks when they are mended', async () => {
    await typed(installation, 'U0HANNA', '/tap')
    const filled = {
      subject: { 'subject-user': { type: 'users_select', selected_user: 'U0DANA' } },
      ...choice('duration', 'duration-seconds', '3600', '1 hour'),
      ...choice('category', 'category-choice', 'replaced', 'Phone or key replaced'),
      ...words('ticket', 'ticket-text', 'inc42'),
    }
    await desk.submit('U0HANNA', { ...filled, ...words('reason', 'reason-text', 'broken') })
    const complaint = refusalText({ code: 'reason-too-short', atLeast: 10 }).mrkdwn
    expect(desk.modal('U0HANNA')).toMatchObject({ errors: { reason: complaint } })
    await desk.submit('U0HANNA', { ...filled, ...words('reason', 'reason-text', 'Her new phone came today') })
    const window = await desk.window('U0HANNA', 'Recorded, TAP-')
    const id = /TAP-[0-9A-Z-]+/.exec(JSON.stringify(window))?.[0] ?? ''
    await hands.becomes(await hands.uuidOf(id), 'waiting')
  })

  it('one request, whoever gets it and however often, also when it is over', async () => {
    const before = await countOf('exception_view')
    const name = madeUp()
    const order = hands.commandOf('U0HANNA', '<@U0DANA> 1h INC123 lost the phone on the train', name)
    await toBoth(order)
    const said = await hands.answer(name)
    const shown = /TAP-[0-9A-Z-]+/.exec(said)?.[0] ?? ''
    const id = await hands.uuidOf(shown)
    await hands.becomes(id, 'waiting')
    await eventually(() => expect(hands.heard(name)).toHaveLength(2))
    expect(hands.heard(name).every((one) => one.includes(shown))).toBe(true)

    await hands.press('U0HANNA', actions.withdraw, id)
    await hands.isOver(id)
    await toBoth(order)
    await eventually(() => expect(hands.heard(name)).toHaveLength(4))
    expect(await countOf('exception_view')).toBe(before + 1)
    expect((await types(id)).filter((type) => type === 'requested' || type === 'admitted')).toHaveLength(2)
    expect(await hands.status(id)).toBe('ended')
  })

  it('one approval', async () => {
    const id = await hands.ask('U0DANA')
    const form = formOf('U0MARCO', forms.approve, id, check('called-back'), madeUp())
    await toBoth(form)
    await hands.becomes(id, 'approved')
    await toBoth(form)
    await hands.command('U0HANNA', 'help')
    expect(await types(id)).toEqual(['requested', 'admitted', 'approved'])
  })

  it('one window and one code', async () => {
    const id = await hands.ask('U0DANA')
    await hands.approve('U0MARCO', id)
    await hands.becomes(id, 'approved')
    await desk.sees('U0DANA', 'Show my code')
    const before = installation.entra.mints()
    const press = await intercepted(() => desk.press('U0DANA', 'Show my code'))
    await toBoth(press)
    await desk.window('U0DANA', 'rich_text_preformatted')
    await hands.becomes(id, 'active')
    expect(installation.entra.mints()).toBe(before + 1)
    expect(desk.messages('U0DANA').filter(({ ephemeral }) => ephemeral)).toEqual([])
    expect((await types(id)).filter((type) => type === 'shown')).toHaveLength(1)
  })

  it('one Not me: one stop, one case, one report', async () => {
    const id = await hands.ask('U0DANA')
    const before = await countOf('case_view')
    const press = hands.pressOf('U0DANA', actions.notMe, id, madeUp())
    await toBoth(press)
    await hands.isOver(id)
    const { id: caseId } = await cases.settled('Dana Cruz')
    await toBoth(press)
    await hands.command('U0HANNA', 'help')
    expect((await types(id)).filter((type) => type === 'stopped')).toHaveLength(1)
    expect(await countOf('case_view')).toBe(before + 1)
    const [found] = await hands.rows<{ reporters: number }>(
      `select jsonb_array_length(state->'reporters') as reporters from case_view where case_id = $1`,
      [caseId],
    )
    expect(found?.reporters).toBe(1)

    // A report that joins a case that is open already is one as well.
    const report = { ...hands.commandOf('U0HARI', '<@U0DANA> an odd call', madeUp()), command: '/fraud' }
    await toBoth(report)
    await toBoth(report)
    await eventually(async () => {
      const rows = await hands.rows<{ reporters: number }>(
        `select jsonb_array_length(state->'reporters') as reporters from case_view where case_id = $1`,
        [caseId],
      )
      expect(rows).toEqual([{ reporters: 2 }])
    })
    expect(await countOf('case_view')).toBe(before + 1)
  })

  it('nothing that the socket must not say was said', () => {
    expect(installation.slack.sockets.violations()).toEqual([])
  })

  /** What a press sends: it is delivered as usual, and what was sent can be delivered again. */
  async function intercepted(press: () => Promise<unknown>): Promise<Form> {
    const sent: Form[] = []
    const stop = installation.slack.onCall(({ method, args }) => {
      if (method === 'block_actions') sent.push(args as Form)
    })
    await press()
    stop()
    return sent.at(-1) ?? {}
  }
})
