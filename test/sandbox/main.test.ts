import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { connect } from 'node:net'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { Client } from 'pg'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { runSandboxUntil } from '../../src/sandbox/main.ts'
import { commandOf, writeRecord } from '../../src/sandbox/process-record.ts'
import { parseProcessRecord } from '../../src/sandbox/process-record.schema.ts'
import { findFreeRadius } from '../../src/sandbox/vpn/installed.ts'
import { temporaryFolder } from '../setup/folder.ts'
import { temporalServer } from '../setup/temporal.ts'

// The tables that it reads are made by the real program.
vi.mock('../../src/sandbox/exceptions.ts', () => ({
  watchExceptions: () => ({ current: () => [], stop: () => Promise.resolve() }),
}))

type Call = { readonly args: readonly string[]; readonly env: Readonly<Record<string, string>> }

const cliPath = fileURLToPath(new URL('./fake-cli.mjs', import.meta.url))
const production = {
  SLACK_BOT_TOKEN: 'xoxb-real',
  DATABASE_URL: 'postgresql://real',
  TEMPORAL_API_KEY: 'real',
}

let state: string
let stopping: AbortController
let said: string[]
let ended: Promise<number>

describe('a sandbox over several starts', () => {
  it('comes up, goes on where it was, and begins anew when it is told to', async () => {
    state = join(temporaryFolder(), 'state')
    await begin()
    const url = said
      .find((line) => line.startsWith('The workspace is at'))
      ?.split(' ')
      .at(-1)
    const progress = async () => (await fetch(`${url}/api/progress`)).json()
    await vi.waitFor(async () => expect(await progress()).toMatchObject({ ready: true }))
    const key = lastCall('serve').env['HALLPASS_SIGNING_KEY']
    expect(await stop()).toBe(0)
    expect(readdirSync(join(state, 'processes'))).toEqual([])
    expect(await reaches('127.0.0.1', Number(new URL(url ?? '').port))).toBe(false)

    await begin()
    expect(lastCall('serve').env['HALLPASS_SIGNING_KEY']).toBe(key)
    await stop()

    await begin({ fresh: true })
    expect(lastCall('serve').env['HALLPASS_SIGNING_KEY']).not.toBe(key)
    await stop()
  })

  it('what can not start is said in a sentence, and everything else is stopped', async () => {
    state = join(temporaryFolder(), 'state')
    const lines: string[] = []
    const env = {
      ...options().env,
      HALLPASS_SANDBOX_TEMPORAL_ADDRESS: '',
      TEMPORAL_CLI_PATH: '/nowhere/temporal',
    }
    const code = await runSandboxUntil(
      new AbortController().signal,
      { cliPath, fresh: false, env },
      (line) => {
        lines.push(line)
      },
    )
    expect(code).toBe(1)
    expect(lines.at(-1)).toContain('TEMPORAL_CLI_PATH names /nowhere/temporal')
    expect(readdirSync(join(state, 'processes'))).toEqual([])
  })
})

