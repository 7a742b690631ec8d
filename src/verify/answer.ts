import type { CheckFact } from '../core/local/check-fact.ts'
import type { Verdict } from '../core/local/check.ts'
import { userNameKey } from '../core/local/user-name.ts'
import type { Client } from './client.ts'
import type { VerifyPorts } from './ports.ts'
import type { Asked } from './questions.schema.ts'

/** Longest user name that the facts keep, in characters. */
const longestName = 128

/**
 * Whether this sign-in may go on. The fact is durable before the answer: what can't be written down lets nobody in.
 * Rejects when the database does not answer.
 */
export async function mayGoOn(
  ports: VerifyPorts,
  client: Client,
  address: string,
  asked: Asked,
): Promise<boolean> {
  const { name, application } = client
  const { perClient, perUser } = ports.limits
  const now = ports.now()
  const isWithin = perClient(name, now) && perUser(`${name}/${userNameKey(asked.userName)}`, now)
  const verdict = isWithin ? await ports.check({ client: name, application, ...asked }) : tooMany
  await ports.record(name, factOf(verdict, { at: now, application, address, asked }))
  return verdict.is === 'let-in'
}

const tooMany: Verdict = { is: 'not-let-in', because: 'too-many', by: undefined }

function factOf(
  verdict: Verdict,
  { at, application, address, asked }: Pick<CheckFact, 'at' | 'application' | 'address'> & { asked: Asked },
): CheckFact {
  const { by } = verdict
  const answered = {
    at,
    application,
    address,
    ...(by !== undefined && { subject: by.subject, exceptionId: by.exceptionId }),
    // What nothing was issued for may be a password that was typed into the wrong field.
    details: { userName: by === undefined ? 'unknown' : asked.userName.slice(0, longestName) },
  }
  return verdict.is === 'let-in'
    ? { ...answered, type: verdict.is }
    : { ...answered, type: verdict.is, because: verdict.because }
}
