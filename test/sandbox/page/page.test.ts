import type { Browser, Page as Tab } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { startPage } from '../../../src/sandbox/page-server.ts'
import type { Page } from '../../../src/sandbox/page-server.ts'
import { launchBrowser } from '../../setup/browser.ts'
import { codeView, passForm } from './fake-blocks.ts'
import { fakeWorkspace } from './fake-workspace.ts'

let browser: Browser
let fake: ReturnType<typeof fakeWorkspace>
let page: Page
let tab: Tab
let ready: boolean
let story: string
let faults: string[]

beforeAll(async () => {
  browser = await launchBrowser()
})

beforeEach(async () => {
  fake = fakeWorkspace()
  ready = true
  story = 'one'
  faults = []
  const detail = 'building, 62 s of about 240 s'
  page = await startPage({
    port: 0,
    progress: () => ({
      ready,
      story,
      steps: [{ name: 'Temporal', state: ready ? 'done' : 'running', detail }],
    }),
    slack: () => fake.slack,
    entra: () => fake.entra,
    vpn: () => fake.vpn,
    exceptions: () => fake.exceptions(),
    subscribe: fake.subscribe,
  })
  tab = await browser.newPage({ viewport: { width: 1280, height: 800 } })
  tab.setDefaultTimeout(15_000)
  tab.on('pageerror', (error) => faults.push(String(error)))
  tab.on('console', (message) => faults.push(message.text()))
})

afterEach(async () => {
  await tab.close()
  await page.close()
  if (faults.length > 0) throw new Error(`The page complained: ${faults.join('; ')}`)
})

afterAll(async () => {
  await browser.close()
})

async function become(name: string): Promise<void> {
  if (tab.url() === 'about:blank') await tab.goto(page.url)
  await tab.getByRole('radio', { name }).check()
}

async function type(text: string): Promise<void> {
  const composer = tab.getByRole('combobox', { name: /^Message/ })
  await composer.fill(text)
  await composer.press('Enter')
}

const last = () => fake.calls.at(-1)
const patience = { timeout: 60_000 }

describe('the start', () => {
  it('shows the steps and opens the workspace when everything answers', async () => {
    ready = false
    await tab.goto(page.url)
    await tab.getByRole('list', { name: 'Steps' }).getByText('building, 62 s of about 240 s').waitFor()
    ready = true
    await tab.getByRole('navigation', { name: 'Workspace' }).getByText('Contoso').waitFor()
    expect(await tab.getByRole('radio', { name: 'Hanna Weiss' }).isChecked()).toBe(true)
  })
})

describe('afterwards', () => {
  it('what stopped running is said', async () => {
    await become('Hanna Weiss')
    ready = false
    await tab.getByRole('status').getByText('Temporal: building').waitFor()
    ready = true
    await tab.getByText('Temporal: building').waitFor({ state: 'detached' })
    expect(await tab.getByRole('radio', { name: 'Hanna Weiss' }).isChecked()).toBe(true)
  })
})

describe('personas and conversations', () => {
  it('say whose turn it is and survive a reload', async () => {
    await become('Marco Silva')
    await tab.getByRole('radio', { name: 'something waits for an answer' }).waitFor()
    await tab.getByRole('button', { name: 'approvals 3 unread' }).click()
    await tab.getByText('lost her phone').first().waitFor()
    await tab.reload()
    await tab.getByRole('heading', { name: 'approvals' }).waitFor()
    expect(await tab.getByRole('radio', { name: 'Marco Silva' }).isChecked()).toBe(true)
    expect(await tab.getByText('unread').count()).toBe(0)
  })

  it('an unknown person in the address becomes the helpdesk', async () => {
    await tab.goto(`${page.url}/#as=U0NOBODY`)
    await tab.getByRole('radio', { name: 'Hanna Weiss', checked: true }).waitFor()
    // The refused stream is the one thing that the browser reports here.
    expect(faults.splice(0)).toEqual([expect.stringContaining('404')])
  })
})

