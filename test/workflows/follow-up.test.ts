import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Method } from '../../src/core/ports.ts'
import { hanna, marco, olga, phoneBack, revoke } from './given.ts'
import { readPast } from './past.ts'
import { gate, heard, refused, sceneOf, type Scene } from './scene.ts'
import { startStage, type Stage } from './stage.ts'

let stage: Stage

beforeAll(async () => {
  stage = await startStage()
})
afterAll(() => stage.close())

const passkey: Method = { id: 'm-1', type: 'fido2', label: 'Passkey', strong: true }
const password: Method = { id: 'm-2', type: 'password', label: 'Password', strong: false }

/** How many reminders were due. */
function reminders(scene: Scene): number {
  return scene.followUpFacts().filter((type) => type === 'reminder-due').length
}

/** Asserts why a follow-up ended and what its history has to keep. */
async function closes(scene: Scene, because: 'evidence' | 'phone-back', name?: string, exceptionId?: string) {
  expect(await scene.followUpHandle.result()).toBe(because)
  expect(scene.followUpChain(exceptionId).at(-1)).toMatchObject({ type: 'follow-up-closed', because })
  return readPast(scene.followUpHandle, name)
}

describe.concurrent('a follow-up', () => {
  it('reminds at its times, says once that something is still missing, and goes on after the last', async () => {
    const scene = sceneOf(stage)
    const { endedAt } = await scene.opensFollowUp({ remind: [0.5, 1, 2] })
    await scene.until(() => scene.followUpFacts().includes('still-missing'), 'all reminders are sent')
    const reminded = ['reminder-due', 'reminder-due', 'reminder-due']
    expect(scene.followUpFacts()).toEqual(['follow-up-opened', ...reminded, 'still-missing'])
    const after = scene.followUpChain().slice(1, 4)
    for (const [index, due] of [500, 1000, 2000].entries()) {
      expect((after[index]?.at ?? 0) - endedAt).toBeGreaterThanOrEqual(due)
      expect(after[index]).toMatchObject({ number: index + 1, of: 3 })
    }
    await new Promise((resolve) => setTimeout(resolve, 500))
    expect((await scene.followUpHandle.describe()).status.name).toBe('RUNNING')
    expect(reminders(scene)).toBe(3)
    scene.world.methods = [passkey]
    await closes(scene, 'evidence', 'follow-up-reminded')
    expect(scene.followUpFacts().slice(-2)).toEqual(['evidence-seen', 'follow-up-closed'])
  })

  it('ends as soon as a new strong method is there, without a reminder', async () => {
    const scene = sceneOf(stage)
    await scene.opensFollowUp()
    await scene.until(() => scene.times('watchMethods') > 1, 'it looks')
    scene.world.methods = [passkey]
    await closes(scene, 'evidence', 'follow-up-evidence')
    expect(scene.followUpFacts()).toEqual(['follow-up-opened', 'evidence-seen', 'follow-up-closed'])
    expect(reminders(scene)).toBe(0)
  })

  it('ends when the look at a due reminder finds the method first', async () => {
    const scene = sceneOf(stage)
    scene.world.acts.watchMethods = () => Promise.reject(new Error('no answer'))
    await scene.opensFollowUp({ remind: [0.5, 600] })
    scene.world.methods = [passkey]
    await closes(scene, 'evidence', 'follow-up-evidence-at-reminder')
    const seen = ['reminder-due', 'evidence-seen', 'follow-up-closed']
    expect(scene.followUpFacts()).toEqual(['follow-up-opened', ...seen])
  })

  it('does not end by a password, nor by a method that was there before', async () => {
    const scene = sceneOf(stage)
    scene.world.methods = [passkey, password]
    await scene.opensFollowUp({ methodsBefore: [passkey], remind: [0.5] })
    await scene.until(() => scene.followUpFacts().includes('still-missing'), 'it reminds')
    await scene.until(() => scene.times('watchMethods') > 2, 'it looks again and again')
    scene.world.methods = [passkey, { ...passkey, id: 'm-3' }]
    await closes(scene, 'evidence')
    expect(scene.followUpChain().at(-2)).toMatchObject({
      methods: [expect.objectContaining({ id: 'm-3' })],
    })
  })

  it('ends by the word of the subject when the phone was only not at hand', async () => {
    const scene = sceneOf(stage)
    await scene.opensFollowUp({ category: 'not-at-hand', remind: [600, 1200] })
    expect(await scene.says(hanna, phoneBack)).toEqual(refused('not-the-subject'))
    expect(await scene.says(olga, phoneBack)).toEqual(refused('not-the-subject'))
    expect(await scene.says(scene.dana, phoneBack)).toEqual(heard)
    await closes(scene, 'phone-back', 'follow-up-phone-back')
    expect(scene.followUpFacts()).toEqual(['follow-up-opened', 'phone-back-said', 'follow-up-closed'])
    expect(await scene.says(scene.dana, phoneBack)).toBe('over')
  })

  it('asks once whether a phone that was not at hand is back, then the requester once, and stays open', async () => {
    const scene = sceneOf(stage)
    const { endedAt } = await scene.opensFollowUp({ category: 'not-at-hand', remind: [0, 0.5, 1] })
    await scene.until(() => scene.followUpFacts().includes('still-missing'), 'everybody was asked')
    const asked = ['follow-up-opened', 'phone-asked', 'still-missing']
    expect(scene.followUpFacts()).toEqual(asked)
    const [, question, help] = scene.followUpChain()
    expect(question).toMatchObject({ until: endedAt + 1000 })
    expect((question?.at ?? 0) - endedAt).toBeGreaterThanOrEqual(500)
    expect((help?.at ?? 0) - endedAt).toBeGreaterThanOrEqual(1000)
    await new Promise((resolve) => setTimeout(resolve, 500))
    expect(scene.followUpFacts()).toEqual(asked)
    expect((await scene.followUpHandle.describe()).status.name).toBe('RUNNING')
    expect(await scene.says(scene.dana, phoneBack)).toEqual(heard)
    await closes(scene, 'phone-back', 'follow-up-phone-asked')
  })

  it('ends by a new strong method, too, when the phone was only not at hand', async () => {
    const scene = sceneOf(stage)
    await scene.opensFollowUp({ category: 'not-at-hand', remind: [600, 1200] })
    scene.world.methods = [passkey]
    await closes(scene, 'evidence')
    expect(scene.followUpFacts()).toEqual(['follow-up-opened', 'evidence-seen', 'follow-up-closed'])
  })

  it.each(['lost', 'replaced', 'new-starter', 'other'] as const)(
    'does not end by a word when the phone is %s',
    async (category) => {
      const scene = sceneOf(stage)
      await scene.opensFollowUp({ category })
      expect(await scene.says(scene.dana, phoneBack)).toEqual(refused('not-allowed'))
      expect((await scene.followUpHandle.describe()).status.name).toBe('RUNNING')
      expect(scene.followUpFacts()).toEqual(['follow-up-opened'])
    },
  )

  it('can not be revoked, and what nobody signed is refused', async () => {
    const scene = sceneOf(stage)
    await scene.opensFollowUp({ category: 'not-at-hand' })
    const to = { follow: 'follow-up', subject: scene.dana.actor.person, kind: 'tap' } as const
    const said = (...envelope: Parameters<Scene['envelope']>) =>
      scene.engine.say(to, scene.envelope(...envelope), 'press')
    expect(await said(marco, revoke)).toEqual(refused('not-allowed'))
    const forged = scene.envelope(scene.dana, phoneBack, 'forged')
    expect(await scene.engine.say(to, forged, 'another press')).toEqual(refused('unverified'))
    expect((await scene.followUpHandle.describe()).status.name).toBe('RUNNING')
  })

  it('goes on for both when another exception of the same person ends: one follow-up, counted anew', async () => {
    const scene = sceneOf(stage)
    const first = await scene.opensFollowUp({ remind: [0.25, 600] })
    await scene.until(() => reminders(scene) === 1, 'the first reminder')
    const second = { exceptionId: 'second', category: 'replaced', methodsBefore: [passkey] } as const
    await scene.opensFollowUp({ ...second, remind: [0.25, 600], endedAt: Date.now() })
    await scene.opensFollowUp({ ...second, remind: [0.25, 600] })
    await scene.until(() => scene.followUpFacts().includes('follow-up-joined'), 'the second joins')
    scene.world.methods = [passkey]
    await scene.until(() => reminders(scene) === 2, 'it reminds anew')
    scene.world.methods = [passkey, { ...passkey, id: 'm-3' }]
    await closes(scene, 'evidence', 'follow-up-joined')
    expect(scene.world.followed).toEqual([first.exceptionId, 'second'])
    const [opened, reminded, joined, ...rest] = scene.followUpChain()
    expect(opened).toMatchObject({ type: 'follow-up-opened', exceptionId: first.exceptionId })
    expect(reminded).toMatchObject({ type: 'reminder-due', number: 1 })
    expect(joined).toMatchObject({ type: 'follow-up-joined', exceptionId: 'second', category: 'replaced' })
    expect(rest.map(({ type }) => type)).toEqual(['reminder-due', 'evidence-seen', 'follow-up-closed'])
  })

  it('does not take for evidence what was there before the other exception, though a reminder just found it', async () => {
    const scene = sceneOf(stage)
    const { tellFollowUp } = scene.world.acts
    const held = gate()
    scene.world.acts.watchMethods = () => Promise.reject(new Error('no answer'))
    scene.world.acts.tellFollowUp = async (news) => {
      const found = await tellFollowUp(news)
      if (found.length > 0) await held.opened
      return found
    }
    scene.world.methods = [passkey]
    await scene.opensFollowUp({ remind: [0.25] })
    await scene.until(() => reminders(scene) === 1, 'the reminder is being told')
    const second = { exceptionId: 'second', methodsBefore: [passkey], endedAt: Date.now() } as const
    await scene.opensFollowUp({ ...second, remind: [1] })
    held.open()
    await scene.until(() => scene.followUpFacts().includes('still-missing'), 'it goes on')
    const both = ['follow-up-joined', 'reminder-due', 'still-missing']
    expect(scene.followUpFacts()).toEqual(['follow-up-opened', 'reminder-due', ...both])
    expect((await scene.followUpHandle.describe()).status.name).toBe('RUNNING')
  })

  it('that is being closed when another exception ends swallows none: it opens again for all of them', async () => {
    const scene = sceneOf(stage)
    const { tellFollowUp } = scene.world.acts
    let down = true
    scene.world.acts.tellFollowUp = (news) =>
      down ? Promise.reject(new Error('no answer')) : tellFollowUp(news)
    await scene.opensFollowUp({ category: 'not-at-hand', remind: [600, 1200] })
    expect(await scene.says(scene.dana, phoneBack)).toEqual(heard)
    await scene.opensFollowUp({ exceptionId: 'second', category: 'lost' })
    await scene.opensFollowUp({ exceptionId: 'third', category: 'lost' })
    const first = stage.client.workflow.getHandle(
      scene.followUpHandle.workflowId,
      (await scene.followUpHandle.describe()).runId,
    )
    down = false
    await scene.until(() => scene.followUpFacts('second').length > 1, 'the second is opened, the third joins')
    expect(scene.followUpFacts()).toEqual(['follow-up-opened', 'phone-back-said', 'follow-up-closed'])
    scene.world.methods = [passkey]
    await closes(scene, 'evidence', 'follow-up-opened-again', 'second')
    await readPast(first, 'follow-up-closed-while-another-ended')
    expect(scene.followUpFacts('second')).toEqual([
      'follow-up-opened',
      'follow-up-joined',
      'evidence-seen',
      'follow-up-closed',
    ])
    expect(scene.world.followed).toEqual(['second', 'third'])
  })

  it('waits for a ledger or a Slack that is away, and loses no fact', async () => {
    const scene = sceneOf(stage)
    const { tellFollowUp } = scene.world.acts
    let down = true
    scene.world.acts.tellFollowUp = (news) =>
      down ? Promise.reject(new Error('no answer')) : tellFollowUp(news)
    await scene.opensFollowUp({ remind: [0.25] })
    await scene.until(() => scene.times('tellFollowUp') > 0, 'it tries to tell')
    scene.world.methods = [passkey]
    down = false
    await closes(scene, 'evidence')
    expect(scene.followUpFacts().at(0)).toBe('follow-up-opened')
  })
})
