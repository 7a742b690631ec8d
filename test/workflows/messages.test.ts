import { randomUUID } from 'node:crypto'
import { WorkflowUpdateFailedError } from '@temporalio/client'
import { ApplicationFailure } from '@temporalio/common'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { unjudged } from '../../src/core/exception/admitted.ts'
import { say, type Reply } from '../../src/workflows/messages.ts'
import {
  approve,
  ava,
  claim,
  deny,
  hanna,
  marco,
  notMe,
  olga,
  phoneBack,
  revoke,
  sam,
  signed,
} from './given.ts'
import { gate, heard, refused, sceneOf } from './scene.ts'
import { startStage, type Stage } from './stage.ts'

let stage: Stage

beforeAll(async () => {
  stage = await startStage()
})
afterAll(() => stage.close())

/** What an answer comes down to. */
function wordOf(answer: Reply | 'later' | 'over'): string {
  if (typeof answer === 'string') return answer
  return answer.ok ? answer.value : answer.reason.code
}

describe.concurrent('one person, one live exception', () => {
  it('a second start fails while the first lives, and is taken after it ended', async () => {
    const scene = sceneOf(stage)
    await scene.ask()
    const another = signed({ ...scene.request.statement, exceptionId: randomUUID() })
    expect(await scene.engine.start(another)).toBe(false)
    expect(await scene.engine.start(scene.request), 'the same request, delivered again').toBe(true)
    await scene.says(marco, deny)
    await scene.ends('denied')
    expect(scene.facts()).toEqual(['requested', 'admitted', 'denied', 'ended'])
    expect(await scene.engine.start(sceneOf(stage).request)).toBe(true)
  })

  it('the same request, delivered once more after it was over, begins nothing anew', async () => {
    const scene = sceneOf(stage)
    scene.world.acts.admit = async () => unjudged(scene.request, { code: 'no-rule' })
    await scene.ask()
    await scene.ends('refused')
    const { runId } = await scene.handle.describe()
    expect(await scene.engine.start(scene.request)).toBe(true)
    expect((await scene.handle.describe()).runId).toBe(runId)
    expect(scene.times('admit')).toBe(1)
  })

  it('whoever asks for the result of admission again is told the same', async () => {
    const scene = sceneOf(stage)
    const first = await scene.ask()
    expect(await scene.engine.admission(scene.request, 5000)).toEqual(first)
    expect(scene.times('admit')).toBe(1)
  })

  it('an admission that takes long is answered later, and goes on', async () => {
    const scene = sceneOf(stage)
    const { admit } = scene.world.acts
    scene.world.acts.admit = async (request) => {
      await new Promise((resolve) => setTimeout(resolve, 600))
      return admit(request)
    }
    await scene.engine.start(scene.request)
    expect(await scene.engine.admission(scene.request, 200)).toBe('later')
    expect(await scene.engine.admission(scene.request, 5000)).toMatchObject({ ok: true })
  })
})

