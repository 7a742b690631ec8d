import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { actions, caseActions, caseForms } from '../../src/core/card/actions.ts'
import { reportFields } from '../../src/core/card/form-fields.ts'
import { caseAnswerText, caseFormText, commandText } from '../../src/core/text/en.ts'
import { personProblemText } from '../../src/core/text/person-problem-text.ts'
import { refusalText } from '../../src/core/text/refusal-text.ts'
import { startInstallation, type Installation } from '../setup/installation.ts'
import { caseDeskOf, report, type CaseDesk } from './case-desk.ts'
import { handsOf, madeUp, type Hands } from './hands.ts'
import { cast, nobodies, workspace, type Role } from './workspace.ts'

let installation: Installation
let hands: Hands
let desk: CaseDesk

beforeAll(async () => {
  installation = await startInstallation({ seed: workspace })
  await installation.serve()
  hands = await handsOf(installation)
  desk = caseDeskOf(installation, hands)
})
afterAll(async () => {
  await hands.close()
  await installation.close()
})

const command = '/fraud'
const type = (user: string, text: string): Promise<string> => hands.command(user, text, { command })
const fill = (user: string, values: object): Promise<string> =>
  hands.submit(user, caseForms.report, '', values)
const roles = Object.keys(cast) as Role[]
const opened = /\*Case (FRD-[0-9A-Z]{4}-[0-9A-Z]{4}) is open\. Security has been told\.\*/
const everything = ['block', 'checks', 'exceptions', 'passes', 'risk', 'sessions']

describe('anybody may', () => {
  it('read what the command does', async () => {
    const said = await Promise.all(roles.map((role) => type(cast[role], 'help')))
    expect(new Set(said)).toEqual(new Set([caseAnswerText.help(command).mrkdwn]))
  })
  it('open the form', async () => {
    const said = await Promise.all(roles.map((role) => type(cast[role], '')))
    for (const says of said) expect(says).toContain(caseFormText.titles.report)
  })
})

describe('what is nobody’s report opens no case', () => {
  it.for(nobodies)('by %s, %s, whose account nobody stands behind', async ([user, problem]) => {
    const why = personProblemText(problem, commandText.you).mrkdwn
    const said = await Promise.all([
      ...['', 'help', 'list', 'a caller', '<@U0DANA> a caller', 'status FRD-AAAA'].map((text) =>
        type(user, text),
      ),
      fill(user, report('caller')),
      fill(user, report('caller', 'U0DANA')),
    ])
    expect(said.filter((says) => !says.includes(why))).toEqual([])
    expect(await desk.count()).toBe(0)
  })
  it.for(nobodies)('about %s, %s', async ([user, problem]) => {
    const call = caseAnswerText.callSecurity('+41 44 555 01 00').mrkdwn
    const why = `${personProblemText(problem, commandText.they).mrkdwn} ${call}`
    expect(await type(cast.requester, `<@${user}> a caller`)).toBe(why)
    expect(await fill(cast.requester, report('caller', user))).toContain(why)
    expect(await desk.count()).toBe(0)
  })
  it('about a name that Slack did not link, or an address that it does not know', async () => {
    expect(await type(cast.requester, '@dana a caller')).toContain('Slack did not link that name')
    expect(
      await type(cast.requester, '<mailto:no@elsewhere.example|no@elsewhere.example> a caller'),
    ).toContain('Slack knows nobody with the address')
    expect(await desk.count()).toBe(0)
  })
  it('words about nobody open the form with them: a name without @ must not block whoever typed it', async () => {
    const says = await type(cast.requester, 'olga signs in from two places')
    expect(says).toContain(caseFormText.titles.report)
    expect(await desk.count()).toBe(0)
    expect(desk.isEnabled('Hanna Weiss')).toBe(true)
  })
  it.for(['', 'whatever', '__proto__', 'constructor'])('that says %j happened', async (what) => {
    expect(JSON.parse(await fill(cast.outsider, report(what)))).toEqual({
      response_action: 'errors',
      errors: { [reportFields.what.block]: commandText.choose },
    })
    expect(await desk.count()).toBe(0)
  })
  it('by a command of another team', async () => {
    const said = await hands.command(cast.subject, 'a caller', { command, team_id: 'T0OTHER' })
    expect(said).toBe(
      `${personProblemText('foreign', commandText.you).mrkdwn} ${caseAnswerText.callSecurity('+41 44 555 01 00').mrkdwn}`,
    )
    expect(await desk.count()).toBe(0)
  })
})

