import { describe, expect, it } from 'vitest'
import { carryOutReport } from '../../src/activities/fraud/carry-out-report.ts'
import { hearReport, hearWord } from '../../src/activities/fraud/hear-word.ts'
import { lookAround } from '../../src/activities/fraud/look-around.ts'
import { openCase } from '../../src/activities/fraud/open-case.ts'
import { takeStep } from '../../src/activities/fraud/take-step.ts'
import { steps, type Step } from '../../src/core/fraud/plan.ts'
import { kinds, type Kind } from '../../src/core/kinds.ts'
import type { Person } from '../../src/core/people/person.ts'
import { actorOf, asked, ava, dana, hanna, marco, secondAccountOf } from '../core/exception/given.ts'
import { carl, caseId, sam, sue } from '../core/fraud/given.ts'
import { another, caseWorld, forged, gust, reportBy, saying } from './case-world.ts'

const locking = ['checks', 'block', 'sessions', 'risk'] as const
const done = { is: 'done' }
const impossible = { is: 'impossible', because: 'forbidden' }
const what: Readonly<Record<(typeof locking)[number], string>> = {
  checks: `deny ${dana.id} ${caseId}`,
  block: 'block',
  sessions: 'revokeSessions',
  risk: 'confirmRisk',
}

const blockNow = (by: Person, more: Parameters<typeof saying>[3] = {}) => saying('block', {}, by, more)
const open = (exceptionId: string, kind: Kind = 'tap', signature = 'signed') => ({
  exceptionId,
  displayId: exceptionId,
  state: {
    status: 'waiting',
    request: {
      exceptionId,
      kind,
      provider: kinds[kind].provider,
      subject: dana.id,
      requestedAt: asked,
      requester: actorOf(hanna),
      requestHash: 'hash',
      proof: { keyId: 'key-1', signature },
    },
  },
})

type World = ReturnType<typeof caseWorld>

async function planOf({ ports }: World, by: Person, subject = dana) {
  const opened = await openCase(ports, reportBy(by, { subject: subject.id }))
  if (opened.is !== 'opened') throw new Error(opened.is)
  return opened.reported
}

