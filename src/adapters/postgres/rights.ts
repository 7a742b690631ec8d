import { escapeIdentifier } from 'pg'
import { UnfitDatabase } from './installation.ts'
import { query, type Session } from './query.ts'
import { rightsRow, typed } from './rows.schema.ts'

/** The only role that may delete details. */
const erasureRole = 'hallpass_erasure'

/** The role of `hallpass verify`: it checks codes, and can neither issue them nor change what is shown. */
const checkRole = 'hallpass_verify'

/** The role of `hallpass codec`: it writes down who read what, and reads nobody's facts. */
const codecRole = 'hallpass_codec'

/** How the chains begin that these roles may see and add to; everybody else's rights hold for all of them. */
export const ownChains = { [checkRole]: 'check/', [codecRole]: 'codec/' } as const

/** What happened, who was denied, what was signed: the programs' role may add to it, and nobody rewrites it. */
export const appendOnly: readonly string[] = [
  'fact',
  'detail',
  'intent',
  'stopped',
  'ended_by_word',
  'policy_version',
  'revocation',
  'revocation_step',
  'slack_binding',
  'slack_delivery',
  'local_credential',
  'local_use',
  'local_end',
  'local_extension',
  'local_try',
  'local_denial',
  'local_denial_end',
  'fraud_signal',
  'fraud_signal_done',
  'block_turn',
]
const updatable = ['card', 'exception_view', 'case_view']
const readOnly = ['installation', 'migration']

/** Refuses a programs' role that is missing, or that has the owner's rights anyway. Runs as the owner. */
export async function assertAppRole(session: Session, appRole: string): Promise<void> {
  const [row] = await query(
    session,
    `select rolsuper or pg_has_role(oid, current_user, 'member') as too_many from pg_roles where rolname = $1`,
    [appRole],
  )
  if (row === undefined) {
    throw new UnfitDatabase(
      `The programs' role ${appRole} does not exist. Create it as an administrator: ` +
        `CREATE ROLE ${escapeIdentifier(appRole)} LOGIN PASSWORD '...';`,
    )
  }
  if (typed(rightsRow, row).too_many) {
    throw new UnfitDatabase(
      `The programs' role ${appRole} has the rights of the owner: it must be neither a superuser nor the owner.`,
    )
  }
}

/** Gives each role exactly its rights, whatever it had before. Runs as the owner, in a transaction. */
export async function grantRights(session: Session, appRole: string): Promise<void> {
  const app = escapeIdentifier(appRole)
  await query(session, 'revoke create on schema public from public')
  await query(session, `grant usage on schema public to ${app}`)
  await query(session, `revoke all on all tables in schema public from public, ${app}`)
  await query(session, `grant select on ${readOnly.join(', ')} to ${app}`)
  await query(session, `grant select, insert on ${appendOnly.join(', ')} to ${app}`)
  await query(session, `grant select, insert, update on ${updatable.join(', ')} to ${app}`)
  await grantWhereThere(session, erasureRole, ['select (chain, seq), delete on detail'])
  await grantWhereThere(session, checkRole, [
    `select on local_credential, local_end, local_extension, local_denial, local_denial_end, ${readOnly.join(', ')}`,
    'select, insert on local_use, local_try',
    'select (chain, seq, hash), insert on fact',
    'insert on detail, fraud_signal',
  ])
  await grantWhereThere(session, codecRole, [
    `select on ${readOnly.join(', ')}`,
    'select (chain, seq, hash), insert on fact',
    'insert on detail',
  ])
  for (const role of [checkRole, codecRole] as const) await keepToOwnChains(session, role)
}

/** Gives a role that an administrator may have left out exactly these rights. */
async function grantWhereThere(session: Session, role: string, rights: readonly string[]): Promise<void> {
  if (!(await isThere(session, role))) return
  await query(session, `grant usage on schema public to ${role}`)
  await query(session, `revoke all on all tables in schema public from ${role}`)
  for (const right of rights) await query(session, `grant ${right} to ${role}`)
}

/** Of the facts and details a role sees and adds those alone that stand in its own chains. */
async function keepToOwnChains(session: Session, role: keyof typeof ownChains): Promise<void> {
  if (!(await isThere(session, role))) return
  const chains = `starts_with(chain, '${ownChains[role]}'::text)`
  for (const table of ['fact', 'detail']) {
    // Only where it is not so: to change it the table is locked, and programs run while this does.
    if (await isKept(session, role, table, chains)) continue
    await query(session, `alter table ${table} enable row level security`)
    await query(session, `drop policy if exists ${role} on ${table}`)
    await query(
      session,
      `create policy ${role} on ${table} as restrictive to ${role} using (${chains}) with check (${chains})`,
    )
  }
}

/** Whether the policy is in force, and is word for word this one. */
async function isKept(session: Session, role: string, table: string, chains: string): Promise<boolean> {
  const kept = await query(
    session,
    `select from pg_policy join pg_class on pg_class.oid = polrelid
       where polrelid = to_regclass($1) and polname = $2 and relrowsecurity and not polpermissive and polcmd = '*'
         and polroles = array[$2::regrole::oid]
         and array[pg_get_expr(polqual, polrelid), pg_get_expr(polwithcheck, polrelid)] = array[$3, $3]`,
    [table, role, chains],
  )
  return kept.length > 0
}

async function isThere(session: Session, role: string): Promise<boolean> {
  return (await query(session, 'select from pg_roles where rolname = $1', [role])).length > 0
}
