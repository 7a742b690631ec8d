import { afterEach, describe, expect, it } from 'vitest'
import { createSignIns } from '../../../src/adapters/entra/sign-ins.ts'
import type { Told } from '../http-stub.ts'
import { dana, danaId, startGraph } from './graph-stub.ts'

const running: { stop(): Promise<void> }[] = []

afterEach(async () => {
  await Promise.all(running.splice(0).map((stub) => stub.stop()))
})

async function start(told: Told) {
  const stub = await startGraph(() => told)
  running.push(stub)
  return { signIns: createSignIns(stub.graph), asked: stub.asked }
}

describe('the methods', () => {
  it.each([
    ['fido2', { displayName: 'Blue key' }, 'Passkey, Blue key', true],
    ['fido2', { displayName: '', model: 'NFC 5' }, 'Passkey, NFC 5', true],
    ['windowsHelloForBusiness', { displayName: 'DANA-PC' }, 'Windows Hello, DANA-PC', true],
    ['platformCredential', { displayName: null }, 'Platform credential', true],
    ['microsoftAuthenticator', { displayName: 'Pixel 7' }, 'Authenticator, Pixel 7', true],
    ['softwareOath', { secretKey: null }, 'Code from an app', true],
    ['external', { displayName: 'Contoso MFA' }, 'External method, Contoso MFA', true],
    ['phone', { phoneNumber: '+49 1512345678', phoneType: 'mobile' }, 'Phone, +49 ***78', false],
    ['phone', { phoneNumber: '015123 45678' }, 'Phone, ***78', false],
    ['phone', { phoneNumber: '+1 911' }, 'Phone, +1 ***', false],
    ['email', { emailAddress: 'd@home.example' }, 'E-mail', false],
    ['qrCodePin', {}, 'QR code with PIN', false],
    ['somethingNew', { displayName: 'x' }, 'Another method, x', false],
    ['constructor', {}, 'Another method', false],
  ])('of type %s with %j read %s, strong: %s', async (type, given, label, strong) => {
    const id = '28c10230-6103-485e-b985-444c60001490'
    const createdDateTime = '2026-11-22T10:00:00.1234567Z'
    const listed = {
      '@odata.type': `#microsoft.graph.${type}AuthenticationMethod`,
      id,
      createdDateTime,
      ...given,
    }
    const { signIns, asked } = await start({ body: { value: [listed] } })
    const createdAt = Date.UTC(2026, 10, 22, 10, 0, 0, 123)
    await expect(signIns.methods(dana)).resolves.toEqual([{ id, type, label, strong, createdAt }])
    expect(asked()[0]?.url).toBe(`/v1.0/users/${danaId}/authentication/methods`)
  })

  it('leave out the password and the pass itself', async () => {
    const value = ['password', 'temporaryAccessPass'].map((type) => ({
      '@odata.type': `#microsoft.graph.${type}AuthenticationMethod`,
      id: type,
    }))
    const { signIns } = await start({ body: { value } })
    await expect(signIns.methods(dana)).resolves.toEqual([])
  })

  it('do not make up when they were registered', async () => {
    const listed = {
      '@odata.type': '#microsoft.graph.emailAuthenticationMethod',
      id: 'e',
      createdDateTime: null,
    }
    const { signIns } = await start({ body: { value: [listed] } })
    const [method] = await signIns.methods(dana)
    expect(method).not.toHaveProperty('createdAt')
  })
})

describe('signing somebody out everywhere', () => {
  it.each([
    [200, { value: true }],
    [202, ''],
    [204, ''],
  ])('is done with any success, %i included', async (status, body) => {
    const { signIns, asked } = await start({ status, body })
    await expect(signIns.revokeSessions(dana)).resolves.toBeUndefined()
    expect(asked()[0]).toMatchObject({ method: 'POST', url: `/v1.0/users/${danaId}/revokeSignInSessions` })
  })

  it('is not done for somebody who is unknown', async () => {
    const { signIns } = await start({ status: 404 })
    await expect(signIns.revokeSessions(dana)).rejects.toMatchObject({ code: 'missing' })
  })
})
