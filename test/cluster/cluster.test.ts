import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import type { IncomingMessage } from 'node:http'
import { request } from 'node:https'
import { join } from 'node:path'
import { text as textOf } from 'node:stream/consumers'
import { Connection } from '@temporalio/client'
import { Client } from 'pg'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { sendAttributes } from '../../src/sandbox/vpn/radclient.ts'
import { temporaryFolder } from '../setup/folder.ts'
import { findFreeRadius } from '../setup/freeradius.ts'
import type { Desk } from '../setup/desk.ts'
import { eventually } from '../setup/installation.ts'
import { install, type Installed } from './installed.ts'
import { openDesk, signIn } from './stand-ins.ts'

let installed: Installed
let desk: Desk
let away = (): void => undefined

const programs = ['bot', 'worker', 'verify', 'codec']
const standIns = ['--allow-stand-ins']
const people = ['U0HANNA', 'U0MARCO', 'U0DANA', 'U0OLGA', 'U0SAM', 'U0BEN', 'U0AVA']

const look = async (): Promise<void> => {
  const opened = await openDesk(installed.slack, people)
  desk = opened.desk
  away = opened.close
}

beforeAll(async () => {
  await findFreeRadius((sentence) => void process.stdout.write(`${sentence}\n`))
  installed = await install(temporaryFolder(), inject('productionServer'))
  const { cluster, makeRoles } = installed
  await makeRoles()
  await Promise.all([startEngine(), cluster.run('migrate')])
  await Promise.all([
    cluster.start('temporal-ui'),
    cluster.start('bot', standIns),
    cluster.start('worker', standIns),
    cluster.start('verify'),
    cluster.start('codec', standIns),
  ])
  await cluster.start('freeradius')
  await look()

  async function startEngine(): Promise<void> {
    await cluster.run('temporal-schema')
    await cluster.start('temporal')
    await cluster.run('temporal-namespace')
  }
}, 180_000)

afterAll(async () => {
  away()
  await installed.close()
})

const temporal = async <Value>(work: (connection: Connection) => Promise<Value>): Promise<Value> => {
  const connection = await Connection.connect({ address: installed.cluster.place.address('temporal', 7233) })
  try {
    return await work(connection)
  } finally {
    await connection.close()
  }
}

const rows = async (sql: string): Promise<readonly unknown[]> => {
  const client = new Client({ connectionString: installed.databaseUrl })
  await client.connect()
  try {
    return (await client.query(sql)).rows
  } finally {
    await client.end()
  }
}

/** A sign-in at the VPN, as its gateway sends it to FreeRADIUS. */
const atTheVpn = async (user: string, code: string): Promise<boolean> => {
  const { place } = installed.cluster
  const secretFile = place.environmentOf('freeradius', 0)['HALLPASS_GATEWAY_SECRET_FILE'] ?? ''
  const gateway = { port: place.portOf('freeradius', 0), secretFile, patience: 6 }
  const answer = await sendAttributes(gateway, { 'User-Name': user, 'User-Password': code })
  return answer.includes('Access-Accept')
}

describe('what the compose file starts', () => {
  it('is the production server of the version that it names, and its namespace keeps histories for 90 days', async () => {
    await temporal(async ({ workflowService, operatorService }) => {
      const { serverVersion } = await workflowService.getSystemInfo({})
      expect(serverVersion).toMatch(/^1\.32\./)
      const namespace = 'hallpass'
      const { config } = await workflowService.describeNamespace({ namespace })
      expect(Number(config?.workflowExecutionRetentionTtl?.seconds)).toBe(90 * 24 * 60 * 60)
      const { customAttributes } = await operatorService.listSearchAttributes({ namespace })
      expect(customAttributes).toMatchObject({ HallpassId: 2 })
    })
  })

  it('has jobs that may run again, as they do at every start', async () => {
    const { cluster } = installed
    for (const job of ['temporal-schema', 'temporal-namespace', 'migrate']) await cluster.run(job)
    expect(cluster.logs('migrate')).toContain('The database is ready: production')
  })

  it("shows Temporal's UI without anything that acts", async () => {
    const url = `http://${installed.cluster.place.address('temporal-ui', 8080)}/api/v1/settings`
    expect(await (await fetch(url)).json()).toMatchObject({
      DisableWriteActions: true,
      DefaultNamespace: 'hallpass',
    })
  })

  it('answers whoever watches, at a door of its own', async () => {
    const { place } = installed.cluster
    for (const name of ['bot', 'worker'])
      for (const index of [0, 1]) {
        const answer = await fetch(`http://${place.address(name, 9464, index)}/readyz`)
        expect(await answer.json()).toEqual({ postgres: 'ok', temporal: 'ok', slack: 'ok' })
      }
  })
})

