import { describe, expect, it } from 'vitest'
import { newEncryptionKey } from '../../src/adapters/temporal/encryption-keys.ts'
import { readCodecConfig } from '../../src/settings/codec-config.schema.ts'
import { hallpass } from './hallpass.ts'

const complete = {
  DATABASE_URL: 'postgres://hallpass_codec@db/hallpass',
  HALLPASS_CONFIG: '/etc/hallpass/policy.yaml',
  HALLPASS_ENCRYPTION_KEY: newEncryptionKey(),
  ENTRA_TENANT_ID: '6f1a3f0e-5a0b-4d0c-9d53-2b7a4c1e8f10',
  ENTRA_CLIENT_ID: 'client',
  ENTRA_CLIENT_SECRET: 'hush',
  HALLPASS_CODEC_AUDIENCE: 'application',
  HALLPASS_CODEC_ORIGIN: 'https://temporal.contoso.example',
}

/** What is wrong, a line each; nothing when nothing is. */
function complaints(changes: Readonly<Record<string, string>>): readonly string[] {
  try {
    readCodecConfig({ ...complete, ...changes }, false)
    return []
  } catch (error) {
    return error instanceof Error ? error.message.split('\n').slice(1) : ['?']
  }
}

describe('the environment of the codec', () => {
  it('needs no more than this: nothing of Slack, and no key that signs', () => {
    expect(readCodecConfig(complete, false)).toMatchObject({
      ENTRA_AUTHORITY_URL: 'https://login.microsoftonline.com',
      TEMPORAL_NAMESPACE: 'default',
      HALLPASS_CODEC_HOST: '127.0.0.1',
      HALLPASS_CODEC_PORT: 3002,
      applications: { reader: { clientId: 'client', credential: { secret: 'hush' } } },
    })
  })
  it('all that is missing is said at once', () => {
    const nothing = Object.fromEntries(Object.keys(complete).map((name) => [name, '']))
    for (const name of Object.keys(complete))
      expect(complaints(nothing)).toContainEqual(expect.stringContaining(`${name} is not set`))
  })
  it.for([
    ['ENTRA_TENANT_ID', 'contoso.example', 'is not the id of a tenant'],
    ['HALLPASS_CODEC_ORIGIN', 'https://temporal.contoso.example/', 'is no origin, such as'],
    ['HALLPASS_CODEC_ORIGIN', '*', 'is no http or https address'],
    ['ENTRA_AUTHORITY_URL', 'http://127.0.0.1:1/login', 'is an address on this machine or without https'],
  ] as const)('%s=%s %s', ([name, value, says]) => {
    expect(complaints({ [name]: value })).toContainEqual(expect.stringContaining(`  ${name} ${says}`))
  })
  it('beyond this machine it is asked over TLS only', () => {
    const open = { HALLPASS_CODEC_HOST: '0.0.0.0' }
    expect(complaints(open)).toEqual([
      '  HALLPASS_CODEC_TLS_CERT and HALLPASS_CODEC_TLS_KEY are not set: beyond this machine payloads travel encrypted only',
    ])
    expect(
      complaints({ ...open, HALLPASS_CODEC_TLS_CERT: 'c.pem', HALLPASS_CODEC_TLS_KEY: 'k.pem' }),
    ).toEqual([])
  })
  it.each([
    ['off', 'there is nothing to decode without a key'],
    ['made-up', 'Not a key as `hallpass keys new` prints it.'],
  ])('with the key %s it does not start', async (key, why) => {
    const settings = { ...complete, HALLPASS_ENCRYPTION_KEY: key, HALLPASS_CODEC_PROT: '3002' }
    const { code, out, error } = await hallpass(['codec'], settings)
    expect([code, error]).toEqual([1, `HALLPASS_ENCRYPTION_KEY (${why})\n`])
    expect(out).toContain(
      'HALLPASS_CODEC_PROT is not a name that Hallpass knows; did you mean HALLPASS_CODEC_PORT?',
    )
  })
})