describe('a running sandbox', () => {
  beforeAll(async () => {
    state = join(temporaryFolder(), 'state')
    vi.stubEnv('SLACK_APP_TOKEN', 'xapp-real')
    await begin({ env: production })
    vi.unstubAllEnvs()
  })
  afterAll(() => stop())

  it('gives the program an environment of its own, and says what it leaves aside', async () => {
    const commands = calls().map(({ args }) => args[0])
    expect(commands.slice(0, 2)).toEqual(['migrate', 'keys'])
    expect(new Set(commands.slice(2))).toEqual(new Set(['serve', 'verify']))
    expect(JSON.stringify(calls())).not.toContain('real')
    expect(said).toContainEqual(expect.stringContaining('DATABASE_URL, SLACK_BOT_TOKEN, TEMPORAL_API_KEY'))
    const { args, env } = lastCall('serve')
    expect(args).toEqual(['serve', '--installation', 'sandbox', '--allow-stand-ins'])
    expect(env).toMatchObject({ HOME: state, TEMPORAL_NAMESPACE: 'hallpass-sandbox' })
    expect(env['HALLPASS_SIGN_IN_URL']).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/sign-in\.html$/)
    expect((await fetch(env['HALLPASS_SIGN_IN_URL'] ?? '')).status).toBe(200)
    expect(env).not.toHaveProperty('DATABASE_OWNER_URL')
  })

  it('gives the check one too: of the keys only the codes’, and a secret that is new for each start', () => {
    const { args, env } = lastCall('verify')
    expect(args).toEqual(['verify', '--installation', 'sandbox'])
    expect(env).toMatchObject({ HOME: state, HALLPASS_VERIFY_HOST: '127.0.0.1' })
    expect(env['HALLPASS_CODE_KEY']).toBe(lastCall('serve').env['HALLPASS_CODE_KEY'])
    expect(env['HALLPASS_CHECK_SECRETS']).toMatch(/^vpn-gateway=[0-9a-f]{64}$/)
    expect(JSON.stringify(lastCall('serve'))).not.toContain(env['HALLPASS_CHECK_SECRETS']?.split('=')[1])
    expect(Object.keys(env)).not.toContain('HALLPASS_SIGNING_KEY')
  })

  it('says whether there is a FreeRADIUS, and takes no secret of it into an argument', () => {
    expect(said).toContainEqual(expect.stringMatching(/^FreeRADIUS (?:\d|is not installed)/))
    const secrets = findFreeRadius() ? [readFileSync(join(state, 'freeradius', 'secret'), 'utf8')] : []
    const records = readdirSync(join(state, 'processes'))
      .map((name) => readFileSync(join(state, 'processes', name), 'utf8'))
      .join()
    for (const secret of secrets) expect(records).not.toContain(secret)
  })

  it.each(['SLACK_API_URL', 'ENTRA_AUTHORITY_URL', 'GRAPH_BASE_URL', 'DATABASE_URL'])(
    'what %s names listens on 127.0.0.1 and nowhere else',
    async (name) => {
      const { hostname, port } = new URL(lastCall('serve').env[name] ?? '')
      expect(hostname).toBe('127.0.0.1')
      expect(await reaches('127.0.0.1', Number(port))).toBe(true)
      // Another address of this machine: only a server that listens everywhere answers there.
      expect(await reaches('127.0.0.2', Number(port))).toBe(false)
    },
  )

  it('the role of the program can neither make tables nor reach what the stand-ins keep', async () => {
    const url = new URL(lastCall('serve').env['DATABASE_URL'] ?? '')
    const client = new Client({ connectionString: url.href })
    await client.connect()
    await expect(client.query('create table mine (id int)')).rejects.toMatchObject({ code: '42501' })
    await client.end()
    url.pathname = '/stand_ins'
    await expect(new Client({ connectionString: url.href }).connect()).rejects.toMatchObject({
      code: '42501',
    })
  })

  it('the address of its database stands in a file', async () => {
    const client = new Client({ connectionString: readFileSync(join(state, 'database-url'), 'utf8') })
    await client.connect()
    expect((await client.query('select current_user as who')).rows).toEqual([{ who: 'hallpass_app' }])
    await client.end()
  })

  it('a second one of the same folder says where this one is, and promises no page', async () => {
    const lines: string[] = []
    const lock = join(state, 'sandbox.lock')
    const own = readFileSync(lock, 'utf8')
    // Both run in this process here; the parent stands for another sandbox.
    const page = parseProcessRecord(own)?.page
    const command = commandOf(process.ppid) ?? ''
    writeRecord(lock, { pid: process.ppid, command, stopSignal: 'SIGTERM', page })
    const code = await runSandboxUntil(stopping.signal, options(), (line) => lines.push(line))
    writeFileSync(lock, own)
    expect(code).toBe(1)
    expect(lines).toEqual([expect.stringContaining(`Its page is at ${page}`)])
    expect(said).toContain(`The workspace is at ${page}`)
  })

  it('files with secrets are for their owner alone', () => {
    const names = [
      'keys',
      'postgres-password',
      'database-url',
      ...(findFreeRadius() ? ['freeradius/secret'] : []),
    ]
    for (const name of names) expect(statSync(join(state, name)).mode & 0o077).toBe(0)
  })

  it('starts the program again when it dies, and says so', async () => {
    said.length = 0
    await fetch(`http://127.0.0.1:${lastCall('serve').env['PORT']}/die`)
    await vi.waitFor(() => expect(said[0]).toContain('ended with code 7 and starts again'))
    await running()
  })
})

function options(given: { fresh?: boolean; env?: Record<string, string> } = {}) {
  const env = {
    PATH: process.env['PATH'] ?? '',
    HALLPASS_SANDBOX_STATE_DIR: state,
    HALLPASS_SANDBOX_PORT: '0',
    HALLPASS_SANDBOX_TEMPORAL_ADDRESS: temporalServer().address,
    ...given.env,
  }
  return { cliPath, fresh: given.fresh ?? false, env }
}

async function begin(given: { fresh?: boolean; env?: Record<string, string> } = {}): Promise<void> {
  stopping = new AbortController()
  const lines: string[] = []
  said = lines
  ended = runSandboxUntil(stopping.signal, options(given), (line) => lines.push(line))
  await running()
  await vi.waitFor(() => expect(said).toContain('Hallpass verify: Running.'), { timeout: 60_000 })
  await vi.waitFor(() => expect(said.join('\n')).toContain('FreeRADIUS'), { timeout: 60_000 })
}

async function running(): Promise<void> {
  await vi.waitFor(() => expect(said).toContain('Hallpass: Running.'), { timeout: 60_000 })
}

function stop(): Promise<number> {
  stopping.abort()
  return ended
}

function calls(): readonly Call[] {
  return readFileSync(join(state, 'calls'), 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line))
}

function lastCall(command: string): Call {
  const [call] = calls()
    .filter(({ args }) => args[0] === command)
    .slice(-1)
  if (!call) throw new Error(`${command} was never called`)
  return call
}

function reaches(host: string, port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host, port, timeout: 2000 })
    socket.once('connect', () => resolve(true)).once('error', () => resolve(false))
    socket.once('connect', () => socket.destroy())
  })
}
