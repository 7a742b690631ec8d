import { createServer, type Server } from 'node:net'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { newKeys } from '../../src/adapters/signing/keys.ts'
import { temporaryFolder } from '../setup/folder.ts'
import { eventually, startInstallation, type Installation } from '../setup/installation.ts'
import { hallpass } from './hallpass.ts'

let installation: Installation
let busy: Server
let folder: string

beforeAll(async () => {
  folder = temporaryFolder()
  busy = createServer()
  await new Promise<void>((resolve) => busy.listen(0, '127.0.0.1', resolve))
  installation = await startInstallation()
})
afterAll(async () => {
  busy.close()
  await installation.close()
})

const stood = ['serve', '--installation', 'sandbox', '--allow-stand-ins']
const busyPort = (): number => {
  const address = busy.address()
  return typeof address === 'object' && address !== null ? address.port : 0
}
const file = (name: string, content: string): string => {
  const path = join(folder, name)
  writeFileSync(path, content)
  return path
}
const brokenPolicy = `version: 1
directory: entra
people:
  helpdesk: { directoryGroup: Helpdesk }
  security: { directoryGroup: Security }
channels: { approvals: C0APPROVALS, security: C0SECURITY }
defaults:
  duration: soon
  answerWithin: 15m
  ping: { every: 5m, backoff: 2 }
  claimWithin: 30m
  delivery: { how: reveal, visible: 3m }
  reason: { atLeast: 10 }
  ticket: { pattern: '^(INC|REQ)[0-9]+$', required: false }
  followUp: { remind: [5s] }
  revokeSessionsOnRevoke: true
  colour: blue
rules:
  - name: A pass
    when: { kind: tap, requester: helpdesks }
    longest: 8h
    approve: [{ by: [manager], count: 1, within: 15m }]
`

type Changes = Readonly<Record<string, string>>
type Row = readonly [title: string, changes: () => Changes, says: readonly RegExp[], args?: readonly string[]]