describe('opening a case', () => {
  it.each([
    ['the person', dana, 'subject', 6],
    ['another account of the person', secondAccountOf(dana), 'subject', 6],
    ['the helpdesk', hanna, 'helpdesk', 6],
    ['security', sam, 'security', 6],
    ['somebody', marco, 'somebody', 2],
    ['a guest', gust, 'somebody', 2],
  ] as const)('finds out what whoever reports is: %s', async (_, by, as, count) => {
    const { plan, ...reported } = await planOf(caseWorld({ people: [secondAccountOf(dana)] }), by)
    expect(reported).toMatchObject({
      as,
      at: asked,
      caseId,
      by: actorOf(by),
      subject: dana.id,
      proof: { keyId: 'key-1' },
      details: { subjectName: 'dana', reporterName: by.name },
    })
    expect(plan.steps).toHaveLength(count)
  })

  it('keeps what was said, and about which exception', async () => {
    const said = { words: 'a call', when: 'at noon', application: 'VPN', about: 'x' }
    const opened = await openCase(caseWorld().ports, reportBy(dana, said))
    const { about, ...details } = said
    expect(opened).toMatchObject({ is: 'opened', reported: { about, details } })
  })

  it('believes no report that the bot did not sign, and no other words', async () => {
    const { ports, alarms } = caseWorld()
    expect(await openCase(ports, forged(reportBy(dana)))).toEqual({ is: 'forged' })
    expect(await openCase(ports, saying('take', {}, sam) as never)).toEqual({ is: 'forged' })
    expect(alarms).toHaveLength(2)
  })

  it('locks out nobody of the break-glass accounts by itself', async () => {
    const { plan } = await planOf(caseWorld({ breakGlass: [dana] }), hanna)
    expect(plan).toMatchObject({
      steps: steps.slice(0, 2),
      withheld: { because: 'protected', steps: locking },
    })
  })

  it.each([
    ['the last two of security', [dana, sam], 'protected'],
    ['three of whom one is disabled', [dana, sam, { ...sue, enabled: false }], 'protected'],
    ['three of whom one is a guest', [dana, sam, gust], 'protected'],
    ['three who can sign in', [dana, sam, sue], undefined],
  ] as const)('leaves security able to act: %s', async (_, security, because) => {
    const world = caseWorld({ security, people: security })
    const { plan } = await planOf(world, hanna)
    expect(plan.withheld?.because).toBe(because)
  })

  it.each([
    ['the person', dana],
    ['the helpdesk', hanna],
  ])('by %s waits for security where nobody knows who must never be blocked', async (_, by) => {
    const world = caseWorld({ unreadable: 'breakGlass' })
    const { plan } = await planOf(world, by)
    expect(plan).toMatchObject({
      steps: steps.slice(0, 2),
      withheld: { because: 'unreadable', steps: locking },
      requests: 'refused',
    })
    const report = reportBy(by)
    expect(await takeStep(world.ports, { step: 'block', report })).toEqual(impossible)
    expect(world.did).toEqual([])
    expect(await takeStep(world.ports, { step: 'block', report, block: blockNow(sam) })).toEqual(done)
  })

  it.each([
    ['security', 'helpdesk', 'unreadable'],
    ['helpdesk', 'somebody', undefined],
  ])('is heard, and blocks nobody, where %s can’t be read', async (unreadable, as, because) => {
    const reported = await planOf(caseWorld({ unreadable }), hanna)
    expect(reported.as).toBe(as)
    expect(reported.plan.steps).toEqual(steps.slice(0, 2))
    expect(reported.plan.withheld?.because).toBe(because)
  })

  it('waits for a directory that does not answer', async () => {
    const { ports, down } = caseWorld()
    down.add('breakGlass')
    await expect(openCase(ports, reportBy(dana))).rejects.toMatchObject({ code: 'unavailable' })
  })

  it('blocks only so many others by one person’s word within the hour before it', async () => {
    const world = caseWorld({ recentBlocks: 3 })
    expect((await planOf(world, hanna)).plan.withheld?.because).toBe('too-many')
    expect((await planOf(world, dana)).plan.withheld).toBeUndefined()
    expect((await planOf(caseWorld({ recentBlocks: 2 }), hanna)).plan.withheld).toBeUndefined()
    expect(world.asking).toEqual([[{ id: caseId, reporter: hanna.id, subject: dana.id, at: asked }, 3]])
  })
})

