import type { Browser } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { launchBrowser } from '../setup/browser.ts'
import { temporaryFolder } from '../setup/folder.ts'
import { onlookerIn, type Onlooker } from './onlooker.ts'
import { sandboxIn, type SandboxProcess } from './sandbox-process.ts'

let browser: Browser
let sandbox: SandboxProcess
let me: Onlooker
let first: string
let second: string

beforeAll(async () => {
  const folder = temporaryFolder()
  ;[sandbox, browser] = await Promise.all([sandboxIn(folder), launchBrowser()])
  me = await onlookerIn(browser, folder)
  const { ready } = await sandbox.start()
  await ready()
  await me.tab.goto(sandbox.url)
})
afterEach(async ({ task }) => {
  if (task.result?.state === 'fail') await me.shot('failed')
  if (me.complaints.length > 0) throw new Error(`The page complained: ${me.complaints.join('; ')}`)
})
afterAll(async () => {
  await browser.close()
  await sandbox.close()
})

const signInPage = () => me.side.getByRole('region', { name: 'What the sign-in page would say' })

/** Who has news in a channel alone would see that. */
async function at(name: string): Promise<void> {
  await me.be(name)
  await me.open('Hallpass')
}

/** Opens the newest that is ready and answers its code; the window stays. */
async function opensCode(): Promise<string> {
  await me.press('Show my code')
  return me.dialog.locator('pre').innerText({ timeout: 20_000 })
}

/** When the code ends by the card of whoever is at the page. */
const endOnCard = () =>
  me.log
    .getByRole('article')
    .filter({ hasText: 'It works once, until' })
    .locator('time.when')
    .last()
    .getAttribute('datetime')

describe('more time for a pass of Entra, which is replaced', { timeout: 60_000 }, () => {
  it('is asked for on the card of whoever asked, once the code is out', async () => {
    await me.be('Hanna Weiss')
    await me.type('/tap @dana 30m lost her phone on the train')
    await me.sees('Tell Dana Cruz to keep Slack open.')
    await at('Marco Silva')
    await me.sees('Let Dana Cruz sign in with a temporary pass?')
    await me.approves()
    await at('Dana Cruz')
    await me.sees('Your temporary pass is ready.')
    first = await opensCode()
    await me.close()
    await at('Hanna Weiss')
    await me.sees('Dana Cruz was shown the code')
    await me.shot('extend-offered')
    await me.press('Extend')
    expect(await me.sees('A second person has to approve more time.', me.dialog)).toContain(
      'the one from before works until then',
    )
    await me.shot('extend-form')
    await me.shot('extend-form', { dark: true })
  })

  it('takes a time and a reason, and says whom it asked', async () => {
    await me.dialog.getByRole('button', { name: 'Extend' }).click()
    await me.sees('Please complete this required field.', me.dialog)
    await me.dialog.getByLabel('For how long?').selectOption({ label: '2 hours' })
    await me.tabTo(me.dialog.getByLabel('Why is more time needed?'))
    await me.tab.keyboard.type('Her new phone comes at noon')
    await me.shot('extend-form-filled')
    await me.tabTo(me.dialog.getByRole('button', { name: 'Extend' }))
    await me.tab.keyboard.press('Enter')
    await me.readsAndCloses(/Recorded, TAP-.*Asked: Marco Silva/)
    expect(await me.sees(/, more time for TAP-/)).toContain('Asked: Marco Silva')
    await me.shot('extend-waiting')
  })

  it('a second person reads what it changes, and the subject that nothing has changed yet', async () => {
    await at('Dana Cruz')
    expect(await me.sees('asked for a longer temporary pass for you')).toContain(
      'the one that you have goes on working',
    )
    await me.shot('extend-subject-asked')
    await at('Marco Silva')
    expect(await me.sees('Give Dana Cruz more time?')).toContain('Her new phone comes at noon')
    await me.shot('extend-approval')
    await me.approves()
    await me.sees('The longer pass for Dana Cruz is approved by Marco Silva')
    await me.shot('extend-approved')
  })

  it('the subject opens a new code, and then only that one signs in', async () => {
    await at('Dana Cruz')
    await me.sees('The one that you have works until you open this one.')
    await me.shot('extend-ready')
    second = await opensCode()
    await me.sees('The code from before does not work any more.', me.dialog)
    await me.shot('extend-code')
    const field = signInPage().getByLabel('Code')
    await field.fill(first)
    await field.press('Enter')
    await signInPage().locator('.is-refused').waitFor()
    await me.close()
    await me.sees('A newer one took the place of this one.')
    expect(await me.log.getByRole('article').last().innerText()).toContain('Code shown at')
    await me.shot('extend-replaced-subject')
    await field.fill(second)
    await field.press('Enter')
    await me.sees('Signed in. One-time pass used', signInPage())
    await me.sees('Your longer temporary pass was used.')
    await me.shot('extend-used')
    await at('Hanna Weiss')
    await me.sees(/The pass for Dana Cruz was replaced by TAP-/)
    await me.sees('Dana Cruz signed in with the pass')
    await me.shot('extend-replaced-requester')
  })
})

