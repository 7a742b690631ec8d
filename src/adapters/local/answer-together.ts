import type { Pool } from 'pg'
import { checkFact } from '../../core/local/check-fact.ts'
import {
  isWrongTry,
  judgeCheck,
  judgeFraudCode,
  tooMany,
  type Question,
  type Verdict,
} from '../../core/local/check.ts'
import { codeSpelling } from '../../core/local/code.ts'
import { isFraudCode } from '../../core/local/fraud-code.ts'
import { lockChain } from '../postgres/ledger.ts'
import { headOf, insertNext } from '../postgres/next-facts.ts'
import { prepared, transaction, type Session } from '../postgres/query.ts'
import type { CodeKeys } from './code-keys.ts'
import { isSame } from './secret-key.ts'
import type { SignalKeys } from './signal-keys.ts'
import { fraudCodeSignal } from './fraud-code-signal.ts'
import type { Signal, StandingRow } from './local-rows.schema.ts'
import { issuedFor, lockUsers, mostCandidates, standingOf } from './standing.ts'

/** A question, with the key of the user's name. */
export type Asked = { readonly question: Question; readonly userName: string }

/** What people type to report a sign-in that they did not start, and the key of the signal that it leaves. */
export type FraudCode = { readonly code: string; readonly keys: SignalKeys }

/** What questions are judged with. */
export type Judging = {
  readonly pool: Pool
  readonly keys: CodeKeys
  readonly fraud: FraudCode | undefined
}

const nothing = Buffer.alloc(0)

/**
 * Answers questions of one client, at most one about each user, in one transaction: the answers, the uses and tries, and
 * the facts of them are durable together or not at all. The statements are the same whatever the answers are.
 */
export async function answerTogether<One extends Asked>(
  judging: Judging,
  client: string,
  batch: readonly One[],
): Promise<readonly (readonly [One, Verdict])[]> {
  const chain = `check/${client}`
  const users = batch
    .filter(({ question }) => !question.isTooMany)
    .map(({ question: { application }, userName }) => ({ application, userName }))
  return transaction(judging.pool, async (session) => {
    const [, , rows, head] = await Promise.all([
      lockChain(session, chain),
      lockUsers(session, users),
      issuedFor(session, users),
      headOf(session, chain),
    ])
    const answered = batch.map((one) => [one, judge(judging, one, rows)] as const)
    const facts = answered.map(([{ question }, verdict]) => checkFact(question, verdict))
    await Promise.all([
      insertWhatFollows(session, judging, client, answered),
      insertNext(session, chain, head, facts),
    ])
    return answered
  })
}

function judge(
  { keys, fraud }: Judging,
  { question, userName }: Asked,
  issued: readonly StandingRow[],
): Verdict {
  if (question.isTooMany) return tooMany
  const rows = issued.filter((row) => row.application === question.application && row.user_name === userName)
  const matching = question.typed.reveal((text) => matchesOf(keys, text, rows))
  const isReport = question.typed.reveal((text) => isFraudCode(text, fraud?.code))
  const judgeAll = isReport ? judgeFraudCode : judgeCheck
  return judgeAll(rows.map((row, index) => ({ ...standingOf(keys, row), matches: matching[index] === true })))
}

/** Which of the rows hold what was typed; compares as often where there are fewer. */
function matchesOf(keys: CodeKeys, text: string, rows: readonly StandingRow[]): readonly boolean[] {
  const spelling = codeSpelling(text)
  return Array.from({ length: mostCandidates }, (_, index) => {
    const { salt, digest } = rows[index] ?? { salt: nothing, digest: nothing }
    const isCode = isSame(keys.digest(salt, spelling ?? ''), digest)
    return isCode && spelling !== undefined
  })
}

type Answered = readonly (readonly [Asked, Verdict])[]

/**
 * A use for each who is let in, a try for each who is not, a signal for each who typed the fraud code. A second use of a
 * credential fails, and the batch with it; a second signal in the hour is none.
 */
async function insertWhatFollows(
  session: Session,
  { fraud }: Judging,
  client: string,
  answered: Answered,
): Promise<void> {
  const used = answered.flatMap(([, { is, by }]) => (is === 'let-in' ? [by.id] : []))
  const tries = answered.filter(([{ question }, { is }]) => is === 'not-let-in' && !question.isTooMany)
  const signals = fraud === undefined ? [] : signalsOf(fraud.keys, answered)
  await prepared(
    session,
    `with used as (insert into local_use (credential_id, client) select unnest($1::uuid[]), $2),
     signalled as (insert into fraud_signal
         (client, source, id, external_id, subject, application, user_name, at, mac)
       select $2, 'fraud-code', * from unnest($6::uuid[], $7::text[], $8::text[], $9::text[], $10::text[],
         $11::timestamptz[], $12::bytea[]) on conflict do nothing)
     insert into local_try (application, user_name, counts)
     select * from unnest($3::text[], $4::text[], $5::boolean[])`,
    [
      used,
      client,
      tries.map(([{ question }]) => question.application),
      // What nothing was issued for may be a code, or a password, that was typed into the wrong field.
      tries.map(([{ userName }, { by }]) => (by === undefined ? '' : userName)),
      tries.map(([, verdict]) => isWrongTry(verdict)),
      signals.map(({ id }) => id),
      signals.map(({ external_id: externalId }) => externalId),
      signals.map(({ subject }) => subject),
      signals.map(({ application }) => application),
      signals.map(({ user_name: userName }) => userName),
      signals.map(({ at }) => new Date(at)),
      signals.map(({ mac }) => mac),
    ],
  )
}

/** In the order of their names, so that two transactions about the same people never wait for each other in a circle. */
function signalsOf(keys: SignalKeys, answered: Answered): readonly Signal[] {
  return answered
    .filter(([, verdict]) => verdict.is === 'not-let-in' && verdict.because === 'fraud-code')
    .map(([{ question, userName }, verdict]) => fraudCodeSignal(keys, question, userName, verdict))
    .toSorted((one, other) => (one.external_id < other.external_id ? -1 : 1))
}
