import type { Person } from '../../core/people/person.ts'
import type { Directory } from '../../core/ports.ts'

const keptFor = 60_000

/**
 * The same directory, asked at most once a minute about one person, manager or set of people. Whether somebody is
 * privileged and whom an address belongs to are asked every time. `now` in epoch milliseconds.
 */
export function createCachedDirectory(directory: Directory, now: () => number = Date.now): Directory {
  const people = createCache<Person | undefined>(now)
  const managers = createCache<Person | undefined>(now)
  const sets = createCache<readonly Person[]>(now)
  return {
    personById: (id) => people(id, () => directory.personById(id)),
    managerOf: (id) => managers(id, () => directory.managerOf(id)),
    membersOf: (source) => sets(JSON.stringify(source), () => directory.membersOf(source)),
    personByMail: (mail) => directory.personByMail(mail),
    isPrivileged: (id) => directory.isPrivileged(id),
  }
}

function createCache<Value>(now: () => number) {
  const kept = new Map<string, { readonly until: number; readonly answer: Promise<Value> }>()
  return (key: string, ask: () => Promise<Value>): Promise<Value> => {
    for (const [old, { until }] of kept) if (until <= now()) kept.delete(old)
    const known = kept.get(key)
    if (known !== undefined) return known.answer
    const answer = ask()
    kept.set(key, { until: now() + keptFor, answer })
    // A failure is not kept: the next question asks again.
    answer.catch(() => {
      if (kept.get(key)?.answer === answer) kept.delete(key)
    })
    return answer
  }
}
