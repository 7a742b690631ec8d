import type { Browser, Page as Tab } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { launchBrowser } from '../setup/browser.ts'
import { temporaryFolder } from '../setup/folder.ts'
import { onlookerIn, type Onlooker } from './onlooker.ts'
import { sandboxIn, type SandboxProcess } from './sandbox-process.ts'

let browser: Browser
let sandbox: SandboxProcess
let me: Onlooker
let id: string
let code: string

// One story, told in order: each rule begins where the one before it ended.
beforeAll(async () => {
  const folder = temporaryFolder()
  ;[sandbox, browser] = await Promise.all([sandboxIn(folder), launchBrowser()])
  me = await onlookerIn(browser, folder)
})
afterEach(async ({ task }) => {
  if (task.result?.state === 'fail') await me.shot('failed')
  if (me.complaints.length > 0) throw new Error(`The page complained: ${me.complaints.join('; ')}`)
})
afterAll(async () => {
  await browser.close()
  await sandbox.close()
})

const region = (name: string) => me.side.getByRole('region', { name })
const signInPage = () => region('What the sign-in page would say')
const askedFor = () => signInPage().getByRole('combobox', { name: 'User' }).locator('option:checked')

/** The person, when the page says that it is their turn. */
const turnOf = (name: string) =>
  me.tab.getByRole('radio', { name: new RegExp(`^${name}.*something waits for an answer`) })

/** The page notices by itself that the program is gone, and that it is back. */
async function restarted(how: () => Promise<unknown>): Promise<void> {
  await how()
  await me.sees('Connection lost. Trying again.', me.tab.getByRole('status'))
  // A browser says so itself when nobody answers: that is no fault of the page.
  const { ready } = await sandbox.start()
  await ready()
  await expect.poll(() => me.tab.getByRole('status').first().innerText(), { timeout: 60_000 }).toBe('')
  const others = me.complaints.splice(0).filter((complaint) => !/net::ERR_|status of 50\d/.test(complaint))
  expect(others).toEqual([])
}

describe('somebody who tries it for the first time', { timeout: 90_000 }, () => {
  it('sees within moments how far the start is, then whom to be and what to type', async () => {
    const { ready } = await sandbox.start()
    await me.tab.goto(sandbox.url)
    await me.sees('PostgreSQL', me.tab.getByRole('list', { name: 'Steps' }))
    await me.shot('starting')
    const times = await ready()
    process.stdout.write(
      `The page is there after ${times.firstPage} ms, everything after ${times.ready} ms.\n`,
    )
    await me.sees('Demo speed', me.side)
    await me.sees('As Hanna, of the helpdesk, ask:', region('What to try: 1 of 5'))
    await me.shot('first-look', { readme: true })
    await me.shot('first-look', { dark: true })
    await me.log.getByRole('button', { name: 'Type it for me' }).click()
    expect(await me.composer.inputValue()).toMatch(/^\/tap @dana 1h /)
  })
})

