import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { actions } from '../../src/core/card/actions.ts'
import { answerText, helpCardText, kindWords, sampleId } from '../../src/core/text/en.ts'
import { commandText } from '../../src/core/text/en/commands.ts'
import { personProblemText } from '../../src/core/text/person-problem-text.ts'
import { refusalText } from '../../src/core/text/refusal-text.ts'
import { startInstallation, type Installation } from '../setup/installation.ts'
import { handsOf, type Hands } from './hands.ts'

let installation: Installation
let hands: Hands
/** Dana's waits for a decision, Olga's was withdrawn. */
let danas: { readonly id: string; readonly shown: string }
let olgas: typeof danas

beforeAll(async () => {
  installation = await startInstallation()
  await installation.serve()
  hands = await handsOf(installation)
  olgas = await asked('U0OLGA', 'U0HARI')
  await hands.press('U0HARI', actions.withdraw, olgas.id)
  await hands.isOver(olgas.id)
  danas = await asked('U0DANA', 'U0HANNA')
})
afterAll(async () => {
  await hands.close()
  await installation.close()
})

async function asked(subject: string, by: string): Promise<typeof danas> {
  const id = await hands.ask(subject, by)
  const [row] = await hands.rows<{ shown: string }>(
    'select display_id as shown from exception_view where exception_id = $1',
    [id],
  )
  return { id, shown: row?.shown ?? '' }
}
const waits = 'A pass for Dana Cruz waits for Marco Silva, Ava Chen, Ben Ode until'
const withdrew = 'Hari Patel withdrew the request for a pass for Olga Novak'

describe('help', () => {
  it.for(['help', 'HELP', 'help me please'])('%s says what the command can do', async (text) => {
    const says = await hands.command('U0OLGA', text)
    expect(says).toContain(kindWords.tap.help.title)
    for (const line of helpCardText.lines('tap', '/tap', [])) expect(says).toContain(line.mrkdwn)
  })
})

describe('lists', () => {
  it('one own: asked for, or about oneself', async () => {
    expect(await hands.command('U0HANNA', 'list')).toMatch(new RegExp(`${danas.shown}.*${waits}`))
    expect(await hands.command('U0HANNA', 'list')).not.toContain(olgas.shown)
    expect(await hands.command('U0DANA', 'list')).toContain(danas.shown)
    expect(await hands.command('U0OLGA', 'list')).toContain(withdrew)
  })
  it('nothing is said to be nothing', async () => {
    expect(await hands.command('U0SAM', 'list')).toContain(answerText.nothingListed().mrkdwn)
  })
  it('`status` alone is the same', async () => {
    expect(await hands.command('U0HANNA', 'status')).toBe(await hands.command('U0HANNA', 'list'))
  })
  it('security lists what is open, and only that', async () => {
    const says = await hands.command('U0SAM', 'list open')
    expect(says).toContain(waits)
    expect(says).not.toContain(olgas.shown)
  })
  it('whoever is refused for asking for a pass of their own finds it once', async () => {
    await hands.command('U0RITA', '<@U0RITA> 1h lost the phone on the train')
    await expect
      .poll(async () => (await hands.command('U0RITA', 'list')).match(/TAP-/g), { timeout: 60_000 })
      .toHaveLength(1)
  })
})

