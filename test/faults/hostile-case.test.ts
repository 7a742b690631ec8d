import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { createSigner } from '../../src/adapters/signing/signer.ts'
import type { Envelope } from '../../src/core/envelope/statement.ts'
import { steps } from '../../src/core/fraud/plan.ts'
import type { CaseStatement, CaseStatementOf } from '../../src/core/fraud/statement.ts'
import { fraudWorkflowId, taskQueues, workflowType } from '../../src/core/names.ts'
import { stop } from '../../src/workflows/messages.ts'
import { caseDeskOf, type CaseDesk } from '../bot/case-desk.ts'
import { handsOf, type Hands } from '../bot/hands.ts'
import { giveBack } from '../setup/give-back.ts'
import { letIntruderIn, signedByAnother, type Intruder } from './hostile.ts'
import { dana, olga, openScene, until, type Scene, type Subject } from './scene.ts'

type Report = Envelope<CaseStatementOf<'report'>>

let scene: Scene
let intruder: Intruder
let hands: Hands
let desk: CaseDesk

beforeAll(async () => {
  scene = await openScene()
  const [opened] = await Promise.all([letIntruderIn(scene), scene.serve()])
  intruder = opened
  hands = await handsOf(scene)
  desk = caseDeskOf(scene, hands)
})
afterAll(async () => {
  await hands.close()
  await intruder.close()
  await scene.close()
})

const locking = steps.slice(2)
const impossible = { is: 'impossible', because: 'forbidden' }
const type = (user: string, text: string): Promise<string> => hands.command(user, text, { command: '/fraud' })
const alarms = async (): Promise<number> => (await scene.facts('alarm')).length

/** What was taken from somebody: the account, or what Hallpass checks. */
async function taken({ name }: Subject): Promise<readonly string[]> {
  const denials = await scene.rows(
    `select from local_denial left join local_denial_end on denial_id = id
     where subject = '${desk.personOf(name)}' and ended_at is null`,
  )
  return [...(desk.isEnabled(name) ? [] : ['account']), ...(denials.length > 0 ? ['checks'] : [])]
}

const person = (subject: Subject) => `entra:${scene.idOf(subject)}` as const

/** A report as the bot would sign it; nobody made it. */
function reportAbout(subject: Subject, by = subject): CaseStatementOf<'report'> {
  return {
    v: 1,
    caseId: randomUUID(),
    actor: { team: 'T0HALLPASS', user: by.slack, person: person(by) },
    at: Date.now(),
    kind: 'report',
    body: { subject: person(subject), what: 'sign-in', policyHash: 'p' },
  }
}

/** What the bot signed in the case that is open about somebody, as anybody who reads the history finds it. */
async function readCase(subject: Subject) {
  const handle = scene.temporal.workflow.getHandle(fraudWorkflowId(`entra:${scene.idOf(subject)}`))
  const { events } = await handle.fetchHistory()
  const inputs = (events ?? []).flatMap((event) => [
    event.workflowExecutionStartedEventAttributes?.input,
    event.workflowExecutionSignaledEventAttributes?.input,
    event.workflowExecutionUpdateAcceptedEventAttributes?.acceptedRequest?.input?.args,
  ])
  const envelopes = inputs.flatMap((input) =>
    (input?.payloads ?? []).map(({ data }) => {
      const sent = JSON.parse(Buffer.from(data ?? []).toString('utf8')) as
        Envelope<CaseStatement> | { report: Envelope<CaseStatement> }
      return 'report' in sent ? sent.report : sent
    }),
  )
  return (kind: CaseStatement['kind']) => envelopes.filter(({ statement }) => statement.kind === kind)
}

/** Starts the true workflow of a case with whatever somebody made up; answers how it ended. */
async function startCase(subject: Subject, report: Report, more: readonly Report[] = []): Promise<unknown> {
  const handle = await scene.temporal.workflow.start(workflowType.fraud, {
    workflowId: fraudWorkflowId(`entra:${scene.idOf(subject)}`),
    taskQueue: taskQueues('sandbox').main,
    args: [{ report, more }],
  })
  return handle.result().catch((error: unknown) => error)
}

it('a report that the bot did not sign begins nothing, by the workflow or around it', async () => {
  const before = await alarms()
  const forged = signedByAnother(reportAbout(olga) as never) as unknown as Report
  expect(await startCase(olga, forged, [forged])).toMatchObject({ cause: { type: 'forged' } })
  const orders = steps.map((step) => ['takeStep', { step, report: forged }] as const)
  expect(await intruder.inCase(orders)).toEqual(steps.map(() => impossible))
  expect(await intruder.inCase([['openCase', forged]])).toEqual([{ is: 'forged' }])
  expect(await taken(olga)).toEqual([])
  expect(await desk.casesAbout(olga.name)).toEqual([])
  expect(await alarms()).toBeGreaterThan(before)
  await until('security reads of it', () => scene.security().includes('Find out who can reach'))
})

