import type { Pool } from 'pg'
import { assertInstallation, UnfitDatabase } from '../../adapters/postgres/installation.ts'
import { query } from '../../adapters/postgres/query.ts'
import { appendOnly } from '../../adapters/postgres/rights.ts'
import type { Check } from '../check.ts'
import type { Examined } from '../examined.ts'
import { isAllowed } from '../is-allowed.ts'
import { readColumn, readServer, type Column, type Server } from '../postgres-answers.schema.ts'
import { ok, warning, wrong, type Finding } from '../finding.ts'

/** PostgreSQL: its version, this program's migrations, and that its role can't rewrite what happened. */
export function postgresChecks(examined: Examined): readonly Check[] {
  const { pool, installation } = examined
  const part = 'PostgreSQL'
  return [
    { part, name: 'postgresql.server', look: async () => judgeServer(await serverOf(pool())) },
    { part, name: 'postgresql.migrations', look: () => lookAtMigrations(pool(), installation) },
    { part, name: 'postgresql.rights', look: () => lookAtRights(pool()) },
  ]
}

async function serverOf(pool: Pool): Promise<Server | undefined> {
  const [row] = await query(
    pool,
    `select current_setting('server_version_num')::int / 10000 as major,
       coalesce((select ssl from pg_stat_ssl where pid = pg_backend_pid()), false) as encrypted,
       host(inet_server_addr()) as address`,
  )
  return readServer(row)
}

/** What docs/install/postgresql.md says. */
const oldest = 15

/** Judges the server: its version, and whether others on the way can read. */
export function judgeServer(server: Server | undefined): readonly Finding[] {
  if (server === undefined)
    return [wrong('PostgreSQL does not say its version.', 'Check that DATABASE_URL leads to PostgreSQL.')]
  const { major, encrypted, address } = server
  const isOld = major < oldest
  const isHere = address === null || /^127\.|^::1$/.test(address)
  return [
    isOld
      ? wrong(`PostgreSQL ${major} is too old.`, `Use PostgreSQL ${oldest} or newer.`)
      : ok(`PostgreSQL ${major} answers.`),
    ...(encrypted || isHere
      ? []
      : [
          warning(
            'The connection to PostgreSQL is not encrypted.',
            'Add sslmode=verify-full to DATABASE_URL, or keep the two on a network that nobody else is on.',
          ),
        ]),
  ]
}

async function lookAtMigrations(
  pool: Pool,
  installation: Examined['installation'],
): Promise<readonly Finding[]> {
  try {
    await assertInstallation(pool, installation)
    return [ok(`The database is of this version, and of a ${installation} installation.`)]
  } catch (error) {
    if (!(error instanceof UnfitDatabase)) throw error
    return [judgeUnfit(error)]
  }
}

/** Not everything is mended by a migration: a database that is newer, or another installation's, is not. */
export function judgeUnfit({ message }: UnfitDatabase): Finding {
  return wrong(
    message,
    message.includes('run `hallpass migrate`')
      ? 'Run `hallpass migrate` as the owner, with DATABASE_OWNER_URL.'
      : 'No migration mends this: change the program or DATABASE_URL, as the sentence says.',
  )
}

type Attempt = { readonly does: string; readonly allowed: boolean }

async function lookAtRights(pool: Pool): Promise<readonly Finding[]> {
  const attempts: Attempt[] = []
  for (const { table, column } of await writableColumns(pool))
    for (const [does, statement] of [
      [`UPDATE on ${table}`, `update ${table} set ${column} = ${column} where false`],
      [`DELETE on ${table}`, `delete from ${table} where false`],
    ] as const)
      attempts.push({ does, allowed: await isAllowed(pool, statement) })
  return judgeRights(attempts)
}

/** A column of each of those tables that PostgreSQL lets somebody write who may. */
async function writableColumns(pool: Pool): Promise<readonly Column[]> {
  const rows = await query(
    pool,
    `select c.relname as table, (array_agg(a.attname::text order by a.attnum))[1] as column
       from pg_class c join pg_attribute a on a.attrelid = c.oid
       where c.oid = any(select to_regclass(name) from unnest($1::text[]) as name)
         and a.attnum > 0 and not a.attisdropped and a.attidentity = '' and a.attgenerated = ''
       group by c.relname order by c.relname`,
    [appendOnly],
  )
  return rows.flatMap((row) => readColumn(row) ?? [])
}

/** Judges what the role was let do. */
function judgeRights(attempts: readonly Attempt[]): readonly Finding[] {
  const allowed = attempts.filter((attempt) => attempt.allowed).map(({ does }) => does)
  if (allowed.length === 0) return [ok('UPDATE and DELETE on what happened are refused, as they must be.')]
  return [
    wrong(
      `DATABASE_URL connects as a role that may rewrite what happened: ${allowed.join(', ')}.`,
      'Connect as the role of this program (docs/install/postgresql.md), and run `hallpass migrate` again: it takes every other right away.',
    ),
  ]
}
