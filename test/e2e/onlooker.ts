import { copyFileSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Browser, Locator } from 'playwright-core'

const images = fileURLToPath(new URL('../../docs/images', import.meta.url))

/** Somebody in front of the page: what they do with it, what they see, and pictures of it. */
export type Onlooker = Awaited<ReturnType<typeof onlookerIn>>

/** Opens a tab of 1280 x 800 in which everything the console complains of is collected. */
export async function onlookerIn(browser: Browser, folder: string) {
  const shots = join(folder, 'shots')
  mkdirSync(shots, { recursive: true })
  const tab = await browser.newPage({ viewport: { width: 1280, height: 800 } })
  tab.setDefaultTimeout(20_000)
  const complaints: string[] = []
  tab.on('pageerror', (error) => complaints.push(String(error)))
  tab.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text())
  })
  const log = tab.getByRole('log')
  const dialog = tab.getByRole('dialog')
  const composer = tab.getByRole('combobox', { name: /^Message/ })
  const suggestions = tab.getByRole('listbox', { name: 'Suggestions' })
  const side = tab.getByRole('complementary', { name: 'Behind the scenes' })
  const vpn = side.getByRole('region', { name: 'Sign in to the VPN' })
  let taken = 0

  /** The picture is always kept for this run; one for the readme also in docs/images, when SCREENSHOTS=1. */
  const shot = async (name: string, { of = tab, readme = false, dark = false } = {}): Promise<void> => {
    taken += 1
    const path = join(shots, `${String(taken).padStart(2, '0')}-${name}${dark ? '-dark' : ''}.png`)
    if (dark) await of.emulateMedia({ colorScheme: 'dark' })
    await of.screenshot({ path, animations: 'disabled' })
    if (dark) await of.emulateMedia({ colorScheme: 'light' })
    if (!readme || process.env['SCREENSHOTS'] !== '1') return
    mkdirSync(images, { recursive: true })
    copyFileSync(path, join(images, `${name}.png`))
  }

  const press = (label: string) =>
    log
      .getByRole('button', { name: new RegExp(`^${label}`) })
      .last()
      .click()

  /** Closes the window. */
  const close = async (): Promise<void> => {
    await dialog.getByRole('button', { name: 'Close' }).last().click()
    await dialog.waitFor({ state: 'detached' })
  }

  const readsAndCloses = async (text: string | RegExp): Promise<void> => {
    await dialog.getByText(text).waitFor()
    await close()
  }

  return {
    tab,
    complaints,
    log,
    dialog,
    composer,
    suggestions,
    side,
    shot,
    be: (name: string) => tab.getByRole('radio', { name }).check(),
    /** Opens a channel, or the conversation with the app. */
    open: (name: string) =>
      tab
        .getByRole('navigation')
        .getByRole('button', { name: new RegExp(`^${name}`) })
        .click(),
    async type(text: string) {
      await composer.fill(text)
      await composer.press('Enter')
    },
    /** Waits until this can be read, and answers all of the message or window that says it. */
    async sees(text: string | RegExp, where: Locator = log): Promise<string> {
      const place = where.getByText(text).filter({ visible: true }).last()
      await place.waitFor()
      return place.evaluate((one) => one.closest('article, li, form')?.textContent ?? '')
    },
    /** Presses the newest button of this label. */
    press,
    close,
    /** Reads the answer in the window, and closes it. */
    readsAndCloses,
    /** Approves what is asked in the newest message. */
    async approves() {
      await press('Approve')
      await dialog
        .getByLabel('How did you make sure')
        .selectOption({ label: 'Called back on a known number' })
      await dialog.getByRole('button', { name: 'Approve' }).click()
      await readsAndCloses('Recorded.')
    },
    /** Types a code at the VPN; answers what it says. */
    async vpn(code: string): Promise<string> {
      await vpn.getByLabel('Code').fill(code)
      await vpn.getByRole('button', { name: 'Sign in to the VPN' }).click()
      await vpn.getByText(/^(Let in|Refused)\./).waitFor()
      return vpn.getByRole('status').innerText()
    },
    /** Presses Tab until this has the focus. */
    async tabTo(target: Locator) {
      for (let n = 0; n < 80; n++) {
        await tab.keyboard.press('Tab')
        const isThere = await target.evaluateAll((found) => found.some((one) => one.matches(':focus')))
        if (isThere) return
      }
      throw new Error(`Tab never comes to ${String(target)}.`)
    },
  }
}
