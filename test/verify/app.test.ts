import { describe, expect, it } from 'vitest'
import type { CheckFact } from '../../src/core/local/check-fact.ts'
import type { Verdict } from '../../src/core/local/check.ts'
import { createVerifyApp } from '../../src/verify/app.ts'
import { code } from '../core/local/given.ts'
import { createLimit } from '../../src/verify/limit.ts'

const accepts: Verdict = { is: 'let-in', by: code }
const refuses: Verdict = { is: 'not-let-in', because: 'wrong', by: code }
const unknown: Verdict = { is: 'not-let-in', because: 'unknown', by: undefined }

function appThat(answer: () => Promise<Verdict>, perUser = 100) {
  const facts: CheckFact[] = []
  const warnings: string[] = []
  const app = createVerifyApp(
    {
      clientOf: (authorization) =>
        authorization === 'Bearer good'
          ? { name: 'vpn-gateway', application: 'vpn', secret: '', from: [] }
          : undefined,
      check: answer,
      record: async (_, fact) => void facts.push(fact),
      limits: { perClient: createLimit(100), perUser: createLimit(perUser) },
      warn: (what, about) => void warnings.push(`${what} ${JSON.stringify(about)}`),
      now: () => 1_000,
    },
    () => '10.0.0.1',
  )
  const post = (path: string, body: unknown, authorization = 'Bearer good') =>
    app.request(path, { method: 'POST', headers: { authorization }, body: JSON.stringify(body) })
  return { facts, warnings, post }
}

const radius = { 'User-Name': { value: ['dana'] }, 'User-Password': { value: ['typed-by-dana'] } }
const portal = { user: 'dana', code: 'typed-by-dana' }

describe('the check', () => {
  it('answers FreeRADIUS with 204 for yes and 401 for no', async () => {
    expect((await appThat(async () => accepts).post('/verify/radius', radius)).status).toBe(204)
    const no = await appThat(async () => refuses).post('/verify/radius', radius)
    expect([no.status, await no.json()]).toEqual([
      401,
      { 'reply:Reply-Message': 'This was not accepted. Ask the helpdesk if you need a bypass.' },
    ])
  })

  it('answers LemonLDAP::NG with a result', async () => {
    const yes = await appThat(async () => accepts).post('/verify/rest2f', portal)
    const no = await appThat(async () => refuses).post('/verify/rest2f', portal)
    expect([yes.status, await yes.json()]).toEqual([200, { result: true }])
    expect([no.status, await no.json()]).toEqual([200, { result: false }])
  })

  it('writes down who asked, for whom, from where, with what result, and nothing that was typed', async () => {
    const { facts, post } = appThat(async () => refuses)
    await post('/verify/radius', radius)
    expect(facts).toEqual([
      {
        at: 1_000,
        type: 'not-let-in',
        because: 'wrong',
        application: 'vpn',
        address: '10.0.0.1',
        subject: 'entra:dana',
        exceptionId: 'exception',
        details: { userName: 'dana' },
      },
    ])
  })

  it('does not keep a name that nothing was issued for: it may be a password in the wrong field', async () => {
    const { facts, post } = appThat(async () => unknown)
    await post('/verify/radius', { ...radius, 'User-Name': { value: ['hunter2'] } })
    expect(JSON.stringify(facts)).not.toContain('hunter2')
  })

  it('lets nobody in when it can not be written down, or the database does not answer', async () => {
    const down = appThat(() => Promise.reject(new Error('down')))
    expect((await down.post('/verify/radius', radius)).status).toBe(503)
    expect(down.warnings).toEqual(['a check could not be answered {"because":"down"}'])
  })

  it('refuses whoever is no client, whatever they ask, and does not look', async () => {
    let asked = 0
    const { post, facts } = appThat(async () => {
      asked += 1
      return accepts
    })
    expect((await post('/verify/radius', radius, 'Bearer bad')).status).toBe(403)
    expect([asked, facts]).toEqual([0, []])
  })

  it.each([
    ['nothing', undefined],
    ['no password', { 'User-Name': { value: ['dana'] } }],
    ['two passwords', { ...radius, 'User-Password': { value: ['one', 'two'] } }],
    ['another shape', { 'User-Name': 'dana', 'User-Password': 'x' }],
    ['no name', { ...radius, 'User-Name': { value: [''] } }],
    ['an endless password', { ...radius, 'User-Password': { value: ['x'.repeat(257)] } }],
  ])('takes %s for no question', async (_, body) => {
    expect((await appThat(async () => accepts).post('/verify/radius', body)).status).toBe(400)
  })

  it('does not read what no RADIUS server sends', async () => {
    const long = { ...radius, extra: 'x'.repeat(20_000) }
    expect((await appThat(async () => accepts).post('/verify/radius', long)).status).toBe(413)
  })

  it('counts one user however the name is written', async () => {
    const { facts, post } = appThat(async () => accepts, 1)
    for (const name of ['dana', ' DANA ', 'Dana'])
      await post('/verify/radius', { ...radius, 'User-Name': { value: [name] } })
    expect(facts.map((fact) => (fact.type === 'let-in' ? undefined : fact.because))).toEqual([
      undefined,
      'too-many',
      'too-many',
    ])
  })

  it('answers no more than so many a minute about one user, in the same words', async () => {
    const { facts, post } = appThat(async () => accepts, 1)
    expect((await post('/verify/radius', radius)).status).toBe(204)
    expect((await post('/verify/radius', radius)).status).toBe(401)
    expect(facts.map((fact) => (fact.type === 'let-in' ? undefined : fact.because))).toEqual([
      undefined,
      'too-many',
    ])
  })
})
