import { describe, expect, it } from 'vitest'
import { tooMany, type Question, type Verdict } from '../../src/core/local/check.ts'
import { createVerifyApp } from '../../src/verify/app.ts'
import { code } from '../core/local/given.ts'
import { createLimit } from '../../src/verify/limit.ts'

const accepts: Verdict = { is: 'let-in', by: code }
const refuses: Verdict = { is: 'not-let-in', because: 'wrong', by: code }

function appThat(answer: () => Promise<Verdict>, perUser = 100) {
  const questions: Question[] = []
  const warnings: string[] = []
  const app = createVerifyApp(
    {
      clientOf: (authorization) =>
        authorization === 'Bearer good'
          ? { name: 'vpn-gateway', application: 'vpn', secret: '', from: [] }
          : undefined,
      check: async (question) => {
        questions.push(question)
        return question.isTooMany ? tooMany : answer()
      },
      limits: { perClient: createLimit(100), perUser: createLimit(perUser) },
      warn: (what, about) => void warnings.push(`${what} ${JSON.stringify(about)}`),
      now: () => 1_000,
    },
    () => '10.0.0.1',
  )
  const post = (path: string, body: unknown, authorization = 'Bearer good') =>
    app.request(path, { method: 'POST', headers: { authorization }, body: JSON.stringify(body) })
  return { questions, warnings, post }
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

  it('asks for whom, for which application, from where and when', async () => {
    const { questions, post } = appThat(async () => refuses)
    await post('/verify/radius', radius)
    const [{ typed, ...question } = {}] = questions
    expect(question).toEqual({
      client: 'vpn-gateway',
      application: 'vpn',
      userName: 'dana',
      address: '10.0.0.1',
      at: 1_000,
      isTooMany: false,
    })
    expect(typed?.reveal((value) => value)).toBe('typed-by-dana')
  })

  it('lets nobody in when it can not be written down, or the database does not answer', async () => {
    const down = appThat(() => Promise.reject(new Error('down')))
    expect((await down.post('/verify/radius', radius)).status).toBe(503)
    expect(down.warnings).toEqual(['a check could not be answered {"because":"down"}'])
  })

  it('refuses whoever is no client, whatever they ask, and does not look', async () => {
    const { post, questions } = appThat(async () => accepts)
    expect((await post('/verify/radius', radius, 'Bearer bad')).status).toBe(403)
    expect(questions).toEqual([])
  })

  it.each([
    ['byte by byte, as FreeRADIUS 3.2 does', 'bj\u00c3\u00b6rn.\u00c5\u0082', 'björn.ł'],
    ['as letters', 'björn.ł', 'björn.ł'],
    ['as letters that are no bytes of UTF-8', 'björn', 'björn'],
  ])('reads a name that is written %s', async (_, written, read) => {
    const { questions, post } = appThat(async () => accepts)
    await post('/verify/radius', { ...radius, 'User-Name': { value: [written] } })
    expect(questions.map(({ userName }) => userName)).toEqual([read])
  })

  it.each([
    ['nothing', undefined],
    ['no password', { 'User-Name': { value: ['dana'] } }],
    ['two passwords', { ...radius, 'User-Password': { value: ['one', 'two'] } }],
    ['another shape', { 'User-Name': 'dana', 'User-Password': 'x' }],
    ['no name', { ...radius, 'User-Name': { value: [''] } }],
    ['a name that no database takes', { ...radius, 'User-Name': { value: ['da\u0000na'] } }],
    ['an endless password', { ...radius, 'User-Password': { value: ['x'.repeat(257)] } }],
  ])('takes %s for no question', async (_, body) => {
    expect((await appThat(async () => accepts).post('/verify/radius', body)).status).toBe(400)
  })

  it('does not read what no RADIUS server sends', async () => {
    const long = { ...radius, extra: 'x'.repeat(20_000) }
    expect((await appThat(async () => accepts).post('/verify/radius', long)).status).toBe(413)
  })

  it('counts one user however the name is written', async () => {
    const { questions, post } = appThat(async () => accepts, 1)
    for (const name of ['dana', ' DANA ', 'Dana'])
      await post('/verify/radius', { ...radius, 'User-Name': { value: [name] } })
    expect(questions.map(({ isTooMany }) => isTooMany)).toEqual([false, true, true])
  })

  it('answers no more than so many a minute about one user, in the same words', async () => {
    const { questions, post } = appThat(async () => accepts, 1)
    expect((await post('/verify/radius', radius)).status).toBe(204)
    expect((await post('/verify/radius', radius)).status).toBe(401)
    expect(questions.map(({ isTooMany }) => isTooMany)).toEqual([false, true])
  })
})