it('a true report of a colleague is no order to block, and one about somebody else reaches only that person', async () => {
  await type('U0AVA', '<@U0DANA> it looks odd')
  await desk.settled(dana.name)
  const [weak] = (await readCase(dana))('report')
  await type('U0HARI', '<@U0BEN> cannot place a call')
  await desk.settled('Ben Ode')
  const ben: Subject = { ...dana, slack: 'U0BEN', name: 'Ben Ode' }
  const [strong] = (await readCase(ben))('report')
  const orders = locking.flatMap((step) => [
    ['takeStep', { step, report: weak }] as const,
    ['takeStep', { step, report: weak, again: strong }] as const,
    ['takeStep', { step, report: weak, block: strong }] as const,
  ])
  expect(await intruder.inCase(orders)).toEqual(orders.map(() => impossible))
  await scene.temporal.workflow
    .getHandle(fraudWorkflowId(`entra:${scene.idOf(dana)}`))
    .signal(stop, strong as Report)
  await until('it is on record', async () => (await scene.facts('case-forged')).length > 0)
  expect(await taken(dana)).toEqual([])
  expect(await taken(ben)).toEqual(['account', 'checks'])
})

it('what a closed case was about takes nothing away again, and what closed it gives nothing back', async () => {
  await type('U0OLGA', '<@U0OLGA> somebody called me')
  await desk.settled(olga.name)
  await type('U0HANNA', '<@U0OLGA> called from a strange number')
  await desk.caseThat(olga.name, ({ reporters }) => reporters.length === 2)
  await giveBack(scene, olga.name)
  const read = await readCase(olga)
  const [[first, later], [close], [unblock]] = [read('report'), read('close'), read('unblock')]
  const closed = await desk.casesAbout(olga.name)
  expect(closed).toMatchObject([{ state: { status: 'closed' } }])
  expect(await taken(olga)).toEqual([])

  const orders = locking.flatMap((step) => [
    ['takeStep', { step, report: first }] as const,
    ['takeStep', { step, report: later }] as const,
    ['takeStep', { step, report: first, again: later }] as const,
  ])
  expect(await intruder.inCase(orders)).toEqual(orders.map(() => impossible))
  expect(await taken(olga)).toEqual([])

  // A case of now, which took the account again: the two of then agreed to something else.
  await type('U0HARI', '<@U0OLGA> called again')
  await desk.caseThat(olga.name, ({ status }) => status === 'open')
  await desk.settled(olga.name)
  const again = [first, later]
  const attempts = [
    { report: first, again: [], close, unblock },
    { report: first, again: [later], close, unblock },
    { report: (await readCase(olga))('report')[0], again, close, unblock },
  ]
  const answers = await intruder.inCase(attempts.map((order) => ['giveBack', order] as const))
  expect(answers).toEqual([
    { ok: false, reason: { code: 'over' } },
    { ok: false, reason: { code: 'over' } },
    { ok: false, reason: { code: 'unverified' } },
  ])
  expect(await taken(olga)).toEqual(['account', 'checks'])
})

it('two agreements that somebody signed with another key give nothing back', async () => {
  const [report] = (await readCase(olga))('report')
  if (report === undefined) throw new Error('There is no case.')
  const { caseId } = report.statement
  const sign = (user: string, said: object) =>
    signedByAnother({
      ...report.statement,
      caseId,
      actor: { ...report.statement.actor, user },
      ...said,
    } as never)
  const body = { outcome: 'test', reason: 'x', passwordReset: true, methodsReviewed: true }
  const close = sign('U0SAM', { kind: 'close', body })
  const unblock = sign('U0RITA', { kind: 'unblock', body: { close: close.signature } })
  expect(await intruder.inCase([['giveBack', { report, again: [], close, unblock }]])).toEqual([
    { ok: false, reason: { code: 'unverified' } },
  ])
  // Even the bot's key does not make one person two, or somebody else one of security.
  const signer = createSigner(scene.keys.signingKey)
  const actor = report.statement.actor
  const wish = signer.sign({ v: 1, caseId, actor, at: Date.now(), kind: 'close', body } as CaseStatement)
  const agreed = { kind: 'unblock', body: { close: wish.signature } } as const
  const agreement = signer.sign<CaseStatement>({ v: 1, caseId, actor, at: Date.now(), ...agreed })
  expect(
    await intruder.inCase([['giveBack', { report, again: [], close: wish, unblock: agreement }]]),
  ).toEqual([{ ok: false, reason: { code: 'security-only' } }])
  expect(await taken(olga)).toEqual(['account', 'checks'])
})
