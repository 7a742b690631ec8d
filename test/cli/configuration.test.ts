import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { readConfig } from '../../src/settings/config.schema.ts'
import { withSecretFiles } from '../../src/settings/secret-files.ts'
import { readTemporal } from '../../src/settings/temporal-settings.ts'
import { temporaryFolder } from '../setup/folder.ts'

const complete = {
  SLACK_BOT_TOKEN: 'xoxb-1',
  SLACK_SIGNING_SECRET: 'secret',
  DATABASE_URL: 'postgres://hallpass@db/hallpass',
  ENTRA_TENANT_ID: 'tenant',
  ENTRA_CLIENT_ID: 'client',
  ENTRA_CLIENT_SECRET: 'hush',
  HALLPASS_CONFIG: '/etc/hallpass/policy.yaml',
  HALLPASS_SIGNING_KEY: 'a.b',
  HALLPASS_VERIFY_KEYS: 'a.c',
  HALLPASS_CODE_KEY: 'k',
  HALLPASS_SIGNAL_KEY: 's',
  HALLPASS_ENCRYPTION_KEY: 'off',
}

/** What is wrong, a line each; nothing when nothing is. */
function complaints(changes: Readonly<Record<string, string>>): readonly string[] {
  try {
    readConfig({ ...complete, ...changes }, false)
    return []
  } catch (error) {
    return error instanceof Error ? error.message.split('\n').slice(1) : ['?']
  }
}

