import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { sceneOf } from './scene.ts'
import { startStage, type Stage } from './stage.ts'

let stage: Stage

beforeAll(async () => {
  stage = await startStage()
})
afterAll(() => stage.close())

describe('a drill', () => {
  it('goes the way of an exception to its end, and nobody is reminded of anything after it', async () => {
    const scene = sceneOf(stage, { kind: 'drill', plan: { duration: 6, visible: 0.25 } })
    await scene.shown()
    await scene.ends('expired', 'expired')
    const life = ['requested', 'admitted', 'approved', 'shown', 'hidden', 'expired', 'ended']
    expect(scene.facts()).toEqual(life)
    expect(scene.world.handedOver).toEqual([])
  })
})
