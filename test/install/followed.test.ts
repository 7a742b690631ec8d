import { spawn, type ChildProcess } from 'node:child_process'
import { appendFileSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import { afterEach, expect, it } from 'vitest'
import { selfSigned } from '../adapters/entra/self-signed.ts'
import { hallpass } from '../cli/hallpass.ts'
import { deskOf } from '../setup/desk.ts'
import { temporaryFolder } from '../setup/folder.ts'
import { eventually, freePort, startInstallation, type Installation } from '../setup/installation.ts'

const cli = fileURLToPath(new URL('../../dist/cli.js', import.meta.url))
const asOfTheTests = '--installation sandbox --allow-stand-ins'

/** What the documents write before `hallpass`. */
const [inEnvironment = ''] =
  /^set -a; .*$/m.exec(readFileSync(new URL('../../docs/install/slack.md', import.meta.url), 'utf8')) ?? []

let ends: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const end of ends.toReversed()) await end()
  ends = []
})

/** A command of the documents, in a shell that knows nothing but the file of this installation. */
function shell(folder: string, command: string): ChildProcess {
  const line = `${inEnvironment.replace('/etc/hallpass', folder)}; exec ${command}`
  return spawn('sh', ['-c', line.replace('exec hallpass', `exec '${process.execPath}' '${cli}'`)], {
    env: {},
  })
}

async function ended(child: ChildProcess): Promise<{ readonly code: number | null; readonly out: string }> {
  const [code, out] = await Promise.all([
    new Promise<number | null>((resolve) => child.once('exit', resolve)),
    child.stdout === null ? '' : text(child.stdout),
  ])
  return { code, out }
}

/** Pastes what the documents say, and leads the addresses to the stand-ins. */
async function fillIn(folder: string, { environment }: Installation, key: string, certificate: string) {
  const of = (name: string): string => environment[name] ?? ''
  const pasted = {
    SLACK_BOT_TOKEN: of('SLACK_BOT_TOKEN'),
    [of('SLACK_APP_TOKEN') === '' ? 'SLACK_SIGNING_SECRET' : 'SLACK_APP_TOKEN']:
      of('SLACK_APP_TOKEN') || of('SLACK_SIGNING_SECRET'),
    ENTRA_CLIENT_CERTIFICATE: certificate,
    ENTRA_CLIENT_CERTIFICATE_KEY: key,
    DATABASE_URL: of('DATABASE_URL'),
  }
  for (const [name, value] of Object.entries(pasted)) writeFileSync(join(folder, 'secrets', name), value)
  const elsewhere = [
    'SLACK_API_URL',
    'ENTRA_AUTHORITY_URL',
    'GRAPH_BASE_URL',
    'TEMPORAL_ADDRESS',
    'TEMPORAL_NAMESPACE',
    'PORT',
  ]
  const lines = elsewhere.map((name) => `${name}=${of(name)}\n`)
  appendFileSync(
    join(folder, 'hallpass.env'),
    `${lines.join('')}HALLPASS_SIGNIN_KEY=misspelt\nHALLPASS_STATUS_PORT=${await freePort()}\n`,
  )
}

it.for(['socket', 'http'] as const)(
  'from nothing to a request that is recorded, as docs/install says, over %s',
  { timeout: 120_000 },
  async (transport) => {
    const { certificate, key } = selfSigned()
    const installation = await startInstallation({ transport, clientCertificate: certificate })
    ends.push(() => installation.close())
    const { environment } = installation
    const folder = join(temporaryFolder(), 'hallpass')
    const url = transport === 'http' ? ['--url', 'https://hallpass.example'] : []
    const ids = [
      '--tenant',
      environment['ENTRA_TENANT_ID'] ?? '',
      '--client',
      environment['ENTRA_CLIENT_ID'] ?? '',
    ]
    const channels = ['--approvals', 'C0APPROVALS', '--security-channel', 'C0SECURITY']
    const init = ['init', '--yes', '--folder', folder, '--transport', transport, ...url, ...ids, ...channels]
    expect(await hallpass(init)).toMatchObject({ code: 0, error: '' })
    const before = await ended(shell(folder, `hallpass doctor ${asOfTheTests}`))
    expect(before.code).toBe(1)

    await fillIn(folder, installation, key, certificate)
    const after = await ended(shell(folder, `hallpass doctor ${asOfTheTests}`))
    expect(after.out.match(/WRONG.*/g)).toBeNull()
    expect(after.code).toBe(0)

    const served = shell(folder, `hallpass serve ${asOfTheTests}`)
    const stopped = ended(served)
    ends.push(async () => {
      served.kill('SIGTERM')
      await stopped
    })
    const desk = deskOf(installation)
    await eventually(async () => {
      const health = await fetch(`http://127.0.0.1:${environment['PORT']}/healthz`)
      expect(health.status).toBe(200)
    })
    await desk.type('U0HANNA', '/tap @dana 1h INC123 lost her phone yesterday')
    await desk.sees('U0HANNA', /\*Recorded, TAP-/)
    await desk.sees('U0MARCO', 'Dana Cruz')
    served.kill('SIGTERM')
    const { code, out } = await stopped
    expect(code).toBe(0)
    expect(out).toContain('HALLPASS_SIGNIN_KEY is not a name that Hallpass knows')
  },
)
