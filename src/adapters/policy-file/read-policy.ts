import { readFile } from 'node:fs/promises'
import type { z } from 'zod'
import { canonical } from '../../core/envelope/canonical.ts'
import type { PinnedPolicy } from '../../core/policy/policy.ts'
import { sha256 } from '../signing/keys.ts'
import { nearest } from './nearest.ts'
import { PolicyError } from './policy-error.ts'
import { keyFindings } from './policy-keys.ts'
import { nameFindings, type Finding } from './policy-names.ts'
import { policyFile, policySketch } from './policy.schema.ts'
import { readYaml } from './yaml-text.ts'

/**
 * Reads and checks the policy file. Rejects with a PolicyError that lists all that is wrong in it, and with the error
 * of the file system when it can't be read: without a policy nothing is allowed.
 */
export async function readPolicy(path: string): Promise<PinnedPolicy> {
  return parsePolicy(await readFile(path, 'utf8'))
}

/**
 * Checks the text of a policy file and pins it by the hash of what it means: comments and spelling do not change the
 * hash. Throws a PolicyError that lists all that is wrong.
 */
export function parsePolicy(yamlText: string): PinnedPolicy {
  const { data, lineOf } = readYaml(yamlText)
  const file = policyFile.safeParse(data)
  const sketch = policySketch.parse(data)
  const findings = [
    ...(file.error?.issues.flatMap((issue) => findingsOf(issue)) ?? []),
    ...nameFindings(sketch),
    ...keyFindings(sketch),
  ]
  if (!file.success || findings.length > 0) {
    throw new PolicyError(findings.map(({ at, says }) => ({ line: lineOf(at), path: spelled(at), says })))
  }
  const { version: _, ...policy } = file.data
  return { hash: sha256(canonical(policy)), policy }
}

function findingsOf(issue: z.core.$ZodIssue): readonly Finding[] {
  if (issue.code !== 'unrecognized_keys') return [{ at: issue.path, says: issue.message }]
  const known = issue.message.split(' ')
  return issue.keys.map((key) => ({ at: [...issue.path, key], says: unknownKey(key, known) }))
}

function unknownKey(key: string, known: readonly string[]): string {
  const meant = nearest(key, known)
  return meant === undefined
    ? `is not known here: write one of ${known.join(', ')}`
    : `is not known here: did you mean ${meant}?`
}

/** `rules[0].approve[0].by` */
function spelled(path: readonly PropertyKey[]): string {
  return path
    .map((step, index) => (typeof step === 'number' ? `[${step}]` : `${index > 0 ? '.' : ''}${String(step)}`))
    .join('')
}
