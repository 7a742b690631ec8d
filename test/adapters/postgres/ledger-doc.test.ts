import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { createLedger } from '../../../src/adapters/postgres/ledger.ts'
import { createPool } from '../../../src/adapters/postgres/pool.ts'
import type { ChainedFact } from '../../../src/core/ledger/chained-fact.ts'
import { createDatabase, type TestDatabase } from '../../setup/postgres.ts'
import { as } from './as.ts'
import { chained, story } from './story.ts'

const doc = readFileSync(new URL('../../../docs/ledger.md', import.meta.url), 'utf8')

/** The lines of the doc's code blocks in one language, in order. */
function blocks(language: string): readonly string[] {
  return [...doc.matchAll(new RegExp(`\`\`\`${language}\n(.*?)\n\`\`\``, 'gs'))].map(([, text = '']) => text)
}

const [secret = '', texts = '', hashes = ''] = blocks('text')
const [salt = '', details = ''] = secret.split('\n')
const [chainsQuery = '', detailsQuery = ''] = blocks('sql')

/** The facts of the worked example, as the workflow would give them to the ledger. */
function example(): { readonly chain: string; readonly facts: readonly ChainedFact[] } {
  const [one, two] = texts
    .split('\n')
    .map((text) => JSON.parse(text) as { chain: string; fact: ChainedFact['fact'] })
  if (one === undefined || two === undefined) throw new Error('The example has two facts.')
  const first = { ...one.fact, details: JSON.parse(details) as unknown } as ChainedFact['fact']
  return {
    chain: one.chain,
    facts: [
      { seq: 1, salt, fact: first },
      { seq: 2, salt: '', fact: two.fact },
    ],
  }
}

let database: TestDatabase
const chain = example().chain

const broken = () => as(database.programUrl, chainsQuery)
const foreign = () => as(database.programUrl, detailsQuery)

function sha256(...parts: readonly (Buffer | string)[]): Buffer {
  const hash = createHash('sha256')
  for (const part of parts) hash.update(part)
  return hash.digest()
}

beforeAll(async () => {
  database = await createDatabase()
  const pool = createPool(database.programUrl)
  await createLedger(pool).append(chain, example().facts)
  await pool.end()
})

afterAll(() => database.drop())

describe('the worked example', () => {
  it('follows from the rule as an outsider reads it', () => {
    const [first = '', second = ''] = texts.split('\n')
    expect(first).toContain(`"detail":"${sha256(Buffer.from(salt, 'hex'), details).toString('hex')}"`)
    const one = sha256(Buffer.alloc(32), Buffer.of(1), first)
    const two = sha256(one, Buffer.of(1), second)
    expect([one, two].map((hash) => hash.toString('hex')).join('\n')).toBe(hashes)
  })

  it('is what the ledger stores', async () => {
    const rows = await as(
      database.programUrl,
      `select get_byte(bytes, 0) as version, convert_from(substr(bytes, 2), 'UTF8') as text,
         encode(hash, 'hex') as hash, encode(salt, 'hex') as salt, convert_from(body, 'UTF8') as details
       from fact left join detail using (chain, seq) where chain = '${chain}' order by seq`,
    )
    const [firstText, secondText] = texts.split('\n')
    const [firstHash, secondHash] = hashes.split('\n')
    expect(rows).toEqual([
      { version: 1, text: firstText, hash: firstHash, salt, details },
      { version: 1, text: secondText, hash: secondHash, salt: null, details: null },
    ])
  })
})

describe('verifying with SQL', () => {
  let subject: ReturnType<typeof story>

  beforeEach(async () => {
    const pool = createPool(database.programUrl)
    subject = story()
    await createLedger(pool).append(subject.chain, chained(subject.facts))
    await pool.end()
  })

  it('finds nothing in a ledger that nobody touched, nor after an erasure', async () => {
    expect(await broken()).toEqual([])
    expect(await foreign()).toEqual([])
    await as(database.ownerUrl, `delete from detail where chain = '${subject.chain}'`)
    expect(await broken()).toEqual([])
    expect(await foreign()).toEqual([])
  })

  it.each([
    [
      'changed bytes',
      3,
      (c: string) => `update fact set bytes = bytes || 'x' where chain = '${c}' and seq = 3`,
    ],
    [
      'a changed hash',
      3,
      (c: string) => `update fact set hash = sha256(hash) where chain = '${c}' and seq = 3`,
    ],
    ['a removed fact', 6, (c: string) => `delete from fact where chain = '${c}' and seq = 5`],
  ])('finds %s', async (_what, seq, tamper) => {
    await as(database.ownerUrl, tamper(subject.chain))
    expect(await broken()).toContainEqual({ chain: subject.chain, seq })
    await as(database.ownerUrl, `delete from detail; delete from fact`)
  })

  it('finds a chain that was copied under another name, although its hashes are right', async () => {
    const copy = story().chain
    await as(
      database.ownerUrl,
      `insert into fact (chain, seq, bytes, hash)
       select '${copy}', seq, bytes, hash from fact where chain = '${subject.chain}'`,
    )
    expect(await broken()).toContainEqual({ chain: copy, seq: 1 })
    await as(database.ownerUrl, `delete from detail; delete from fact`)
  })

  it('finds details that were put in the place of others', async () => {
    await as(
      database.ownerUrl,
      `update detail set body = '{"name":"Somebody Else"}' where chain = '${subject.chain}' and seq = 4`,
    )
    expect(await foreign()).toEqual([{ chain: subject.chain, seq: 4 }])
    expect(await broken()).toEqual([])
  })
})
