import type { WorkflowHandle } from '@temporalio/client'
import { Client } from 'pg'
import type { RuledKind } from '../../src/core/kinds.ts'
import { exceptionWorkflowId } from '../../src/core/names.ts'
import { deskOf, type Desk } from '../setup/desk.ts'
import { giveBack } from '../setup/give-back.ts'
import {
  eventually,
  startInstallation,
  type Installation,
  type InstallationOptions,
} from '../setup/installation.ts'

/** Somebody as Slack and as the directory know them, and what is asked for: a pass unless told otherwise. */
export type Subject = {
  readonly slack: string
  readonly handle: string
  readonly name: string
  readonly kind: RuledKind
}

export const dana: Subject = { slack: 'U0DANA', handle: '@dana', name: 'Dana Cruz', kind: 'tap' }
export const olga: Subject = { slack: 'U0OLGA', handle: '@olga', name: 'Olga Novak', kind: 'tap' }

/** The same person, and a bypass. */
export function bypassFor(subject: Subject): Subject {
  return { ...subject, kind: 'bypass' }
}

/** What Hanna types after the person. */
const orders: Readonly<Record<RuledKind, string>> = {
  tap: '1h INC123 lost the phone on the train',
  bypass: '300s for vpn INC123 phone is at home',
}

/** A fact of the ledger, without its personal details. */
type StoredFact = { readonly chain: string; readonly seq: number } & Readonly<Record<string, unknown>>

/** One installation, its people, and what is true of it behind their backs. */
export type Scene = Installation & {
  readonly desk: Desk
  /** All facts of the ledger, or those of one type. */
  readonly facts: (type?: string) => Promise<readonly StoredFact[]>
  readonly rows: (sql: string) => Promise<readonly Readonly<Record<string, unknown>>[]>
  /** The directory's id of a person. */
  readonly idOf: (subject: Subject) => string
  /** How many credentials were made, by any provider. */
  readonly minted: () => Promise<number>
  /** Whether the person has a pass at the provider that works. */
  readonly isAlive: (subject: Subject) => boolean
  /** Whether the person has a pass at the provider, in any state. */
  readonly hasPass: (subject: Subject) => boolean
  readonly workflowOf: (subject: Subject) => WorkflowHandle
  /** Asked for by Hanna, on Marco's desk and not decided; answers the id that people read. */
  readonly asked: (subject: Subject, order?: string) => Promise<string>
  /** Asked for by Hanna and approved by Marco: the person may open the code. Answers the id that people read. */
  readonly approved: (subject: Subject, order?: string) => Promise<string>
  /** Waits until the projection says so. */
  readonly reaches: (subject: Subject, status: string, patience?: number) => Promise<void>
  /** Removes exception and pass behind Hallpass's back, and closes the case, so that the next test begins anew. */
  readonly forget: (subject: Subject) => Promise<void>
  readonly security: () => string
  readonly close: () => Promise<void>
}

