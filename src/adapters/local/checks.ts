import type { Pool } from 'pg'
import type { Question, Verdict } from '../../core/local/check.ts'
import { userNameKey } from '../../core/local/user-name.ts'
import { Fault } from '../../core/fault.ts'
import { answerTogether, type Asked, type FraudCode, type Judging } from './answer-together.ts'
import type { CodeKeys } from './code-keys.ts'

export type Checks = {
  /**
   * Judges, uses up where somebody is let in, and writes down, all in one transaction. Rejects when that is not durable:
   * then nobody is let in.
   */
  check(question: Question): Promise<Verdict>
}

type Waiting = Asked & {
  readonly answer: (verdict: Verdict) => void
  readonly fail: (why: unknown) => void
}

/** Questions that are answered in one transaction, at most. */
const most = 100

/**
 * Checks in PostgreSQL alone. A client's questions are answered one batch after the other: what comes meanwhile waits for
 * the next one, so that the chain of its facts, the locks and the disk are asked once for all of them. Where there is a
 * fraud code, it lets nobody in and leaves a signal.
 */
export function createChecks(pool: Pool, keys: CodeKeys, fraud?: FraudCode): Checks {
  const judging = { pool, keys, fraud }
  const lines = new Map<string, Waiting[]>()

  const work = async (client: string, line: Waiting[]): Promise<void> => {
    while (line.length > 0) {
      const batch = takeBatch(line)
      try {
        await answerAll(judging, client, batch)
      } catch (error) {
        // The database does not answer: whoever waits is told now, and not one batch after the other.
        for (const { fail } of [...batch, ...line.splice(0)]) fail(error)
      }
    }
    lines.delete(client)
  }

  return {
    check: (question) =>
      new Promise((answer, fail) => {
        const one = { question, userName: userNameKey(question.userName), answer, fail }
        const line = lines.get(question.client)
        if (line !== undefined) return void line.push(one)
        const fresh = [one]
        lines.set(question.client, fresh)
        return void work(question.client, fresh)
      }),
  }
}

/** Takes the first out of the line, but only one about each user, so that uses and wrong tries count one after the other. */
function takeBatch(line: Waiting[]): readonly Waiting[] {
  const users = new Set<string>()
  const batch: Waiting[] = []
  const later = line.splice(0).filter((one) => {
    const user = JSON.stringify([one.question.application, one.userName])
    if (batch.length === most || (users.has(user) && !one.question.isTooMany)) return true
    users.add(user)
    batch.push(one)
    return false
  })
  line.push(...later)
  return batch
}

/** Answers each; where the database refuses the batch for one of them, each on its own. Rejects when it does not answer. */
async function answerAll(judging: Judging, client: string, batch: readonly Waiting[]): Promise<void> {
  try {
    const answered = await answerTogether(judging, client, batch)
    for (const [{ answer }, verdict] of answered) answer(verdict)
  } catch (error) {
    if (!(error instanceof Fault) || error.passing) throw error
    if (batch.length > 1) for (const one of batch) await answerAll(judging, client, [one])
    else for (const { fail } of batch) fail(error)
  }
}