describe('one exception', () => {
  const spelled: readonly (readonly [string, (shown: string) => string])[] = [
    ['as it is shown', (shown) => shown],
    ['in small letters', (shown) => shown.toLowerCase()],
    ['without the word and the dashes', (shown) => shown.slice(4).replace('-', '')],
    ['with spaces', (shown) => shown.replaceAll('-', ' ')],
    ['by its first half', (shown) => shown.slice(0, 8)],
    ['by six letters', (shown) => shown.slice(0, 11)],
  ]
  it.for(spelled)('is found by its id %s', async ([, spell]) => {
    const says = await hands.command('U0HANNA', `status ${spell(danas.shown)}`)
    expect(says).toContain(`${danas.shown}: a pass for Dana Cruz`)
    expect(says).toContain(waits)
    expect(says).toContain('lost the phone on the train')
  })
  it('by the person, by mention and by e-mail address', async () => {
    expect(await hands.command('U0HARI', 'status <@U0DANA>')).toContain(waits)
    const mail = '<mailto:dana.cruz@contoso.example|dana.cruz@contoso.example>'
    expect(await hands.command('U0HARI', `status ${mail}`)).toContain(waits)
  })
  it.for([
    ['status TAP-0000-0000', commandText.noSuchId('TAP-0000-0000', '/tap').mrkdwn],
    ['status abc', commandText.notAnId('abc', '/tap').mrkdwn],
    ['status TAP-7F3K-Q2MD-XXXX', commandText.notAnId('TAP-7F3K-Q2MD-XXXX', '/tap').mrkdwn],
    [`status ${'Z'.repeat(5000)}`, commandText.notAnId('Z'.repeat(32), '/tap').mrkdwn],
    ['status *bold*`x`', commandText.notAnId('*bold*`x`', '/tap').mrkdwn],
    ['status @dana', commandText.linkPerson().mrkdwn],
    ['status <@U0GONE>', personProblemText('deactivated', commandText.they).mrkdwn],
    ['revoke', commandText.reasonForRevoke('/tap', sampleId('tap')).mrkdwn],
    ['revoke TAP-0000-0000', commandText.noSuchId('TAP-0000-0000', '/tap').mrkdwn],
    ['revoke TAP-0000-0000 it was found', commandText.noSuchId('TAP-0000-0000', '/tap').mrkdwn],
    ['revoke the pass of dana', commandText.notAnId('the', '/tap').mrkdwn],
  ] as const)('%.40s', async ([text, says]) => {
    expect(await hands.command('U0HANNA', text)).toBe(says)
  })
  it('an id that is the beginning of several is asked for again, never guessed', async () => {
    const own = await hands.rows<{ id: string; letters: string }>(
      'select exception_id as id, letters from exception_view',
      [],
    )
    for (const [index, { id }] of own.entries()) {
      const letters = `AAAA${'BCDE'.charAt(index).repeat(4)}`
      await hands.rows('update exception_view set letters = $2 where exception_id = $1', [id, letters])
    }
    const ambiguous = commandText.ambiguousId('TAP-AAAA').mrkdwn
    expect(await hands.command('U0HANNA', 'status TAP-AAAA')).toBe(ambiguous)
    expect(await hands.command('U0HANNA', 'revoke TAP-AAAA found it')).toBe(ambiguous)
    expect(await hands.command('U0HARI', 'status TAP-AAAABBBB')).toContain(' a pass for ')
    for (const { id, letters } of own) {
      await hands.rows('update exception_view set letters = $2 where exception_id = $1', [id, letters])
    }
  })
})

describe('revoking by command', () => {
  it('asks for a reason, refuses strangers, and ends it for whoever may', async () => {
    const command = `revoke ${danas.shown}`
    expect(await hands.command('U0HANNA', command)).toBe(
      commandText.reasonForRevoke('/tap', danas.shown).mrkdwn,
    )
    expect(await hands.command('U0OLGA', `${command} because`)).toBe(
      refusalText({ code: 'not-allowed' }).mrkdwn,
    )
    expect(await hands.status(danas.id)).toBe('waiting')
    expect(await hands.command('U0HANNA', `${command} she found her phone`)).toContain(
      '*Recorded.* The request for a pass for Dana Cruz was stopped by Hanna Weiss',
    )
    await hands.isOver(danas.id)
    const says = await hands.command('U0HANNA', `status ${danas.shown}`)
    expect(says).toContain('was stopped by Hanna Weiss')
    expect(says).toContain('she found her phone')
  })
})