/** Starts an installation without a program. */
export async function openScene(options: InstallationOptions = {}): Promise<Scene> {
  const installation = await startInstallation(options)
  const desk = deskOf(installation)
  const database = new Client({ connectionString: installation.database.superuserUrl })
  await database.connect()
  database.on('error', () => undefined)

  const rows = async (sql: string) => (await database.query<Record<string, unknown>>(sql)).rows
  const accountOf = ({ name }: Subject) => {
    const account = installation.entra.controls.view().users.find((user) => user.name === name)
    if (account === undefined) throw new Error(`${name} is not in the directory.`)
    return account
  }
  const idOf = (subject: Subject) => accountOf(subject).id
  const workflowOf = (subject: Subject) =>
    installation.temporal.workflow.getHandle(exceptionWorkflowId(subject.kind, `entra:${idOf(subject)}`))
  const statusOf = async (subject: Subject) =>
    (
      await rows(
        `select display_id as id, status, state ->> 'outcome' as outcome from exception_view
         where subject = 'entra:${idOf(subject)}' and kind = '${subject.kind}' order by requested_at desc limit 1`,
      )
    )[0]
  const reaches: Scene['reaches'] = (subject, status, patience) =>
    eventually(async () => {
      const row = await statusOf(subject)
      if (row?.['status'] === status || row?.['outcome'] === status) return
      throw new Error(`${subject.name} is ${JSON.stringify(row)}, not ${status}.`)
    }, patience)
  const idOfNewest = async (subject: Subject) => String((await statusOf(subject))?.['id'])
  const asked: Scene['asked'] = async (subject, order = orders[subject.kind]) => {
    const before = await idOfNewest(subject)
    await until('the one before is over', async () => !(await isRunning(workflowOf(subject))))
    await desk.ask(`/${subject.kind} ${subject.handle} ${order}`)
    const id = await eventually(async () => {
      const newest = await idOfNewest(subject)
      if (newest === before) throw new Error(`Nothing new about ${subject.name}: ${desk.reads('U0HANNA')}`)
      return newest
    })
    await reaches(subject, 'waiting')
    await desk.sees('U0MARCO', id)
    return id
  }
  return {
    ...installation,
    desk,
    reaches,
    rows,
    idOf,
    workflowOf,
    minted: async () => installation.entra.mints() + (await rows('select from local_credential')).length,
    isAlive: (subject) => accountOf(subject).pass?.usable === true,
    hasPass: (subject) => accountOf(subject).pass !== undefined,
    security: () => desk.reads('U0SAM', 'security'),
    async facts(type) {
      const stored = await rows('select chain, seq, bytes from fact order by recorded_at, chain, seq')
      const facts = stored.map(({ chain, seq, bytes }): StoredFact => {
        const { fact } = JSON.parse((bytes as Buffer).subarray(1).toString('utf8')) as { fact: object }
        return { ...fact, chain: String(chain), seq: Number(seq) }
      })
      return facts.filter((fact) => type === undefined || fact['type'] === type)
    },
    asked,
    async approved(subject, order) {
      const id = await asked(subject, order)
      await desk.approve()
      await reaches(subject, 'approved')
      await desk.sees(subject.slack, new RegExp(`(?:Show my code|Let me in), ${id}`))
      return id
    },
    async forget(subject) {
      await giveBack(installation, subject.name)
      await workflowOf(subject)
        .terminate()
        .catch(() => undefined)
      await removePasses(installation, idOf(subject))
      installation.slack.people.reload(subject.slack)
    },
    async close() {
      await database.end()
      await installation.close()
    },
  }
}

async function isRunning(workflow: WorkflowHandle): Promise<boolean> {
  try {
    return (await workflow.describe()).status.name === 'RUNNING'
  } catch {
    return false
  }
}

/** An administrator deletes the passes of a person at the provider. */
async function removePasses({ entra, environment: env }: Installation, id: string): Promise<void> {
  const token = await fetch(`${entra.authorityUrl}/${env['ENTRA_TENANT_ID']}/oauth2/v2.0/token`, {
    method: 'POST',
    body: new URLSearchParams({
      grant_type: 'client_credentials',
      client_id: env['ENTRA_CLIENT_ID'] ?? '',
      client_secret: env['ENTRA_CLIENT_SECRET'] ?? '',
      scope: 'https://graph.microsoft.com/.default',
    }),
  })
  const { access_token: bearer } = (await token.json()) as { access_token: string }
  const headers = { authorization: `Bearer ${bearer}` }
  const passes = `${entra.graphUrl}/users/${id}/authentication/temporaryAccessPassMethods`
  const listed = (await (await fetch(passes, { headers })).json()) as { value: { id: string }[] }
  for (const pass of listed.value) await fetch(`${passes}/${pass.id}`, { method: 'DELETE', headers })
}

/** The calls of the provider that a fault can meet. */
export const provider = {
  mint: (method: string, path: string) => method === 'POST' && path.endsWith('/temporaryAccessPassMethods'),
  revoke: (method: string, path: string) =>
    method === 'DELETE' && path.includes('/temporaryAccessPassMethods/'),
  /** One pass, looked at by its id. */
  look: (method: string, path: string) => method === 'GET' && path.includes('/temporaryAccessPassMethods/'),
  passes: (method: string, path: string) => method === 'GET' && path.endsWith('/temporaryAccessPassMethods'),
  methods: (method: string, path: string) => method === 'GET' && path.endsWith('/methods'),
  terms: (method: string, path: string) => method === 'GET' && path.includes('/policies/'),
} as const

/** Lets time pass; milliseconds. */
export function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds))
}

/** Waits until something is true. */
export function until(what: string, is: () => boolean | Promise<boolean>, patience?: number): Promise<void> {
  return eventually(async () => {
    if (!(await is())) throw new Error(`It did not come true: ${what}`)
  }, patience)
}
