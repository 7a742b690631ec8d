import { randomUUID } from 'node:crypto'
import type { Pool } from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createCaseViews } from '../../../src/adapters/postgres/case-views.ts'
import { createLedger } from '../../../src/adapters/postgres/ledger.ts'
import { createPool } from '../../../src/adapters/postgres/pool.ts'
import { rebuild } from '../../../src/adapters/postgres/rebuild.ts'
import type { CaseFact, CaseFactOf } from '../../../src/core/fraud/fact.ts'
import { caseDisplayId, type CaseId, type PersonId } from '../../../src/core/ids.ts'
import type { CaseView, CaseViews, Ledger } from '../../../src/core/ports.ts'
import { createDatabase, type TestDatabase } from '../../setup/postgres.ts'
import { caseFacts, plainCaseWords } from '../../core/card/case-states.ts'
import { stateAfter } from '../../core/fraud/given.ts'
import { as } from './as.ts'
import { chained, story } from './story.ts'

let database: TestDatabase
let pool: Pool
let ledger: Ledger
let views: CaseViews

beforeAll(async () => {
  database = await createDatabase()
  pool = createPool(database.programUrl)
  ledger = createLedger(pool)
  views = createCaseViews(pool)
})

afterAll(async () => {
  await pool.end()
  await database.drop()
})

const { steps, ...named } = caseFacts(plainCaseWords)

/** Every fact that a case can have, in their order; its report is Hanna's about somebody of their own. */
function caseStory(more: Partial<CaseFactOf<'reported'>> = {}) {
  const caseId: CaseId = more.caseId ?? randomUUID()
  const subject: PersonId = `entra:subject-of-${caseId}`
  const reported = { ...named.reported, caseId, subject, ...more }
  const { reported: _report, ...rest } = named
  const facts: readonly CaseFact[] = [reported, ...steps, ...Object.values(rest)]
  return { caseId, subject, chain: `case/${caseId}`, reported, facts, open: facts.slice(0, -1) }
}

const ids = (list: readonly CaseView[]) => list.map(({ caseId }) => caseId)
const rows = () => as(database.ownerUrl, 'select * from case_view order by case_id')

describe('a case in the ledger', () => {
  it('is shown as its facts say, after each batch of them', async () => {
    const { caseId, chain, facts } = caseStory()
    await ledger.append(chain, chained(facts.slice(0, 2)))
    expect(await views.byId(caseId)).toEqual({ caseId, state: stateAfter(...facts.slice(0, 2)) })
    await ledger.append(chain, chained(facts.slice(2), 3))
    expect(await views.byId(caseId)).toEqual({ caseId, state: stateAfter(...facts) })
    await ledger.append(chain, chained(facts))
    expect((await views.byId(caseId))?.state).toMatchObject({ status: 'closed', outcome: 'false-alarm' })
  })

  it('takes what jsonb can’t keep, as people may type it', async () => {
    const { caseId, chain, reported } = caseStory()
    const details = { ...reported.details, words: 'a\0b\uD800' }
    await ledger.append(chain, chained([{ ...reported, details }]))
    expect((await views.byId(caseId))?.state.report.words).toBe('a\uFFFDb\uFFFD')
  })

  it('is about the case that its chain is named after, and has facts of cases only', async () => {
    const { chain, open } = caseStory()
    const other = caseStory()
    await expect(ledger.append(chain, chained([other.reported]))).rejects.toThrow('named after')
    const [requested] = story().facts
    if (requested === undefined) throw new Error('a story begins')
    await expect(ledger.append(chain, chained([requested]))).rejects.toThrow('Only facts of a case')
    await expect(ledger.append(`exception/${randomUUID()}`, chained(open))).rejects.toThrow(
      'Only facts of an exception',
    )
    expect(await views.byId(other.caseId)).toBeUndefined()
  })

  it('leaves no row before it was reported', async () => {
    const { caseId, chain, facts } = caseStory()
    await ledger.append(chain, chained(facts.slice(1, 3)))
    expect(await views.byId(caseId)).toBeUndefined()
  })
})

