import { Pool } from 'pg'
import { searchAttribute } from '../core/names.ts'
import { isRevocationFact } from '../core/revocation/fact.ts'
import { factSentence } from '../core/text/fact-sentence.ts'
import { readFacts, readViews, type TimelineFact, type ViewRow } from './exceptions.schema.ts'
import type { ExceptionCard } from './page-api.ts'

export type Watching = {
  readonly current: () => readonly ExceptionCard[]
  readonly stop: () => Promise<void>
}

export type WatchOptions = {
  readonly databaseUrl: string
  /** Temporal's UI. */
  readonly uiUrl: string
  readonly namespace: string
  readonly onChange: () => void
}

/** How often the page looks at the product's database; milliseconds. */
const every = 700
const shown = 12

/** Looks at the product's projection and ledger, read only, for the timeline beside the workspace. */
export function watchExceptions(options: WatchOptions): Watching {
  const pool = new Pool({ connectionString: options.databaseUrl, max: 2 })
  pool.on('error', () => undefined)
  let current: readonly ExceptionCard[] = []
  let looking = Promise.resolve()
  const look = async (): Promise<void> => {
    const next = await cards(pool, options).catch(() => current)
    if (JSON.stringify(next) === JSON.stringify(current)) return
    current = next
    options.onChange()
  }
  const timer = setInterval(() => {
    looking = looking.then(look)
  }, every)
  return {
    current: () => current,
    async stop() {
      clearInterval(timer)
      await looking
      await pool.end()
    },
  }
}

async function cards(pool: Pool, options: WatchOptions): Promise<readonly ExceptionCard[]> {
  const views = readViews((await pool.query(newestViews, [shown])).rows)
  const ids = views.map(({ exception_id: id }) => id)
  const chains = ids.flatMap((id) => [`exception/${id}`, `follow-up/${id}`])
  const facts = readFacts((await pool.query(factsOf, [chains, ids])).rows)
  return views.map((view) => card(view, facts, links(view, views, options)))
}

const newestViews = `select exception_id::text, display_id, status, kind, subject, follow_up_status, state
  from exception_view order by requested_at desc limit $1`

const factsOf = `select chain, bytes, body from fact left join detail using (chain, seq)
  where chain = any($1)
    or chain in (select 'revocation/' || id from revocation where exception_id = any($2::uuid[]))
  order by recorded_at, chain, seq`

function card(
  view: ViewRow,
  facts: readonly TimelineFact[],
  histories: Pick<ExceptionCard, 'history' | 'followUp'>,
): ExceptionCard {
  const { exception_id: id, state } = view
  const own = facts.filter(({ chain, fact }) => chain.endsWith(`/${id}`) || isAbout(id, fact))
  const following = view.follow_up_status === 'open'
  return {
    id: view.display_id,
    subject: state.request.subjectName,
    status: `${state.outcome ?? view.status}${following ? ', follow-up open' : ''}`,
    ...histories,
    facts: own.map(({ fact }) => ({ at: new Date(fact.at).toISOString(), says: factSentence(fact) })),
  }
}

function isAbout(id: string, fact: TimelineFact['fact']): boolean {
  return isRevocationFact(fact) && fact.exceptionId === id
}

/**
 * A person's exceptions follow each other under one workflow id, and Temporal's UI opens the newest run of it; an
 * earlier one is found by the id that people know.
 */
function links(
  view: ViewRow,
  views: readonly ViewRow[],
  { uiUrl, namespace }: WatchOptions,
): Pick<ExceptionCard, 'history' | 'followUp'> {
  const { display_id: id, kind, subject } = view
  const workflows = `${uiUrl}/namespaces/${namespace}/workflows`
  const opened = (workflow: string): string => `${workflows}/${encodeURIComponent(workflow)}`
  const isNewest = views.find((one) => one.subject === subject && one.kind === kind) === view
  const isFollowed = views.find((one) => one.subject === subject && one.follow_up_status !== null) === view
  return {
    history: isNewest
      ? opened(`${kind}/${subject}`)
      : `${workflows}?query=${encodeURIComponent(`${searchAttribute}="${id}"`)}`,
    ...(isFollowed && { followUp: opened(`follow-up/${subject}`) }),
  }
}
