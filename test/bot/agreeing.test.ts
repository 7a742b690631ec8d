import { afterAll, beforeAll, expect, it } from 'vitest'
import { caseActions, caseForms } from '../../src/core/card/actions.ts'
import { madeSafe } from '../../src/core/card/form-fields.ts'
import type { RefusalCode } from '../../src/core/refusal.ts'
import { answerText, caseAnswerText } from '../../src/core/text/en.ts'
import { refusalText } from '../../src/core/text/refusal-text.ts'
import { startInstallation, type Installation } from '../setup/installation.ts'
import { caseDeskOf, closing, type CaseDesk } from './case-desk.ts'
import { handsOf, type Hands } from './hands.ts'

let installation: Installation
let hands: Hands
let desk: CaseDesk
let olgas: string
let avas: string

const [sam, rita, hari] = ['U0SAM', 'U0RITA', 'U0HARI']
const type = (user: string, text: string): Promise<string> => hands.command(user, text, { command: '/fraud' })
const because = (code: RefusalCode): string => refusalText({ code } as never).mrkdwn
const close = (reason: string, safe?: readonly string[]): Promise<string> =>
  hands.submit(sam, caseForms.closeCase, olgas, closing('false-alarm', reason, safe))
const agree = (user: string, metadata: unknown): Promise<string> =>
  hands.submit(
    user,
    caseForms.agreeUnblock,
    typeof metadata === 'string' ? metadata : JSON.stringify(metadata),
    {},
  )

beforeAll(async () => {
  installation = await startInstallation()
  await installation.serve()
  hands = await handsOf(installation)
  desk = caseDeskOf(installation, hands)
  await type(hari, '<@U0OLGA> called from a strange number')
  await type('U0MARCO', '<@U0AVA> it looks odd')
  olgas = (await desk.settled('Olga Novak')).id
  avas = (await desk.settled('Ava Chen')).id
})
afterAll(async () => {
  await hands.close()
  await installation.close()
})

/** Opens the window of whoever is to agree; answers what it would send, and nobody reads. */
async function opened(user: string): Promise<{ readonly caseId: string; readonly close: string }> {
  const windows: string[] = []
  const stop = installation.slack.onCall(({ method, args }) => {
    const { view } = args as { view?: string | object }
    if (method !== 'views.open' || view === undefined) return
    const { private_metadata: metadata = '' } = (typeof view === 'string' ? JSON.parse(view) : view) as {
      private_metadata?: string
    }
    windows.push(metadata)
  })
  await hands.press(user, caseActions.agreeUnblock, olgas)
  stop()
  return JSON.parse(windows.at(-1) ?? '') as { caseId: string; close: string }
}

it('before anybody asked to close it there is nothing to agree to', async () => {
  expect(await hands.press(rita, caseActions.agreeUnblock, olgas)).toBe(because('nothing-to-agree'))
  expect(await agree(rita, { caseId: olgas, close: '' })).toContain(because('nothing-to-agree'))
})

it('an account is not given back before the way back in is safe', async () => {
  for (const safe of [[], [madeSafe.passwordReset], [madeSafe.methodsReviewed], ['whatever', '__proto__']])
    expect(await close('Called back', safe)).toContain(because('not-made-safe'))
  const [found] = await desk.casesAbout('Olga Novak')
  expect(found?.state).not.toHaveProperty('closing')
})

it('nobody alone gives it back, and nobody but security', async () => {
  expect(await close('Called back')).toContain(caseAnswerText.heard('close').mrkdwn)
  const read = await opened(sam)
  expect(read.caseId).toBe(olgas)
  expect(await agree(sam, read)).toContain(because('second-person'))
  expect(await agree(hari, read)).toContain(because('security-only'))
  expect(await agree('U0MARCO', read)).toContain(because('security-only'))
  expect(desk.isEnabled('Olga Novak')).toBe(false)
})

it('what a window never said is no agreement', async () => {
  const { close: signature } = await opened(rita)
  const { unexpected } = answerText.nothingRecorded
  for (const junk of ['', 'junk', '{}', '7', 'null', '[]', '{"caseId":7,"close":8}', `{"caseId":"${olgas}"}`])
    expect(await agree(rita, junk)).toContain(unexpected().mrkdwn)
  expect(await agree(rita, { caseId: 'junk', close: signature })).toContain(
    caseAnswerText.unknown('/fraud').mrkdwn,
  )
  const reversed = signature.split('').toReversed().join('')
  for (const forged of ['', 'x', reversed, `${signature}x`, '__proto__'])
    expect(await agree(rita, { caseId: olgas, close: forged })).toContain(because('nothing-to-agree'))
  expect(await agree(rita, { caseId: avas, close: signature })).toContain(because('nothing-to-agree'))
  expect(desk.isEnabled('Olga Novak')).toBe(false)
})

it('somebody agrees to the words that they read, not to those that came since', async () => {
  const read = await opened(rita)
  expect(await close('It was she after all')).toContain(caseAnswerText.heard('close').mrkdwn)
  await desk.caseThat('Olga Novak', ({ closing: asked }) => asked?.reason === 'It was she after all')
  expect(await agree(rita, read)).toContain(because('nothing-to-agree'))
  expect(desk.isEnabled('Olga Novak')).toBe(false)

  const now = await opened(rita)
  expect(now.close).not.toBe(read.close)
  expect(await agree(rita, now)).toContain(caseAnswerText.heard('unblock').mrkdwn)
  const { state } = await desk.caseThat('Olga Novak', ({ status }) => status === 'closed')
  expect(state).toMatchObject({
    outcome: 'false-alarm',
    closing: { by: { user: sam }, reason: 'It was she after all' },
    agreed: { by: { user: rita } },
    unblocked: { is: 'done' },
  })
  expect(desk.isEnabled('Olga Novak')).toBe(true)
})

it('when it is over nothing is heard about it any more', async () => {
  for (const action of [caseActions.takeCase, caseActions.blockNow])
    expect(await hands.press(rita, action, olgas)).toBe(because('over'))
  expect(await close('Once more')).toContain(because('over'))
  expect(await agree(rita, { caseId: olgas, close: 'x' })).toContain(because('over'))
  expect(desk.isEnabled('Olga Novak')).toBe(true)
})
