/** Either the value, or what Slack would put into `response_metadata.messages`. */
export type Checked<Value> =
  { readonly ok: true; readonly value: Value } | { readonly ok: false; readonly messages: readonly string[] }

type Issue = {
  readonly code: string
  readonly path: readonly PropertyKey[]
  readonly message: string
  readonly origin?: string
  readonly maximum?: number | bigint
  readonly minimum?: number | bigint
  readonly keys?: readonly string[]
  readonly expected?: string
}

/** What a schema's `safeParse` answers, as far as it is needed here. */
export type Outcome<Value> =
  | { readonly success: true; readonly data: Value }
  | { readonly success: false; readonly error: { readonly issues: readonly Issue[] } }

const at = (root: unknown, path: readonly PropertyKey[]): unknown =>
  path.reduce<unknown>(
    (value, key) =>
      typeof value === 'object' && value !== null
        ? new Map<string, unknown>(Object.entries(value)).get(String(key))
        : undefined,
    root,
  )

const tooBig = ({ origin, maximum }: Issue): string =>
  origin === 'array'
    ? `no more than ${maximum} items allowed`
    : `must be less than ${Number(maximum) + 1}${origin === 'string' ? ' characters' : ''}`

const tooSmall = ({ origin, minimum }: Issue): string =>
  origin === 'array'
    ? `no fewer than ${minimum} items allowed`
    : `must be more than ${Number(minimum) - 1}${origin === 'string' ? ' characters' : ''}`

const wordsOf = (issue: Issue, value: unknown): string => {
  if (issue.code === 'custom') return issue.message
  if (issue.code === 'too_big') return tooBig(issue)
  if (issue.code === 'too_small') return tooSmall(issue)
  if (issue.code === 'unrecognized_keys')
    return `invalid additional property: ${(issue.keys ?? []).join(', ')}`
  if (value === undefined) return `missing required field: ${String(issue.path.at(-1))}`
  if (issue.path.at(-1) === 'type') return `unsupported type: ${JSON.stringify(value)}`
  return issue.code === 'invalid_type' ? `must provide a ${issue.expected}` : issue.message
}

const complaint = (root: string, given: unknown, issue: Issue): string => {
  const value = at(given, issue.path)
  const path = value === undefined && issue.code !== 'custom' ? issue.path.slice(0, -1) : issue.path
  return `[ERROR] ${wordsOf(issue, value)} [json-pointer:${[root, ...path.map(String)].join('/')}]`
}

/** Puts what a schema found into Slack's words, with JSON pointers below `root`. */
export const checked = <Value>(root: string, given: unknown, outcome: Outcome<Value>): Checked<Value> =>
  outcome.success
    ? { ok: true, value: outcome.data }
    : { ok: false, messages: outcome.error.issues.map((issue) => complaint(root, given, issue)) }