describe('one exception, from the request to the end of the reminders', { timeout: 90_000 }, () => {
  it('the helpdesk asks with one command, which completes itself', async () => {
    await me.composer.fill('')
    await me.tab.keyboard.type('/')
    await me.sees('/tap', me.suggestions)
    await me.shot('completion-of-commands')
    await me.tab.keyboard.press('Enter')
    await me.tab.keyboard.type('@da')
    await me.sees('Dana Cruz', me.suggestions)
    await me.shot('completion-of-people')
    await me.tab.keyboard.press('Enter')
    await me.tab.keyboard.type('1h INC123 lost her phone on the train')
    expect(await me.composer.inputValue()).toBe('/tap @dana 1h INC123 lost her phone on the train')
    await me.tab.keyboard.press('Enter')
    await me.sees(/Recorded, TAP-/)
    await me.sees('Tell Dana Cruz to keep Slack open.')
    id = /TAP-[0-9A-Z]{4}-[0-9A-Z]{4}/.exec(await me.log.innerText())?.[0] ?? 'no id'
    await me.shot('requester-waiting')
  })

  it('the subject hears of it, and the approver is asked with all that there is to know', async () => {
    await me.be('Dana Cruz')
    expect(await me.sees('asked for a temporary pass for you')).toContain('Hanna Weiss')
    await me.shot('subject-asked')
    await turnOf('Marco Silva').check()
    await me.sees('Let Dana Cruz sign in with a temporary pass?')
    expect(await me.sees(/lost her phone on the train/)).toContain('INC123')
    // Whoever is at the page, the sign-in page is about the person whom the story is about.
    await expect.poll(() => askedFor().innerText()).toBe('Dana Cruz')
    await me.shot('approval-card', { readme: true })
    await me.shot('approval-card', { dark: true })
    await me.open('approvals')
    await me.sees('Let Dana Cruz sign in with a temporary pass?')
    await me.shot('approvals-channel')
    await me.open('Hallpass')
  })

  it('the approver says how they made sure, and then it is the turn of the subject alone', async () => {
    await me.press('Approve')
    await me.dialog.getByRole('button', { name: 'Approve' }).click()
    await me.sees('Please complete this required field.', me.dialog)
    await me.shot('approve-form')
    await me.tab.keyboard.press('Escape')
    await me.approves()
    await me.sees('is approved by Marco Silva')
    await me.shot('approver-approved')
    await me.be('Hanna Weiss')
    await me.sees('is approved by Marco Silva')
    await me.shot('requester-approved')
    await turnOf('Dana Cruz').waitFor()
    expect(await turnOf('').count()).toBe(1)
  })

  it('the program is killed and started again: the page comes back by itself, and the pass is still open', async () => {
    await restarted(sandbox.kill)
    await me.be('Dana Cruz')
    expect(await me.sees('Your temporary pass is ready.')).toContain('Marco Silva approved it')
    await me.shot('subject-ready')
    await me.shot('subject-ready', { dark: true })
  })

  it('the subject sees the code once and types it on the sign-in page, which is about her by itself', async () => {
    await me.press('Show my code')
    // Temporal first has to notice that the killed worker will not answer: up to ten seconds.
    code = await me.dialog.locator('pre').innerText({ timeout: 45_000 })
    await me.sees('Nobody from IT will ask for this code.', me.dialog)
    await expect.poll(() => askedFor().innerText()).toBe('Dana Cruz · has a pass')
    await me.shot('code-shown-once', { readme: true })
    await me.shot('code-shown-once', { dark: true })
    const field = signInPage().getByLabel('Code')
    await field.fill(`${code.slice(1)}${code.slice(0, 1)}`)
    await field.press('Enter')
    await signInPage().locator('.is-refused').waitFor()
    await me.shot('wrong-code')
    await field.fill(code)
    await field.press('Enter')
    await me.sees('Signed in. One-time pass used', signInPage())
    await me.shot('signed-in')
    await me.close()
    await me.sees('Your temporary pass was used.')
    await me.shot('subject-used')
  })

  it('the code is in nothing that anybody can read afterwards', async () => {
    for (const name of ['Dana Cruz', 'Hanna Weiss', 'Marco Silva']) {
      await me.be(name)
      await me.sees('Dana Cruz', region('Exceptions'))
      expect(await me.tab.content()).not.toContain(code)
    }
  })

  it('the reminder comes; a new method ends it, and subject, manager and requester hear of it', async () => {
    await me.be('Dana Cruz')
    await me.sees('you still have no new sign-in method')
    await me.sees('As Dana, wait for the reminder', region('What to try: 5 of 5'))
    await me.shot('reminder', { readme: true })
    await me.shot('reminder', { dark: true })
    await signInPage().getByLabel('Method').selectOption({ label: 'Authenticator' })
    await signInPage().getByRole('button', { name: 'Register a new method' }).click()
    expect(await me.sees(/A new sign-in method was added to your account/)).toContain('New phone')
    await me.shot('subject-done')
    await me.be('Marco Silva')
    expect(await me.sees(/was added to the account of Dana Cruz/)).toContain('New phone')
    await me.shot('manager-done')
    await me.be('Hanna Weiss')
    expect(await me.sees(/Dana Cruz has a new sign-in method/)).toContain('nothing left to do for you')
    await me.tab.setViewportSize({ width: 1280, height: 1040 })
    await me.shot('timeline', { readme: true })
    await me.tab.setViewportSize({ width: 1280, height: 800 })
    await me.open('approvals')
    await me.shot('approvals-channel-done')
  })

  it('the timeline tells all of it in order', async () => {
    const story = await region('Exceptions').getByRole('listitem').allInnerTexts()
    const order = [
      'Hanna Weiss asked',
      'Allowed by the rule',
      'Approved by Marco Silva',
      'made and shown',
      'used to sign in',
      'Over: used',
      'follow-up began',
      'Reminder 1 of 4',
      'new sign-in method was seen',
      'Follow-up closed',
    ]
    const found = order.map((words) => story.findIndex((line) => line.includes(words)))
    expect(found).not.toContain(-1)
    expect(found).toEqual(found.toSorted((a, b) => a - b))
  })

  it('Temporal shows the same life: each step says in words what it was', async () => {
    const history = await temporalPage('History in Temporal')
    await me.sees('Judge again, mint once, show once', history.locator('body'))
    const shown = await history.locator('body').innerText()
    for (const step of [
      'Check the request',
      'Wait for the approvers',
      'Find out who spoke',
      'Take the code off',
    ])
      expect(shown).toContain(step)
    expect(await history.content()).not.toContain(code)
    await me.shot('temporal-history', { of: history, readme: true })
    await history.close()
    const followUp = await temporalPage('Follow-up')
    await me.sees('Wait for the next reminder', followUp.locator('body'))
    await me.shot('temporal-follow-up', { of: followUp })
    await followUp.close()
  })
})