describe('the environment', () => {
  it('needs no more than this, and the rest points at the real services', () => {
    expect(readConfig(complete, false)).toMatchObject({
      SLACK_API_URL: 'https://slack.com/api/',
      ENTRA_AUTHORITY_URL: 'https://login.microsoftonline.com',
      GRAPH_BASE_URL: 'https://graph.microsoft.com/v1.0',
      HALLPASS_STATUS_HOST: '127.0.0.1',
      HALLPASS_STATUS_PORT: 9464,
      applications: { reader: { clientId: 'client', credential: { secret: 'hush' } } },
      bot: { PORT: 3000, HOST: '127.0.0.1', HALLPASS_COMMAND: '/tap' },
      worker: { ENTRA_REQUESTS_PER_10_SECONDS: 5 },
    })
  })
  it('a program is given its own part, and what belongs to the other may be missing', () => {
    const { HALLPASS_CODE_KEY: _codes, ...ofBot } = complete
    const { HALLPASS_SIGNING_KEY: _signing, HALLPASS_SIGNAL_KEY: _signal, ...noKeys } = complete
    const { SLACK_SIGNING_SECRET: _slack, ...ofWorker } = noKeys
    expect(Object.keys(readConfig(ofBot, false, 'bot'))).not.toContain('worker')
    expect(Object.keys(readConfig(ofWorker, false, 'worker'))).not.toContain('bot')
    expect(() => readConfig(ofBot, false)).toThrow('HALLPASS_CODE_KEY is not set')
    expect(() => readConfig(ofWorker, false)).toThrow('HALLPASS_SIGNING_KEY is not set')
  })
  it('three applications of Entra have rights of their own, and the bot gets that of the reader alone', () => {
    const issuer = { ENTRA_ISSUER_CLIENT_ID: 'issuer', ENTRA_ISSUER_CLIENT_SECRET: 'i' }
    const responder = { ENTRA_RESPONDER_CLIENT_ID: 'responder', ENTRA_RESPONDER_CLIENT_SECRET: 'r' }
    const all = { ...complete, ...issuer, ...responder }
    expect(readConfig(all, false).applications).toEqual({
      reader: { clientId: 'client', credential: { secret: 'hush' } },
      issuer: { clientId: 'issuer', credential: { secret: 'i' } },
      responder: { clientId: 'responder', credential: { secret: 'r' } },
    })
    expect(Object.keys(readConfig(all, false, 'bot').applications)).toEqual(['reader'])
    expect(complaints({ ENTRA_ISSUER_CLIENT_ID: 'issuer' })).toEqual([
      '  ENTRA_ISSUER_CLIENT_SECRET is not set, nor ENTRA_ISSUER_CLIENT_CERTIFICATE with ENTRA_ISSUER_CLIENT_CERTIFICATE_KEY',
    ])
  })
  it('an empty variable is one that is not set', () => {
    expect(complaints({ PORT: '', LOG_LEVEL: ' ', ENTRA_CLIENT_CERTIFICATE: '' })).toEqual([])
    expect(complaints({ SLACK_BOT_TOKEN: ' ' })).toEqual(['  SLACK_BOT_TOKEN is not set'])
  })
  it('Slack wants its address with a slash at the end', () => {
    const { SLACK_API_URL: address } = readConfig({ ...complete, SLACK_API_URL: 'https://a.test/api' }, false)
    expect(address).toBe('https://a.test/api/')
  })
  it('an app-level token opens a socket, and then no signing secret is needed', () => {
    expect(readConfig(complete, false).bot?.slackBy).toEqual({ signingSecret: 'secret' })
    const both = { ...complete, SLACK_APP_TOKEN: 'xapp-1' }
    expect(readConfig(both, false).bot?.slackBy).toEqual({ appToken: 'xapp-1' })
    expect(complaints({ SLACK_APP_TOKEN: 'xapp-1', SLACK_SIGNING_SECRET: '' })).toEqual([])
    expect(complaints({ SLACK_APP_TOKEN: 'xoxb-1', SLACK_SIGNING_SECRET: '' })).toEqual([
      '  SLACK_APP_TOKEN is no app-level token (xapp-...)',
    ])
    expect(complaints({ SLACK_SIGNING_SECRET: '' })).toEqual([
      '  SLACK_SIGNING_SECRET is not set, nor SLACK_APP_TOKEN for Socket Mode',
    ])
  })
  it('a certificate goes before a secret, and is nothing without its key', () => {
    const files = { ENTRA_CLIENT_CERTIFICATE: 'cert', ENTRA_CLIENT_CERTIFICATE_KEY: 'key' }
    expect(readConfig({ ...complete, ...files }, false).applications.reader.credential).toEqual({
      certificate: 'cert',
      key: 'key',
    })
    expect(complaints({ ENTRA_CLIENT_SECRET: '', ENTRA_CLIENT_CERTIFICATE: 'cert' })).toEqual([
      '  ENTRA_CLIENT_SECRET is not set, nor ENTRA_CLIENT_CERTIFICATE with ENTRA_CLIENT_CERTIFICATE_KEY',
    ])
  })
  it.for([
    ['PORT', 'door', 'is no whole number from 1 to 65535'],
    ['PORT', '0', 'is no whole number from 1 to 65535'],
    ['PORT', '80.5', 'is no whole number from 1 to 65535'],
    ['PORT', '65536', 'is no whole number from 1 to 65535'],
    ['ENTRA_REQUESTS_PER_10_SECONDS', '0', 'is no whole number from 1 to 1000'],
    ['HALLPASS_COMMAND', 'tap', 'is no name of a command, like /tap'],
    ['LOG_LEVEL', 'loud', 'is none of debug, info, warn, error'],
    ['GRAPH_BASE_URL', 'graph', 'is no http or https address'],
    ['HALLPASS_SIGN_IN_URL', 'javascript:alert(1)', 'is no http or https address'],
  ] as const)('%s=%s %s', ([name, value, says]) => {
    expect(complaints({ [name]: value })).toEqual([`  ${name} ${says}`])
  })
  it('whoever goes without encryption has to say so', () => {
    expect(complaints({ HALLPASS_ENCRYPTION_KEY: '' })).toEqual([
      '  HALLPASS_ENCRYPTION_KEY is not set: `hallpass keys new` makes one, and `off` leaves histories readable',
    ])
  })
  it('all that is wrong is said at once, and no value is repeated', () => {
    const says = complaints({
      SLACK_BOT_TOKEN: '',
      PORT: 'secret-port',
      ENTRA_CLIENT_SECRET: '',
      SLACK_API_URL: 'http://slack.test/api/',
    })
    expect(says).toHaveLength(4)
    expect(says.join()).not.toContain('secret-port')
  })
  it.for([
    'http://graph.example/v1.0',
    'https://localhost/v1.0',
    'https://LOCALHOST./v1.0',
    'https://graph.localhost/v1.0',
    'https://127.0.0.1:8443/v1.0',
    'https://127.9.9.9/v1.0',
    'https://2130706433/v1.0',
    'https://0x7f.1/v1.0',
    'https://0.0.0.0/v1.0',
    'https://[::1]/v1.0',
    'https://[::]/v1.0',
    'https://[::ffff:127.0.0.1]/v1.0',
  ])('%s is a stand-in: refused unless it is allowed', (address) => {
    expect(complaints({ GRAPH_BASE_URL: address })).toEqual([
      '  GRAPH_BASE_URL is an address on this machine or without https: --allow-stand-ins permits it',
    ])
    expect(readConfig({ ...complete, GRAPH_BASE_URL: address }, true).GRAPH_BASE_URL).toBe(address)
  })
  it.for(['https://graph.microsoft.us/v1.0', 'https://notlocalhost/v1.0', 'https://128.0.0.1/v1.0'])(
    '%s is none',
    (address) => expect(complaints({ GRAPH_BASE_URL: address })).toEqual([]),
  )
})

describe('secrets in files', () => {
  const folder = temporaryFolder()
  const file = join(folder, 'token')
  writeFileSync(file, '  from the file\n')

  it('the file wins, without the line end that editors add', () => {
    const read = withSecretFiles({ SLACK_BOT_TOKEN: 'from the environment', SLACK_BOT_TOKEN_FILE: file })
    expect(read['SLACK_BOT_TOKEN']).toBe('from the file')
  })
  it('so may the key for Temporal', () => {
    const env = { TEMPORAL_ADDRESS: 'cloud.example:7233', TEMPORAL_API_KEY_FILE: file, HOME: folder }
    expect(readTemporal(withSecretFiles(env)).options).toMatchObject({
      address: 'cloud.example:7233',
      apiKey: 'from the file',
    })
  })
  it('one that can not be read is named', () => {
    const env = { SLACK_BOT_TOKEN_FILE: join(folder, 'none') }
    expect(() => withSecretFiles(env)).toThrow(/^SLACK_BOT_TOKEN_FILE: .*none can't be read \(ENOENT\)\.$/)
  })
  it('only secrets are read from files', () => {
    expect(withSecretFiles({ PORT_FILE: file })).toEqual({ PORT_FILE: file })
  })
})
