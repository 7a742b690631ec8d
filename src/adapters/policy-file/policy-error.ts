/** One thing that is wrong in a policy file: its line (from 1), where in the policy, and what to write instead. */
export type PolicyProblem = { readonly line: number; readonly path: string; readonly says: string }

/** A policy file that can't be used. The message lists everything that is wrong in it, in the order of the lines. */
export class PolicyError extends Error {
  readonly problems: readonly PolicyProblem[]

  constructor(problems: readonly PolicyProblem[]) {
    const sorted = problems.toSorted((one, other) => one.line - other.line)
    const lines = sorted.map(({ line, path, says }) => `  line ${line}${path && `, ${path}`}: ${says}`)
    super(`The policy can't be used:\n${lines.join('\n')}`)
    this.name = 'PolicyError'
    this.problems = sorted
  }
}
