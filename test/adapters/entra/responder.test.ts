import { describe, expect, it } from 'vitest'
import { createResponder } from '../../../src/adapters/entra/responder.ts'
import type { EntraOptions } from '../../../src/sandbox/entra/server.ts'
import { startGraph } from './graph-stub.ts'
import {
  adeleOfStandIn as adele,
  danaOfStandIn as dana,
  nobody,
  openStandIn,
  passingFailures,
  unlicensed,
} from './stand-in-under-test.ts'

const done = { ok: true, value: undefined }
const refused = (reason: string) => ({ ok: false, reason })

async function open(options: Partial<EntraOptions> = {}) {
  const { entra, graph } = await openStandIn(options)
  const standing = () => {
    const found = entra.controls.view().users.find(({ id }) => dana.endsWith(id))
    return { enabled: found?.enabled, risk: found?.risk }
  }
  return { entra, graph, standing, responder: createResponder(graph) }
}

const isRead = (method: string, path: string) => method === 'GET' && path.includes('/users/')
const isWrite = (method: string) => method === 'PATCH' || method === 'POST'
const isChange = (method: string, path: string) => isWrite(method) && path.startsWith('/v1.0/')

describe('an account', () => {
  it('is blocked and given back, and twice is once', async () => {
    const { responder, standing } = await open()
    for (const _ of [1, 2]) await expect(responder.block(dana)).resolves.toEqual(done)
    expect(standing().enabled).toBe(false)
    for (const _ of [1, 2]) await expect(responder.unblock(dana)).resolves.toEqual(done)
    expect(standing().enabled).toBe(true)
  })

  it('of an administrator is forbidden, and so is any without the permission', async () => {
    const { responder } = await open()
    await expect(responder.block(adele)).resolves.toEqual(refused('forbidden'))
    const { responder: weak, standing } = await open({ permissions: ['User.Read.All'] })
    await expect(weak.block(dana)).resolves.toEqual(refused('forbidden'))
    expect(standing().enabled).toBe(true)
  })

  it('that a person has blocked already is blocked, although the app may not', async () => {
    const { responder, entra } = await open({ permissions: ['User.Read.All'] })
    entra.faults.plan({
      match: isRead,
      when: 'before',
      do: 'status',
      status: 200,
      body: { accountEnabled: false },
    })
    await expect(responder.block(adele)).resolves.toEqual(done)
  })

  it('that another directory owns is forbidden', async () => {
    const { responder, entra } = await open()
    entra.faults.plan({ match: isChange, when: 'before', do: 'status', status: 400 })
    await expect(responder.block(dana)).resolves.toEqual(refused('forbidden'))
  })

  it('that does not exist, or vanishes meanwhile, is not found', async () => {
    const { responder, entra } = await open()
    await expect(responder.block(nobody)).resolves.toEqual(refused('not-found'))
    entra.faults.plan({ match: isRead, when: 'before', do: 'status', status: 404 })
    await expect(responder.block(dana)).resolves.toEqual(refused('not-found'))
  })

  it('that still looks as before is no success; asking again is one', async () => {
    const { responder, entra, standing } = await open()
    const stale = { do: 'status', status: 200, body: { accountEnabled: true } } as const
    entra.faults.plan({ match: isRead, when: 'before', ...stale })
    await expect(responder.block(dana)).rejects.toMatchObject({ code: 'unavailable', status: 'lag' })
    expect(standing().enabled).toBe(false)
    await expect(responder.block(dana)).resolves.toEqual(done)
  })

  it.each([{ accountEnabled: null }, { accountEnabled: 'false' }, {}, []])(
    'that reads %j is not taken for blocked',
    async (body) => {
      const { responder, entra } = await open()
      entra.faults.plan({ match: isRead, when: 'before', do: 'status', status: 200, body })
      await expect(responder.block(dana)).rejects.toMatchObject({ code: 'nonsense' })
    },
  )

  it('whose id is none is a mistake', async () => {
    const { responder } = await open()
    await expect(responder.block('entra:dana')).rejects.toThrow(TypeError)
  })
})

