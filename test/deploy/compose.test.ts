import { execFileSync } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { temporaryFolder } from '../setup/folder.ts'
import { project, readCompose, readEnv, serviceOf, type Service } from './compose.ts'

const example = readEnv(join(project, '.env.example'))
const compose = readCompose(project, { ...example, ENTRA_TENANT_ID: 'tenant', ENTRA_CLIENT_ID: 'client' })
const services = Object.entries(compose.services)
const environmentOf = ({ environment = {} }: Service) => Object.entries(environment)
const secretsOf = (service?: Service) => new Set(service?.secrets)
const isJob = ({ restart }: Service) => restart === 'on-failure:5'

describe('docker-compose.yml: every service', () => {
  it.each(services)('%s can change nothing but its volumes, and has limits', (_name, service) => {
    expect(service).toMatchObject({
      read_only: true,
      cap_drop: ['ALL'],
      security_opt: ['no-new-privileges:true'],
      pids_limit: 256,
      mem_limit: expect.stringMatching(/^\d+[mg]$/) as string,
      cpus: expect.any(Number) as number,
    })
  })

  it.each(services)('%s is looked at, or ends by itself', (_name, { healthcheck, ...service }) => {
    expect(isJob(service) ? healthcheck?.disable : healthcheck?.test?.length).toBeTruthy()
  })

  it.each(services)('%s has an image of one version', (_name, { image }) => {
    expect(image).toMatch(/^[\w./-]+:\d+\.\d+(?:\.\d+)?$/)
  })

  it.each(services)('%s has no secret in its environment', (_name, service) => {
    const named = environmentOf(service).filter(([name]) =>
      /PASSWORD|PWD|SECRET|TOKEN|KEY|CERTIFICATE|DATABASE.*URL/.test(name),
    )
    expect(
      named.filter(([name, value]) => !name.endsWith('_FILE') || !value.startsWith('/run/secrets/')),
    ).toEqual([])
  })

  it.each(services)('%s mounts the secrets that its environment names, and no other', (name, service) => {
    const read = environmentOf(service).flatMap(
      ([, value]) => /^\/run\/secrets\/(.+)$/.exec(value)?.[1] ?? [],
    )
    // The roles of the other programs are made by PostgreSQL's first start, from their passwords.
    const roles =
      name === 'postgres'
        ? ['temporal', 'hallpass_owner', 'hallpass_app', 'hallpass_verify', 'hallpass_codec']
        : []
    const expected = [...read, ...roles.map((role) => `${role}_password`)]
    expect((service.secrets ?? []).toSorted()).toEqual([...new Set(expected)].toSorted())
    for (const secret of expected) expect(compose.secrets[secret]).toEqual({ file: `./secrets/${secret}` })
  })

  it.each(services)('%s is published on this machine only, if at all', (_name, { ports = [] }) => {
    for (const port of ports) expect(port).toMatch(/^127\.0\.0\.1:/)
  })
})

