import { randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, expect, inject, it } from 'vitest'
import { fraudWorkflowId } from '../../src/core/names.ts'
import { logsBelow, place, placesOf, tablesOf, workflowsOf, type Place } from './canary.ts'
import { dana, olga, openScene, provider, until, type Scene } from './scene.ts'

let scene: Scene
let logFile: string
const traffic: Place[] = []

/** The codes in the order in which the provider gives them out, with what is escaped in JSON, URLs and markup. */
const codes = { undelivered: 'Q7+x/Za9', shown: 'k&3"W\\2v', misshapen: '<T4%#m=7' }
const inAnswer = { refused: 'nEv3r+/1', broken: 'nEv3r&"2', unblocked: 'nEv3r<%3' }

beforeAll(async () => {
  scene = await openScene({ codes: Object.values(codes) })
  scene.slack.onCall(({ method, args, answer }) => traffic.push(place(method, [args, answer])))
  logFile = (await scene.serve({ LOG_LEVEL: 'debug' })).logFile
})
afterAll(() => scene.close())

/** An answer that quotes a code, as careless software does. */
const quoting = (code: string) => ({
  error: { code: 'badRequest', message: `The code ${code} is bad.`, inner: { code } },
})

async function everywhere(): Promise<readonly Place[]> {
  const [tables, workflows] = await Promise.all([tablesOf(scene), workflowsOf(scene)])
  return [...tables, ...workflows, ...logsBelow(inject('folder')), ...traffic]
}

it('a code is on one screen and nowhere else: no table, no history, no log, no other message', async () => {
  const { desk, entra } = scene
  // Attempt 1: the provider says no and quotes a code. Attempt 2: nobody is there to see it. Attempt 3 is shown and used.
  await scene.approved(dana)
  entra.faults.plan({
    match: provider.mint,
    when: 'before',
    do: 'status',
    status: 400,
    body: quoting(inAnswer.refused),
  })
  await desk.press(dana.slack, 'Show my code')
  await desk.window(dana.slack, 'No code was shown')
  await scene.reaches(dana, 'approved')
  entra.faults.plan({ match: provider.mint, when: 'after', do: 'hang', ms: 1_000 })
  await desk.press(dana.slack, 'Show my code')
  await until('the pass is there', () => scene.isAlive(dana))
  await desk.close(dana.slack)
  await until('it was not delivered', async () => (await scene.facts('mint-failed')).length === 2)
  await desk.openCode()
  await scene.reaches(dana, 'active')
  await desk.close(dana.slack)
  expect(await entra.controls.signIn({ user: scene.idOf(dana), code: codes.shown })).toMatchObject({
    ok: true,
  })
  await scene.reaches(dana, 'used')
  await desk.sees(dana.slack, 'you still have no new sign-in method')

  // She reports it, and the provider quotes a code where her account is to be blocked.
  entra.faults.plan({
    match: (method, path) => method === 'PATCH' && path.startsWith('/v1.0/users/'),
    when: 'before',
    do: 'status',
    status: 500,
    body: quoting(inAnswer.unblocked),
  })
  await desk.press(dana.slack, 'Not me')
  await until('her account is blocked after all', async () => {
    const blocked = await scene.rows(
      `select from case_view where state #>> '{steps,block,result,is}' = 'done'`,
    )
    return blocked.length === 1
  })
  expect(entra.faults.pending()).toBe(0)

  // An answer of another shape that holds the code, and an error of the provider that quotes one.
  await scene.approved(olga)
  const misshapen = JSON.stringify({
    value: [{ temporaryAccessPass: codes.misshapen }],
    temporaryAccessPass: [codes.misshapen],
  })
  entra.faults.plan({ match: provider.mint, when: 'after', do: 'nonsense', body: misshapen })
  entra.faults.plan({
    match: provider.revoke,
    when: 'before',
    do: 'status',
    status: 500,
    body: quoting(inAnswer.broken),
  })
  await desk.press(olga.slack, 'Show my code')
  await desk.window(olga.slack, 'No code was shown')
  await until('what was made is gone', () => entra.mints() === 3 && !scene.hasPass(olga))
  expect(entra.faults.pending()).toBe(0)

  const places = await everywhere()
  // Slack would send a window back that asked to hear of its closing, and with it the code.
  expect(placesOf(codes.shown, places)).toEqual(['views.update'])
  // A window that was closed before: Slack did not take it.
  expect(placesOf(codes.undelivered, places)).toEqual(['views.update'])
  for (const code of [codes.misshapen, ...Object.values(inAnswer)]) expect(placesOf(code, places)).toEqual([])

  // What was searched is what there is.
  const wheres = new Set(places.map(({ where }) => where))
  const chains = [
    'table fact',
    'table detail',
    'table intent',
    'table revocation',
    'table card',
    'table exception_view',
    'table case_view',
    'table local_denial',
  ]
  expect([...wheres]).toEqual(
    expect.arrayContaining([...chains, 'visibility', 'chat.postMessage', 'block_actions']),
  )
  expect(wheres).toContain(`workflow ${scene.workflowOf(dana).workflowId}`)
  expect(wheres).toContain(`workflow ${fraudWorkflowId(`entra:${scene.idOf(dana)}`)}`)
  expect(readFileSync(logFile, 'utf8')).toContain('"serving"')
})

it('the search would find a code: planted in a table, in bytes, in a memo, in a payload', async ({
  task,
}) => {
  expect(task.retry, 'a leak is not given a second try').toBe(0)
  const { temporal } = scene
  const planted = ['pL4nt+d/', 'pL4nt"&2', 'pL4nt<\\3', 'pL4nt%#4'] as const
  const [inText, inBytes, inMemo, inPayload] = planted
  const insert = (column: string) =>
    scene.rows(`insert into card values ('${randomUUID()}', 'planted', '${column}', '1')`)
  await insert(Buffer.from(`x${inText}`).toString('base64'))
  await scene.rows(
    `insert into fact (chain, seq, bytes, hash)
     values ('planted', 1, '\\x01${Buffer.from(JSON.stringify({ inBytes })).toString('hex')}', sha256(''))`,
  )
  await temporal.workflow.start('nobody', {
    workflowId: 'planted',
    taskQueue: 'nobody',
    args: [encodeURIComponent(inPayload)],
    memo: { note: inMemo },
  })
  const places = await everywhere()
  expect(placesOf(inText, places)).toEqual(['table card'])
  expect(placesOf(inBytes, places)).toEqual(['table fact'])
  expect(placesOf(inMemo, places)).toEqual(expect.arrayContaining(['workflow planted']))
  expect(placesOf(inPayload, places)).toEqual(['workflow planted'])
  await temporal.workflow.getHandle('planted').terminate()
})
