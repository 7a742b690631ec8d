import { spawn, spawnSync } from 'node:child_process'
import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { parsePolicy } from '../../src/adapters/policy-file/read-policy.ts'
import { judgeKeys } from '../../src/doctor/checks/keys.ts'
import { applicationSettings } from '../../src/settings/entra-applications.ts'
import { environmentIn } from '../../src/init/init.ts'
import { hallpass } from '../cli/hallpass.ts'
import { temporaryFolder } from '../setup/folder.ts'

const cli = fileURLToPath(new URL('../../dist/cli.js', import.meta.url))

/** Runs `hallpass init` and types these lines, all at once. */
async function typed(lines: readonly string[], args: readonly string[] = []) {
  const child = spawn(process.execPath, [cli, 'init', ...args], { env: {}, timeout: 60_000 })
  child.stdin.end(lines.map((line) => `${line}\n`).join(''))
  const [code, out, error] = await Promise.all([
    new Promise<number | null>((resolve) => child.once('exit', resolve)),
    text(child.stdout),
    text(child.stderr),
  ])
  return { code, out, error }
}

const required = ['--approvals', 'C0APPROVALS', '--security-channel', 'C0SECURITY']
const read = (folder: string, name: string): string => readFileSync(join(folder, name), 'utf8')

/** What lines of a file of settings set. */
const names = (lines = ''): readonly string[] =>
  Array.from(lines.matchAll(/^([A-Z_]+)=/gm), ([, name = '']) => name)

