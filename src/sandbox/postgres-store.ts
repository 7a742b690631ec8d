import { Client } from 'pg'
import type { StateStore } from './state-store.ts'

/**
 * Keeps the state of one stand-in as a row in its own database, so that a restart goes on.
 * Saves run one after another: the last one asked for is the one that stays.
 */
export async function postgresStore(
  url: string,
  name: string,
): Promise<StateStore & { close: () => Promise<void> }> {
  const client = new Client({ connectionString: url })
  // A lost connection shows in the next save; without a listener it would end the sandbox.
  client.on('error', () => undefined)
  await client.connect()
  await client.query(
    'create table if not exists stand_in_state (name text primary key, state jsonb not null)',
  )
  return {
    async load() {
      const found = await client.query<{ state: unknown }>(
        'select state from stand_in_state where name = $1',
        [name],
      )
      return found.rows[0]?.state
    },
    async save(state) {
      await client.query(
        'insert into stand_in_state values ($1, $2) on conflict (name) do update set state = excluded.state',
        [name, JSON.stringify(state)],
      )
    },
    close: () => client.end(),
  }
}
