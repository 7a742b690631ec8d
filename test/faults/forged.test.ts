import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { sha256 } from '../../src/adapters/signing/keys.ts'
import { requestText } from '../../src/core/envelope/request-hash.ts'
import type { Envelope, StatementOf } from '../../src/core/envelope/statement.ts'
import type { RuledKind } from '../../src/core/kinds.ts'
import { exceptionWorkflowId, taskQueues, workflowType } from '../../src/core/names.ts'
import { say, stop } from '../../src/workflows/messages.ts'
import { readEnvelopes, signedByAnother } from './hostile.ts'
import { bypassFor, dana, olga, openScene, until, type Scene, type Subject } from './scene.ts'

let scene: Scene

beforeAll(async () => {
  scene = await openScene()
  await scene.serve()
})
afterAll(() => scene.close())

/** Ways to have something said that the bot did not sign. */
const forgeries: readonly (readonly [string, (genuine: Envelope) => Envelope])[] = [
  ['no signature', (genuine) => ({ ...genuine, signature: '' })],
  ['the signature of another key', ({ statement }) => signedByAnother(statement)],
  [
    'a foreign signature under the name of the bot’s key',
    ({ statement, keyId }) => ({ ...signedByAnother(statement), keyId }),
  ],
  [
    'a genuine signature over something else',
    ({ statement, ...rest }) => ({ ...rest, statement: { ...statement, at: statement.at + 1 } }),
  ],
]

describe.each([dana, bypassFor(dana)])('a request that the bot did not sign, $kind', (subject) => {
  let genuine: Envelope<StatementOf<'request'>>

  beforeAll(async () => {
    await scene.asked(subject)
    genuine = (await readEnvelopes(scene, subject))('request')
  })

  it.each(forgeries)('%s: no exception, an alarm, and security hears of it', async (_how, forge) => {
    const [alarms, facts] = [await scene.facts('alarm'), await scene.facts('requested')]
    await expect(startAsOlga(subject.kind, forge(aboutOlga(genuine)))).rejects.toMatchObject({
      cause: { type: 'forged' },
    })
    const raised = await scene.facts('alarm')
    expect(raised.slice(alarms.length)).toMatchObject([{ what: 'forged-message' }])
    expect(await scene.facts('requested')).toHaveLength(facts.length)
    await until(
      'security reads of it',
      () => count(scene.security(), 'Find out who can reach Hallpass’s Temporal server') > 0,
    )
    expect(await scene.minted()).toBe(0)
  })
})

describe.each([dana, bypassFor(dana)])('a decision that the bot did not sign, $kind', (subject) => {
  it.each(forgeries)('%s: counts for nothing, by update and by signal', async (_how, forge) => {
    const { request, approve } = await spoken(subject)
    const alarms = (await scene.facts('forged')).length
    const forged = forge({ ...approve, statement: { ...approve.statement, at: Date.now() } })
    const workflow = scene.workflowOf(subject)
    expect(await workflow.executeUpdate(say, { args: [forged] })).toMatchObject({
      ok: false,
      reason: { code: 'unverified' },
    })
    await workflow.signal(stop, forged)
    await until('both are on record', async () => (await scene.facts('forged')).length === alarms + 2)
    await scene.reaches(subject, 'waiting')
    expect(request.statement.requestHash).toBe(approve.statement.requestHash)
    await until('security reads of it', () =>
      scene.security().includes(`Forged message about a ${called[subject.kind]}`),
    )
  })
})

it('what was approved of one kind counts for nothing on the other, for the same person', async () => {
  const bypass = bypassFor(dana)
  await scene.desk.approve()
  await scene.reaches(bypass, 'approved')
  const approval = (await readEnvelopes(scene, bypass))('approve')
  const answer = await scene.workflowOf(dana).executeUpdate(say, { args: [approval] })
  expect(answer).toMatchObject({ ok: false, reason: { code: 'unverified' } })
  await scene.reaches(dana, 'waiting')
})

const called: Readonly<Record<RuledKind, string>> = { tap: 'pass', bypass: 'VPN bypass' }

/** The same request about Olga, with the hash that belongs to it; its signature does not. */
function aboutOlga(genuine: Envelope<StatementOf<'request'>>): Envelope<StatementOf<'request'>> {
  const { statement } = genuine
  const exceptionId = randomUUID()
  const body = { ...statement.body, subject: `entra:${scene.idOf(olga)}` as const }
  const requestHash = sha256(requestText(exceptionId, statement.actor, body))
  return { ...genuine, statement: { ...statement, exceptionId, requestHash, body } }
}

function startAsOlga(kind: RuledKind, request: Envelope): Promise<unknown> {
  return scene.temporal.workflow.execute(workflowType.exception, {
    workflowId: exceptionWorkflowId(kind, `entra:${scene.idOf(olga)}`),
    taskQueue: taskQueues('sandbox').main,
    args: [{ request }],
  })
}

function count(text: string, part: string): number {
  return text.split(part).length - 1
}

/** The genuine request, and an approval that Marco never gave: a stranger’s own word, edited. */
async function spoken(subject: Subject) {
  const read = await readEnvelopes(scene, subject)
  const request = read('request')
  const [marco] = await scene.rows(`select * from slack_binding where user_id = 'U0MARCO'`)
  const actor = {
    team: 'T0HALLPASS',
    user: 'U0MARCO',
    person: String(marco?.['person']) as `entra:${string}`,
  }
  const { exceptionId, requestHash } = request.statement
  const statement: StatementOf<'approve'> = {
    v: 1,
    exceptionId,
    requestHash,
    actor,
    at: Date.now(),
    kind: 'approve',
    body: { checked: 'called-back' },
  }
  const approve: Envelope<StatementOf<'approve'>> = { ...request, statement }
  return { request, approve }
}
