import { afterEach, describe, expect, it } from 'vitest'
import { createTracing } from '../../src/telemetry/tracing.ts'
import { currentTrail, onTrail } from '../../src/telemetry/trail.ts'
import { startCollector } from '../setup/collector.ts'

const open: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const close of open.splice(0)) await close()
})
const collect = async () => {
  const collector = await startCollector()
  open.push(() => collector.close())
  return collector
}

describe('spans', () => {
  it('are one trace with what they belong to, across what they wait for', async () => {
    const collector = await collect()
    const tracing = await createTracing({ OTEL_EXPORTER_OTLP_ENDPOINT: `${collector.url}/` }, '1.2.3')
    const own = { traceId: '1'.repeat(32), spanId: '2'.repeat(16) }
    await onTrail({ correlation: 'c' }, () =>
      tracing.span({ name: 'outer', kind: 'server', own }, async () => {
        await new Promise((resolve) => setTimeout(resolve, 5))
        expect(currentTrail()).toMatchObject({ correlation: 'c', span: own })
        await tracing.span({ name: 'inner', kind: 'client' }, async ({ set }) =>
          set({ 'http.request.method': 'GET' }),
        )
      }),
    )
    await tracing.close()
    const [inner, outer] = collector.spans
    expect(outer).toMatchObject({ name: 'outer', ...own })
    expect(inner).toMatchObject({ name: 'inner', traceId: own.traceId, parentSpanId: own.spanId })
    expect(inner?.spanId).not.toBe(own.spanId)
    expect(collector.text()).toContain('"service.version"')
  })

  it('say that something failed, and not what it said', async () => {
    const collector = await collect()
    const tracing = await createTracing({ OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: `${collector.url}/own` }, '1')
    const failing = tracing.span({ name: 'mint', kind: 'client' }, async () => {
      throw new TypeError('the code is SECRET')
    })
    await expect(failing).rejects.toThrow('SECRET')
    await tracing.close()
    expect(collector.text()).toContain('TypeError')
    expect(collector.text()).not.toContain('SECRET')
  })

  it.each([{}, { OTEL_EXPORTER_OTLP_ENDPOINT: ' ' }, { OTEL_SDK_DISABLED: 'true' }])(
    'go nowhere unless an address is set: %o',
    async (env) => {
      const collector = await collect()
      const address = 'OTEL_SDK_DISABLED' in env ? { OTEL_EXPORTER_OTLP_ENDPOINT: collector.url } : {}
      const tracing = await createTracing({ ...address, ...env }, '1')
      expect(await tracing.span({ name: 'x', kind: 'client' }, async () => currentTrail())).toEqual({})
      await tracing.close()
      expect(collector.spans).toEqual([])
    },
  )

  it('start at no address that is none, and the error does not quote what is in it', async () => {
    const env = { OTEL_EXPORTER_OTLP_ENDPOINT: 'https://hallpass:planted@otel.example:port' }
    await expect(createTracing(env, '1')).rejects.toThrow(/^it is no address$/)
  })
  it('hold up no stop when the collector is away', async () => {
    const tracing = await createTracing({ OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:9' }, '1')
    await tracing.span({ name: 'x', kind: 'client' }, async () => undefined)
    const since = Date.now()
    await tracing.close()
    expect(Date.now() - since).toBeLessThan(3_000)
  })
})