const rows: readonly Row[] = [
  [
    'a policy with errors, all of them with their lines',
    () => ({ HALLPASS_CONFIG: file('broken.yaml', brokenPolicy) }),
    [
      /^The policy can't be used:$/,
      /^ {2}line 8, defaults\.duration: /,
      /^ {2}line 17, defaults\.colour: is not known here/,
      /^ {2}line 20, rules\[0\]\.when\.requester: "helpdesks" is not in people: did you mean helpdesk\?$/,
    ],
  ],
  [
    'a port that is in use',
    () => ({ PORT: String(busyPort()) }),
    [/^Can't listen at 127\.0\.0\.1:\d+: it may be in use; check HOST and PORT \(EADDRINUSE\)$/],
  ],
  [
    'a namespace that Temporal does not have',
    () => ({ TEMPORAL_NAMESPACE: 'nowhere' }),
    [/^Temporal has no namespace nowhere for us: check TEMPORAL_NAMESPACE \(/],
  ],
  [
    'an app-level token that Slack does not know',
    () => ({ SLACK_APP_TOKEN: 'xapp-wrong' }),
    [
      /^Slack opens no socket for the app: check SLACK_APP_TOKEN, and that Socket Mode is switched on \(refused: invalid_auth\)$/,
    ],
  ],
  [
    'two commands of one name',
    () => ({ HALLPASS_COMMAND: '/bypass' }),
    [
      /^This environment can't be used:$/,
      /^ {2}HALLPASS_COMMAND and HALLPASS_BYPASS_COMMAND name the same command$/,
    ],
  ],
  [
    'a signing key that is none',
    () => ({ HALLPASS_SIGNING_KEY: 'made-up' }),
    [/^HALLPASS_SIGNING_KEY \(Not a key as `hallpass keys new` prints it\.\)$/],
  ],
  [
    'a key of payloads that is none',
    () => ({ HALLPASS_ENCRYPTION_KEY: 'OFF' }),
    [/^HALLPASS_ENCRYPTION_KEY \(Not a key as `hallpass keys new` prints it\.\)$/],
  ],
  [
    'keys that do not belong together',
    () => ({ HALLPASS_VERIFY_KEYS: newKeys().verifyKey }),
    [/^HALLPASS_VERIFY_KEYS lacks the key that belongs to HALLPASS_SIGNING_KEY: add it\.$/],
  ],
  [
    'a file for a secret that is not there',
    () => ({ SLACK_BOT_TOKEN_FILE: '/nowhere/token' }),
    [/^SLACK_BOT_TOKEN_FILE: \/nowhere\/token can't be read \(ENOENT\)\.$/],
  ],
  [
    'an environment with nothing in it, all of it at once',
    () => Object.fromEntries(Object.keys(installation.environment).map((name) => [name, ''])),
    [
      /^This environment can't be used:$/,
      ...[
        'SLACK_BOT_TOKEN',
        'SLACK_SIGNING_SECRET',
        'DATABASE_URL',
        'ENTRA_TENANT_ID',
        'ENTRA_CLIENT_ID',
        'HALLPASS_CONFIG',
        'HALLPASS_SIGNING_KEY',
        'HALLPASS_VERIFY_KEYS',
        'HALLPASS_CODE_KEY',
        'HALLPASS_SIGNAL_KEY',
        'HALLPASS_ENCRYPTION_KEY',
        'ENTRA_CLIENT_SECRET',
      ].map((name) => new RegExp(`^ {2}${name} is not set`)),
    ],
  ],
  [
    'stand-ins that nobody allowed, all of them',
    () => ({}),
    [
      /^This environment can't be used:$/,
      /^ {2}SLACK_API_URL is an address on this machine or without https: --allow-stand-ins permits it$/,
      /^ {2}ENTRA_AUTHORITY_URL is an address on this machine/,
      /^ {2}GRAPH_BASE_URL is an address on this machine/,
    ],
    ['serve', '--installation', 'sandbox'],
  ],
]

const secrets = ['SLACK_BOT_TOKEN', 'SLACK_SIGNING_SECRET', 'ENTRA_CLIENT_SECRET', 'HALLPASS_SIGNING_KEY']

// Each says only this, and within the 30 s after which the helper ends a program: no stack, no secret.
describe('serve does not start, and says in the end what to mend, with', () => {
  it.for(rows)('%s', async ([, changes, says, args = stood]) => {
    const { environment } = installation
    const { code, out, error } = await hallpass(args, { ...environment, ...changes() })
    const lines = error.trimEnd().split('\n')
    expect({ code, error }).toMatchObject({ code: 1 })
    for (const words of says) expect(lines).toContainEqual(expect.stringMatching(words))
    expect(lines.filter((line) => !says.some((words) => words.test(line)))).toEqual([])
    for (const secret of secrets) expect(out + error).not.toContain(environment[secret])
  })
})

describe('serve starts all the same, says again and again what is missing, and stops in order, with', () => {
  const away: readonly (readonly [string, () => string, string])[] = [
    ['no Temporal there', () => '127.0.0.1:1', 'Connection refused'],
    ['a Temporal that says nothing', () => `127.0.0.1:${busyPort()}`, 'no answer'],
  ]
  it.for(away)('%s', async ([, address, because]) => {
    const served = await installation.serve({ TEMPORAL_ADDRESS: address() })
    const says = `Temporal at ${address()} can't be reached: check TEMPORAL_ADDRESS (${because})`
    await eventually(() => expect(readFileSync(served.logFile, 'utf8').split(says).length).toBeGreaterThan(2))
    await served.stop()
    expect(await served.ended).toBe('ended with code 0')
  })
})

it('secrets may stand in files, and the file wins', async () => {
  const names = ['SLACK_BOT_TOKEN', 'SLACK_SIGNING_SECRET', 'DATABASE_URL', 'HALLPASS_SIGNING_KEY']
  const changes: Record<string, string> = {}
  for (const name of names) {
    changes[name] = 'not this'
    changes[`${name}_FILE`] = file(name, `${installation.environment[name]}\n`)
  }
  const served = await installation.serve(changes)
  expect(served.running()).toBe(true)
  await served.stop()
  expect(await served.ended).toBe('ended with code 0')
})
