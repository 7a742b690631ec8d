import { isMap, isScalar, isSeq, LineCounter, parseDocument, visit, type ParsedNode } from 'yaml'
import { PolicyError, type PolicyProblem } from './policy-error.ts'

/** A YAML text as plain data, and the line on which a place in it stands. */
export type YamlText = {
  readonly data: unknown
  readonly lineOf: (path: readonly PropertyKey[]) => number
}

/**
 * Reads YAML 1.2 without anchors, aliases and tags, which could make one line mean what another line says.
 * Throws a PolicyError that lists all errors of syntax.
 */
export function readYaml(text: string): YamlText {
  const lines = new LineCounter()
  const document = parseDocument(text, {
    version: '1.2',
    lineCounter: lines,
    prettyErrors: false,
    stringKeys: true,
  })
  const problems: PolicyProblem[] = [...document.errors, ...document.warnings].map(({ pos, message }) => ({
    line: lines.linePos(pos[0]).line,
    path: '',
    says: message,
  }))
  visit(document, {
    Alias: (_key, alias) => {
      problems.push({
        line: lines.linePos(alias.range?.[0] ?? 0).line,
        path: '',
        says: `write the value again in place of *${alias.source}`,
      })
    },
  })
  if (problems.length > 0) throw new PolicyError(problems)
  return {
    data: document.toJS(),
    lineOf: (path) => lines.linePos(offsetOf(document.contents, path)).line,
  }
}

/** Where the last step of the path begins that is really there. */
function offsetOf(contents: ParsedNode | null, path: readonly PropertyKey[]): number {
  let node = contents
  let offset = contents?.range[0] ?? 0
  for (const step of path) {
    if (isMap(node)) {
      const pair = node.items.find(({ key }) => isScalar(key) && key.value === step)
      if (pair === undefined) return offset
      offset = pair.key.range[0]
      node = pair.value
    } else if (isSeq(node)) {
      node = node.items[Number(step)] ?? null
      offset = node?.range[0] ?? offset
    }
  }
  return offset
}
