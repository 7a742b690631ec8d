import { describe, expect, it } from 'vitest'
import { end } from '../../src/activities/end.ts'
import type { Ports } from '../../src/activities/ports.ts'
import type { EndOrder } from '../../src/core/exception/end.ts'
import type { Credential, Intent } from '../../src/core/ports.ts'

const hour = 3_600_000
const at = 1_800_000_000_000
const lease = { credentialId: 'own', startsAt: at, expiresAt: at + hour }
const own: Credential = { ...lease, createdAt: at, state: 'usable' }
const foreign: Credential = { ...own, credentialId: 'foreign', createdAt: at - hour }

/** A provider whose list may lag behind what it has. */
function providerWith(
  held: readonly Credential[],
  listed: readonly Credential[] = held,
  intents: readonly Intent[] = [],
) {
  const alive = new Map(held.map((credential) => [credential.credentialId, credential]))
  const done = { revoked: [] as string[], signedOut: 0 }
  const reader = {
    credentials: async () => listed.filter(({ credentialId }) => alive.has(credentialId)),
    credential: async (_subject: string, id: string) =>
      listed.some(({ credentialId }) => credentialId === id) ? alive.get(id) : undefined,
  }
  const issuer = {
    revoke: async (_subject: string, id: string) => {
      done.revoked.push(id)
      alive.delete(id)
    },
  }
  const signIns = {
    methods: async () => [],
    revokeSessions: async () => {
      done.signedOut += 1
    },
  }
  const ports = {
    providers: { entra: { reader, issuer } },
    signIns,
    intents: { of: async () => intents },
  } as unknown as Ports
  return { ports, done, isAlive: (id: string) => alive.has(id) }
}

const order: EndOrder = {
  exceptionId: 'e',
  provider: 'entra',
  subject: 'entra:dana',
  signOut: true,
  wasUsed: false,
  shown: { lease, at, methodsBefore: [] },
}

describe('ending what an exception owns', () => {
  it('ends what was shown by its id, although the provider’s lists do not know it yet', async () => {
    const provider = providerWith([own], [])
    expect(await end(provider.ports, order)).toMatchObject({ wasUsed: false })
    expect(provider.isAlive('own')).toBe(false)
  })

  it('leaves alone what somebody else made', async () => {
    const provider = providerWith([own, foreign])
    await end(provider.ports, order)
    expect(provider.done.revoked).toEqual(['own'])
    expect(provider.isAlive('foreign')).toBe(true)
  })

  it('ends what an intent proves its own, and nothing that was there before', async () => {
    const intent: Intent = {
      exceptionId: 'e',
      attempt: 1,
      subject: 'entra:dana',
      claim: 'c',
      before: ['foreign'],
      at: at - 1000,
      deadline: at + 30_000,
    }
    const provider = providerWith([own, foreign], [own, foreign], [intent])
    await end(provider.ports, { ...order, shown: null })
    expect(provider.done.revoked).toEqual(['own'])
  })

  it('signs out after a use, and hears of the use before the trace of it is gone', async () => {
    const provider = providerWith([{ ...own, state: 'used' }])
    const heard: number[] = []
    const ended = await end(provider.ports, order, () => heard.push(provider.done.revoked.length))
    expect(ended).toMatchObject({ wasUsed: true, sessionsRevoked: true })
    expect([heard, provider.done.signedOut]).toEqual([[0], 1])
  })

  it('hears of a sign-in that came between the look and the end', async () => {
    const provider = providerWith([own])
    const { reader, issuer } = provider.ports.providers.entra
    const lastMoment = {
      ...provider.ports,
      providers: {
        ...provider.ports.providers,
        entra: {
          issuer,
          reader: {
            ...reader,
            credentials: async () => (provider.isAlive('own') ? [own] : [{ ...own, state: 'used' as const }]),
          },
        },
      },
    }
    expect(await end(lastMoment, order)).toMatchObject({ wasUsed: true, sessionsRevoked: true })
  })

  it('is not done as long as the provider does not let go', async () => {
    const provider = providerWith([own])
    const stubborn = {
      ...provider.ports,
      providers: {
        ...provider.ports.providers,
        entra: {
          ...provider.ports.providers.entra,
          issuer: { ...provider.ports.providers.entra.issuer, revoke: async () => undefined },
        },
      },
    }
    await expect(end(stubborn, order)).rejects.toMatchObject({ code: 'unavailable' })
  })
})