describe('more time for a code of Hallpass, which works on', { timeout: 60_000 }, () => {
  let code: string
  let firstEnd: string

  it('is asked for by command', async () => {
    await me.type('/bypass @olga 240s for vpn her phone is at home')
    const id = /BYP-\w{4}-\w{4}/.exec(await me.sees(/Recorded, BYP-/))?.[0] ?? 'no id'
    await at('Marco Silva')
    await me.sees('Let Olga Novak sign in to VPN once, past the second factor?')
    await me.approves()
    await at('Olga Novak')
    await me.sees('Your one-time VPN bypass is ready.')
    code = await opensCode()
    await me.close()
    await me.sees('It works once, until')
    firstEnd = (await endOnCard()) ?? 'no end'
    await at('Hanna Weiss')
    await me.sees('Olga Novak was shown the code')
    await me.press('Extend')
    await me.sees('The code stays the same.', me.dialog)
    await me.shot('bypass-extend-form')
    await me.tab.keyboard.press('Escape')
    await me.type(`/bypass extend ${id} 480s the taxi with her phone is late`)
    expect(await me.sees(`more time for ${id}`)).toContain('Asked: Marco Silva')
    await me.shot('bypass-extend-waiting')
    await at('Olga Novak')
    await me.sees('asked for a longer one-time VPN bypass for you')
    await me.shot('bypass-extend-subject-asked')
  })

  it('has its new end on the card of the subject as soon as it is approved, and nothing to open', async () => {
    await at('Marco Silva')
    await me.sees('Give Olga Novak more time?')
    await me.shot('bypass-extend-approval')
    await me.approves()
    await at('Olga Novak')
    expect(await me.sees('Your VPN bypass works longer now')).toContain('The code is the same as before.')
    await expect.poll(endOnCard, { timeout: 20_000 }).not.toBe(firstEnd)
    // Of the 240 seconds that it had, some were over before the 480 began.
    expect(Date.parse((await endOnCard()) ?? '') - Date.parse(firstEnd)).toBeGreaterThanOrEqual(240_000)
    expect(await me.log.getByRole('button', { name: /^Show my code/ }).count()).toBe(0)
    await me.shot('bypass-extended')
    await at('Hanna Weiss')
    await me.sees('Olga Novak has more time: the VPN bypass works until')
    await me.shot('bypass-extended-requester')
  })

  it('lets in with the same code, still once', async () => {
    expect(await me.vpn(code)).toContain('Let in.')
    expect(await me.vpn(code)).toContain('Refused.')
    await at('Olga Novak')
    await me.sees('Your one-time VPN bypass was used.')
    await me.shot('bypass-extended-used')
    expect(await me.tab.content()).not.toContain(code)
  })
})
