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

/**
 * Reads `$filter`: one or several `property eq 'text'`, joined by `or`. Text compares without case, as in the
 * directory. No filter keeps everything; anything else is refused.
 */
export function filterEntities<T extends object>(
  query: URLSearchParams,
  type: string,
  filterable: readonly (keyof T & string)[],
): (entity: T) => boolean {
  const filter = query.get('$filter')
  if (filter === null) return () => true
  const clauses = filter.split(/ or (?=(?:[^']*'[^']*')*[^']*$)/i).map((clause) => {
    const [, name, text] = /^\s*(\w+) eq '((?:[^']|'')*)'\s*$/.exec(clause) ?? []
    const property = filterable.find((candidate) => candidate === name)
    if (property === undefined || text === undefined) {
      throw badRequest(`Invalid filter clause: '${clause.trim()}' on type 'microsoft.graph.${type}'.`)
    }
    return { property, text: text.replaceAll("''", "'").toLowerCase() }
  })
  return (entity) => clauses.some(({ property, text }) => String(entity[property]).toLowerCase() === text)
}

/** One page of a list, with a next link (absolute, to be followed as it is) when there is more. */
export function pageOf(
  entries: readonly object[],
  request: { readonly address: string; readonly query: URLSearchParams; readonly context: string },
): object {
  const top = Number(request.query.get('$top') ?? LARGEST_PAGE)
  if (!Number.isInteger(top) || top < 1 || top > 999) {
    throw badRequest(
      `Invalid page size specified: '${request.query.get('$top')}'. Must be between 1 and 999 inclusive.`,
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