describe('a fresh start', () => {
  it('makes the page forget whom somebody was', async () => {
    await become('Dana Cruz')
    await tab.reload()
    await tab.getByRole('radio', { name: 'Dana Cruz', checked: true }).waitFor()
    story = 'two'
    await tab.getByRole('radio', { name: 'Hanna Weiss', checked: true }).waitFor()
    await become('Dana Cruz')
    story = 'three'
    await tab.reload()
    await tab.getByRole('radio', { name: 'Hanna Weiss', checked: true }).waitFor()
    expect(tab.url()).toContain('as=U0HANNA')
  })
})

describe('messages', () => {
  it('show markup where Slack does and nowhere else', async () => {
    await become('Marco Silva')
    const log = tab.getByRole('log')
    await log.getByRole('heading', { name: 'Let Dana Cruz sign in with a temporary pass?' }).waitFor()
    expect(await log.getByText('Left it on the train, *really* <!channel>').count()).toBe(1)
    expect(await log.getByRole('link', { name: 'INC123' }).getAttribute('href')).toBe(
      'https://tickets.example/INC123',
    )
    expect(await log.innerText()).toMatch(/Waiting for you until \d\d:\d\d, then/)
    await tab.getByRole('button', { name: 'approvals' }).click()
    await log.getByText('[unsupported: video]').waitFor()
    await log.getByText('(edited)').waitFor()
  })

  it('a button tells the app which one it was', async () => {
    await become('Marco Silva')
    await tab.getByRole('button', { name: 'Approve' }).click()
    await expect.poll(last, patience).toMatchObject({ user: 'U0MARCO', what: 'action' })
    expect(last()?.input).toEqual({
      in: {
        kind: 'message',
        conversation: 'D0MARCO',
        ts: fake.slack.workspaceOf('U0MARCO').conversations[2]?.messages[0]?.ts,
      },
      blockId: 'decide',
      actionId: 'approve',
    })
  })

  it('a button that asks back is pressed only when the person confirms', async () => {
    await become('Marco Silva')
    await tab.getByRole('button', { name: 'Deny' }).click()
    const question = tab.getByRole('alertdialog', { name: 'Deny this request?' })
    await question.press('Escape')
    await question.waitFor({ state: 'detached' })
    expect(fake.calls).toEqual([])
    await tab.getByRole('button', { name: 'Deny' }).click()
    await question.getByRole('button', { name: 'Deny' }).click()
    await expect.poll(last, patience).toMatchObject({ input: { actionId: 'deny' } })
  })

  it('a select tells the app what was chosen, in Slack’s shape', async () => {
    await become('Marco Silva')
    await tab.getByRole('combobox', { name: 'More' }).selectOption('details')
    const option = { value: 'details', text: { type: 'plain_text', text: 'Show details' } }
    await expect.poll(last, patience).toMatchObject({
      input: { actionId: 'more', state: { type: 'static_select', selected_option: option } },
    })
  })
})

