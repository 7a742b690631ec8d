import { inspect } from 'node:util'
import { afterEach, describe, expect, it } from 'vitest'
import { createEntraIssuer } from '../../../src/adapters/entra/issuer.ts'
import { Fault } from '../../../src/core/fault.ts'
import type { Told } from '../http-stub.ts'
import { dana, danaId, startGraph } from './graph-stub.ts'

const running: { stop(): Promise<void> }[] = []

afterEach(async () => {
  await Promise.all(running.splice(0).map((stub) => stub.stop()))
})

async function start(told: Told) {
  const stub = await startGraph(() => told)
  running.push(stub)
  return { issuer: createEntraIssuer(stub.graph), asked: stub.asked }
}

const code = '+drkzqAD'
const minted = {
  '@odata.type': '#microsoft.graph.temporaryAccessPassAuthenticationMethod',
  id: '6f1967b7-15e8-4935-ac26-d50770ed07a7',
  temporaryAccessPass: code,
  createdDateTime: '2026-06-02T16:21:09.765173Z',
  startDateTime: '2026-06-02T16:21:10Z',
  lifetimeInMinutes: 60,
  isUsableOnce: true,
  isUsable: true,
  methodUsabilityReason: 'EnabledByPolicy',
}
const correlation = 'e7b6ea1e-5f0e-4b7c-9d53-0b8f5c8f3a01'
const order = { subject: dana, lifetime: 3600, exceptionId: correlation, target: undefined } as const

function refusal(message: string) {
  return { error: { code: 'badRequest', message, innerError: { 'request-id': 'r' } } }
}

describe('minting', () => {
  it('asks for one use and the ordered minutes, and tells the lease as Graph made it', async () => {
    const { issuer, asked } = await start({ status: 201, headers: { 'request-id': 'req-1' }, body: minted })
    const result = await issuer.mint(order)
    expect(result).toMatchObject({
      ok: true,
      value: {
        lease: {
          credentialId: minted.id,
          startsAt: Date.UTC(2026, 5, 2, 16, 21, 10),
          expiresAt: Date.UTC(2026, 5, 2, 17, 21, 10),
        },
        requestId: 'req-1',
      },
    })
    expect(result.ok && result.value.code?.reveal((value) => value)).toBe(code)
    expect(asked()).toHaveLength(1)
    expect(asked()[0]).toMatchObject({
      method: 'POST',
      url: `/v1.0/users/${danaId}/authentication/temporaryAccessPassMethods`,
      body: '{"lifetimeInMinutes":60,"isUsableOnce":true}',
    })
    expect(asked()[0]?.headers['client-request-id']).toBe(correlation)
  })

  it('gives the code as a secret that shows in nothing', async () => {
    const { issuer } = await start({ status: 201, body: minted })
    const result = await issuer.mint(order)
    expect(inspect(result, { depth: 9, showHidden: true })).not.toContain('drkzqAD')
    expect(() => JSON.stringify(result)).toThrow(TypeError)
  })

  it.each([0, 59, 90, 3600.5, Number.NaN, -60])('never asks for %d seconds', async (lifetime) => {
    const { issuer, asked } = await start({ status: 201, body: minted })
    await expect(issuer.mint({ ...order, lifetime })).rejects.toThrow(TypeError)
    expect(asked()).toEqual([])
  })

  it.each([
    [400, 'Invalid LifetimeInMinutes specified. The valid range between 60 and 480.', 'lifetime'],
    [
      400,
      'Converged UserCredentialPolicy does not allow creating or updating this authentication method. AuthMethodType [TemporaryAccessPass].',
      'policy-disabled',
    ],
    [403, 'It does not allow creating or updating this authentication method.', 'policy-disabled'],
    [400, 'Temporary Access Pass cannot be added to an external guest user.', 'external-guest'],
    [403, 'Request Authorization failed', 'forbidden'],
    [404, 'Resource not found', 'not-found'],
    [400, 'Something new', 'unexpected'],
    [409, 'Conflict', 'unexpected'],
    [422, code, 'unexpected'],
  ])('that is answered %i "%s" is refused as it is', async (status, message, reason) => {
    const { issuer } = await start({ status, body: refusal(message) })
    await expect(issuer.mint(order)).resolves.toEqual({ ok: false, reason })
  })

  it('that is refused without a readable reason is unexpected', async () => {
    const { issuer } = await start({ status: 400, body: '<html>' })
    await expect(issuer.mint(order)).resolves.toEqual({ ok: false, reason: 'unexpected' })
  })

  it.each([
    ['throttled', { status: 429, headers: { 'retry-after': '7' } }],
    ['unavailable', { status: 503 }],
    ['unavailable', { status: 500, body: refusal('Invalid LifetimeInMinutes specified.') }],
    ['refused', { status: 401 }],
    ['unavailable', undefined],
  ])('whose fate is not known, or that may yet work, rejects: %s', async (faultCode, told) => {
    const { issuer } = await start(told)
    await expect(issuer.mint(order)).rejects.toMatchObject({ service: 'graph', code: faultCode })
  })

  it.each([
    ['a code in the wrong shape', { ...minted, temporaryAccessPass: { value: code } }],
    ['no times', { ...minted, startDateTime: null }],
    ['a pass that works more than once', { ...minted, isUsableOnce: false }],
    ['a pass that lives longer than ordered', { ...minted, lifetimeInMinutes: 61 }],
    ['no code', { ...minted, temporaryAccessPass: null }],
    ['a web page', `<html>${code}</html>`],
    ['a list', { value: [minted] }],
  ])('that is answered with %s rejects, and nothing of the answer is in the error', async (_, body) => {
    const { issuer } = await start({ status: 201, headers: { 'request-id': code }, body })
    const error: unknown = await issuer.mint(order).catch((reason: unknown) => reason)
    expect(error).toBeInstanceOf(Fault)
    expect(error).toMatchObject({ code: 'nonsense', status: '201' })
    expect(inspect(error, { depth: 9, showHidden: true })).not.toContain('drkzqAD')
  })

  it('keeps no request id that does not look like one', async () => {
    const { issuer } = await start({ status: 201, headers: { 'request-id': code }, body: minted })
    await expect(issuer.mint(order)).resolves.toMatchObject({ value: { requestId: '' } })
  })
})

describe('revoking', () => {
  it.each([204, 404])('is done when Graph answers %i', async (status) => {
    const { issuer, asked } = await start({ status, body: '' })
    await expect(issuer.revoke(dana, minted.id)).resolves.toBeUndefined()
    expect(asked()[0]).toMatchObject({
      method: 'DELETE',
      url: `/v1.0/users/${danaId}/authentication/temporaryAccessPassMethods/${minted.id}`,
    })
  })

  it.each([
    [403, 'refused'],
    [429, 'throttled'],
    [502, 'unavailable'],
  ])('is not done when Graph answers %i', async (status, faultCode) => {
    const { issuer } = await start({ status })
    await expect(issuer.revoke(dana, minted.id)).rejects.toMatchObject({ code: faultCode })
  })

  it.each(['', '.', '..', '../../..'])('never reaches for another resource by the id "%s"', async (id) => {
    const { issuer, asked } = await start({ status: 204, body: '' })
    await expect(issuer.revoke(dana, id)).rejects.toThrow(TypeError)
    expect(asked()).toEqual([])
  })
})
