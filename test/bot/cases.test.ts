import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { caseActions, caseForms } from '../../src/core/card/actions.ts'
import { closeFields, reasonFields } from '../../src/core/card/form-fields.ts'
import type { RefusalCode } from '../../src/core/refusal.ts'
import { caseAnswerText, caseListText, commandText } from '../../src/core/text/en.ts'
import { personProblemText } from '../../src/core/text/person-problem-text.ts'
import { refusalText } from '../../src/core/text/refusal-text.ts'
import { startInstallation, type Installation } from '../setup/installation.ts'
import { caseDeskOf, closing, type CaseDesk } from './case-desk.ts'
import { handsOf, type Hands } from './hands.ts'
import { cast, nobodies, workspace, type Role } from './workspace.ts'

let installation: Installation
let hands: Hands
let desk: CaseDesk
/** About Ava, by somebody: nobody is blocked. About Olga, by the helpdesk: she is. */
const about = { ava: { id: '', shown: '' }, olga: { id: '', shown: '' } }

const command = '/fraud'
const rita = 'U0RITA'
const type = (user: string, text: string): Promise<string> => hands.command(user, text, { command })

beforeAll(async () => {
  installation = await startInstallation({ seed: workspace })
  await installation.serve()
  hands = await handsOf(installation)
  desk = caseDeskOf(installation, hands)
  await type(cast.manager, '<@U0AVA> it looks odd')
  await type(cast.secondHelpdesk, '<@U0OLGA> called from a strange number')
  about.ava = await desk.settled('Ava Chen')
  about.olga = await desk.settled('Olga Novak')
})
afterAll(async () => {
  await hands.close()
  await installation.close()
})

/** Everybody but who is blocked by now, and those of them who are not security. */
const roles = (Object.keys(cast) as Role[]).filter((role) => role !== 'outsider')
const others = roles.filter((role) => role !== 'security')
const helpdesk = new Set<Role>(['requester', 'secondHelpdesk', 'security'])
const because = (code: RefusalCode): string => refusalText({ code } as never).mrkdwn

const close = (user: string, id: string, reason = 'Called back', safe?: readonly string[]): Promise<string> =>
  hands.submit(user, caseForms.closeCase, id, closing('false-alarm', reason, safe))
const agree = (user: string, metadata: unknown): Promise<string> =>
  hands.submit(
    user,
    caseForms.agreeUnblock,
    typeof metadata === 'string' ? metadata : JSON.stringify(metadata),
    {},
  )
const deeds = {
  take: (user: string, id: string) => hands.press(user, caseActions.takeCase, id),
  block: (user: string, id: string) => hands.press(user, caseActions.blockNow, id),
  close: (user: string, id: string) => close(user, id),
  unblock: (user: string, id: string) => agree(user, { caseId: id, close: 'whatever' }),
}

describe('the command about cases', () => {
  it('lists what is open for security alone', async () => {
    const said = await Promise.all(roles.map((role) => type(cast[role], 'list')))
    const refused = roles.filter(
      (_, index) => said[index] === caseAnswerText.onlySecurityLists(command).mrkdwn,
    )
    expect(refused).toEqual(others)
    const says = said[roles.indexOf('security')]
    expect(says).toContain(caseListText.title)
    for (const { shown } of Object.values(about)) expect(says).toContain(shown)
  })
  it.for(['status', 'close', 'note'])('%s is for security and the helpdesk', async (verb) => {
    const said = await Promise.all(
      roles.map((role) => type(cast[role], `${verb} ${about.ava.shown} called her back`)),
    )
    const refused = roles.filter((_, index) => said[index] === caseAnswerText.onlySecurity(command).mrkdwn)
    expect(refused).toEqual(roles.filter((role) => !helpdesk.has(role)))
  })
  it('the helpdesk is told that it can’t close a case before it fills in a form', async () => {
    const said = await type(cast.requester, `close ${about.ava.shown} called her back`)
    expect(said).toBe(refusalText({ code: 'security-only' }).mrkdwn)
  })
  it('a note is of whoever typed it, in the case that they named first, whatever it says', async () => {
    const text = `see ${about.olga.shown}, says U0SAM`
    expect(await type(cast.secondHelpdesk, `note ${about.ava.shown} ${text}`)).toBe(
      caseAnswerText.heard('note').mrkdwn,
    )
    const { state } = await desk.caseThat('Ava Chen', ({ notes }) => notes.at(-1)?.text === text)
    expect(state.notes.at(-1)).toMatchObject({ name: 'Hari Patel', by: { user: cast.secondHelpdesk } })
    const [other] = await desk.casesAbout('Olga Novak')
    expect(other?.state.notes).toEqual([])
  })
  it('a note without words, and an id that is none, change nothing', async () => {
    expect(await type(cast.security, `note ${about.ava.shown}`)).toBe(
      caseAnswerText.howToNote(command).mrkdwn,
    )
    for (const id of ['', 'junk', 'FRD-0000-0000', `' or 1=1 --`, 'TAP-7F3K'])
      expect(await type(cast.security, `status ${id}`)).toBe(caseAnswerText.unknown(command).mrkdwn)
  })
  it('the status is found by its id however it is typed', async () => {
    const says = await type(cast.requester, `status ${about.olga.shown.toLowerCase()}`)
    expect(says).toContain('Olga Novak')
    expect(says).toContain('Account blocked')
  })
})

