import { createHash, timingSafeEqual } from 'node:crypto'
import { BlockList, isIPv6 } from 'node:net'

/** A RADIUS server or a portal that may ask, for one application, from these addresses (`10.0.0.0/8`, `::1`). */
export type Client = {
  readonly name: string
  readonly application: string
  readonly secret: string
  readonly from: readonly string[]
}

/** Finds who asks by what they prove; undefined where the name, the secret or the address does not fit. */
export type FindClient = (authorization: string | undefined, address: string) => Client | undefined

/**
 * Clients by HTTP Basic authentication (RFC 7617) or by the token `name.secret` (RFC 6750), because FreeRADIUS sends
 * the user's own name and password as Basic; each from its own addresses only.
 */
export function createClients(clients: readonly Client[]): FindClient {
  const known = clients.map((client) => ({
    client,
    proof: proofOf(client.name, client.secret),
    list: listOf(client),
  }))
  return (authorization, address) => {
    const given = readProof(authorization)
    const plain = address.replace(/^::ffff:/, '')
    const family = isIPv6(plain) ? 'ipv6' : 'ipv4'
    // Every client is compared, whoever asks: the time tells nobody which names there are.
    const fitting = known.filter(({ proof }) => timingSafeEqual(proof, given))
    return fitting.find(({ list }) => list.check(plain, family))?.client
  }
}

function readProof(authorization = ''): Buffer {
  const [scheme = '', given = ''] = authorization.split(' ')
  switch (scheme.toLowerCase()) {
    case 'basic':
      return proofAt(Buffer.from(given, 'base64').toString('utf8'), ':')
    case 'bearer':
      return proofAt(given, '.')
    default:
      return proofOf('', '')
  }
}

function proofAt(given: string, between: string): Buffer {
  const [name = '', ...secret] = given.split(between)
  return proofOf(name, secret.join(between))
}

function proofOf(name: string, secret: string): Buffer {
  return createHash('sha256')
    .update(JSON.stringify([name, secret]))
    .digest()
}

/** Throws on an address that is none. */
function listOf({ from }: Client): BlockList {
  const list = new BlockList()
  for (const entry of from) {
    const [address = '', length] = entry.split('/')
    const family = isIPv6(address) ? 'ipv6' : 'ipv4'
    list.addSubnet(address, length === undefined ? (family === 'ipv6' ? 128 : 32) : Number(length), family)
  }
  return list
}