describe('the risk', () => {
  it('is confirmed and dismissed, and twice is once', async () => {
    const { responder, standing } = await open()
    for (const _ of [1, 2]) await expect(responder.confirmRisk(dana)).resolves.toEqual(done)
    expect(standing()).toEqual({ enabled: true, risk: 'confirmedCompromised' })
    for (const _ of [1, 2]) await expect(responder.dismissRisk(dana)).resolves.toEqual(done)
    expect(standing().risk).toBe('dismissed')
  })

  it('of an administrator is confirmed like everybody else', async () => {
    const { responder } = await open()
    await expect(responder.confirmRisk(adele)).resolves.toEqual(done)
  })

  it('that nobody ever saw needs no dismissing', async () => {
    const { responder, standing } = await open()
    await expect(responder.dismissRisk(dana)).resolves.toEqual(done)
    expect(standing().risk).toBe('none')
  })

  it('of nobody is not found', async () => {
    const { responder } = await open()
    await expect(responder.confirmRisk(nobody)).resolves.toEqual(refused('not-found'))
    await expect(responder.dismissRisk(nobody)).resolves.toEqual(refused('not-found'))
  })

  it('is forbidden without the permission, and told apart from a missing licence', async () => {
    const { responder, entra } = await open({ permissions: ['IdentityRiskyUser.Read.All'] })
    await expect(responder.confirmRisk(dana)).resolves.toEqual(refused('forbidden'))
    await expect(responder.dismissRisk(dana)).resolves.toEqual(refused('forbidden'))
    entra.faults.plan({ match: isChange, when: 'before', do: 'status', status: 403, body: unlicensed })
    await expect(responder.confirmRisk(dana)).resolves.toEqual(refused('no-licence'))
  })
})

describe.each(['block', 'unblock', 'confirmRisk', 'dismissRisk'] as const)('%s', (act) => {
  it.each(passingFailures)('rejects after %s, and works when it is asked again', async (_case, fault, is) => {
    const { responder, entra } = await open()
    for (const when of ['before', 'after'] as const) {
      entra.faults.plan({ match: isChange, when, ...fault })
      await expect(responder[act](dana)).rejects.toMatchObject(is)
      await expect(responder[act](dana)).resolves.toEqual(done)
    }
  })

  it('rejects when the app itself is not let in', async () => {
    const { responder, entra } = await open()
    for (const _ of [1, 2]) {
      entra.faults.plan({ match: isChange, when: 'before', do: 'status', status: 401 })
    }
    await expect(responder[act](dana)).rejects.toMatchObject({ code: 'refused', status: '401' })
  })
})

describe('what is sent', () => {
  it.each([
    ['block', 'PATCH', `/users/${dana.slice(6)}`, { accountEnabled: false }],
    ['unblock', 'PATCH', `/users/${dana.slice(6)}`, { accountEnabled: true }],
    [
      'confirmRisk',
      'POST',
      '/identityProtection/riskyUsers/confirmCompromised',
      { userIds: [dana.slice(6)] },
    ],
    ['dismissRisk', 'POST', '/identityProtection/riskyUsers/dismiss', { userIds: [dana.slice(6)] }],
  ] as const)('by %s is %s %s', async (act, method, path, body) => {
    const stub = await startGraph(({ url }) =>
      url.includes('$select') ? { body: { accountEnabled: act === 'unblock' } } : { status: 204, body: '' },
    )
    try {
      await expect(createResponder(stub.graph)[act](dana)).resolves.toEqual(done)
      const [first] = stub.asked()
      expect([first?.method, first?.url]).toEqual([method, `/v1.0${path}`])
      expect(JSON.parse(first?.body ?? '')).toEqual(body)
    } finally {
      await stub.stop()
    }
  })
})
