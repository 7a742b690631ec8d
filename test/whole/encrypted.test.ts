import { readFileSync } from 'node:fs'
import type { Payload } from '@temporalio/common'
import { historyToJSON } from '@temporalio/common/lib/proto-utils.js'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { newEncryptionKey } from '../../src/adapters/temporal/encryption-keys.ts'
import { as } from '../adapters/postgres/as.ts'
import { placesOf, workflowsOf } from '../faults/canary.ts'
import { deskOf, type Desk } from '../setup/desk.ts'
import { eventually, startInstallation, type Installation } from '../setup/installation.ts'

let installation: Installation
let desk: Desk

const [older, newer] = [newEncryptionKey(), newEncryptionKey()]
const idOf = (key: string) => key.split('.')[0] ?? ''
const encryptedWith = (...keys: string[]) => ({ HALLPASS_ENCRYPTION_KEY: keys.join(',') })

beforeAll(async () => {
  installation = await startInstallation()
  desk = deskOf(installation)
})
afterAll(() => installation.close())

const reason = 'lost her phone on the train'
/** What is personal in the first exception, wherever it stands. */
const personal = [reason, 'Dana Cruz', 'Hanna', 'Marco', 'dana.cruz@contoso.example', 'INC123']

const idOfUser = (name: string): string =>
  installation.entra.controls.view().users.find((user) => user.name.startsWith(name))?.id ?? ''

/** Every payload of every history in the namespace, as Temporal keeps it. */
async function payloads(): Promise<readonly Payload[]> {
  const { temporal, namespace } = installation
  const { executions } = await temporal.workflowService.listWorkflowExecutions({ namespace })
  const histories = await Promise.all(
    executions.map(({ execution }) =>
      temporal.workflow.getHandle(execution?.workflowId ?? '', execution?.runId ?? undefined).fetchHistory(),
    ),
  )
  return histories.flatMap((history) => payloadsIn(history))
}

function payloadsIn(value: unknown): readonly Payload[] {
  if (typeof value !== 'object' || value === null || value instanceof Uint8Array) return []
  const { metadata } = value as Payload
  return metadata?.['encoding'] ? [value] : Object.values(value).flatMap(payloadsIn)
}

async function historySize(workflowId: string): Promise<number> {
  const { temporal, namespace } = installation
  const execution = { workflowId }
  const described = await temporal.workflowService.describeWorkflowExecution({ namespace, execution })
  return Number(described.workflowExecutionInfo?.historySizeBytes)
}

const textOf = (bytes: Uint8Array | null | undefined) => Buffer.from(bytes ?? []).toString('utf8')
const keysOf = (all: readonly Payload[]) =>
  new Set(
    all.map(({ metadata }) => textOf(metadata?.['encryption-key-id']) || textOf(metadata?.['encoding'])),
  )

it('an exception from the request to its end: nothing of it can be read in Temporal', async () => {
  const { entra } = installation
  const served = await installation.serve(encryptedWith(older))
  await desk.ask()
  await desk.approve()
  const code = await desk.openCode()
  expect(await entra.controls.signIn({ user: idOfUser('Dana'), code })).toMatchObject({ ok: true })
  await desk.sees('U0DANA', 'you still have no new sign-in method')
  // Another one waits for its approver meanwhile.
  await desk.ask('/tap @olga 1h INC124 a new phone that is not set up')
  await desk.sees('U0HANNA', /asked.*Olga|Olga.*asked/i)

  const bytes = await historySize(`tap/entra:${idOfUser('Dana')}`)
  process.stdout.write(`An encrypted exception: ${bytes} bytes.\n`)
  expect(bytes).toBeLessThanOrEqual(50_000)
  const places = await workflowsOf(installation)
  expect(places.length).toBeGreaterThanOrEqual(4)
  for (const word of personal) expect(placesOf(word, places)).toEqual([])
  // Search attributes are not payloads of ours: the id that people know is how a history is found.
  const all = await payloads()
  expect(keysOf(all.filter(({ metadata }) => !metadata?.['type']))).toEqual(new Set([idOf(older)]))
  expect(JSON.stringify(places)).toMatch(/TAP-[0-9A-Z]{4}-[0-9A-Z]{4}/)
  await served.stop()
})

it('a new key becomes the first: what was written with the old one goes on, and new payloads have the new one', async () => {
  const { entra } = installation
  const served = await installation.serve(encryptedWith(newer, older))
  await entra.controls.register({ user: idOfUser('Dana'), method: 'passkey' })
  await desk.sees('U0DANA', '*Done:* a new sign-in method was added')
  expect(keysOf((await payloads()).filter(({ metadata }) => !metadata?.['type']))).toEqual(
    new Set([idOf(older), idOf(newer)]),
  )
  await served.stop()
})