describe('*Not me*', () => {
  it('by somebody else opens no case', async () => {
    const id = await hands.ask(cast.subject)
    const others = roles.filter((role) => role !== 'subject')
    const said = await Promise.all(others.map((role) => hands.press(cast[role], actions.notMe, id)))
    const why = refusalText({ code: 'not-the-subject' }, { subject: 'Dana Cruz' }).mrkdwn
    expect(new Set(said)).toEqual(new Set([why]))
    expect(await desk.count()).toBe(0)
    expect(desk.isEnabled('Dana Cruz')).toBe(true)
    await hands.press(cast.requester, actions.withdraw, id)
    await hands.isOver(id)
  })
  it('by the person stops it, and opens one that names it', async () => {
    const id = await hands.ask(cast.subject)
    const says = await hands.press(cast.subject, actions.notMe, id)
    expect(says).toContain('Recorded.')
    expect(says).toMatch(/\*Case FRD-\S+ is open/)
    const { id: caseId, state } = await desk.settled('Dana Cruz')
    expect(state.report).toMatchObject({ as: 'subject', what: 'message', about: id })
    expect(Object.keys(state.steps).toSorted()).toEqual(everything)
    expect(state.plan.requests).toBe('refused')
    expect(await desk.factsOf(caseId)).toContainEqual(
      expect.objectContaining({
        type: 'reported',
        by: { team: 'T0HALLPASS', user: cast.subject, person: desk.personOf('Dana Cruz') },
      }),
    )
    await hands.isOver(id)
    expect(await hands.facts(id)).toContainEqual(
      expect.objectContaining({ type: 'ended', outcome: 'stopped' }),
    )
  })
})

describe('what a report leads to depends on who it is', () => {
  const rows = [
    ['about oneself', 'U0OLGA', 'Olga Novak', '<@U0OLGA> somebody called and wanted a code', 'subject', true],
    [
      'by the helpdesk about a caller',
      cast.secondHelpdesk,
      'Ben Ode',
      '<@U0BEN> cannot place a call',
      'helpdesk',
      true,
    ],
    ['by security', cast.security, 'Hari Patel', '<@U0HARI> signs in from two places', 'security', true],
    ['by somebody about somebody else', cast.manager, 'Ava Chen', 'it looks odd <@U0AVA>', 'somebody', false],
  ] as const
  it.for(rows)('typed, %s', async ([, by, name, text, as, acts]) => {
    const shown = opened.exec(await type(by, text))?.[1]
    const row = await desk.settled(name)
    expect(row.shown).toBe(shown)
    expect(row.state.report).toMatchObject({ as, what: 'other', by: { team: 'T0HALLPASS', user: by } })
    expect(row.state.report.words).toBe(text.replace(/ ?<@\S+> ?/, ''))
    expect(Object.keys(row.state.steps).toSorted()).toEqual(acts ? everything : ['exceptions', 'passes'])
    expect(row.state.plan.requests).toBe(acts ? 'refused' : 'one-more')
    expect(desk.isEnabled(name)).toBe(!acts)
  })
  it('by the form, which is about oneself where nobody is chosen', async () => {
    expect(await fill(cast.administrator, report('gave-code', undefined, 'I read it out'))).toMatch(opened)
    const { state } = await desk.settled('Adele Vance')
    expect(state.report).toMatchObject({ as: 'subject', what: 'gave-code', words: 'I read it out' })
  })
  it('by the form, about somebody else', async () => {
    expect(await fill(cast.partner, report('caller', cast.requester))).toMatch(opened)
    const { state } = await desk.settled('Hanna Weiss')
    expect(state.report).toMatchObject({ as: 'somebody', what: 'caller', by: { user: cast.partner } })
    expect(desk.isEnabled('Hanna Weiss')).toBe(true)
  })
  it('what Hallpass may not do by itself is known to be for a person', async () => {
    expect(await type(cast.security, '<@U0PETRA> signs in from two places')).toMatch(opened)
    const { state } = await desk.settled('Petra Role')
    expect(state.steps.block?.result).toEqual({ is: 'impossible', because: 'forbidden' })
    expect(state.steps.sessions?.result).toEqual({ is: 'done' })
  })
  it('security itself is so small here that it is asked before one of them is blocked', async () => {
    expect(await type(cast.requester, `<@${cast.security}> calls from a strange number`)).toMatch(opened)
    const { state } = await desk.settled('Sam Okafor')
    expect(state.plan.withheld?.because).toBe('protected')
    expect(desk.isEnabled('Sam Okafor')).toBe(true)
  })
})

