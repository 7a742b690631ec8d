import type { Pool } from 'pg'
import { judgeCheck, isWrongTry, type Candidate, type Verdict } from '../../core/local/check.ts'
import { codeSpelling } from '../../core/local/code.ts'
import { userNameKey } from '../../core/local/user-name.ts'
import type { Secret } from '../../core/secret.ts'
import { query, transaction, type Session } from '../postgres/query.ts'
import { isGenuine, isSame, type CodeKeys } from './code-keys.ts'
import type { StandingRow } from './local-rows.schema.ts'
import { issuedFor, lockUser } from './standing.ts'

/** One question of one client: may this user go on with what was typed as the second factor? */
type Question = {
  readonly client: string
  readonly application: string
  readonly userName: string
  readonly typed: Secret
}

export type Checks = {
  /** Judges and, where somebody is let in, uses up. Rejects when the database does not answer: then nobody is let in. */
  check(question: Question): Promise<Verdict>
}

/** As many as are looked at, always, so that the work does not tell how many there are. */
const candidates = 4

const nothing = Buffer.alloc(0)

/**
 * Checks in PostgreSQL alone. All questions about one user of one application come one after the other, so that no two
 * count their wrong tries at once; each answer takes the same statements.
 */
export function createChecks(pool: Pool, keys: CodeKeys): Checks {
  return {
    check: (question) => {
      const userName = userNameKey(question.userName)
      const { application } = question
      return transaction(pool, async (session) => {
        await lockUser(session, application, userName)
        const rows = await issuedFor(session, application, userName, candidates)
        const matching = question.typed.reveal((typed) => matchesOf(keys, typed, rows))
        const verdict = judgeCheck(rows.map((row, index) => candidateOf(keys, row, matching[index] === true)))
        const isFirst = await note(session, question, userName, verdict)
        return isFirst ? verdict : { is: 'not-let-in', because: 'used', by: verdict.by }
      })
    },
  }
}

/** Which of the rows hold what was typed; compares as often where there are fewer. */
function matchesOf(keys: CodeKeys, typed: string, rows: readonly StandingRow[]): readonly boolean[] {
  const spelling = codeSpelling(typed)
  return Array.from({ length: candidates }, (_, index) => {
    const { salt, digest } = rows[index] ?? { salt: nothing, digest: nothing }
    const isCode = isSame(keys.digest(salt, spelling ?? ''), digest)
    return isCode && spelling !== undefined
  })
}

function candidateOf(keys: CodeKeys, row: StandingRow, matches: boolean): Candidate {
  const { expired, used, ended, end_mac: endMac, wrong_tries: wrongTries } = row
  const isEndGenuine = endMac === null || isSame(keys.macOfEnd(row.id), endMac)
  return {
    id: row.id,
    exceptionId: row.exception_id,
    subject: row.subject,
    form: row.form,
    isGenuine: isGenuine(keys, row) && isEndGenuine,
    matches,
    isExpired: expired,
    isUsed: used,
    isEnded: ended,
    wrongTries,
  }
}

/** Writes down the use, or the try. False when somebody else has used it up. */
async function note(
  session: Session,
  { client, application }: Question,
  userName: string,
  verdict: Verdict,
): Promise<boolean> {
  if (verdict.is === 'let-in') {
    const used = await query(
      session,
      'insert into local_use (credential_id, client) values ($1, $2) on conflict do nothing returning 1 as one',
      [verdict.by.id, client],
    )
    return used.length === 1
  }
  await query(session, 'insert into local_try (application, user_name, counts) values ($1, $2, $3)', [
    application,
    // What nothing was issued for may be a code, or a password, that was typed into the wrong field.
    verdict.by === undefined ? '' : userName,
    isWrongTry(verdict),
  ])
  return true
}
