import { describe, expect, it } from 'vitest'
import { checkEnvironment, programEnvironment, sandboxKeys } from '../../src/sandbox/program.ts'
import { readSettings } from '../../src/sandbox/settings.ts'
import { readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { temporaryFolder } from '../setup/folder.ts'

const production = {
  SLACK_BOT_TOKEN: 'xoxb-real',
  DATABASE_URL: 'postgres://real',
  TEMPORAL_ADDRESS: 'real:7233',
  TEMPORAL_API_KEY: 'real-key',
  ENTRA_CLIENT_SECRET: 'real-secret',
  GRAPH_BASE_URL: 'https://graph.microsoft.com/v1.0',
  DUO_API_URL: 'https://real.duosecurity.com',
  HALLPASS_CONFIG: '/etc/hallpass/policy.yaml',
  HALLPASS_SIGNING_KEY: 'real-signing-key',
  PORT: '3000',
}

describe('the settings of the sandbox', () => {
  it('the settings of a real installation are named and not used', () => {
    const settings = readSettings({ ...production, PATH: '/bin', HALLPASS_SANDBOX_PORT: '4800' })
    expect(settings.ignored).toEqual(Object.keys(production).toSorted())
    expect(JSON.stringify(settings)).not.toContain('real')
    expect(settings.port).toBe(4800)
  })

  it('names are said, values never', () => {
    expect(readSettings(production).ignored.join(' ')).not.toContain('real')
  })

  it('what finds Temporal sees the two names it is meant to see and the machine, not the installation', () => {
    const own = { TEMPORAL_CLI_PATH: '/opt/temporal', HALLPASS_SANDBOX_TEMPORAL_ADDRESS: '127.0.0.1:7233' }
    const { temporal, ignored } = readSettings({ ...production, ...own, PATH: '/bin', GOPROXY: 'direct' })
    expect(temporal).toEqual({ ...own, PATH: '/bin', GOPROXY: 'direct' })
    expect(ignored).not.toContain('TEMPORAL_CLI_PATH')
  })

  it('the state lies in the folder that is named, else in that of the user', () => {
    expect(readSettings({ HALLPASS_SANDBOX_STATE_DIR: '/tmp/a', HOME: '/home/u' }).stateFolder).toBe('/tmp/a')
    expect(readSettings({ XDG_STATE_HOME: '/s', HOME: '/home/u' }).stateFolder).toBe('/s/hallpass/sandbox')
    expect(readSettings({ HOME: '/home/u' }).stateFolder).toBe('/home/u/.local/state/hallpass/sandbox')
  })

  it('an empty setting is none', () => {
    expect(readSettings({ HALLPASS_SANDBOX_PORT: '' }).port).toBe(4747)
  })

  it('one error names everything that is wrong', () => {
    const wrong = { HALLPASS_SANDBOX_PORT: 'x', HALLPASS_SANDBOX_TEMPORAL_ADDRESS: 'http://a:1' }
    expect(() => readSettings(wrong)).toThrow(/HALLPASS_SANDBOX_PORT.*HALLPASS_SANDBOX_TEMPORAL_ADDRESS/)
  })
})

describe('the environment of the program', () => {
  it('holds what the sandbox gives it and nothing of this process', () => {
    const env = programEnvironment({
      home: '/state',
      policyFile: '/policy.yaml',
      port: 3001,
      statusPort: 3003,
      databaseUrl: 'postgresql://127.0.0.1/hallpass',
      temporal: { address: '127.0.0.1:1', namespace: 'hallpass-sandbox' },
      slack: { apiUrl: 'http://127.0.0.1:2/api/', botToken: 'xoxb-1', signingSecret: 's' },
      entra: {
        authorityUrl: 'http://127.0.0.1:3/login',
        graphUrl: 'http://127.0.0.1:3/v1.0',
        tenantId: 't',
        clientId: 'c',
        clientSecret: 'cs',
        requestsPer10s: 50,
      },
      keys: { HALLPASS_SIGNING_KEY: 'k' },
    })
    const ours = /^(HALLPASS|SLACK|TEMPORAL|ENTRA|GRAPH|DATABASE)_/
    const others = Object.keys(env).filter((name) => !ours.test(name))
    expect(others.toSorted()).toEqual(['HOME', 'NODE_ENV', 'PORT'])
    expect(Object.values(env).filter((value) => /^https?:/.test(value))).toSatisfy((urls: string[]) =>
      urls.every((url) => new URL(url).hostname === '127.0.0.1'),
    )
  })

  it('that of the check holds neither Slack, Entra, Temporal nor the key that signs', () => {
    const env = checkEnvironment({
      home: '/state',
      policyFile: '/policy.yaml',
      port: 3002,
      databaseUrl: 'postgresql://127.0.0.1/hallpass',
      check: { name: 'vpn-gateway', secret: 's' },
      keys: { HALLPASS_SIGNING_KEY: 'k', HALLPASS_CODE_KEY: 'c', HALLPASS_SIGNAL_KEY: 's' },
    })
    expect(env).toEqual({
      HOME: '/state',
      NODE_ENV: 'production',
      HALLPASS_CONFIG: '/policy.yaml',
      DATABASE_URL: 'postgresql://127.0.0.1/hallpass',
      HALLPASS_VERIFY_HOST: '127.0.0.1',
      HALLPASS_VERIFY_PORT: '3002',
      HALLPASS_CHECK_SECRETS: 'vpn-gateway=s',
      HALLPASS_CODE_KEY: 'c',
      HALLPASS_SIGNAL_KEY: 's',
    })
  })

  it('a folder of an earlier version keeps its keys and gets those that it lacks', async () => {
    const file = join(temporaryFolder(), 'keys')
    writeFileSync(file, 'HALLPASS_SIGNING_KEY=old\nHALLPASS_ENCRYPTION_KEY=x\n')
    const made = 'HALLPASS_SIGNING_KEY=new\nHALLPASS_CODE_KEY=codes\nHALLPASS_SIGNAL_KEY=s\n'
    const keys = { HALLPASS_SIGNING_KEY: 'old', HALLPASS_CODE_KEY: 'codes', HALLPASS_SIGNAL_KEY: 's' }
    expect(await sandboxKeys(file, () => Promise.resolve(made))).toEqual(keys)
    expect(await sandboxKeys(file, () => Promise.reject(new Error('made again')))).toEqual(keys)
  })

  it('the keys are made once, kept for their owner alone, and do not encrypt what people are to read', async () => {
    const file = join(temporaryFolder(), 'keys')
    let made = 0
    const make = async () =>
      `HALLPASS_SIGNING_KEY=one${(made += 1)}\nHALLPASS_CODE_KEY=c\nHALLPASS_SIGNAL_KEY=s\nHALLPASS_ENCRYPTION_KEY=x\nnoise\n`
    const first = await sandboxKeys(file, make)
    expect(first).toEqual({ HALLPASS_SIGNING_KEY: 'one1', HALLPASS_CODE_KEY: 'c', HALLPASS_SIGNAL_KEY: 's' })
    expect(await sandboxKeys(file, make)).toEqual(first)
    expect(statSync(file).mode & 0o777).toBe(0o600)
    expect(readFileSync(file, 'utf8')).toContain('HALLPASS_SIGNING_KEY=one1')
  })
})
