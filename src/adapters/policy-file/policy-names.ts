import { securitySet } from '../../core/policy/sets.ts'
import { nearest } from './nearest.ts'
import type { PolicySketch } from './policy.schema.ts'

/** Something wrong at a place of the policy, before the line is known. */
export type Finding = { readonly at: readonly PropertyKey[]; readonly says: string }

const manager = 'manager'

/**
 * What is wrong across the parts of a policy: no security, rules and checks that name sets of people or applications that
 * do not exist, an approver named twice in a step, sets and rules whose names can't be told apart.
 */
export function nameFindings({
  people,
  applications,
  checks,
  fraud,
  rules,
}: PolicySketch): readonly Finding[] {
  const known = Object.keys(people)
  const doors = Object.keys(applications)
  const approvers = [...new Set([manager, ...known])]
  const titles = rules.map((rule) => rule.name)
  return [
    ...noSecurity(known),
    ...known.flatMap((name) => peopleName(name)),
    ...Object.entries(checks).flatMap(([name, { application }]) =>
      applicationName(application, doors, ['checks', name, 'application']),
    ),
    ...unknownName(fraud.neverBlock, known, ['fraud', 'neverBlock']),
    ...rules.flatMap((rule, index) => [
      ...duplicate(titles, index, ['rules', index, 'name']),
      ...requesterName(rule.when.requester, known, index),
      ...applicationName(rule.when.application, doors, ['rules', index, 'when', 'application']),
      ...rule.approve.flatMap(({ by }, step) =>
        by.flatMap((name, place) => {
          const at = ['rules', index, 'approve', step, 'by', place]
          return [...unknownName(name, approvers, at), ...duplicate(by, place, at)]
        }),
      ),
    ]),
  ]
}

function noSecurity(known: readonly string[]): readonly Finding[] {
  if (known.includes(securitySet)) return []
  const says = 'is missing: write who reads everything and may end everything'
  return [{ at: ['people', securitySet], says }]
}

function peopleName(name: string): readonly Finding[] {
  const at = ['people', name]
  if (name === manager)
    return [{ at, says: `${manager} always means the subject's manager: choose another name` }]
  if (/^[a-z][a-z0-9-]{0,39}$/.test(name)) return []
  return [
    { at, says: 'write a name of small letters, digits and hyphens, at most 40, beginning with a letter' },
  ]
}

function requesterName(name: unknown, known: readonly string[], rule: number): readonly Finding[] {
  const at = ['rules', rule, 'when', 'requester']
  if (name !== manager) return unknownName(name, known, at)
  return [{ at, says: `${manager} can only approve: write the name of a set of people` }]
}

function applicationName(
  name: unknown,
  known: readonly string[],
  at: readonly PropertyKey[],
): readonly Finding[] {
  return unknownName(name, known, at, 'applications')
}

/** What is no text is reported as such elsewhere. */
function unknownName(
  name: unknown,
  known: readonly string[],
  at: readonly PropertyKey[],
  where: 'people' | 'applications' = 'people',
): readonly Finding[] {
  if (typeof name !== 'string' || known.includes(name)) return []
  const meant = nearest(name, known)
  const all = known.length === 0 ? 'name one there first' : `write one of ${known.join(', ')}`
  const mend = meant === undefined ? all : `did you mean ${meant}?`
  return [{ at, says: `${JSON.stringify(name)} is not in ${where}: ${mend}` }]
}

function duplicate(names: readonly unknown[], index: number, at: readonly PropertyKey[]): readonly Finding[] {
  const name = names[index]
  if (typeof name !== 'string' || names.indexOf(name) === index) return []
  return [{ at, says: `${JSON.stringify(name)} is there already: write it once` }]
}
