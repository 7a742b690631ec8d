import { generateKeyPairSync, sign } from 'node:crypto'

/** A fresh RSA key and a certificate signed with it, as PEM. */
export function selfSigned(): { readonly certificate: string; readonly key: string } {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
  const sha256WithRsa = der(0x30, Buffer.from('06092a864886f70d01010b0500', 'hex'))
  const commonName = der(0x30, Buffer.from('0603550403', 'hex'), der(0x0c, Buffer.from('test')))
  const name = der(0x30, der(0x31, commonName))
  const validity = der(0x30, time('20200101000000Z'), time('20990101000000Z'))
  const spki = publicKey.export({ format: 'der', type: 'spki' })
  const serial = der(0x02, Buffer.from([1]))
  const toSign = der(0x30, serial, sha256WithRsa, name, validity, name, spki)
  const signature = der(0x03, Buffer.from([0]), sign('sha256', toSign, privateKey))
  const body = der(0x30, toSign, sha256WithRsa, signature).toString('base64')
  return {
    certificate: `-----BEGIN CERTIFICATE-----\n${body.match(/.{1,64}/g)?.join('\n')}\n-----END CERTIFICATE-----\n`,
    key: privateKey.export({ format: 'pem', type: 'pkcs8' }).toString(),
  }
}

function time(text: string): Buffer {
  return der(0x18, Buffer.from(text))
}

function der(tag: number, ...parts: readonly Buffer[]): Buffer {
  const content = Buffer.concat(parts)
  const { length } = content
  const size = length < 128 ? [length] : [0x82, length >> 8, length & 255]
  return Buffer.concat([Buffer.from([tag, ...size]), content])
}
