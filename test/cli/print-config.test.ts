import { describe, expect, it } from 'vitest'
import { configText } from '../../src/settings/print-config.ts'
import { unknownSettings } from '../../src/settings/known-settings.ts'
import { hallpass } from './hallpass.ts'

const complete = {
  SLACK_BOT_TOKEN: 'xoxb-planted-token',
  SLACK_SIGNING_SECRET: 'planted-signing-secret',
  DATABASE_URL: 'postgres://hallpass_app:planted-password@db.example:5433/hallpass?password=planted-too',
  ENTRA_TENANT_ID: 'tenant',
  ENTRA_CLIENT_ID: 'client',
  ENTRA_CLIENT_SECRET: 'planted-client-secret',
  HALLPASS_CONFIG: '/etc/hallpass/policy.yaml',
  HALLPASS_SIGNING_KEY: 'planted-signing-key',
  HALLPASS_VERIFY_KEYS: 'planted-verify-keys',
  HALLPASS_CODE_KEY: 'planted-code-key',
  HALLPASS_SIGNAL_KEY: 'planted-signal-key',
  HALLPASS_ENCRYPTION_KEY: 'planted-encryption-key',
  OTEL_EXPORTER_OTLP_HEADERS: 'authorization=planted-header',
  OTEL_SERVICE_NAME: 'hallpass-here',
  TEMPORAL_API_KEY: 'planted-api-key',
  TEMPORAL_NAMESPACE: 'hallpass',
} as const

