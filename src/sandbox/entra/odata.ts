import { badRequest } from './graph-refusal.ts'

/** Small on purpose: with two entries a page, every reader of a list has to follow its next links. */
const LARGEST_PAGE = 2

type Selected = Readonly<Record<string, unknown>>

/**
 * Keeps what `$select` asks for, or the properties that Graph returns by default. `known` are the properties of the
 * type; another one is refused as Graph refuses it.
 */
export function selectProperties<T extends object>(
  query: URLSearchParams,
  type: string,
  known: readonly (keyof T & string)[],
  byDefault: readonly (keyof T & string)[],
): (entity: T) => Selected {
  const names = query.get('$select')?.split(',') ?? byDefault
  const selected = names.map((name) => {
    const property = known.find((candidate) => candidate === name.trim())
    if (property !== undefined) return property
    throw badRequest(
      `Parsing OData Select and Expand failed: Could not find a property named '${name}' on type 'microsoft.graph.${type}'.`,
    )
  })
  return (entity) => Object.fromEntries(selected.map((property) => [property, entity[property]]))
}

type Filterable<T> = {
  readonly texts: readonly (keyof T & string)[]
  readonly instants?: readonly (keyof T & string)[]
}

/**
 * Reads `$filter`: `property eq 'text'` and, of instants, `property ge 2026-03-02T09:00:00Z`, joined by `and` and `or`
 * without brackets. Text compares without case, as in the directory. No filter keeps everything; anything else is
 * refused.
 */
export function filterEntities<T extends object>(
  query: URLSearchParams,
  type: string,
  filterable: Filterable<T>,
): (entity: T) => boolean {
  const filter = query.get('$filter')
  if (filter === null) return () => true
  const choices = splitOutsideText(filter, 'or').map((choice) =>
    splitOutsideText(choice, 'and').map((clause) => readClause(clause.trim(), type, filterable)),
  )
  return (entity) => choices.some((clauses) => clauses.every((holds) => holds(entity)))
}

const splitOutsideText = (filter: string, word: 'and' | 'or') =>
  filter.split(new RegExp(` ${word} (?=(?:[^']*'[^']*')*[^']*$)`, 'i'))

function readClause<T extends object>(
  clause: string,
  type: string,
  { texts, instants = [] }: Filterable<T>,
): (entity: T) => boolean {
  const [, name, text] = /^(\w+) eq '((?:[^']|'')*)'$/.exec(clause) ?? []
  const asText = texts.find((candidate) => candidate === name)
  if (asText !== undefined && text !== undefined) {
    const wanted = text.replaceAll("''", "'").toLowerCase()
    return (entity) => String(entity[asText]).toLowerCase() === wanted
  }
  const [, moment, from = ''] = /^(\w+) ge (\d{4}-\d\d-\d\dT[\d:.]+Z)$/.exec(clause) ?? []
  const asInstant = instants.find((candidate) => candidate === moment)
  if (asInstant !== undefined && !Number.isNaN(Date.parse(from))) {
    return (entity) => Date.parse(String(entity[asInstant])) >= Date.parse(from)
  }
  throw badRequest(`Invalid filter clause: '${clause}' on type 'microsoft.graph.${type}'.`)
}

/**
 * One page of a list, with a next link (absolute, to be followed as it is) when there is more. `most` is what `$top` may
 * ask for, as the service documents it.
 */
export function pageOf(
  entries: readonly object[],
  request: {
    readonly address: string
    readonly query: URLSearchParams
    readonly context: string
    readonly most?: number
  },
): object {
  const { most = 999 } = request
  const top = Number(request.query.get('$top') ?? LARGEST_PAGE)
  if (!Number.isInteger(top) || top < 1 || top > most) {
    throw badRequest(
      `Invalid page size specified: '${request.query.get('$top')}'. Must be between 1 and ${most} inclusive.`,
    )
  }
  const start = readSkipToken(request.query.get('$skiptoken'))
  const end = start + Math.min(top, LARGEST_PAGE)
  const page = { '@odata.context': request.context, value: entries.slice(start, end) }
  if (end >= entries.length) return page
  const next = new URLSearchParams(request.query)
  next.set('$skiptoken', Buffer.from(`from:${end}`).toString('base64url'))
  return {
    '@odata.context': request.context,
    '@odata.nextLink': `${request.address}?${next}`,
    value: page.value,
  }
}

function readSkipToken(token: string | null): number {
  if (token === null) return 0
  const start = /^from:(\d{1,9})$/.exec(Buffer.from(token, 'base64url').toString())?.[1]
  if (start === undefined) throw badRequest('Invalid skip token.')
  return Number(start)
}
