import { unknownSettings } from '../../settings/known-settings.ts'
import type { Check } from '../check.ts'
import type { Examined } from '../examined.ts'
import { ok, warning, wrong, type Finding } from '../finding.ts'

/** What is set, and what is set that nothing reads. */
export function settingsChecks({ env, problems, program }: Examined): readonly Check[] {
  return [
    { part: 'Settings', name: 'settings.complete', look: () => judgeSettings(problems, program, env) },
    { part: 'Settings', name: 'settings.known', look: () => unknownSettings(env).map(judgeUnknown) },
  ]
}

/** Each problem begins with the name of its variable. */
export function judgeSettings(
  problems: readonly string[],
  program: string,
  env: Examined['env'],
): readonly Finding[] {
  if (problems.length === 0) return [ok(`Everything that \`hallpass ${program}\` needs is set.`)]
  return problems.map((problem) => {
    const [name = ''] = problem.split(' ')
    const file = env[`${name}_FILE`]
    const isEmpty = file !== undefined && file !== '' && !env[name]
    return wrong(
      `${problem}.`,
      isEmpty
        ? `${file} is empty: paste it there; docs/install says where it comes from.`
        : `Set it for \`hallpass ${program}\`; docs/serve.md says what each variable is.`,
    )
  })
}

function judgeUnknown(says: string): Finding {
  return warning(says, 'Correct the name, or take it out: nothing reads it.')
}