describe('--print-config', () => {
  it('prints every setting in use with its default, and hides what is secret', async () => {
    const { code, out, error } = await hallpass(['serve', '--print-config'], complete)
    expect({ code, error }).toEqual({ code: 0, error: '' })
    const lines = out.trimEnd().split('\n')
    expect(lines).toEqual(lines.toSorted())
    expect(lines).toEqual(
      expect.arrayContaining([
        'DATABASE_URL=postgres://hallpass_app:<hidden>@db.example:5433/hallpass',
        'ENTRA_CLIENT_ID=client',
        'ENTRA_CLIENT_SECRET=<hidden>',
        'ENTRA_REQUESTS_PER_10_SECONDS=5',
        'HALLPASS_COMMAND=/tap',
        'HALLPASS_ENCRYPTION_KEY=<hidden>',
        'HALLPASS_SIGNING_KEY=<hidden>',
        'OTEL_EXPORTER_OTLP_HEADERS=<hidden>',
        'OTEL_SERVICE_NAME=hallpass-here',
        'PORT=3000',
        'SLACK_API_URL=https://slack.com/api/',
        'SLACK_BOT_TOKEN=<hidden>',
        'TEMPORAL_ADDRESS=localhost:7233',
        'TEMPORAL_API_KEY=<hidden>',
        'TEMPORAL_NAMESPACE=hallpass',
      ]),
    )
    expect(out).not.toContain('planted')
  })
  it('prints for each program what that one reads', async () => {
    const [bot, worker] = await Promise.all([configText('bot', complete), configText('worker', complete)])
    expect(bot).toContain('HALLPASS_SIGNAL_KEY=')
    expect(bot).not.toMatch(/^HALLPASS_CODE_KEY=/m)
    expect(worker).toContain('HALLPASS_CODE_KEY=')
    expect(worker).not.toMatch(/^HALLPASS_SIGNING_KEY=|^PORT=/m)
  })
  it('so does verify, whose secrets are a list', async () => {
    const settings = {
      ...complete,
      HALLPASS_CHECK_SECRETS: 'vpn=planted-secret-of-the-gateway',
      HALLPASS_VERIFY_PORT: '4001',
    }
    const { code, out } = await hallpass(['verify', '--print-config'], settings)
    expect(code).toBe(0)
    expect(out).toMatch(/^HALLPASS_CHECK_SECRETS=<hidden>$/m)
    expect(out).toMatch(/^HALLPASS_VERIFY_PORT=4001$/m)
    expect(out).not.toMatch(/planted|SLACK_|ENTRA_|TEMPORAL_/)
  })
  it('hides what others call secret, by names that it need not know', async () => {
    const text = await configText('serve', {
      ...complete,
      OTEL_EXPORTER_OTLP_TRACES_HEADERS: 'authorization=planted',
      OTEL_EXPORTER_OTLP_ENDPOINT: 'https://collector:planted@otel.example/v1?key=planted',
      OTEL_RESOURCE_ATTRIBUTES: 'token=planted',
      TEMPORAL_CODEC_AUTH: 'Bearer planted',
      TEMPORAL_AUTH_CLIENT_SECRET: 'planted',
      TEMPORAL_GRPC_META_AUTHORIZATION: 'Bearer planted',
      TEMPORAL_TLS_CLIENT_KEY_DATA: 'planted',
      TEMPORAL_TLS_SERVER_NAME: 'temporal.example',
      SLACK_API_URL: 'https://proxy:planted@slack.example/api/',
    })
    expect(text).not.toContain('planted')
    expect(text.split('\n')).toEqual(
      expect.arrayContaining([
        'OTEL_EXPORTER_OTLP_TRACES_HEADERS=<hidden>',
        'OTEL_EXPORTER_OTLP_ENDPOINT=https://collector:<hidden>@otel.example/v1',
        'SLACK_API_URL=https://proxy:<hidden>@slack.example/api/',
        'TEMPORAL_AUTH_CLIENT_SECRET=<hidden>',
        'TEMPORAL_TLS_SERVER_NAME=temporal.example',
      ]),
    )
  })
  it('so does the codec, with the one application that it needs', async () => {
    const settings = {
      ...complete,
      ENTRA_TENANT_ID: '6f1a3f0e-5a0b-4d0c-9d53-2b7a4c1e8f10',
      ENTRA_ISSUER_CLIENT_ID: 'issuer',
      HALLPASS_CODEC_AUDIENCE: 'audience',
      HALLPASS_CODEC_ORIGIN: 'https://temporal.contoso.example',
    }
    const { code, out, error } = await hallpass(['codec', '--print-config'], settings)
    expect({ code, error }).toEqual({ code: 0, error: '' })
    const lines = out.trimEnd().split('\n')
    expect(lines).toEqual(
      expect.arrayContaining([
        'ENTRA_CLIENT_ID=client',
        'ENTRA_CLIENT_SECRET=<hidden>',
        'HALLPASS_CODEC_PORT=3002',
        'HALLPASS_ENCRYPTION_KEY=<hidden>',
        'TEMPORAL_NAMESPACE=hallpass',
      ]),
    )
    expect(out).not.toMatch(/planted|SLACK_|ISSUER|SIGNING|CODE_KEY|OTEL_|TEMPORAL_ADDRESS/)
  })
  it('settings that can not be used are complained of as ever', async () => {
    const { code, out, error } = await hallpass(['worker', '--print-config'], {
      ...complete,
      DATABASE_URL: '',
    })
    expect({ code, out }).toEqual({ code: 1, out: '' })
    expect(error).toContain('  DATABASE_URL is not set\n')
  })
  it.for([
    ['postgres:///hallpass', 'postgres:///hallpass'],
    ['postgres://db/hallpass', 'postgres://db/hallpass'],
    ['host=db password=planted', '<hidden>'],
  ] as const)('of the address %s it shows %s', async ([url, shown]) => {
    expect(await configText('bot', { ...complete, DATABASE_URL: url })).toContain(`DATABASE_URL=${shown}\n`)
  })
})

describe('a variable that nothing reads', () => {
  it.for([
    ['HALLPASS_SIGNIN_KEY', '; did you mean HALLPASS_SIGNING_KEY?'],
    ['SLACK_BOT_TOKN_FILE', '; did you mean SLACK_BOT_TOKEN?'],
    ['ENTRA_ISUER_CLIENT_ID', '; did you mean ENTRA_ISSUER_CLIENT_ID?'],
    ['HALLPASS_CONFIG_FILE', '; did you mean HALLPASS_CONFIG?'],
    ['HALLPASS_WEATHER_TOMORROW_EVENING', '.'],
  ] as const)('%s is pointed out', ([name, ends]) => {
    expect(unknownSettings({ [name]: 'value' })).toEqual([`${name} is not a name that Hallpass knows${ends}`])
  })
  it('what is known, in a file too, or not ours to know, is not', () => {
    const names = [
      ...Object.keys(complete),
      'SLACK_BOT_TOKEN_FILE',
      'ENTRA_RESPONDER_CLIENT_CERTIFICATE_KEY_FILE',
      'HALLPASS_SANDBOX_PORT',
      'HALLPASS_VERIFY_TLS_CERT',
      'HALLPASS_RADIUS_SITE',
      'PATH',
      'SLACKWARE',
    ]
    expect(unknownSettings(Object.fromEntries(names.map((name) => [name, 'x'])))).toEqual([])
  })
})
