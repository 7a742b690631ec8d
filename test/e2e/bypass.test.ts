import type { Browser } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { launchBrowser } from '../setup/browser.ts'
import { temporaryFolder } from '../setup/folder.ts'
import { onlookerIn, type Onlooker } from './onlooker.ts'
import { sandboxIn, type SandboxProcess } from './sandbox-process.ts'

let browser: Browser
let sandbox: SandboxProcess
let me: Onlooker
let code: string

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

describe('a bypass of the VPN', { timeout: 60_000 }, () => {
  it('is asked for in one line, and the approver reads which door it opens', async () => {
    await me.be('Hanna Weiss')
    await me.type('/bypass @dana 300s for vpn phone is at home')
    await me.sees(/Recorded, BYP-/)
    await me.shot('bypass-asked')
    await me.be('Marco Silva')
    expect(await me.sees('Let Dana Cruz sign in to VPN once, past the second factor?')).toContain(
      'phone is at home',
    )
    await me.shot('bypass-approval', { readme: true })
    await me.press('Approve')
    await me.dialog
      .getByLabel('How did you make sure')
      .selectOption({ label: 'Called back on a known number' })
    await me.shot('bypass-approve-form')
    await me.dialog.getByRole('button', { name: 'Approve' }).click()
    await me.readsAndCloses('Recorded.')
  })

  it('is shown once, to the second, and typed at the VPN', async () => {
    await me.be('Dana Cruz')
    await me.sees('Your one-time VPN bypass is ready.')
    await me.shot('bypass-ready')
    await me.press('Show my code')
    code = await me.dialog.locator('pre').innerText({ timeout: 20_000 })
    expect(code).toMatch(/^[0-9A-HJKMNP-TV-Z]{4}(?:-[0-9A-HJKMNP-TV-Z]{4}){3}$/)
    await me.shot('bypass-code', { readme: true })
  })

  it('lets in once, however it is typed, and refuses what is wrong and what was used', async () => {
    expect(await me.vpn('7F3K-Q2MD-9XWA-4T0Z')).toContain('Refused.')
    expect(await me.vpn(code.toLowerCase())).toContain('Let in.')
    await me.shot('vpn-let-in')
    expect(await me.vpn(code)).toContain('Refused.')
    await me.close()
    await me.sees('Your one-time VPN bypass was used.')
    await me.shot('bypass-used')
  })

  it('ends with the question whether the phone is back', async () => {
    // The workspace asks 45 seconds after the use.
    await me.tab.getByText('is your phone back?').last().waitFor({ timeout: 60_000 })
    await me.shot('bypass-question')
    await me.press('Yes, it is back')
    await me.sees('Done:')
    await me.shot('bypass-done')
    await me.be('Hanna Weiss')
    await me.type('/bypass')
    await me.sees('A one-time bypass', me.dialog)
    await me.shot('bypass-form')
    await me.tab.keyboard.press('Escape')
    await me.type('/bypass help')
    await me.sees('One-time bypasses')
    await me.shot('bypass-help')
    expect(await me.tab.content()).not.toContain(code)
  })
})
