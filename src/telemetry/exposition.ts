/** One number with its labels. `suffix`: what a histogram writes after its name. */
export type Sample = {
  readonly value: number
  readonly labels?: Readonly<Record<string, string>>
  readonly suffix?: '_bucket' | '_sum' | '_count'
}

/** A metric whose numbers somebody else counted. */
export type Figure = {
  readonly name: string
  readonly help: string
  readonly type: 'counter' | 'gauge' | 'histogram'
  readonly samples: readonly Sample[]
}

/** A gauge that is one number. */
export function gauge(name: string, help: string, value: number): Figure {
  return { name, help, type: 'gauge', samples: [{ value }] }
}

/** Figures as Prometheus reads them (text format 0.0.4). */
export function exposition(figures: readonly Figure[]): string {
  return figures.map((figure) => `${linesOf(figure).join('\n')}\n`).join('\n')
}

function linesOf({ name, help, type, samples }: Figure): readonly string[] {
  return [
    `# HELP ${name} ${help}`,
    `# TYPE ${name} ${type}`,
    ...samples.map(({ value, labels = {}, suffix = '' }) => `${name}${suffix}${inBraces(labels)} ${value}`),
  ]
}

function inBraces(labels: Readonly<Record<string, string>>): string {
  const pairs = Object.entries(labels).map(([name, value]) => `${name}="${escaped(value)}"`)
  return pairs.length === 0 ? '' : `{${pairs.join(',')}}`
}

function escaped(value: string): string {
  return value
    .replaceAll('\\', String.raw`\\`)
    .replaceAll('"', String.raw`\"`)
    .replaceAll('\n', String.raw`\n`)
}

/** A histogram from how many fell between the bounds: `counts` has one more entry than `bounds`, for what is above all. */
export function histogram(
  bounds: readonly number[],
  {
    counts,
    sum,
    labels,
  }: { readonly counts: readonly number[]; readonly sum: number; readonly labels: Sample['labels'] },
): readonly Sample[] {
  let total = 0
  const buckets = [...bounds.map(String), '+Inf'].map((le, index): Sample => {
    total += counts[index] ?? 0
    return { suffix: '_bucket', labels: { ...labels, le }, value: total }
  })
  const rest = { ...(labels && { labels }) }
  return [...buckets, { suffix: '_sum', value: sum, ...rest }, { suffix: '_count', value: total, ...rest }]
}