describe('a step', () => {
  it.each(locking)('that follows from a report is taken, again and again: %s', async (step) => {
    const { ports, did, alarms } = caseWorld()
    for (const _ of [1, 2]) expect(await takeStep(ports, { step, report: reportBy(hanna) })).toEqual(done)
    expect(did).toEqual([what[step], what[step]])
    expect(alarms).toEqual([])
  })

  it.each(locking)('that does not follow from the report is refused with an alarm: %s', async (step) => {
    const { ports, did, alarms } = caseWorld()
    expect(await takeStep(ports, { step, report: reportBy(marco) })).toEqual(impossible)
    expect(did).toEqual([])
    expect(alarms).toHaveLength(1)
  })

  it.each(steps)('of a forged report is refused with an alarm: %s', async (step) => {
    const { ports, did, alarms } = caseWorld()
    expect(await takeStep(ports, { step, report: forged(reportBy(hanna)) })).toEqual(impossible)
    expect(did).toEqual([])
    expect(alarms).toHaveLength(1)
  })

  it('goes on by the word of the person whom another step has disabled already', async () => {
    const { ports, change } = caseWorld()
    change({ ...dana, enabled: false })
    for (const step of locking) expect(await takeStep(ports, { step, report: reportBy(dana) })).toEqual(done)
  })

  it('goes on where another step has disabled one of the three of security', async () => {
    const { ports, change } = caseWorld({ security: [dana, sam, sue] })
    change({ ...dana, enabled: false })
    expect(await takeStep(ports, { step: 'sessions', report: reportBy(hanna) })).toEqual(done)
  })

  it('that Hallpass can’t do is said, not tried for ever', async () => {
    const { ports } = caseWorld({ problem: 'no-licence' })
    const result = { is: 'impossible', because: 'no-licence' }
    expect(await takeStep(ports, { step: 'risk', report: reportBy(hanna) })).toEqual(result)
  })

  it('rejects while somebody does not answer, to be tried again', async () => {
    const { ports, down } = caseWorld()
    down.add('block')
    const order = { step: 'block', report: reportBy(hanna) } as const
    await expect(takeStep(ports, order)).rejects.toMatchObject({ code: 'unavailable' })
    down.clear()
    expect(await takeStep(ports, order)).toEqual(done)
  })

  it('by a later report is done in the case of the first one', async () => {
    const { ports, did, alarms } = caseWorld()
    const again = reportBy(hanna, {}, { caseId: another })
    const order = { step: 'checks', report: reportBy(marco), again } as const
    expect(await takeStep(ports, order)).toEqual(done)
    expect(did).toEqual([`deny ${dana.id} ${caseId}`])
    expect(alarms).toEqual([])
  })

  it.each([
    ['forged', forged(reportBy(hanna))],
    ['about somebody else', reportBy(hanna, { subject: ava.id })],
    ['no report', saying('take', {}, sam) as never],
  ])('by a later report is refused where that is %s', async (_, again) => {
    const { ports, did, alarms } = caseWorld()
    expect(await takeStep(ports, { step: 'block', report: reportBy(marco), again })).toEqual(impossible)
    expect({ did, alarms: alarms.length }).toEqual({ did: [], alarms: 1 })
  })
})

it('a report of a case that is closed opens none: whoever reports afterwards would be heard by it', async () => {
  const [old, fresh] = ['old', 'fresh'].map((signature) => reportBy(dana, {}, { signature }))
  const { ports, alarms } = caseWorld({ over: ['old'] })
  expect(await openCase(ports, old as never)).toEqual({ is: 'over' })
  expect(await openCase(ports, fresh as never)).toMatchObject({ is: 'opened' })
  expect(alarms).toEqual([])
})

describe('what waits for security', () => {
  const report = reportBy(hanna)
  const withWord = (block?: ReturnType<typeof blockNow>, step: Step = 'block') => ({
    step,
    report,
    ...(block && { block }),
  })

  it('is not done by the word of whoever reported it', async () => {
    const { ports, did } = caseWorld({ breakGlass: [dana] })
    const mine = { ...withWord(blockNow(sam)), report: reportBy(sam) }
    expect(await takeStep(ports, mine)).toEqual(impossible)
    expect(did).toEqual([])
    expect(await takeStep(ports, { ...mine, block: blockNow(sue) })).toEqual(done)
  })

  it.each(locking)('is done by their word: %s', async (step) => {
    const { ports, did, alarms } = caseWorld({ breakGlass: [dana] })
    expect(await takeStep(ports, withWord(blockNow(sam), step))).toEqual(done)
    expect(did).toEqual([what[step]])
    expect(alarms).toEqual([])
  })

  it.each([
    ['nobody’s', undefined],
    ['of the helpdesk', blockNow(hanna)],
    ['of somebody', blockNow(marco)],
    ['of the person', blockNow(dana)],
    ['about another case', blockNow(sam, { caseId: another })],
    ['forged', forged(blockNow(sam))],
    ['another word', { ...blockNow(sam), statement: saying('take', {}, sam).statement } as never],
  ])('is not done by a word that is %s', async (_, block) => {
    const { ports, did, alarms } = caseWorld({ breakGlass: [dana] })
    expect(await takeStep(ports, withWord(block))).toEqual(impossible)
    expect({ did, alarms: alarms.length }).toEqual({ did: [], alarms: 1 })
  })

  it('is not done by the word of somebody whom the directory has disabled since', async () => {
    const { ports, did, change } = caseWorld({ breakGlass: [dana] })
    change({ ...sam, enabled: false })
    expect(await takeStep(ports, withWord(blockNow(sam)))).toEqual(impossible)
    expect(did).toEqual([])
  })

  it('is nothing that the policy does not want', async () => {
    const { ports, did } = caseWorld({ breakGlass: [dana] })
    const order = { ...withWord(blockNow(sam)), report: reportBy(marco) }
    expect(await takeStep(ports, order)).toEqual(impossible)
    expect(did).toEqual([])
  })
})