describe('the place on the screen', () => {
  const many = 40

  it('the document is never longer than the window, whatever scrolls in it', async () => {
    const facts = Array.from({ length: many }, () => ({
      at: new Date().toISOString(),
      says: 'Something happened',
    }))
    const [first] = fake.exceptions()
    fake.exceptions = () =>
      first ? Array.from({ length: 5 }, (_, n) => ({ ...first, id: `TAP-${n}`, facts })) : []
    await become('Hanna Weiss')
    await tab.getByText('TAP-4').first().click()
    await tab.getByRole('link', { name: 'History in Temporal of TAP-4' }).waitFor()
    expect(await tab.evaluate('document.documentElement.scrollHeight')).toBe(800)
    expect(
      await tab
        .locator('.hidden')
        .evaluateAll(
          (all) =>
            all.filter(
              (one) => one.matches(':scope') && 'offsetParent' in one && one.offsetParent === document.body,
            ).length,
        ),
    ).toBe(0)
  })

  it('the answer to a button far above comes into view; what comes by itself does not move the page', async () => {
    await become('Marco Silva')
    const log = tab.getByRole('log')
    for (let n = 0; n < many; n++) fake.say('D0MARCO', 'U0HALLPASS', [], { text: `Reminder ${n}.` })
    await log.getByText(`Reminder ${many - 1}.`).waitFor()
    await log.evaluate((one) => one.scrollTo({ top: 0 }))
    fake.say('D0MARCO', 'U0HALLPASS', [], { text: 'By itself.' })
    await log.getByText('By itself.').waitFor()
    const inSight = (text: string) =>
      log.getByText(text).evaluate((one) => one.getBoundingClientRect().bottom <= innerHeight)
    expect(await inSight('By itself.')).toBe(false)
    await tab.getByRole('button', { name: 'Approve' }).click()
    await expect.poll(last, patience).toMatchObject({ what: 'action' })
    fake.say('D0MARCO', 'U0HALLPASS', [], { text: 'That is not yours to approve.', ephemeral: true })
    await log.getByText('That is not yours').waitFor()
    expect(await inSight('That is not yours')).toBe(true)
  })

  it('in a narrow window the panel leaves room for the conversation', async () => {
    await tab.setViewportSize({ width: 500, height: 800 })
    await become('Hanna Weiss')
    await tab.getByRole('button', { name: 'Behind the scenes' }).click()
    const side = await tab.getByRole('complementary', { name: 'Behind the scenes' }).boundingBox()
    const composer = await tab.getByRole('combobox', { name: /^Message/ }).boundingBox()
    expect(composer?.width).toBeGreaterThan(300)
    expect((composer?.y ?? 0) + (composer?.height ?? 0)).toBeLessThanOrEqual(side?.y ?? 0)
    expect(await tab.evaluate('document.documentElement.scrollWidth')).toBe(500)
  })
})

describe('commands', () => {
  it('are completed, sent, and answered for this person only', async () => {
    await become('Hanna Weiss')
    await tab.keyboard.type('/t')
    await tab.getByRole('listbox').getByRole('option', { name: '/tap' }).waitFor()
    await tab.keyboard.press('Tab')
    await tab.keyboard.type('@da')
    await tab.getByRole('listbox').getByRole('option', { name: 'Dana Cruz' }).waitFor()
    await tab.keyboard.press('Enter')
    await tab.keyboard.type('1h lost phone')
    await tab.getByText('/tap @user 1h [INC123] reason').waitFor()
    await tab.keyboard.press('Enter')
    await tab.getByText('Only visible to you').waitFor()
    expect(last()?.input).toEqual({ conversation: 'C0APPROVALS', text: '/tap @dana 1h lost phone' })
    await tab.reload()
    await tab.getByText('(edited)').waitFor()
    expect(await tab.getByText('Only visible to you').count()).toBe(0)
  })

  it('what was refused stays in the composer, with the reason', async () => {
    await become('Hanna Weiss')
    await type('/nothing at all')
    await tab.getByRole('alert').getByText('Nobody answers that here.').waitFor()
    expect(await tab.getByRole('combobox', { name: /^Message/ }).inputValue()).toBe('/nothing at all')
  })
})

