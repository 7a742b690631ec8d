import type { Browser } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { launchBrowser } from '../setup/browser.ts'
import { temporaryFolder } from '../setup/folder.ts'
import { onlookerIn, type Onlooker } from './onlooker.ts'
import { sandboxIn, type SandboxProcess } from './sandbox-process.ts'

let browser: Browser
let sandbox: SandboxProcess
let me: Onlooker

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

/** Whose sign-in it is, and whether they are blocked. */
const chosen = () => signInPage().getByRole('combobox').first().locator('option:checked').innerText()

/** Somebody at a conversation that they see. */
async function at(name: string, conversation = 'Hallpass'): Promise<void> {
  await me.be(name)
  await me.open(conversation)
}

describe('somebody reports fraud', { timeout: 60_000 }, () => {
  it('with *Not me* on a live pass: it is dead and the account safe, and the message says so', async () => {
    await at('Hanna Weiss')
    await me.type('/tap @dana 1h lost her phone on the train')
    await at('Marco Silva')
    await me.sees('Let Dana Cruz sign in with a temporary pass?')
    await me.approves()
    await at('Dana Cruz')
    await me.sees('Your temporary pass is ready.')
    await me.press('Show my code')
    await me.dialog.locator('pre').waitFor()
    await me.close()
    await me.press('Not me')
    await me.sees(/Case FRD-[0-9A-Z]{4}-[0-9A-Z]{4} is open\. Security has been told\./)
    await me.sees(/account blocked, signed out everywhere/)
    await me.shot('fraud-reported')
    await signInPage().getByText('Confirmed compromised').waitFor()
    expect(await chosen()).toContain('blocked')
  })

  it('security takes the case, whose card and thread tell what was done', async () => {
    await at('Sam Okafor', 'security')
    expect(await me.sees('Exceptions of Dana Cruz in the seven days before')).toContain(
      'asked for by Hanna Weiss, approved by Marco Silva',
    )
    await me.sees(/Account blocked\.$/)
    await me.shot('fraud-case', { readme: true })
    await me.shot('fraud-case', { dark: true })
    await me.press('I take it')
    await me.sees('Sam Okafor looks after it.')
    await me.shot('fraud-taken')
  })

  it('and asks to close it, which gives nothing back yet', async () => {
    await me.press('Close')
    await me.dialog.getByLabel('How does it end?').selectOption({ label: 'False alarm' })
    await me.dialog.getByLabel('Why?').fill('She did not know that Hanna asked for it')
    await me.dialog.getByLabel('A new password was asked for').check()
    await me.dialog.getByLabel('The sign-in methods were gone through with the person').check()
    await me.shot('fraud-close-form')
    await me.dialog.getByRole('button', { name: 'Close', exact: true }).last().click()
    await me.readsAndCloses(/a second person of security has to agree/)
    await me.sees(/asked to close it: false alarm/)
    await signInPage().getByText('Confirmed compromised').waitFor()
    await me.press('Agree to unblock')
    await me.dialog.getByRole('button', { name: 'Agree' }).click()
    await me.readsAndCloses('You asked for this yourself. A second person of security has to agree.')
    expect(await chosen()).toContain('blocked')
  })

  it('until a second person of security agrees to just that', async () => {
    await at('Rita Lund', 'security')
    await me.press('Agree to unblock')
    expect(await me.sees('She did not know that Hanna asked for it', me.dialog)).toContain('Sam Okafor')
    await me.shot('fraud-agree-form')
    await me.dialog.getByRole('button', { name: 'Agree' }).click()
    await me.readsAndCloses(/Your agreement counts/)
    await me.sees(/Closed: false alarm\.$/)
    await me.shot('fraud-closed')
    await signInPage().getByText('Dismissed').waitFor()
    await at('Dana Cruz')
    await me.sees(/is closed/)
    await me.shot('fraud-dana-afterwards')
  })

  it('by a form, about somebody else, which blocks nobody', async () => {
    await at('Ava Chen')
    await me.type('/fraud')
    await me.dialog.getByLabel('What happened?').waitFor()
    await me.shot('fraud-form')
    await me.shot('fraud-form', { dark: true })
    await me.dialog.getByRole('button', { name: 'Cancel' }).click()
    await me.type('/fraud @olga somebody called and wanted her code')
    await me.sees(/Case FRD-[0-9A-Z]{4}-[0-9A-Z]{4} is open\./)
    await at('Sam Okafor', 'security')
    await me.sees('Fraud reported about Olga Novak')
    await me.shot('fraud-about-somebody-else')
    const label = 'Olga Novak'
    await signInPage().getByRole('combobox').first().selectOption({ label })
    expect(await chosen()).toBe(label)
  })
})