/** Asks the codec for payloads over TLS, with this word for a token; answers with what status and in which words. */
const decoded = async (authorization: string): Promise<string> => {
  const headers = { authorization, 'x-namespace': 'hallpass' }
  const { place } = installed.cluster
  const options = { host: '127.0.0.1', port: place.portOf('codec', 0), path: '/decode', method: 'POST' }
  const asking = request({ ...options, headers, rejectUnauthorized: false }).end('{}')
  const [answer] = (await once(asking, 'response')) as [IncomingMessage]
  return `${answer.statusCode} ${await textOf(answer)}`
}

const transports = [
  {
    transport: 'HTTP',
    prepare: async () => undefined,
    subject: { slack: 'U0DANA', handle: '@dana', upn: 'dana.cruz@contoso.example', vpn: 'dana.cruz' },
    report: '/fraud @ben signs in from two places',
    about: /Fraud reported about Ben Ode/,
  },
  {
    transport: 'Socket Mode',
    prepare: async () => {
      away()
      await installed.cluster.stop('bot')
      await installed.changeToSocketMode()
      await installed.cluster.start('bot', standIns)
      await look()
    },
    subject: { slack: 'U0OLGA', handle: '@olga', upn: 'olga.novak@contoso.example', vpn: 'olga.novak' },
    report: '/fraud @ava signs in from two places',
    about: /Fraud reported about Ava Chen/,
  },
]

it('decrypts nothing for whoever is not signed in, over TLS', async () => {
  expect(await decoded('Bearer nobody')).toMatch(/^401 Sign in to Temporal again/)
  expect(installed.cluster.logs('codec')).toContain('payloads were not decoded')
})

describe.each(transports)('over $transport', ({ prepare, subject, report, about }) => {
  beforeAll(prepare, 60_000)

  it('/tap: asked for, approved, shown once, signed in with', async () => {
    await desk.ask(`/tap ${subject.handle} 1h INC123 lost her phone on the train`)
    await desk.sees('U0HANNA', /\*Recorded, TAP-/)
    await desk.approve()
    const code = await desk.openCode(subject.slack)
    expect(await signIn(installed.entra, subject.upn, code)).toMatchObject({ ok: true })
    await desk.sees(subject.slack, 'Your temporary pass was used')
  })

  it('/bypass: and let in by FreeRADIUS, once', async () => {
    await desk.ask(`/bypass ${subject.handle} 300s for vpn INC7 phone is at home`)
    await desk.sees('U0HANNA', /\*Recorded, BYP-/)
    await desk.approve()
    const code = await desk.openCode(subject.slack)
    expect(await atTheVpn('marco.silva', code)).toBe(false)
    expect(await atTheVpn(subject.vpn, code)).toBe(true)
    expect(await atTheVpn(subject.vpn, code)).toBe(false)
    await desk.sees(subject.slack, 'Your one-time VPN bypass was used')
  })

  it('/fraud: and security hears of it', async () => {
    await desk.type('U0HANNA', report)
    await desk.sees('U0SAM', about, 'security')
    expect(desk.reads('U0SAM', 'security')).toMatch(about)
  })
})

describe('afterwards', () => {
  it('the ledger is whole, as anybody can see with SQL', async () => {
    const [chains, details] = sqlIn('docs/ledger.md')
    expect(await rows(chains ?? '')).toEqual([])
    expect(await rows(details ?? '')).toEqual([])
    expect(await rows('select from fact')).not.toHaveLength(0)
  })

  it('no program has seen a secret of another one, nor said one of its own', () => {
    const { cluster } = installed
    const said = programs.map((name) => cluster.logs(name)).join('\n')
    for (const name of programs) {
      const folder = cluster.place.here('/run/secrets/', name)
      expect(said).not.toContain(readFileSync(join(folder, secretOf[name] ?? ''), 'utf8').trim())
    }
    expect(() => readFileSync(join(cluster.place.here('/run/secrets/', 'bot'), 'hallpass_code_key'))).toThrow(
      'ENOENT',
    )
    expect(() =>
      readFileSync(join(cluster.place.here('/run/secrets/', 'worker'), 'hallpass_signing_key')),
    ).toThrow('ENOENT')
  })

  it('asked to stop, each ends in order, long before Docker would end it', async () => {
    const { cluster } = installed
    const ends = await eventually(async () => (await Promise.all(programs.map(cluster.stop))).flat())
    expect(ends.map(({ how }) => how)).toEqual(Array.from({ length: 6 }, () => 'ended with code 0'))
    for (const { after } of ends) expect(after).toBeLessThan(30_000)
  })
})

const secretOf: Readonly<Record<string, string>> = {
  bot: 'hallpass_signing_key',
  worker: 'hallpass_code_key',
  verify: 'hallpass_check_secrets',
  codec: 'hallpass_codec_tls_key',
}

/** The statements that a document gives its readers. */
function sqlIn(document: string): readonly string[] {
  const text = readFileSync(new URL(`../../${document}`, import.meta.url), 'utf8')
  return Array.from(text.matchAll(/```sql\n(.*?)```/gs), ([, sql = '']) => sql)
}
