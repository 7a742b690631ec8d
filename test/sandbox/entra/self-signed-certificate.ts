import { generateKeyPairSync, sign } from 'node:crypto'
import type { KeyObject } from 'node:crypto'

const SEQUENCE = 0x30
const SET = 0x31

/** A certificate that signs itself (X.509 version 1), made for the test, so that no private key lies in the project. */
export function selfSignedCertificate(whose = 'Hallpass tests'): {
  readonly certificate: string
  readonly privateKey: KeyObject
} {
  const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
  const sha256WithRsa = der(SEQUENCE, oid('2a864886f70d01010b'), der(0x05))
  const name = der(SEQUENCE, der(SET, der(SEQUENCE, oid('550403'), der(0x0c, Buffer.from(whose)))))
  const validity = der(SEQUENCE, time('20200101000000Z'), time('21200101000000Z'))
  const key = publicKey.export({ type: 'spki', format: 'der' })
  const serial = der(0x02, Buffer.from([1]))
  const content = der(SEQUENCE, serial, sha256WithRsa, name, validity, name, key)
  const signature = der(0x03, Buffer.from([0]), sign('sha256', content, privateKey))
  const base64 = der(SEQUENCE, content, sha256WithRsa, signature).toString('base64')
  return { certificate: `-----BEGIN CERTIFICATE-----\n${base64}\n-----END CERTIFICATE-----\n`, privateKey }
}

const oid = (hex: string) => der(0x06, Buffer.from(hex, 'hex'))

const time = (text: string) => der(0x18, Buffer.from(text))

function der(tag: number, ...parts: readonly Buffer[]): Buffer {
  const content = Buffer.concat(parts)
  const size = content.length
  const length = size < 128 ? [size] : [0x82, size >> 8, size & 0xff]
  return Buffer.concat([Buffer.from([tag, ...length]), content])
}
