import { describe, expect, it } from 'vitest'
import { createClients } from '../../src/verify/client.ts'

const vpn = {
  name: 'vpn-gateway',
  application: 'vpn',
  secret: 'the.secret:of-the-gateway',
  from: ['10.1.0.0/16'],
}
const portal = {
  name: 'portal',
  application: 'intranet',
  secret: 'another-secret-of-16',
  from: ['::1', '127.0.0.1'],
}
const find = createClients([vpn, portal])

const basic = (name: string, secret: string): string =>
  `Basic ${Buffer.from(`${name}:${secret}`).toString('base64')}`

describe('a client', () => {
  it.each([
    [basic('vpn-gateway', vpn.secret), '10.1.2.3', vpn],
    [`Bearer vpn-gateway.${vpn.secret}`, '::ffff:10.1.255.255', vpn],
    [`bearer portal.${portal.secret}`, '::1', portal],
    [basic('portal', portal.secret), '127.0.0.1', portal],
  ])('is known by its name and secret, from its own addresses (%#)', (authorization, address, client) => {
    expect(find(authorization, address)?.name).toBe(client.name)
  })

  it.each([
    ['another address', basic('vpn-gateway', vpn.secret), '10.2.0.1'],
    ["another client's address", basic('vpn-gateway', vpn.secret), '127.0.0.1'],
    ['no address', basic('vpn-gateway', vpn.secret), ''],
    ["another client's secret", basic('vpn-gateway', portal.secret), '10.1.2.3'],
    ['no secret', basic('vpn-gateway', ''), '10.1.2.3'],
    ['another name', basic('vpn', vpn.secret), '10.1.2.3'],
    ['another scheme', `Digest vpn-gateway.${vpn.secret}`, '10.1.2.3'],
    ['nothing', undefined, '10.1.2.3'],
    ['nonsense', 'Bearer', '10.1.2.3'],
  ])('is nobody with %s', (_, authorization, address) => {
    expect(find(authorization, address)).toBeUndefined()
  })
})