describe('forms', () => {
  it('are checked here, then by the app, and keep what was entered', async () => {
    await become('Hanna Weiss')
    await type('/tap')
    const form = tab.getByRole('dialog', { name: 'Ask for a temporary pass' })
    await form.getByRole('button', { name: 'Ask' }).click()
    expect(await form.getByText('Please complete this required field.').count()).toBe(3)
    await form.getByLabel('Who lost MFA?').selectOption({ label: 'Dana Cruz (@dana)' })
    await form.getByRole('radio', { name: 'Lost' }).check()
    await form.getByRole('checkbox', { name: 'Called back' }).check()
    await form.getByLabel('From').fill('2026-11-23')
    await form.getByLabel('Why?').fill('lost')
    await form.getByRole('button', { name: 'Ask' }).click()
    await form.getByText('Say why in at least 10 characters.').waitFor()
    expect(await form.getByLabel('Why?').getAttribute('aria-invalid')).toBe('true')
    await form.getByLabel('Why?').fill('lost it on the train')
    await form.getByRole('button', { name: 'Ask' }).click()
    await form.waitFor({ state: 'detached' })
    expect(last()?.input).toMatchObject({
      view: 'V0FORM',
      values: {
        subject: { user: { selected_user: 'U0DANA' } },
        duration: { choice: { selected_option: { value: '1h' } } },
        category: { choice: { selected_option: { value: 'lost' } } },
        checks: { list: { selected_options: [{ value: 'call-back' }] } },
        day: { date: { selected_date: '2026-11-23' } },
        reason: { text: { type: 'plain_text_input', value: 'lost it on the train' } },
      },
    })
  })

  it('work by keyboard alone: the focus comes, stays, and goes back', async () => {
    await become('Hanna Weiss')
    await type('/tap')
    const form = tab.getByRole('dialog', { name: 'Ask for a temporary pass' })
    await form.waitFor()
    const focus = tab.locator(':focus')
    const isFocused = (place: ReturnType<Tab['locator']>) => place.and(focus).count()
    expect(await isFocused(form.getByLabel('Who lost MFA?'))).toBe(1)
    for (let n = 0; n < 40; n++) {
      await tab.keyboard.press('Tab')
      expect(await tab.locator('.rail :focus, .pane :focus').count()).toBe(0)
    }
    await form.getByLabel('Why?').focus()
    await tab.keyboard.press('Escape')
    await form.waitFor({ state: 'detached' })
    await expect.poll(last, patience).toEqual({ user: 'U0HANNA', what: 'close', input: { view: 'V0FORM' } })
    await expect
      .poll(() => isFocused(tab.getByRole('combobox', { name: 'Message #approvals' })), patience)
      .toBe(1)
  })

  it('Escape closes one from beside the workspace too, where the focus stays', async () => {
    await become('Dana Cruz')
    fake.open('U0DANA', codeView)
    fake.changed()
    await tab.getByRole('dialog', { name: 'Your code, shown once' }).waitFor()
    await tab.getByLabel('Code', { exact: true }).press('Escape')
    await tab.getByRole('dialog').waitFor({ state: 'detached' })
    await expect.poll(last, patience).toMatchObject({ what: 'close' })
    expect(await tab.getByLabel('Code', { exact: true }).and(tab.locator(':focus')).count()).toBe(1)
  })

  it('the focus goes back to the button that opened one, over a second one that took its place', async () => {
    await become('Marco Silva')
    const button = tab.getByRole('button', { name: 'Approve' })
    await button.click()
    fake.open('U0MARCO', passForm({}))
    fake.changed()
    await tab.getByRole('dialog', { name: 'Ask for a temporary pass' }).getByLabel('Why?').focus()
    fake.open('U0MARCO', codeView)
    fake.changed()
    await tab.getByRole('dialog', { name: 'Your code, shown once' }).press('Escape')
    await tab.getByRole('dialog', { name: 'Ask for a temporary pass' }).press('Escape')
    await tab.getByRole('dialog').waitFor({ state: 'detached' })
    await expect.poll(() => button.and(tab.locator(':focus')).count(), patience).toBe(1)
  })

  it('the uppermost is shown, and closing it shows the one below', async () => {
    await become('Dana Cruz')
    fake.open('U0DANA', passForm({}))
    fake.open('U0DANA', codeView)
    fake.changed()
    await tab
      .getByRole('dialog', { name: 'Your code, shown once' })
      .getByRole('button', { name: 'Done' })
      .click()
    await tab.getByRole('dialog', { name: 'Ask for a temporary pass' }).waitFor()
    expect(await tab.getByRole('dialog').count()).toBe(1)
  })
})

