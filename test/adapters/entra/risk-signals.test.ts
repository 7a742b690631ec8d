import { afterEach, describe, expect, it } from 'vitest'
import { createResponder } from '../../../src/adapters/entra/responder.ts'
import { createRiskSignals } from '../../../src/adapters/entra/risk-signals.ts'
import type { EntraOptions } from '../../../src/sandbox/entra/server.ts'
import type { Told } from '../http-stub.ts'
import { dana as someone, danaId, startGraph } from './graph-stub.ts'
import { danaOfStandIn as dana, openStandIn, passingFailures, unlicensed } from './stand-in-under-test.ts'

const start = Date.parse('2026-03-02T09:00:00.250Z')
const refused = { ok: false, reason: 'forbidden' }
const isList = (_method: string, path: string) => path.endsWith('/riskDetections')

async function open(options: Partial<EntraOptions> = {}) {
  const clock = { now: start }
  const { entra, graph } = await openStandIn({ now: () => clock.now, ...options })
  const report = async (name: string) => entra.controls.report({ user: `${name}@contoso.example` })
  const heard = async (since: number) => {
    const found = await createRiskSignals(graph).since(since)
    if (!found.ok) throw new Error(found.reason)
    return found.value
  }
  return { clock, entra, graph, report, heard, signals: createRiskSignals(graph) }
}

describe('reports of users', () => {
  it('are none where nobody reported', async () => {
    const { heard } = await open()
    await expect(heard(0)).resolves.toEqual([])
  })

  it('come oldest first, over all pages, each with its own id', async () => {
    const { clock, report, heard } = await open()
    for (const name of ['dana.cruz', 'olga.novak', 'dana.cruz', 'ava.chen', 'ben.ode']) {
      await report(name)
      clock.now += 60_000
    }
    const found = await heard(start)
    expect(found.map(({ at }) => (at - start) / 60_000)).toEqual([0, 1, 2, 3, 4])
    expect(found.map(({ subject }) => subject === dana)).toEqual([true, false, true, false, false])
    expect(new Set(found.map(({ id }) => id)).size).toBe(5)
  })

  it('are those detected at the time or later', async () => {
    const { clock, report, heard } = await open()
    await report('dana.cruz')
    clock.now += 1
    await report('olga.novak')
    await expect(heard(start)).resolves.toHaveLength(2)
    await expect(heard(start + 1)).resolves.toHaveLength(1)
    await expect(heard(start + 2)).resolves.toEqual([])
  })

  it('stay the same when they are asked for again, whatever was decided meanwhile', async () => {
    const { clock, graph, report, heard } = await open()
    await report('dana.cruz')
    const before = await heard(start)
    clock.now += 60_000
    await createResponder(graph).confirmRisk(dana)
    await createResponder(graph).dismissRisk(dana)
    await expect(heard(start)).resolves.toEqual(before)
  })

  it('are forbidden without the permission or the licence', async () => {
    const { signals } = await open({ permissions: ['IdentityRiskyUser.ReadWrite.All'] })
    await expect(signals.since(start)).resolves.toEqual(refused)
    const { signals: poor, entra } = await open()
    entra.faults.plan({ match: isList, when: 'before', do: 'status', status: 403, body: unlicensed })
    await expect(poor.since(start)).resolves.toEqual(refused)
  })

  it.each(passingFailures)(
    'are not known after %s, and are when they are asked for again',
    async (...row) => {
      const [, fault, is] = row
      const { entra, signals, report } = await open()
      await report('dana.cruz')
      entra.faults.plan({ match: isList, when: 'before', ...fault })
      await expect(signals.since(start)).rejects.toMatchObject(is)
      await expect(signals.since(start)).resolves.toMatchObject({ value: [{ subject: dana }] })
    },
  )
})

describe('an answer of Graph', () => {
  const running: { stop(): Promise<void> }[] = []
  afterEach(async () => {
    await Promise.all(running.splice(0).map((stub) => stub.stop()))
  })

  async function told(answer: Told) {
    const stub = await startGraph(() => answer)
    running.push(stub)
    return { signals: createRiskSignals(stub.graph), asked: stub.asked }
  }

  const detection = {
    id: '6a5874ca',
    userId: danaId.toUpperCase(),
    riskEventType: 'userReportedSuspiciousActivity',
    detectedDateTime: '2026-03-02T09:00:00.1234567Z',
  }

  it('is asked for what is needed, and for no addresses', async () => {
    const { signals, asked } = await told({ body: { value: [detection] } })
    const at = Date.UTC(2026, 2, 2, 9, 0, 0, 123)
    await expect(signals.since(at)).resolves.toEqual({
      ok: true,
      value: [{ id: '6a5874ca', subject: someone, at }],
    })
    expect(asked()[0]?.url).toBe(
      "/v1.0/identityProtection/riskDetections?$filter=riskEventType eq 'userReportedSuspiciousActivity'" +
        ' and detectedDateTime ge 2026-03-02T09:00:00.123Z' +
        '&$select=id,userId,riskEventType,detectedDateTime&$top=500',
    )
  })

  it('that holds something else than reports does not make them any', async () => {
    const other = { ...detection, riskEventType: 'unfamiliarFeatures', userId: null }
    const { signals } = await told({ body: { value: [other] } })
    await expect(signals.since(start)).resolves.toEqual({ ok: true, value: [] })
  })

  it.each([
    { riskEventType: undefined },
    { riskEventType: null },
    { userId: null },
    { userId: 'dana' },
    { detectedDateTime: null },
    { detectedDateTime: 'yesterday' },
    { id: '' },
  ])('with %j can not be read', async (given) => {
    const { signals } = await told({ body: { value: [detection, { ...detection, ...given }] } })
    await expect(signals.since(start)).rejects.toMatchObject({ code: 'nonsense' })
  })

  it.each(['<html>', { value: 'none' }, {}])('that is %j is nonsense', async (body) => {
    const { signals } = await told({ body })
    await expect(signals.since(start)).rejects.toMatchObject({ code: 'nonsense' })
  })
})