describe.concurrent('a click', () => {
  it('that Slack delivers twice is one word', async () => {
    const scene = sceneOf(stage)
    await scene.ask()
    const both = [scene.says(marco, approve, 'one press'), scene.says(marco, approve, 'one press')]
    expect(await Promise.all(both)).toEqual([heard, heard])
    await scene.says(sam, revoke)
    await scene.ends('revoked')
    expect(scene.times('hear')).toBe(2)
    expect(scene.facts().filter((type) => type === 'approved')).toHaveLength(1)
  })

  it('and another of the same person count once', async () => {
    const scene = sceneOf(stage, { plan: { needed: 2 } })
    await scene.ask()
    expect(await Promise.all([scene.says(marco, approve), scene.says(marco, approve)])).toEqual([
      heard,
      heard,
    ])
    await scene.says(sam, revoke)
    await scene.ends('revoked')
    expect(scene.facts().filter((type) => type === 'approved')).toHaveLength(1)
  })

  it('of two people at once: the first decides, the second is told that it is too late', async () => {
    const scene = sceneOf(stage)
    await scene.ask()
    const answers = await Promise.all([scene.says(marco, deny), scene.says(ava, approve)])
    await scene.says(sam, revoke)
    const outcome = await scene.handle.result()
    expect([
      ['denied', 'heard', 'over'],
      ['revoked', 'not-waiting', 'heard'],
    ]).toContainEqual([outcome, ...answers.map(wordOf)])
  })

  it('that came while the deciding one was being heard is told that it is over', async () => {
    const scene = sceneOf(stage)
    await scene.ask()
    const { hear } = scene.world.acts
    const held = gate()
    scene.world.acts.hear = async (envelope, about) => {
      await held.opened
      return hear(envelope, about)
    }
    const denied = scene.says(marco, deny)
    await scene.until(() => scene.times('hear') === 1, 'Marco is being heard')
    const late = scene.says(ava, approve)
    await scene.until(async () => (await scene.letIn()) === 3, 'Ava waits')
    held.open()
    expect(await Promise.all([denied, late])).toEqual([heard, refused('over')])
    await scene.ends('denied')
    expect(scene.times('hear')).toBe(1)
  })

  it('after the end is told that it is over, while the end is still being told and later', async () => {
    const scene = sceneOf(stage)
    await scene.ask()
    const { tell } = scene.world.acts
    let down = true
    scene.world.acts.tell = (news) => (down ? Promise.reject(new Error('no answer')) : tell(news))
    await scene.says(marco, deny)
    expect(await scene.says(ava, approve)).toEqual(refused('over'))
    down = false
    await scene.ends('denied')
    expect(await scene.says(ava, approve)).toBe('over')
    expect(scene.facts()).not.toContain('approved')
  })

  it.each([
    ['the requester approves', hanna, approve, 'own-request'],
    ['an outsider approves', olga, approve, 'not-an-approver'],
    ['security denies', sam, deny, 'not-an-approver'],
    ['an approver claims', marco, claim, 'not-approved'],
    ['an outsider revokes', olga, revoke, 'not-allowed'],
    ['the requester says *Not me*', hanna, notMe, 'not-the-subject'],
    ['the follow-up is spoken to here', sam, phoneBack, 'not-allowed'],
  ] as const)('of a wrong person is answered and recorded: %s', async (_, who, said, code) => {
    const scene = sceneOf(stage)
    await scene.ask()
    const expected = said === claim ? 'not-the-subject' : code
    const to = { follow: 'exception', subject: scene.dana.actor.person, kind: 'tap' } as const
    expect(await scene.engine.say(to, scene.envelope(who, said), 'press')).toEqual(refused(expected))
    await scene.until(() => scene.facts().includes('attempt-refused'), 'it is recorded')
    expect(scene.world.exceptionChain.facts().at(-1)).toMatchObject({
      by: who.actor,
      said: said.kind,
      refusal: { code: expected },
    })
    await scene.says(sam, revoke)
    await scene.ends('revoked')
  })

  it('that is refused is recorded; the third repetition is not let in and leaves no trace', async () => {
    const scene = sceneOf(stage)
    await scene.ask()
    for (const _ of [1, 2, 3]) expect(await scene.says(olga, approve)).toEqual(refused('not-an-approver'))
    expect(await scene.says(olga, approve)).toEqual(refused('enough-refusals'))
    expect(await scene.says(marco, approve)).toEqual(heard)
    await scene.says(sam, revoke)
    const past = await scene.ends('revoked')
    // Admission, three refusals, Marco, Sam.
    expect(past.updates).toBe(6)
    expect(scene.facts().filter((type) => type === 'attempt-refused')).toHaveLength(3)
  })

  it('that the bot did not sign is refused and recorded as forged', async () => {
    const scene = sceneOf(stage)
    await scene.ask()
    expect(await scene.forges(marco, approve)).toEqual(refused('unverified'))
    await scene.says(sam, revoke)
    await scene.ends('revoked', 'forged-approval')
    expect(scene.facts().slice(2, 4)).toEqual(['forged', 'revoke-asked'])
  })

  it.each([
    ['nothing', undefined],
    ['a text', 'approve'],
    ['an envelope without a statement', { keyId: 'k', signature: 's' }],
    ['a statement without a speaker', { keyId: 'k', signature: 's', statement: { kind: 'approve' } }],
  ])('that is no envelope is not let in: %s', async (_, message) => {
    const scene = sceneOf(stage)
    await scene.ask()
    const sent = scene.handle.executeUpdate(say, { args: [message as never] })
    await expect(sent).rejects.toThrow(WorkflowUpdateFailedError)
    expect(await scene.says(marco, approve)).toEqual(heard)
  })

  it('is answered with *not now* when the directory is away, and may be repeated', async () => {
    const scene = sceneOf(stage)
    await scene.ask()
    const { hear } = scene.world.acts
    scene.world.acts.hear = () => Promise.reject(ApplicationFailure.nonRetryable('The directory is down.'))
    expect(await scene.says(marco, approve)).toEqual(refused('not-now'))
    scene.world.acts.hear = hear
    expect(await scene.says(marco, approve)).toEqual(heard)
    await scene.says(sam, revoke)
    await scene.ends('revoked')
    expect(scene.facts()).not.toContain('attempt-refused')
  })

  it('is never lost in a crowd: each gets an answer of its own, in the order of arrival', async () => {
    const scene = sceneOf(stage, { plan: { needed: 2 } })
    await scene.ask()
    const crowd = [
      scene.says(olga, approve),
      scene.says(hanna, approve),
      scene.says(marco, approve),
      scene.says(scene.dana, approve),
      scene.says(ava, approve),
    ]
    expect(await Promise.all(crowd)).toEqual([
      refused('not-an-approver'),
      refused('own-request'),
      heard,
      refused('own-exception'),
      heard,
    ])
    await scene.says(sam, revoke)
    await scene.ends('revoked')
    expect(scene.facts().filter((type) => type === 'attempt-refused')).toHaveLength(3)
  })
})