it('members of security read histories by the codec, and each use is a fact; the helpdesk reads nothing', async () => {
  const audience = '5b1c7a4e-0000-4000-8000-00000000c0de'
  const origin = 'https://temporal.contoso.example'
  const codec = await installation.codec({
    ...encryptedWith(newer, older),
    HALLPASS_CODEC_AUDIENCE: audience,
    HALLPASS_CODEC_ORIGIN: origin,
  })
  const { temporal, namespace, entra, database } = installation
  const history = await temporal.workflow.getHandle(`tap/entra:${idOfUser('Dana')}`).fetchHistory()
  // As Temporal's page has them: Protobuf's JSON.
  const sent = jsonPayloads(JSON.parse(historyToJSON(history)))
  const ask = async (user: string, headers: Record<string, string> = {}) =>
    fetch(`${codec}/decode`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${await entra.signInToken(idOfUser(user), { audience, scope: 'decode' })}`,
        'x-namespace': namespace,
        origin,
        ...headers,
      },
      body: JSON.stringify({ payloads: sent }),
    })
  expect((await ask('Hanna')).status).toBe(403)
  expect((await ask('Sam', { origin: 'https://evil.example' })).status).toBe(403)
  expect((await ask('Sam', { authorization: '' })).status).toBe(401)
  const uses = async () => {
    const select = `select convert_from(substr(bytes, 2), 'UTF8') as text from fact where chain like 'codec/%'`
    const rows = (await as(database.programUrl, select)) as readonly { readonly text: string }[]
    return rows.map(({ text }) => JSON.parse(text) as { readonly fact: unknown })
  }
  expect(await uses()).toEqual([])

  const answer = await ask('Sam')
  expect(answer.status).toBe(200)
  const { payloads: read } = (await answer.json()) as {
    readonly payloads: readonly { readonly data: string }[]
  }
  expect(read.map(({ data }) => Buffer.from(data, 'base64').toString('utf8')).join('\n')).toContain(reason)
  const by = `entra:${idOfUser('Sam')}`
  expect((await uses()).map(({ fact }) => fact)).toEqual([
    { type: 'payloads-decoded', at: expect.any(Number) as number, by, namespace, count: sent.length },
  ])
  // And so it is read by the statement that operators are given.
  const page = readFileSync(new URL('../../docs/install/codec.md', import.meta.url), 'utf8')
  const statement = /```sql\n(select chain[^`]+)```/.exec(page)?.[1] ?? ''
  expect(await as(database.programUrl, statement)).toEqual([
    { chain: `codec/${by}`, at: expect.any(Date) as Date, payloads: String(sent.length) },
  ])
})

it('a key is taken away too early: nothing is guessed, nothing minted, and the log says which key is missing', async () => {
  const { entra } = installation
  const before = entra.mints()
  const { logFile, stop } = await installation.serve(encryptedWith(newer))
  const lacks = `A payload is encrypted with the key ${idOf(older)}: HALLPASS_ENCRYPTION_KEY lacks it here.`
  await desk.approve('U0MARCO').catch(() => undefined)
  await eventually(() => expect(readFileSync(logFile, 'utf8')).toContain(lacks))
  expect(entra.mints()).toBe(before)
  await stop()
  // It is put back: the history was not harmed.
  const served = await installation.serve(encryptedWith(newer, older))
  await eventually(async () => {
    // What was said while the key was missing was not confirmed: it may have to be said again.
    await desk.approve().catch(() => undefined)
    await desk.sees('U0HANNA', 'approved by')
  })
  await served.stop()
})

it('the search would find it: with `off` the same words are there, and what was encrypted is still read', async () => {
  const served = await installation.serve(encryptedWith('off', newer, older))
  await desk.ask('/tap @ava 1h INC125 left her laptop in a taxi')
  await eventually(async () => {
    expect(placesOf('left her laptop in a taxi', await workflowsOf(installation))).not.toEqual([])
  })
  await served.stop()
})

function jsonPayloads(value: unknown): readonly unknown[] {
  if (typeof value !== 'object' || value === null) return []
  const { metadata } = value as { readonly metadata?: { readonly encoding?: string } }
  return metadata?.encoding ? [value] : Object.values(value).flatMap(jsonPayloads)
}
