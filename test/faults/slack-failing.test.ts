import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openMoodySlack, type MoodySlack, type Whim } from './proxy.ts'
import { dana, olga, openScene, provider, until, type Scene } from './scene.ts'

let scene: Scene
let slack: MoodySlack

beforeAll(async () => {
  scene = await openScene()
  slack = await openMoodySlack(scene.slack.apiUrl)
  await scene.serve({ SLACK_API_URL: slack.apiUrl })
})
afterAll(async () => {
  await scene.close()
  await slack.close()
})

/** Whether a call puts the code on the screen. */
const shows = (method: string, body: string): boolean =>
  method === 'views.update' &&
  decodeURIComponent(body.replaceAll('+', ' ')).includes('rich_text_preformatted')

describe('a code that may not have been seen', () => {
  it('a window closed before the code came: the pass is ended at once, and the next press shows another', async () => {
    const { desk, entra } = scene
    await scene.approved(dana)
    entra.faults.plan({ match: provider.mint, when: 'after', do: 'hang', ms: 1_000 })
    await desk.press(dana.slack, 'Show my code')
    await until('the pass is there', () => scene.isAlive(dana))
    await desk.close(dana.slack)
    await until('it is ended', () => !scene.hasPass(dana))
    await until('it is on record', async () => (await scene.facts('mint-failed')).length === 1)
    expect(await scene.facts('mint-failed')).toMatchObject([
      { settled: true, refusal: { code: 'not-delivered' } },
    ])
    await scene.reaches(dana, 'approved')
    expect(await desk.openCode()).not.toBe('')
    await scene.forget(dana)
  })

  it.each<readonly [string, Whim]>([
    ['Slack answers an error', 'error'],
    ['Slack answers 503', 'status'],
    ['the connection breaks', 'drop'],
    ['the code is on the screen, and the answer gets lost', 'lose-the-answer'],
  ])('%s: the pass is ended, the person reads it, and may press again', async (_what, whim) => {
    const { desk } = scene
    await scene.approved(dana)
    const failed = (await scene.facts('mint-failed')).length
    slack.mood((method, body) => (shows(method, body) ? whim : undefined))
    await desk.press(dana.slack, 'Show my code')
    await desk.window(dana.slack, 'What was made could not be shown, so it was ended')
    expect(scene.hasPass(dana)).toBe(false)
    await until('it is on record', async () => (await scene.facts('mint-failed')).length === failed + 1)
    slack.mood(() => undefined)
    await scene.reaches(dana, 'approved')
    expect(await desk.openCode()).not.toBe('')
    await scene.forget(dana)
  })
})

it('messages that fail for a while: nothing waits for them, and then everybody can read everything', async () => {
  const { desk } = scene
  const id = await scene.approved(olga)
  await desk.openCode(olga.slack)
  await scene.reaches(olga, 'active')
  slack.mood((method) => (method.startsWith('chat.') ? 'status' : undefined))
  await desk.type('U0HANNA', `/tap revoke ${id} the wrong person called`)
  await until('the pass is gone', () => !scene.hasPass(olga))
  expect(desk.reads(olga.slack)).not.toContain('Your temporary pass was revoked')
  slack.mood(() => undefined)
  await scene.reaches(olga, 'revoked')
  await desk.sees(olga.slack, 'Your temporary pass was revoked')
  await desk.sees('U0HANNA', 'the wrong person called')
})
