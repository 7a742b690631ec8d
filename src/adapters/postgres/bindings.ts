import type { Pool } from 'pg'
import { Fault } from '../../core/fault.ts'
import type { Bindings } from '../../core/ports.ts'
import { query } from './query.ts'
import { accountRow, personRow, typed } from './rows.schema.ts'

/**
 * Which person a Slack account is; `team` is the one that `accountOf` looks in. The first match stands: binding an
 * account to another person, or a person to a second account of the team, rejects with a Fault `conflict`.
 */
export function createBindings(pool: Pool, team: string): Bindings {
  const of: Bindings['of'] = async (account) => {
    const [row] = await query(pool, 'select person from slack_binding where team = $1 and user_id = $2', [
      account.team,
      account.user,
    ])
    return row === undefined ? undefined : typed(personRow, row).person
  }
  return {
    of,
    accountOf: async (person) => {
      const [row] = await query(
        pool,
        'select team, user_id from slack_binding where team = $1 and person = $2',
        [team, person],
      )
      if (row === undefined) return undefined
      const account = typed(accountRow, row)
      return { team: account.team, user: account.user_id }
    },
    bind: async (account, person) => {
      await query(
        pool,
        'insert into slack_binding (team, user_id, person) values ($1, $2, $3) on conflict do nothing',
        [account.team, account.user, person],
      )
      if ((await of(account)) !== person) throw new Fault('postgres', 'conflict', 'binding')
    },
  }
}