describe('the views of cases', () => {
  it('know no case by what is no id', async () => {
    expect(await views.byId(randomUUID())).toBeUndefined()
    expect(await views.byId(`' or true --`)).toBeUndefined()
  })

  it('find cases by how their letters begin', async () => {
    const near = ['01234567-89ab-4def-8000-000000000001', '01234567-0000-4def-8000-000000000002']
    for (const caseId of near) {
      const { chain, open } = caseStory({ caseId })
      await ledger.append(chain, chained(open))
    }
    expect(ids(await views.byPrefix('04HM'))).toEqual(expect.arrayContaining(near))
    const letters = caseDisplayId(near[0] ?? '')
      .replace('FRD-', '')
      .replace('-', '')
    expect(ids(await views.byPrefix(letters))).toEqual([near[0]])
    expect(await views.byPrefix('%')).toEqual([])
  })

  it('list those that are open, newest first, also by the person', async () => {
    const subject = `entra:${randomUUID()}` as const
    const [older, newer, closed] = [1, 2, 3].map((at) => caseStory({ subject, at: named.reported.at + at }))
    if (!older || !newer || !closed) throw new Error('three')
    for (const { chain, open } of [older, newer]) await ledger.append(chain, chained(open))
    await ledger.append(closed.chain, chained(closed.facts))
    expect(ids(await views.openAbout(subject))).toEqual([newer.caseId, older.caseId])
    expect(ids(await views.open())).toEqual(expect.arrayContaining([newer.caseId, older.caseId]))
    expect(ids(await views.open())).not.toContain(closed.caseId)
    const last = chained([named['case-closed']], newer.open.length + 1)
    await ledger.append(newer.chain, last)
    expect(ids(await views.openAbout(subject))).toEqual([older.caseId])
  })
})

const sign = (signature: string) => ({ proof: { keyId: 'k', signature } })

it('a report is over when a case that heard it is closed, and it was about just this person', async () => {
  const { subject, chain, reported } = caseStory(sign('first'))
  const again = { ...named['reported-again'], ...sign('later') }
  await ledger.append(chain, chained([reported, again]))
  const isOver = (...reports: string[]) => views.isOver(subject, reports)
  expect(await isOver('first', 'later')).toBe(false)
  await ledger.append(chain, chained([named['case-closed']], 3))
  for (const signature of ['first', 'later']) expect(await isOver('of now', signature)).toBe(true)
  expect(await isOver('of now')).toBe(false)
  expect(await isOver()).toBe(false)
  expect(await views.isOver('entra:somebody', ['first'])).toBe(false)
})

describe('rebuilding the cases', () => {
  it('gives the rows that appending gave, whatever stood there', async () => {
    const appended = await rows()
    expect(appended.length).toBeGreaterThan(5)
    await as(database.ownerUrl, 'delete from case_view')
    await rebuild(pool)
    expect(await rows()).toEqual(appended)
    await as(database.ownerUrl, `update case_view set state = '{}', status = 'closed', seq = 1`)
    await rebuild(pool)
    expect(await rows()).toEqual(appended)
  })

  it('takes what was erased out of the projection too, and leaves the rest of the story', async () => {
    const { caseId, subject, chain, facts } = caseStory()
    await ledger.append(chain, chained(facts))
    await as(database.ownerUrl, `delete from detail where chain = '${chain}'`)
    await rebuild(pool)
    const view = await views.byId(caseId)
    for (const word of Object.values(plainCaseWords)) expect(JSON.stringify(view)).not.toContain(word)
    expect(view?.state).toMatchObject({
      status: 'closed',
      report: { subject, subjectName: '(erased)' },
      taken: { name: '(erased)' },
      notes: [{ text: '(erased)' }],
      around: { names: {}, methods: [] },
    })
  })
})

describe('the role of the programs', () => {
  const refused = { code: '42501' }

  it('moves the rows of cases, and removes none', async () => {
    await expect(as(database.programUrl, 'delete from case_view')).rejects.toMatchObject(refused)
    await expect(as(database.programUrl, 'truncate case_view')).rejects.toMatchObject(refused)
  })

  it('of the check reads none', async () => {
    await expect(as(database.checkUrl, 'select from case_view')).rejects.toMatchObject(refused)
  })
})
