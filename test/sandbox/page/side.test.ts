import type { Browser, Page as Tab } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { startPage, type Page } from '../../../src/sandbox/page-server.ts'
import { launchBrowser } from '../../setup/browser.ts'
import { fakeWorkspace } from './fake-workspace.ts'

let browser: Browser
let fake: ReturnType<typeof fakeWorkspace>
let page: Page
let tab: Tab

beforeAll(async () => {
  browser = await launchBrowser()
})

beforeEach(async () => {
  fake = fakeWorkspace()
  page = await startPage({
    port: 0,
    progress: () => ({ ready: true, story: 'one', steps: [] }),
    slack: () => fake.slack,
    entra: () => fake.entra,
    vpn: () => fake.vpn,
    exceptions: () => fake.exceptions(),
    subscribe: fake.subscribe,
  })
  tab = await browser.newPage({ viewport: { width: 1280, height: 800 } })
  tab.setDefaultTimeout(15_000)
})

afterEach(async () => {
  await tab.close()
  await page.close()
})

afterAll(async () => {
  await browser.close()
})

const patience = { timeout: 60_000 }

describe('behind the scenes, in a window of 1280 x 800', () => {
  it('the newest exception that is not over is open, and nothing of what happened last is cut', async () => {
    const facts = Array.from({ length: 12 }, (_, n) => ({
      at: new Date().toISOString(),
      says: `This is number ${n + 1} of what happened, in a sentence that is longer than a line`,
    }))
    const [first] = fake.exceptions()
    const one = (id: string, status: string) => ({ ...first!, id, status, label: status, facts })
    fake.exceptions = () => [one('TAP-3', 'denied'), one('BYP-2', 'active'), one('TAP-1', 'used')]
    await tab.goto(page.url)
    const list = tab.getByRole('region', { name: 'Exceptions' })
    const parts = [
      list.getByRole('heading', { name: 'Exceptions' }),
      list.getByText('BYP-2', { exact: true }),
      list.getByText(/^This is number 12 of/).filter({ visible: true }),
      list.getByRole('link', { name: 'History in Temporal of BYP-2' }),
    ]
    await parts[2]?.waitFor()
    expect(
      await list
        .getByText(/^This is number 12 of/)
        .filter({ visible: true })
        .count(),
    ).toBe(1)
    await expect
      .poll(async () => {
        const around = await list.boundingBox()
        const boxes = await Promise.all(parts.map((part) => part.boundingBox()))
        const edges = [around!.y, ...boxes.flatMap((box) => [box!.y, box!.y + box!.height])]
        return [...edges, around!.y + around!.height].every(
          (edge, at, all) => at === 0 || edge >= all[at - 1]!,
        )
      }, patience)
      .toBe(true)
  })

  it('the answer of the VPN is in sight, however much stands above it', async () => {
    await tab.goto(page.url)
    await tab.getByLabel('Bypass code').fill('0000')
    await tab.getByRole('button', { name: 'Sign in to the VPN' }).click()
    const answer = tab.getByText('Asked FreeRADIUS 3.2.1')
    await answer.waitFor()
    const box = await answer.boundingBox()
    expect(box!.y + box!.height).toBeLessThanOrEqual(800)
  })
})
