import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { parse } from 'yaml'
import { z } from 'zod'

const read = (path: string): string => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8')

const rule = z.strictObject({
  alert: z.string().regex(/^Hallpass\w+$/),
  expr: z.string().min(1),
  for: z.exactOptional(z.string().regex(/^\d+[mh]$/)),
  labels: z.strictObject({ severity: z.enum(['critical', 'warning', 'info']) }),
  annotations: z.strictObject({ summary: z.string().min(1) }),
})
const file = z.strictObject({
  groups: z.array(z.strictObject({ name: z.string(), rules: z.array(rule) })),
})

it('each alert has an expression, a severity and a sentence, and the document says what to do', () => {
  const { groups } = file.parse(parse(read('deploy/prometheus/alerts.yaml')))
  const alerts = groups.flatMap(({ rules }) => rules.map(({ alert }) => alert))
  const explained = Array.from(
    read('docs/install/monitoring.md').matchAll(/^\| `(Hallpass\w+)`/gm),
    ([, name]) => name,
  )
  expect(alerts.length).toBeGreaterThan(9)
  expect(new Set(explained)).toEqual(new Set(alerts))
})