describe('the card and its forms', () => {
  it.for(Object.keys(deeds) as (keyof typeof deeds)[])(
    '%s is for security: others are refused by name, and nothing changes',
    async (deed) => {
      const said = await Promise.all(others.map((role) => deeds[deed](cast[role], about.ava.id)))
      const why = because('security-only')
      expect(said.filter((says) => !says.includes(why))).toEqual([])
      await expect
        .poll(
          async () =>
            (await desk.factsOf(about.ava.id))
              .flatMap((fact) => (fact.type === 'word-refused' && fact.said === deed ? [fact.by.user] : []))
              .toSorted(),
          { timeout: 60_000 },
        )
        .toEqual(others.map((role) => cast[role]).toSorted())
      const [now] = await desk.casesAbout('Ava Chen')
      expect(now?.state).toMatchObject({ status: 'open' })
      expect(now?.state).not.toHaveProperty('taken')
      expect(now?.state).not.toHaveProperty('closing')
    },
  )
  it.for(nobodies)('%s, %s, reads why nobody hears them', async ([user, problem]) => {
    const before = await desk.factsOf(about.ava.id)
    const why = personProblemText(problem, commandText.you).mrkdwn
    const said = await Promise.all([
      ...Object.values(caseActions).map((action) => hands.press(user, action, about.ava.id)),
      close(user, about.ava.id),
      agree(user, { caseId: about.ava.id, close: 'whatever' }),
    ])
    expect(said.filter((says) => !says.includes(why))).toEqual([])
    expect(await desk.factsOf(about.ava.id)).toEqual(before)
  })
  it('who it is comes from the signed request, and which case from the card, whatever the message says', async () => {
    const lies = {
      user: { id: rita, team_id: 'T0HALLPASS', username: 'sam.okafor', name: 'Sam Okafor' },
      message: { text: `${about.ava.shown} by <@U0SAM>`, user: 'U0SAM', metadata: about.ava },
    }
    expect(await hands.press('U0SAM', caseActions.takeCase, about.olga.id, lies)).toBe(
      caseAnswerText.heard('take').mrkdwn,
    )
    const { state } = await desk.caseThat('Olga Novak', ({ taken }) => taken !== undefined)
    expect(state.taken).toMatchObject({
      name: 'Rita Lund',
      by: { team: 'T0HALLPASS', user: rita, person: desk.personOf('Rita Lund') },
    })
    const [other] = await desk.casesAbout('Ava Chen')
    expect(other?.state).not.toHaveProperty('taken')
  })
  it.for([
    'junk',
    '',
    undefined,
    null,
    7,
    {},
    '00000000-0000-0000-0000-000000000000',
    `' or 1=1 --`,
    '\u0000',
  ])('a button that names %j names nothing', async (value) => {
    const said = await Promise.all(
      Object.values(caseActions).map((action) => hands.press(cast.security, action, value)),
    )
    expect(new Set(said)).toEqual(new Set([caseAnswerText.unknown(command).mrkdwn]))
  })
  it.for(['junk', '', '00000000-0000-0000-0000-000000000000'])('nor a form for %j', async (id) => {
    expect(await close(cast.security, id)).toContain(caseAnswerText.unknown(command).mrkdwn)
  })
  it('without an outcome or a reason nothing is closed', async () => {
    const values = { ...closing('__proto__', '  ') }
    expect(JSON.parse(await hands.submit(cast.security, caseForms.closeCase, about.ava.id, values))).toEqual({
      response_action: 'errors',
      errors: {
        [closeFields.outcome.block]: commandText.choose,
        [reasonFields.reason.block]: commandText.sayWhy,
      },
    })
  })
  it('what waited for security’s word is done at their word', async () => {
    await type(cast.requester, `<@${cast.security}> calls from a strange number`)
    const { id } = await desk.settled('Sam Okafor')
    expect(installation.entra.controls.view().users.find(({ name }) => name === 'Sam Okafor')?.enabled).toBe(
      true,
    )
    expect(await deeds.take(cast.security, id)).toBe(because('own-case'))
    expect(await deeds.block(rita, id)).toBe(caseAnswerText.heard('block').mrkdwn)
    await desk.caseThat('Sam Okafor', ({ steps }) => steps.block?.result?.is === 'done')
    expect(desk.isEnabled('Sam Okafor')).toBe(false)
  })
})
