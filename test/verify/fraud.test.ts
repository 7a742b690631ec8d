import { randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { gateway, intranet, startVerifying, type Verifying } from '../radius/verify.ts'

const fraudCode = 'FRAVD7XK9'

let verifying: Verifying

beforeAll(async () => {
  verifying = await startVerifying(`\nfraud: { code: ${fraudCode} }\n`)
})

afterAll(() => verifying.close())

type Client = { readonly name: string; readonly secret: string }

const post = async (path: string, { name, secret }: Client, body: unknown): Promise<string> => {
  const answer = await fetch(`${verifying.url}/verify/${path}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${name}.${secret}` },
    body: JSON.stringify(body),
  })
  return `${answer.status} ${await answer.text()}`
}

/** What FreeRADIUS and LemonLDAP::NG are answered. */
const ask = {
  radius: (userName: string, typed: string) =>
    post('radius', gateway, { 'User-Name': { value: [userName] }, 'User-Password': { value: [typed] } }),
  rest2f: (user: string, code: string) => post('rest2f', intranet, { user, code }),
}

const yes = { radius: '204 ', rest2f: '200 {"result":true}' }

const dialects = [
  { dialect: 'radius', application: 'vpn' },
  { dialect: 'rest2f', application: 'intranet' },
] as const

describe.each(dialects)('over $dialect', ({ dialect, application }) => {
  const asks = ask[dialect]

  const issueTo = (userName: string, form: 'code' | 'let-in' = 'code') =>
    verifying.issue({ userName, application, form, subject: `entra:${userName}` })

  it('a denied person is let in by nothing, with the answer of every other no, until it is given back', async () => {
    const [coded, open] = [`${dialect}-coded`, `${dialect}-open`]
    const { code } = await issueTo(coded)
    await issueTo(open, 'let-in')
    const no = await asks(`${dialect}-stranger`, 'wrong')
    const caseId = randomUUID()
    for (const name of [coded, open]) await verifying.denials.deny(`entra:${name}`, caseId)
    expect([await asks(coded, code), await asks(coded, 'wrong'), await asks(open, '')]).toEqual([no, no, no])
    for (const name of [coded, open]) await verifying.denials.allow(`entra:${name}`, caseId)
    expect([await asks(coded, code), await asks(open, '')]).toEqual([yes[dialect], yes[dialect]])
  })

  it('nobody is let in who asks after the denial, although fifty ask in the same instant', async () => {
    const crowd = Array.from({ length: 50 }, (_, index) => `${dialect}-crowd-${index}`)
    const subject = `entra:${dialect}-crowd` as const
    const issued = await Promise.all(
      crowd.map((userName) => verifying.issue({ userName, application, subject })),
    )
    const early = Promise.all(crowd.slice(0, 25).map((name, index) => asks(name, issued[index]?.code ?? '')))
    const late = verifying.denials
      .deny(subject, randomUUID())
      .then(() =>
        Promise.all(crowd.slice(25).map((name, index) => asks(name, issued[25 + index]?.code ?? ''))),
      )
    expect(await late).not.toContain(yes[dialect])
    const letIn = (await early).filter((answer) => answer === yes[dialect]).length
    const { rowCount } = await verifying.pool.query(
      'select from local_use join local_credential on id = credential_id where subject = $1',
      [subject],
    )
    expect(rowCount).toBe(letIn)
  })

  it('the fraud code is answered like a wrong one, voids nothing, and leaves one signal', async () => {
    const [user, stranger] = [`${dialect}-user`, `${dialect}-nobody`]
    const { code } = await issueTo(user)
    const no = await asks(stranger, 'wrong')
    for (let times = 0; times < 6; times += 1) expect(await asks(user, fraudCode)).toBe(no)
    expect(await asks(stranger, fraudCode)).toBe(no)
    const signals = (await verifying.signals.pending()).filter(
      (one) => one.source === 'fraud-code' && one.application === application,
    )
    expect(signals).toMatchObject([{ who: { subject: `entra:${user}` } }, { who: { userName: stranger } }])
    expect(await asks(user, code)).toBe(yes[dialect])
  })
})

it('what was typed to report a fraud stands in no log and no table', async () => {
  const { rows: tables } = await verifying.pool.query<{ name: string }>(
    `select tablename as name from pg_tables where schemaname = 'public'`,
  )
  expect(tables.length).toBeGreaterThan(15)
  const texts = await Promise.all(
    tables.map(
      async ({ name }) => (await verifying.pool.query(`select t::text as text from ${name} t`)).rows,
    ),
  )
  const log = readFileSync(verifying.logFile, 'utf8')
  expect(log).toContain('checking')
  expect(JSON.stringify(texts)).toContain('radius-nobody')
  for (const spelled of [fraudCode, Buffer.from(fraudCode).toString('hex').toUpperCase()])
    expect(`${JSON.stringify(texts)}${log}`.toUpperCase()).not.toContain(spelled)
})