describe('hallpass init', () => {
  it('asks one thing after the other, again where an answer can not be used, and writes everything', async () => {
    const folder = join(temporaryFolder(), 'hallpass')
    const { code, out, error } = await typed([
      folder,
      'pigeon',
      'http',
      'http://hallpass.example',
      'https://hallpass.example',
      '/pass',
      '',
      '',
      '#approvals',
      'C0APPROVALS',
      'C0SECURITY',
      'Help "desk": first line',
      '',
      '',
      '',
      'no',
    ])
    expect({ code, error }).toEqual({ code: 0, error: '' })
    expect(out).toContain('Write socket or http.')
    expect(out).toContain('That is no id of a channel.')
    const { policy } = parsePolicy(read(folder, 'policy.yaml'))
    expect(policy.people).toEqual({
      helpdesk: { directoryGroup: 'Help "desk": first line' },
      security: { directoryGroup: 'Security' },
    })
    expect(policy.channels).toEqual({ approvals: 'C0APPROVALS', security: 'C0SECURITY' })
    expect(read(folder, 'manifest.json')).toMatch(/"command": "\/pass",[^}]*hallpass\.example\/slack\/events/)
    expect(out).toContain(`paste ${folder}/manifest.json`)
    expect(out).toContain('SLACK_SIGNING_SECRET')
  })
  it('secrets are files that only their owner can read; the keys fit, and the environment leads to them', async () => {
    const folder = join(temporaryFolder(), 'hallpass')
    const { code, out } = await hallpass(['init', '--yes', '--folder', folder, ...required])
    expect(code).toBe(0)
    const secrets = readdirSync(join(folder, 'secrets'))
    const modes = secrets.map((name) => statSync(join(folder, 'secrets', name)).mode % 0o1000)
    expect(new Set(modes)).toEqual(new Set([0o600]))
    expect(statSync(join(folder, 'secrets')).mode % 0o1000).toBe(0o700)
    const env = await environmentIn(folder)
    const keys = {
      signing: env['HALLPASS_SIGNING_KEY'] ?? '',
      verify: env['HALLPASS_VERIFY_KEYS'] ?? '',
      code: env['HALLPASS_CODE_KEY'] ?? '',
      signal: env['HALLPASS_SIGNAL_KEY'] ?? '',
    }
    expect(judgeKeys(keys).map(({ state }) => state)).toEqual(['ok'])
    for (const key of [keys.signing, keys.code, keys.signal]) expect(out).not.toContain(key)
    expect(secrets).toContain('SLACK_APP_TOKEN')
    expect(secrets).not.toContain('SLACK_SIGNING_SECRET')
  })
  it('writes what only one program may have into a file of its own, and where other applications of Entra go', async () => {
    const folder = join(temporaryFolder(), 'hallpass')
    await hallpass(['init', '--yes', '--folder', folder, ...required])
    const [both, bot, worker] = ['hallpass.env', 'bot.env', 'worker.env'].map((name) => read(folder, name))
    expect(names(bot).toSorted()).toEqual([
      'HALLPASS_BYPASS_COMMAND',
      'HALLPASS_COMMAND',
      'HALLPASS_FRAUD_COMMAND',
      'HALLPASS_SIGNAL_KEY_FILE',
      'HALLPASS_SIGNING_KEY_FILE',
      'SLACK_APP_TOKEN_FILE',
    ])
    expect(names(worker)).toEqual(['HALLPASS_CODE_KEY_FILE'])
    expect(names(both)).toContain('HALLPASS_ENCRYPTION_KEY_FILE')
    expect(names(both).filter((name) => [...names(bot), ...names(worker)].includes(name))).toEqual([])
    const withOthers = (worker ?? '').replaceAll(/^# (?=ENTRA_)/gm, '')
    for (const name of ['issuer', 'responder'] as const) {
      const settings = applicationSettings(name).filter((setting) => !setting.endsWith('_SECRET'))
      const [id, ...files] = settings.map((setting) => setting.replace(/(CERTIFICATE.*)$/, '$1_FILE'))
      expect(names(withOthers)).toEqual(expect.arrayContaining([id, ...files]))
      expect(withOthers).toContain(`=${join(folder, 'secrets', settings[1] ?? '')}\n`)
    }
    expect(both).not.toContain('ISSUER')
  })
  it('closes a folder of secrets that others could only look into', async () => {
    const folder = temporaryFolder()
    mkdirSync(join(folder, 'secrets'), { mode: 0o755 })
    expect(await hallpass(['init', '--yes', '--folder', folder, ...required])).toMatchObject({ code: 0 })
    expect(statSync(join(folder, 'secrets')).mode % 0o1000).toBe(0o700)
  })
  it.for(['775', '757'])(
    'refuses in words a folder of secrets with the mode %s, and writes nothing',
    async (mode) => {
      const folder = temporaryFolder()
      mkdirSync(join(folder, 'secrets'))
      chmodSync(join(folder, 'secrets'), Number.parseInt(mode, 8))
      const { code, error } = await hallpass(['init', '--yes', '--folder', folder, ...required])
      expect(code).toBe(1)
      expect(error).toContain(`${folder}/secrets can be written by others than its owner`)
      expect(readdirSync(folder)).toEqual(['secrets'])
      expect(readdirSync(join(folder, 'secrets'))).toEqual([])
    },
  )
  it.for(['775', '757'])(
    'does so with the folder around it, into which others can put one: %s',
    async (mode) => {
      const folder = temporaryFolder()
      chmodSync(folder, Number.parseInt(mode, 8))
      const { code, error } = await hallpass(['init', '--yes', '--folder', folder, ...required])
      expect(code).toBe(1)
      expect(error).toContain(`${folder} can be written by others than its owner`)
      expect(readdirSync(folder)).toEqual([])
    },
  )
  it.runIf(process.getuid?.() === 0)('refuses in words a folder of secrets of somebody else', async () => {
    const folder = temporaryFolder()
    mkdirSync(join(folder, 'secrets'), { mode: 0o700 })
    chownSync(join(folder, 'secrets'), 65_534, 65_534)
    const { code, error } = await hallpass(['init', '--yes', '--folder', folder, ...required])
    expect(code).toBe(1)
    expect(error).toContain(`${folder}/secrets belongs to another user (65534)`)
    expect(readdirSync(folder)).toEqual(['secrets'])
  })
  it('makes every key that `hallpass keys new` prints', async () => {
    const folder = join(temporaryFolder(), 'hallpass')
    await hallpass(['init', '--yes', '--folder', folder, ...required])
    const { out } = await hallpass(['keys', 'new'])
    for (const [, name = ''] of out.matchAll(/^([A-Z_]+)=/gm))
      expect(read(folder, `secrets/${name}`).trim()).toMatch(/^\S{20,}$/)
  })
  it('overwrites nothing', async () => {
    const folder = temporaryFolder()
    const args = ['init', '--yes', '--folder', folder, ...required]
    await hallpass(args)
    writeFileSync(join(folder, 'policy.yaml'), '# mine\n')
    const key = read(folder, 'secrets/HALLPASS_SIGNING_KEY')
    const { code, out } = await hallpass(args)
    expect(code).toBe(0)
    expect(out).toContain(`kept     ${join(folder, 'policy.yaml')}`)
    expect(read(folder, 'policy.yaml')).toBe('# mine\n')
    expect(read(folder, 'secrets/HALLPASS_SIGNING_KEY')).toBe(key)
  })
  it('a signing key whose verify key is lost is not given another one', async () => {
    const folder = temporaryFolder()
    const args = ['init', '--yes', '--folder', folder, ...required]
    await hallpass(args)
    rmSync(join(folder, 'secrets', 'HALLPASS_VERIFY_KEYS'))
    const { code, error } = await hallpass(args)
    expect(code).toBe(1)
    expect(error).toContain('put the missing one back, or remove both')
    expect(existsSync(join(folder, 'secrets', 'HALLPASS_VERIFY_KEYS'))).toBe(false)
  })
  it('ends by offering the doctor, which says what is still missing', async () => {
    const folder = join(temporaryFolder(), 'hallpass')
    const named = {
      transport: 'socket',
      command: '/tap',
      'bypass-command': '/bypass',
      'fraud-command': '/fraud',
    }
    const rest = { helpdesk: 'Helpdesk', security: 'Security', tenant: '', client: '' }
    const options = Object.entries({ folder, ...named, ...rest }).flatMap(([flag, value]) => [
      `--${flag}`,
      value,
    ])
    const { code, out } = await typed(['yes'], [...options, ...required])
    expect(code).toBe(0)
    expect(out).toContain('WRONG    SLACK_BOT_TOKEN is not set.')
    expect(out).toContain('ok       The keys can be read, fit together and are different ones')
    expect(out).toContain(`ok       ${join(folder, 'policy.yaml')} can be read: 2 rules`)
  })
  it.for([
    [['--yes', '--folder', '/nowhere'], /^--approvals is needed with --yes: /],
    [['--yes', '--folder', 'a b', ...required], /^--folder can't be used\. /],
    [['--yes', '--transport', 'http', ...required], /^--url is needed with --yes: /],
  ] as const)('%j is refused in words', async ([args, says]) => {
    const { code, error } = await hallpass(['init', ...args])
    expect(code).toBe(1)
    expect(error).toMatch(says)
  })
  it('so is a folder that lies where a shell would run its name', async () => {
    const cwd = join(temporaryFolder(), '$(touch planted)')
    mkdirSync(cwd)
    const args = ['init', '--yes', '--folder', 'here', ...required]
    const { status, stderr } = spawnSync(process.execPath, [cli, ...args], { cwd, env: {}, encoding: 'utf8' })
    expect(status).toBe(1)
    expect(stderr).toContain("can't be used. Name a folder without spaces and quotes.")
    expect(readdirSync(cwd)).toEqual([])
  })
  it('an input that ends too early is said', async () => {
    const { code, error } = await typed([])
    expect(code).toBe(1)
    expect(error).toContain('The input ended before everything was answered.')
  })
})