describe('behind the scenes', () => {
  it('a code can be typed on the sign-in page while it is on the screen', async () => {
    await become('Dana Cruz')
    fake.open('U0DANA', codeView)
    fake.changed()
    const view = tab.getByRole('dialog', { name: 'Your code, shown once' })
    const code = await view.locator('pre').innerText()
    const signInPage = tab.getByRole('region', { name: 'What the sign-in page would say' })
    await signInPage.getByLabel('Code').fill(code)
    await signInPage.getByRole('button', { name: 'Sign in with this code' }).click()
    await signInPage.getByText('Signed in. One-time pass used').waitFor()
    expect(await signInPage.getByLabel('Code').inputValue()).toBe('')
    expect(await view.isVisible()).toBe(true)
  })

  it('a person signs in to the VPN by keyboard alone and reads the answer, and who gave it', async () => {
    await become('Dana Cruz')
    const vpn = tab.getByRole('region', { name: 'Sign in to the VPN' })
    expect(await vpn.getByRole('textbox', { name: 'User name' }).inputValue()).toBe('dana.cruz')
    await vpn.getByRole('textbox', { name: 'User name' }).focus()
    await tab.keyboard.press('Tab')
    await tab.keyboard.insertText('7F3K-Q2MD-9XWA-4T0Z')
    await tab.keyboard.press('Enter')
    const says = vpn.getByRole('status')
    await says.getByText('Let in.').waitFor()
    await says.getByText('Asked FreeRADIUS 3.2.1, which asked Hallpass.').waitFor()
    expect(last()?.input).toEqual({ userName: 'dana.cruz', code: '7F3K-Q2MD-9XWA-4T0Z' })
    expect(await vpn.getByRole('textbox', { name: 'Bypass code' }).inputValue()).toBe('')
    await tab.keyboard.insertText('wrong')
    await tab.keyboard.press('Enter')
    await says.getByText('Refused.').waitFor()
    await tab.getByRole('combobox', { name: 'User' }).selectOption({ label: 'Hanna Weiss' })
    expect(await vpn.getByRole('textbox', { name: 'User name' }).inputValue()).toBe('hanna.weiss')
    expect(await says.innerText()).toBe('')
  })

  it('methods are registered and time passes for the chosen user', async () => {
    await become('Hanna Weiss')
    await tab.getByRole('combobox', { name: 'User' }).selectOption({ label: 'Hanna Weiss' })
    await tab.getByRole('combobox', { name: 'Method' }).selectOption('phone')
    await tab.getByRole('button', { name: 'Register a new method' }).click()
    await expect
      .poll(last, patience)
      .toMatchObject({ what: 'register', input: { user: 'e1', method: 'phone' } })
    await tab.getByRole('button', { name: 'Report a suspicious sign-in' }).click()
    await expect.poll(last, patience).toMatchObject({ what: 'report', input: { user: 'e1' } })
    await tab.getByRole('combobox', { name: 'How long' }).selectOption('1 hour')
    await tab.getByRole('button', { name: 'Let time pass' }).click()
    await expect.poll(last, patience).toMatchObject({ what: 'pass-time', input: { minutes: 60 } })
  })

  it('says what to try next, as whom, and puts the first command into the composer', async () => {
    await become('Hanna Weiss')
    const guide = tab.getByRole('region', { name: 'What to try: 2 of 5' })
    await guide.getByRole('button', { name: 'Be Marco' }).click()
    expect(await tab.getByRole('radio', { name: 'Marco Silva' }).isChecked()).toBe(true)
    await tab.getByRole('button', { name: 'Hallpass' }).click()
    fake.exceptions = () => []
    fake.changed()
    await tab.getByRole('button', { name: 'Type it for me' }).first().click()
    expect(await tab.getByRole('combobox', { name: /^Message/ }).inputValue()).toMatch(/^\/tap @dana/)
    await expect.poll(() => tab.getByRole('radio', { name: 'Hanna Weiss' }).isChecked()).toBe(true)
  })

  it('each exception tells its story and leads to its history', async () => {
    await become('Hanna Weiss')
    await tab.getByText('Planned: Marco Silva decides, until 14:20').waitFor()
    const link = tab.getByRole('link', { name: 'History in Temporal of TAP-7F3K-Q2MD' })
    expect(await link.getAttribute('href')).toContain('/namespaces/hallpass-sandbox/workflows/tap')
    await tab.getByRole('button', { name: 'Behind the scenes' }).click()
    await link.waitFor({ state: 'detached' })
  })
})