describe('what Hallpass made possible', () => {
  it('ends by the word of anybody: every credential that is listed, whoever made it', async () => {
    const { ports, did, alive } = caseWorld()
    alive.add('entra-1').add('entra-foreign').add('local-1')
    const order = { step: 'passes', report: reportBy(gust) } as const
    expect(await takeStep(ports, order)).toEqual({ is: 'done', count: 3 })
    expect(did.toSorted()).toEqual(['revoke entra-1', 'revoke entra-foreign', 'revoke local-1'])
    expect(await takeStep(ports, order)).toEqual({ is: 'done', count: 0 })
  })

  it('goes on to be ended while something of it is alive', async () => {
    const { ports, alive } = caseWorld()
    alive.add('entra-1')
    ports.providers.entra.issuer.revoke = async () => undefined
    const order = { step: 'passes', report: reportBy(gust) } as const
    await expect(takeStep(ports, order)).rejects.toMatchObject({ status: 'still-listed' })
  })

  it('is stopped, and its workflows hear of it and end it', async () => {
    const { ports, did, down } = caseWorld()
    const views = [open('x'), open('y'), { exceptionId: 'z', state: { status: 'ended' } }]
    ports.views.aboutSubject = async () => views as never
    const order = { step: 'exceptions', report: reportBy(gust) } as const
    expect(await takeStep(ports, order)).toEqual({ is: 'done', count: 2 })
    expect(did).toEqual(['endByWord x', 'endByWord y', `signal ${dana.id}`])
    down.add('signal')
    await expect(takeStep(ports, order)).rejects.toMatchObject({ code: 'unavailable' })
  })

  it('is all that counts: what was signed as a drill is ended as well, and is no trace', async () => {
    const { ports, did, alive } = caseWorld()
    const views = [open('practised', 'drill'), open('x'), open('hidden', 'drill', 'forged')]
    ports.views.aboutSubject = async () => views as never
    alive.add('drill-1').add('local-1')
    const report = reportBy(gust)
    expect(await takeStep(ports, { step: 'exceptions', report })).toEqual({ is: 'done', count: 2 })
    expect(await takeStep(ports, { step: 'passes', report })).toEqual({ is: 'done', count: 1 })
    expect(did).toEqual(expect.arrayContaining(['endByWord practised', 'revoke drill-1', 'revoke local-1']))
    const { exceptions } = await lookAround(ports, { subject: dana.id, at: asked })
    expect(exceptions.map(({ exceptionId }) => exceptionId)).toEqual(['x', 'hidden'])
  })

  it('is ended although no list shows it yet', async () => {
    const { ports, did } = caseWorld()
    const shown = { ...open('x').state, lease: { credentialId: 'entra-new' } }
    ports.views.aboutSubject = async () => [{ exceptionId: 'x', state: shown }] as never
    const order = { step: 'passes', report: reportBy(gust) } as const
    expect(await takeStep(ports, order)).toEqual({ is: 'done', count: 1 })
    expect(did).toEqual(['revoke entra-new'])
  })
})