describe('reports that come again', () => {
  it('a command that is delivered twice opens one case', async () => {
    const twice = { command, trigger_id: madeUp() }
    const said = await Promise.all(
      [1, 2].map(() => hands.command(cast.partner, '<@U0MARCO> a caller', twice)),
    )
    expect(new Set(said.map((says) => opened.exec(says)?.[1])).size).toBe(1)
    await desk.settled('Marco Silva')
    expect(await desk.casesAbout('Marco Silva')).toHaveLength(1)
  })
  it('one by somebody whose word counts more is added to the case, and acts', async () => {
    const [before] = await desk.casesAbout('Ava Chen')
    expect(opened.exec(await type(cast.partner, `<@${cast.partner}> it was not me`))?.[1]).toBe(before?.shown)
    const { state } = await desk.caseThat('Ava Chen', ({ steps }) => steps.block?.result !== undefined)
    expect(state.reporters.map(({ as }) => as)).toEqual(['somebody', 'subject'])
    expect(state.plan.requests).toBe('refused')
    expect(desk.isEnabled('Ava Chen')).toBe(false)
    expect(await desk.casesAbout('Ava Chen')).toHaveLength(1)
  })
  it('whoever is blocked by then is heard all the same, and so is what others say of them', async () => {
    const [before] = await desk.casesAbout('Ava Chen')
    for (const [by, text] of [
      [cast.partner, `<@${cast.partner}> and again`],
      [cast.secondHelpdesk, `<@${cast.partner}> called about it`],
    ] as const)
      expect(opened.exec(await type(by, text))?.[1]).toBe(before?.shown)
    const { state } = await desk.caseThat('Ava Chen', ({ reporters }) => reporters.length === 4)
    expect(state.reporters.map(({ as }) => as)).toEqual(['somebody', 'subject', 'subject', 'helpdesk'])
  })
  it('and may say that it was a mistake, which undoes nothing; whoever did not report may not', async () => {
    const [before] = await desk.casesAbout('Ava Chen')
    const press = (user: string) => hands.press(user, caseActions.tellSecurity, before?.id ?? '')
    expect(await press(cast.partner)).toBe(caseAnswerText.heard('mistake').mrkdwn)
    expect(await press(cast.security)).toBe(refusalText({ code: 'not-allowed' }).mrkdwn)
    const { state } = await desk.caseThat('Ava Chen', ({ mistakes }) => mistakes.length > 0)
    expect(state.mistakes).toMatchObject([{ by: { user: cast.partner }, name: 'Ava Chen' }])
    expect(state.status).toBe('open')
    expect(desk.isEnabled('Ava Chen')).toBe(false)
  })
  it('but does nothing else from a disabled account', async () => {
    const why = personProblemText('directory-disabled', commandText.you).mrkdwn
    for (const text of ['list', 'status FRD-AAAA', 'note FRD-AAAA words', 'close FRD-AAAA'])
      expect(await type(cast.partner, text)).toBe(why)
  })
})
