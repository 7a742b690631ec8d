import { afterEach, describe, expect, it } from 'vitest'
import { createEntraReader } from '../../../src/adapters/entra/reader.ts'
import type { Told } from '../http-stub.ts'
import { dana, danaId, startGraph } from './graph-stub.ts'

const running: { stop(): Promise<void> }[] = []

afterEach(async () => {
  await Promise.all(running.splice(0).map((stub) => stub.stop()))
})

async function start(told: Told) {
  const stub = await startGraph(() => told)
  running.push(stub)
  return { reader: createEntraReader(stub.graph), asked: stub.asked }
}

const pass = {
  '@odata.type': '#microsoft.graph.temporaryAccessPassAuthenticationMethod',
  id: '6f1967b7-15e8-4935-ac26-d50770ed07a7',
  temporaryAccessPass: null,
  createdDateTime: '2026-06-02T16:21:09.765173Z',
  startDateTime: '2026-06-05T00:00:00Z',
  lifetimeInMinutes: 60,
  isUsableOnce: true,
  isUsable: true,
  methodUsabilityReason: 'EnabledByPolicy',
}
const credential = {
  credentialId: '6f1967b7-15e8-4935-ac26-d50770ed07a7',
  createdAt: Date.UTC(2026, 5, 2, 16, 21, 9, 765),
  startsAt: Date.UTC(2026, 5, 5),
  expiresAt: Date.UTC(2026, 5, 5, 1),
  state: 'usable',
}

describe('the terms', () => {
  const policy = {
    id: 'TemporaryAccessPass',
    state: 'enabled',
    defaultLength: 8,
    defaultLifetimeInMinutes: 60,
    minimumLifetimeInMinutes: 60,
    maximumLifetimeInMinutes: 480,
    isUsableOnce: false,
  }

  it('are those of the tenant at this moment, in seconds and whole minutes', async () => {
    const { reader, asked } = await start({ body: policy })
    await expect(reader.terms()).resolves.toEqual({
      enabled: true,
      shortest: 3600,
      longest: 28_800,
      step: 60,
    })
    expect(asked()[0]?.url).toBe(
      '/v1.0/policies/authenticationMethodsPolicy/authenticationMethodConfigurations/temporaryAccessPass',
    )
  })

  it('say when passes are switched off', async () => {
    const { reader } = await start({ body: { ...policy, state: 'disabled' } })
    await expect(reader.terms()).resolves.toMatchObject({ enabled: false })
  })

  it.each([{ state: 'new' }, { maximumLifetimeInMinutes: null }, { minimumLifetimeInMinutes: '60' }])(
    'are never guessed from %j',
    async (given) => {
      const { reader } = await start({ body: { ...policy, ...given } })
      await expect(reader.terms()).rejects.toMatchObject({ code: 'nonsense' })
    },
  )
})

describe('a credential', () => {
  it.each([
    [true, 'EnabledByPolicy', 'usable'],
    [false, 'EnabledByPolicy', 'unusable'],
    [false, 'NotYetValid', 'not-yet'],
    [false, 'OneTimeUsed', 'used'],
    [false, 'Expired', 'expired'],
    [false, 'DisabledByPolicy', 'unusable'],
    [false, 'SomethingNew', 'unusable'],
    [true, 'SomethingNew', 'usable'],
    [true, null, 'usable'],
    [null, null, 'unusable'],
  ])('that is usable: %s, because of %s, is %s', async (isUsable, methodUsabilityReason, state) => {
    const { reader, asked } = await start({ body: { ...pass, isUsable, methodUsabilityReason } })
    await expect(reader.credential(dana, pass.id)).resolves.toEqual({ ...credential, state })
    expect(asked()[0]?.url).toBe(`/v1.0/users/${danaId}/authentication/temporaryAccessPassMethods/${pass.id}`)
  })

  it('that the provider does not have any more is undefined', async () => {
    const { reader } = await start({ status: 404 })
    await expect(reader.credential(dana, pass.id)).resolves.toBeUndefined()
  })

  it('is listed without its code, even if Graph should tell one', async () => {
    const { reader } = await start({ body: { value: [{ ...pass, temporaryAccessPass: '+drkzqAD' }] } })
    await expect(reader.credentials(dana)).resolves.toEqual([credential])
  })

  it('that can not be read makes the whole list unreadable', async () => {
    const { reader } = await start({ body: { value: [pass, { ...pass, startDateTime: 'yesterday' }] } })
    await expect(reader.credentials(dana)).rejects.toMatchObject({ code: 'nonsense' })
  })

  it.each(['', '..', 'a/b', 'a?b', 'é'])('is never asked for by the id "%s"', async (id) => {
    const { reader, asked } = await start({ body: pass })
    await expect(reader.credential(dana, id)).rejects.toThrow(TypeError)
    expect(asked()).toEqual([])
  })
})
