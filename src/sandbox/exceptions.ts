import { Pool } from 'pg'
import { followUpWorkflowId, searchAttribute } from '../core/names.ts'
import { endsByWord } from '../core/follow-up/rules.ts'
import { followUpStart } from '../core/follow-up/start.ts'
import { isRevocationFact } from '../core/revocation/fact.ts'
import { outcomeWords } from '../core/text/en.ts'
import { factSentence } from '../core/text/fact-sentence.ts'
import { readFacts, readViews, type TimelineFact, type ViewRow } from './exceptions.schema.ts'
import type { ExceptionCard } from './page-api.ts'
import type { Histories, HistoriesOptions } from './temporal/histories.ts'
import { openHistories } from './temporal/histories.ts'

export type Watching = {
  readonly current: () => readonly ExceptionCard[]
  readonly stop: () => Promise<void>
}

export type WatchOptions = HistoriesOptions & {
  readonly databaseUrl: string
  readonly onChange: () => void
}

/** How often the page looks at the product's database; milliseconds. */
const every = 700
const shown = 12

/** Looks at the product's projection and ledger, read only, for the timeline beside the workspace. */
export function watchExceptions(options: WatchOptions): Watching {
  const pool = new Pool({ connectionString: options.databaseUrl, max: 2 })
  pool.on('error', () => undefined)
  const histories = openHistories(options)
  let current: readonly ExceptionCard[] = []
  let looking = Promise.resolve()
  const look = async (): Promise<void> => {
    const next = await cards(pool, histories, options).catch(() => current)
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
      await Promise.all([pool.end(), histories.close()])
    },
  }
}

async function cards(
  pool: Pool,
  histories: Histories,
  options: HistoriesOptions,
): Promise<readonly ExceptionCard[]> {
  const views = readViews((await pool.query(newestViews, [shown])).rows)
  const ids = views.map(({ exception_id: id }) => id)
  const chains = ids.flatMap((id) => [`exception/${id}`, `follow-up/${id}`])
  const facts = readFacts((await pool.query(factsOf, [chains, ids])).rows)
  await histories.find(views.map(({ display_id: id }) => id))
  const workflows = `${options.uiUrl}/namespaces/${options.namespace}/workflows`
  return views.map((view) => {
    const { display_id: id, state } = view
    const { subject } = state.request
    const isFollowed =
      views.find((one) => one.follow_up_status !== null && one.state.request.subject === subject) === view
    return {
      ...card(view, facts),
      follow: followOf(view, views, facts),
      phoneComesBack: [view, openerOf(view, views, facts)].every(
        (one) => one === undefined || endsByWord(one.state.request.category),
      ),
      history:
        histories.addressOf(id) ?? `${workflows}?query=${encodeURIComponent(`${searchAttribute}="${id}"`)}`,
      ...(isFollowed && {
        followUp: `${workflows}/${encodeURIComponent(followUpWorkflowId(subject))}`,
      }),
    }
  })
}

const newestViews = `select exception_id::text, display_id, follow_up_status, state
  from exception_view order by requested_at desc limit $1`

const factsOf = `select chain, bytes, body from fact left join detail using (chain, seq)
  where chain = any($1)
    or chain in (select 'revocation/' || id from revocation where exception_id = any($2::uuid[]))
  order by recorded_at, chain, seq`

function card(
  { exception_id: id, display_id, state }: ViewRow,
  facts: readonly TimelineFact[],
): Pick<ExceptionCard, 'id' | 'kind' | 'subject' | 'status' | 'label' | 'facts'> {
  const own = facts.filter(({ chain, fact }) => chain.endsWith(`/${id}`) || isAbout(id, fact))
  return {
    id: display_id,
    kind: state.request.kind,
    subject: state.request.subjectName,
    status: state.status === 'ended' ? state.outcome : state.status,
    label: state.status === 'ended' ? outcomeWords[state.outcome] : state.status,
    facts: own.map(({ fact }) => ({ at: new Date(fact.at).toISOString(), says: factSentence(fact) })),
  }
}

function isAbout(id: string, fact: TimelineFact['fact']): boolean {
  return isRevocationFact(fact) && fact.exceptionId === id
}

/** The exception whose follow-up a later one of the same person joined: it goes on under the name of that one. */
function openerOf(
  { exception_id: id }: ViewRow,
  views: readonly ViewRow[],
  facts: readonly TimelineFact[],
): ViewRow | undefined {
  const joined = facts.find(({ fact }) => fact.type === 'follow-up-joined' && fact.exceptionId === id)
  return views.find(({ exception_id: one }) => joined?.chain === `follow-up/${one}`)
}

function followOf(
  view: ViewRow,
  views: readonly ViewRow[],
  facts: readonly TimelineFact[],
): ExceptionCard['follow'] {
  const { state, follow_up_status: own } = view
  if (own !== null) return own
  const opener = openerOf(view, views, facts)
  if (opener?.follow_up_status) return opener.follow_up_status
  return state.status === 'ended' && followUpStart(state) !== undefined ? 'ahead' : 'none'
}