describe('docker-compose.yml', () => {
  const [bot, worker, verify, codec] = ['bot', 'worker', 'verify', 'codec'].map((name) =>
    serviceOf(compose, name),
  )

  it('the bot holds nothing that issues, the worker no key that signs, the check neither', () => {
    const issues = Object.keys(compose.secrets).filter((name) => /code_key|issuer|responder/.test(name))
    expect(issues.length).toBe(7)
    expect(issues.filter((name) => secretsOf(bot).has(name))).toEqual([])
    const bots = ['hallpass_signing_key', 'hallpass_signal_key', 'slack_signing_secret', 'slack_app_token']
    expect(bots.filter((name) => !secretsOf(bot).has(name))).toEqual([])
    expect(bots.filter((name) => secretsOf(worker).has(name))).toEqual([])
    const ofSlackAndEntra = Object.keys(compose.secrets).filter((name) => /^slack|^entra|signing/.test(name))
    expect(ofSlackAndEntra.filter((name) => secretsOf(verify).has(name))).toEqual([])
    expect(secretsOf(verify).has('database_url')).toBe(false)
  })

  it('the codec holds nothing that issues or signs, nothing of Slack, and has no way to Temporal', () => {
    const notIts =
      /code_key|issuer|responder|signing|signal|verify_keys|slack|database_url|database_verify_url/
    const held = [...secretsOf(codec)]
    expect(held).toContain('hallpass_encryption_key')
    expect(held.filter((name) => notIts.test(name))).toEqual([])
    expect(codec?.networks).not.toContain('engine')
    expect(codec?.environment).not.toHaveProperty('TEMPORAL_ADDRESS')
    expect(codec?.profiles).toEqual(['codec'])
    expect(services.filter(([, { secrets = [] }]) => secrets.includes('database_codec_url'))).toHaveLength(1)
  })

  it('the owner of the tables is known to the job that migrates, and to nobody else', () => {
    const holders = services.filter(([, { secrets = [] }]) => secrets.includes('database_owner_url'))
    expect(holders.map(([name]) => name)).toEqual(['migrate'])
  })

  it('only what must be reached is: nobody but the programs and their jobs gets to PostgreSQL and Temporal', () => {
    const on = (network: string) =>
      services.filter(([, { networks = [] }]) => networks.includes(network)).map(([name]) => name)
    expect(on('hallpass-data')).toEqual(['postgres', 'migrate', 'bot', 'worker', 'verify', 'codec'])
    expect(on('temporal-data')).toEqual(['postgres', 'temporal-schema', 'temporal'])
    expect(on('engine')).toEqual(['temporal', 'temporal-namespace', 'temporal-ui', 'bot', 'worker'])
    expect(on('outside')).toEqual(['bot', 'worker', 'codec'])
    expect(on('watching')).toEqual(['bot', 'worker'])
    const inside = Object.entries(compose.networks).filter(([, network]) => network.internal === true)
    expect(inside.map(([name]) => name)).toEqual(['hallpass-data', 'temporal-data', 'engine', 'watching'])
    expect(services.filter(([, { ports }]) => ports !== undefined).map(([name]) => name)).toEqual([
      'temporal-ui',
      'bot',
      'verify',
      'codec',
    ])
  })

  it('the UI reads and does not act', () => {
    expect(serviceOf(compose, 'temporal-ui').environment).toMatchObject({
      TEMPORAL_DISABLE_WRITE_ACTIONS: 'true',
    })
  })

  it('a program has longer to stop than it takes to finish what it has in hand', () => {
    for (const service of [bot, worker])
      expect(Number.parseInt(service?.stop_grace_period ?? '', 10)).toBeGreaterThan(30)
  })

  it('what is not filled in is asked for', () => {
    expect(() => readCompose(project, example)).toThrow('ENTRA_TENANT_ID: fill it in, in .env')
  })

  it('every variable that it takes from .env is in the example, and every file that it mounts is there', () => {
    const text = readFileSync(join(project, 'docker-compose.yml'), 'utf8')
    const asked = new Set(Array.from(text.matchAll(/\$\{(\w+)/g), ([, name]) => name))
    expect(asked.size).toBeGreaterThan(8)
    expect(asked).toEqual(new Set(Object.keys(example)))
    const mounted = services.flatMap(([, { volumes = [] }]) =>
      volumes.map((volume) => volume.split(':')[0] ?? ''),
    )
    const ours = mounted.filter((path) => path.startsWith('./deploy/'))
    expect(ours.length).toBeGreaterThan(3)
    expect(ours.filter((path) => !existsSync(join(project, path)))).toEqual([])
  })
})

/** A folder with what the script needs. */
const installation = (): string => {
  const folder = temporaryFolder()
  cpSync(join(project, 'deploy'), join(folder, 'deploy'), { recursive: true })
  return folder
}

describe('deploy/compose/secrets.sh', () => {
  const cli = join(project, 'dist', 'cli.js')
  const make = (folder: string): string =>
    execFileSync('sh', [join(folder, 'deploy/compose/secrets.sh')], {
      encoding: 'utf8',
      env: { PATH: process.env['PATH'], HALLPASS: `${process.execPath} ${cli}` },
    })

  it('makes every secret, says which are still empty, and closes the folder', () => {
    const folder = installation()
    const said = make(folder)
    const made = readdirSync(join(folder, 'secrets'))
    expect(made.toSorted()).toEqual(Object.keys(compose.secrets).toSorted())
    const empty = made.filter((name) => statSync(join(folder, 'secrets', name)).size === 0)
    expect(empty.toSorted()).toEqual(made.filter((name) => /^slack|^entra|_tls_/.test(name)).toSorted())
    expect(empty.filter((name) => !said.includes(`secrets/${name}`))).toEqual([])
    expect(statSync(join(folder, 'secrets')).mode & 0o777).toBe(0o700)
    const read = (name: string) => readFileSync(join(folder, 'secrets', name), 'utf8').trim()
    expect(read('database_url')).toContain(
      `hallpass_app:${read('hallpass_app_password')}@postgres:5432/hallpass`,
    )
    expect(read('hallpass_check_secrets')).toMatch(/^vpn-gateway=[\da-f]{64}$/)
    expect(said).not.toContain(read('hallpass_signing_key'))
  })

  it('keeps what is there', () => {
    const folder = installation()
    mkdirSync(join(folder, 'secrets'))
    writeFileSync(join(folder, 'secrets', 'slack_bot_token'), 'xoxb-mine\n')
    make(folder)
    const before = readFileSync(join(folder, 'secrets', 'hallpass_signing_key'), 'utf8')
    make(folder)
    expect(readFileSync(join(folder, 'secrets', 'hallpass_signing_key'), 'utf8')).toBe(before)
    expect(readFileSync(join(folder, 'secrets', 'slack_bot_token'), 'utf8')).toBe('xoxb-mine\n')
  })
})