describe('other ways that it can go', { timeout: 90_000 }, () => {
  it('the helpdesk asks through the form, which Ctrl-C and a new start do not lose', async () => {
    await me.open('Hallpass')
    await me.type('/tap')
    await me.sees('A temporary pass', me.dialog)
    await me.shot('request-form')
    await me.dialog.getByLabel('Who is locked out?').selectOption({ label: 'Dana Cruz (@dana)' })
    await me.dialog.getByLabel('For how long?').selectOption({ label: '1 hour' })
    await me.dialog.getByLabel('Why?').selectOption({ label: 'Phone or key replaced' })
    await me.dialog.getByLabel('What happened?').fill('The new phone came without the old key')
    await me.shot('request-form-filled')
    await me.dialog.getByRole('button', { name: 'Ask' }).click()
    await me.readsAndCloses(/Recorded, TAP-/)
    let ended = ''
    await restarted(async () => {
      ended = await sandbox.interrupt()
    })
    expect(ended).toBe('ended with code 0')
    await me.be('Marco Silva')
    await me.sees(/The new phone came without the old key/)
    await me.shot('after-ctrl-c')
  })

  it('a denial has a reason, which the requester reads; the subject hears that there is no pass', async () => {
    await me.press('Deny')
    await me.dialog.getByLabel('Why not?').fill('I could not reach Dana on the number that I know')
    await me.shot('deny-form')
    await me.dialog.getByRole('button', { name: 'Deny' }).click()
    await me.readsAndCloses(/Recorded\. .*was denied by Marco Silva/)
    await me.sees('was denied by Marco Silva')
    await me.shot('approver-denied')
    await me.be('Hanna Weiss')
    expect(await me.sees(/I could not reach Dana on the number that I know/)).toContain('Reason:')
    await me.shot('requester-denied')
    await me.be('Dana Cruz')
    expect(await me.sees(/was denied/)).toContain('No pass was made.')
    expect(await me.log.innerText()).toContain('This went on in a newer message below.')
    await me.shot('subject-denied')
  })

  it('an approval can be given with the keyboard alone', async () => {
    await me.be('Hanna Weiss')
    await me.open('Hallpass')
    await me.type('/tap @dana 30m lost her phone on the train again')
    await me.sees(/Tell Dana Cruz to keep Slack open/)
    await me.tabTo(me.tab.getByRole('radio', { name: 'Hanna Weiss' }))
    await me.tab.keyboard.press('ArrowDown')
    await me.tab.getByRole('radio', { name: 'Marco Silva', checked: true }).waitFor()
    await me.sees(/lost her phone on the train again/)
    await me.tabTo(me.log.getByRole('button', { name: /^Approve/ }).last())
    await me.shot('keyboard')
    await me.tab.keyboard.press('Enter')
    await me.dialog.getByLabel('How did you make sure').waitFor()
    await me.tab.keyboard.type('Met')
    await me.tabTo(me.dialog.getByRole('button', { name: 'Approve' }))
    await me.tab.keyboard.press('Enter')
    await me.sees('Recorded.', me.dialog)
    await me.shot('recorded')
    await me.tab.keyboard.press('Escape')
    expect(await me.sees('checked by meeting in person')).toContain('Marco Silva approved')
  })

  it('*Not me* stops it, and security hears what to do', async () => {
    await me.be('Dana Cruz')
    await me.sees('Your temporary pass is ready.')
    await me.press('Not me')
    expect(await me.sees('nothing of the pass is alive')).toContain('You pressed Not me.')
    await me.shot('subject-stopped')
    await me.be('Sam Okafor')
    await me.open('security')
    await me.sees('Dana Cruz did not ask for this pass')
    await me.shot('security-told')
    await me.be('Hanna Weiss')
    await me.open('Hallpass')
    await me.sees('Do not ask again before security has talked to Dana Cruz.')
    await me.shot('requester-stopped')
  })

  it('status, list and help answer in words, for this person only', async () => {
    await me.type(`/tap status ${id}`)
    await me.sees(`${id}: a pass for Dana Cruz`)
    await me.shot('status')
    await me.type('/tap list')
    await me.sees('Your exceptions')
    expect(await me.sees(id)).toContain('Your exceptions')
    await me.shot('list')
    await me.type('/tap help')
    await me.sees('Temporary passes')
    await me.shot('help')
    await me.type('/tap @dana soon')
    await me.sees('A temporary pass', me.dialog)
    await me.shot('wrong-command')
    await me.tab.keyboard.press('Escape')
    await me.tab.setViewportSize({ width: 800, height: 800 })
    await me.shot('narrow')
  })
})

async function temporalPage(name: string): Promise<Tab> {
  const link = region('Exceptions').getByRole('link', { name: `${name} of ${id}` })
  const [opened] = await Promise.all([me.tab.context().waitForEvent('page'), link.click()])
  await opened.setViewportSize({ width: 1280, height: 800 })
  const events = opened.getByRole('heading', { name: 'Event History', exact: true })
  // Its own head would cover the heading.
  await events.evaluate((heading) => {
    heading.style.scrollMarginTop = '64px'
    heading.scrollIntoView()
  })
  return opened
}