describe('a case that is closed', () => {
  const [old, other] = [reportBy(dana), reportBy(hanna, {}, { caseId: another })]

  it.each([
    ['the report that opened it', { report: old }],
    ['a later report of then, as if it opened a case', { report: other }],
    ['a later report of then, in a case of now', { report: reportBy(marco), again: other }],
    ['a report of now, in the case of then', { report: old, again: reportBy(sam) }],
  ])('takes nothing away again; passes are ended: %s', async (_, order) => {
    const over = [old, other].map(({ signature }) => signature)
    const { ports, did, alive } = caseWorld({ over })
    alive.add('entra-1')
    for (const step of locking) expect(await takeStep(ports, { step, ...order })).toEqual(impossible)
    expect(did).toEqual([])
    await takeStep(ports, { step: 'passes', ...order })
    expect(did).toEqual(['revoke entra-1'])
  })
})

describe('a report without Temporal', () => {
  it('leads to the same, and one thing that fails holds up nothing else', async () => {
    const { ports, did, down } = caseWorld()
    down.add('block')
    await expect(carryOutReport(ports, reportBy(hanna))).rejects.toMatchObject({ code: 'unavailable' })
    expect(did.toSorted()).toEqual(['confirmRisk', `deny ${dana.id} ${caseId}`, 'revokeSessions'])
    down.clear()
    expect(await carryOutReport(ports, reportBy(hanna))).toBe('ended')
    expect(did).toContain('block')
  })

  it('leads to nothing where it is forged', async () => {
    const { ports, did, alarms } = caseWorld()
    expect(await carryOutReport(ports, forged(reportBy(hanna)))).toBe('refused')
    expect({ did, alarms: alarms.length }).toEqual({ did: [], alarms: 1 })
  })
})

describe('an exception that hears of a report', () => {
  const exceptions = ['x', 'y']

  it('believes what the bot signed about its subject: nothing of it is minted any more', async () => {
    const { ports, did } = caseWorld()
    expect(await hearReport(ports, { report: reportBy(gust), subject: dana.id, exceptions })).toBe(true)
    expect(did).toEqual(['endByWord x', 'endByWord y'])
  })

  it('ends also while that can’t be written', async () => {
    const { ports, down } = caseWorld()
    down.add('endByWord')
    expect(await hearReport(ports, { report: reportBy(gust), subject: dana.id, exceptions })).toBe(true)
  })

  it.each([
    ['forged', forged(reportBy(dana))],
    ['about somebody else', reportBy(hanna, { subject: ava.id })],
    ['no report', saying('take', {}, sam) as never],
  ])('takes it for an alarm where it is %s', async (_, report) => {
    const { ports, did, alarms } = caseWorld()
    expect(await hearReport(ports, { report, subject: dana.id, exceptions })).toBe(false)
    expect({ did, alarms: alarms.length }).toEqual({ did: [], alarms: 1 })
  })
})

describe('who speaks about a case', () => {
  it.each([
    ['security', sam, { active: true, isSecurity: true, isHelpdesk: false }],
    ['the helpdesk', hanna, { active: true, isSecurity: false, isHelpdesk: true }],
    ['a guest', gust, { active: false, isSecurity: false, isHelpdesk: false }],
  ])('is read from the directory: %s', async (_, by, standing) => {
    const { ports } = caseWorld()
    const hearing = await hearWord(ports, saying('take', {}, by), caseId)
    expect(hearing).toEqual({ is: 'heard', standing: { name: by.name, ...standing } })
  })

  it('is nobody once they left the directory', async () => {
    const { ports } = caseWorld({ people: [] })
    const gone = { ...carl, id: 'entra:gone' } as const
    expect(await hearWord(ports, saying('take', {}, gone), caseId)).toMatchObject({
      standing: { active: false, isSecurity: false },
    })
  })

  it.each([
    ['forged', forged(saying('take', {}, sam))],
    ['about another case', saying('take', {}, sam, { caseId: another })],
  ])('is not heard where the word is %s', async (_, word) => {
    const { ports, alarms } = caseWorld()
    expect(await hearWord(ports, word, caseId)).toEqual({ is: 'forged' })
    expect(alarms).toHaveLength(1)
  })
})
