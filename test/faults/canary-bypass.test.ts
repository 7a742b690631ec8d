import { appendFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { afterAll, beforeAll, expect, inject, it } from 'vitest'
import { codeOf } from '../../src/core/local/code.ts'
import { sendAttributes } from '../../src/sandbox/vpn/radclient.ts'
import { policyWithPortal } from '../setup/policy.ts'
import { openDoors, type Doors } from './canary-vpn.ts'
import { logsBelow, place, placesOf, spelled, tablesOf, workflowsOf, type Place } from './canary.ts'
import { bypassFor, dana, olga, openScene, until, type Scene } from './scene.ts'

let scene: Scene
let doors: Doors
let serveLog: string
const traffic: Place[] = []
const [danas, olgas] = [bypassFor(dana), bypassFor(olga)]
const everybody = ['U0DANA', 'U0OLGA', 'U0HANNA', 'U0MARCO', 'U0SAM']

/** What people type: wrong codes that have the form of one, and passwords where none belongs. */
const typed = {
  wrong: codeOf([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15]),
  asName: codeOf([3, 1, 4, 1, 5, 9, 2, 6, 5, 3, 5, 8, 9, 7, 9]),
  toPortal: codeOf([2, 7, 1, 8, 2, 8, 1, 8, 2, 8, 4, 5, 9, 0, 4]),
  passwordAsCode: 'pAss+w0rd/"one"',
  passwordAsName: 'pAss&w0rd<two>',
  passwordFirst: 'pAss%w0rd#three',
  inNonsense: 'pAss=w0rd?four',
  byStranger: 'pAss~w0rd^five',
  unreadable: 'pAss|w0rd*six',
  tooLong: 'pAss_w0rd-seven',
}

beforeAll(async () => {
  scene = await openScene({ policyFile: policyWithPortal() })
  scene.slack.onCall(({ method, args, answer }) => traffic.push(place(method, [args, answer])))
  serveLog = (await scene.serve({ LOG_LEVEL: 'debug' })).logFile
  doors = await openDoors(scene, `dana.cruz Cleartext-Password := "${typed.passwordFirst}"`)
})
afterAll(async () => {
  await doors.close()
  await scene.close()
})

/** A question as the portal asks it. */
const portal = (user: string, code: string): string => JSON.stringify({ user, code })

/** Everything that rests or is shown, but for the traffic with Slack. */
async function resting(): Promise<readonly Place[]> {
  const [tables, workflows, pages] = await Promise.all([
    tablesOf(scene),
    workflowsOf(scene),
    doors.pages(everybody),
  ])
  return [...tables, ...workflows, ...pages, ...logsBelow(inject('folder')), ...doors.answers]
}

it('a code of Hallpass is on one screen and nowhere else, and neither is what was typed at the doors', async () => {
  const { desk } = scene
  const codes: string[] = []
  // The first code is not seen and replaced; the second is used, as people type it.
  await scene.approved(danas)
  codes.push(await desk.openCode())
  expect(placesOf(codes.at(0) ?? '', await doors.pages(everybody))).toEqual(['page of U0DANA'])
  await scene.reaches(danas, 'active')
  await desk.close(dana.slack)
  await desk.press(dana.slack, 'It does not work')
  await desk.pressInView(dana.slack, 'I did not see it')
  await scene.reaches(danas, 'approved')
  scene.slack.people.reload(dana.slack)
  codes.push(await desk.openCode())
  await scene.reaches(danas, 'active')
  await desk.close(dana.slack)

  expect(await doors.signIn('dana.cruz', typed.wrong)).toContain('Refused.')
  expect(await doors.signIn('dana.cruz', typed.passwordAsCode)).toContain('Refused.')
  expect(await doors.signIn(typed.passwordAsName, codes.at(1) ?? '')).toContain('Refused.')
  expect(await doors.signIn(typed.asName, typed.asName)).toContain('Refused.')
  const first = { 'User-Name': 'dana.cruz', 'User-Password': typed.passwordFirst }
  expect(await sendAttributes(doors.both, first)).toContain('Access-Challenge')
  expect(await sendAttributes(doors.both, { ...first, 'User-Password': codes.at(1) ?? '' })).toContain(
    'Access-Reject',
  )
  expect(await doors.askAs('portal', portal(typed.passwordAsName, typed.toPortal))).toContain('false')
  expect(await doors.askAs('stranger', portal('dana.cruz@contoso.example', typed.byStranger))).toContain(
    '403',
  )
  expect(await doors.askAs('portal', `{"user": "dana", "code": "${typed.inNonsense}`)).toContain('400')
  expect(await doors.askAs('portal', portal('x'.repeat(20_000), typed.tooLong))).toContain('413')
  // PostgreSQL takes no NUL in a text: an error on the way.
  expect(await doors.askAs('portal', portal(`${typed.unreadable}\u0000`, typed.unreadable))).not.toContain(
    'true',
  )
  expect(await doors.signIn('dana.cruz', (codes.at(1) ?? '').toLowerCase().replaceAll('-', ' '))).toContain(
    'Let in.',
  )
  expect(await doors.signIn('dana.cruz', codes.at(1) ?? '')).toContain('Refused.')
  await scene.reaches(danas, 'used')

  // Olga's is void after five wrong tries; then she is let in without a code.
  await scene.approved(olgas)
  codes.push(await desk.openCode(olga.slack))
  for (let tries = 0; tries < 5; tries += 1) await doors.signIn('olga.novak', typed.wrong)
  expect(await doors.signIn('olga.novak', codes.at(2) ?? '')).toContain('Refused.')
  await until('it is void', async () => (await scene.facts('voided')).length === 1)
  await desk.close(olga.slack)
  await scene.approved(olgas, '2m for intranet phone is at home')
  await desk.press(olga.slack, 'Let me in')
  await desk.window(olga.slack, 'passes without a second factor')
  expect(await doors.askAs('portal', portal('olga.novak@contoso.example', typed.toPortal))).toContain('true')
  await scene.reaches(olgas, 'used')

  const places = await resting()
  const never = [...codes, ...Object.values(typed)]
  expect(never.flatMap((code) => placesOf(spelled(code), places))).toEqual([])
  for (const code of codes) expect(placesOf(spelled(code), traffic)).toEqual(['views.update'])
  for (const code of Object.values(typed)) expect(placesOf(spelled(code), traffic)).toEqual([])
  expect(new Set(codes).size).toBe(3)
})

it('the search would find one in each of these places', async () => {
  const inReason = '0P1A-NT3D-0P1A-NT3D'
  await scene.asked(danas, `300s for vpn INC123 phone is at home ${inReason}`)
  await until('the page shows it', async () => placesOf(inReason, await doors.pages(['U0MARCO'])).length > 0)
  const found = [...(await resting()), ...traffic]
  expect(placesOf(spelled(inReason), found)).toEqual(
    expect.arrayContaining([
      'table detail',
      'table exception_view',
      `workflow ${scene.workflowOf(danas).workflowId}`,
      'page of U0HANNA',
      'page of U0MARCO',
      'page of U0SAM',
      'chat.postMessage',
      'slash_command',
    ]),
  )
  expect(placesOf('Refused.', doors.answers)).toContain('answer of the VPN')
  expect(placesOf('"result":false', doors.answers)).toContain('answer of the check')

  // Every table that a bypass leaves something in, and every log, in the spelling that nobody sees.
  const inTables = spelled('7ABX-E5T0-7ABX-E5T0')
  const tables = [
    'local_credential',
    'local_use',
    'local_end',
    'local_try',
    'fact',
    'intent',
    'stopped',
    'card',
  ]
  for (const table of tables)
    await scene.rows(`alter table ${table} add planted text default '${inTables[3]}'`)
  expect(placesOf(inTables, await tablesOf(scene))).toEqual(
    expect.arrayContaining(tables.map((table) => `table ${table}`)),
  )
  // Other tests read logs at the same time: only what is ours, and the servers' that all share.
  const folder = inject('folder')
  const logs = [
    serveLog,
    join(dirname(serveLog), 'verify.log'),
    ...doors.radiusLogs,
    join(folder, 'postgres.log'),
    join(folder, 'temporal.log'),
  ]
  const inLogs = spelled('10GS-10GS-10GS-10GS')
  for (const log of logs) appendFileSync(log, `\n${inLogs[3]}\n`)
  const where = logs.map((log) => `log ${relative(folder, log)}`)
  expect(placesOf(inLogs, logsBelow(folder)).toSorted()).toEqual(where.toSorted())
})
