import { Fault } from '../../core/fault.ts'
import { readFailure } from '../../adapters/entra/graph.schema.ts'
import { objectId } from '../../adapters/entra/object-id.ts'
import { passPolicyPath } from '../../adapters/entra/pass-path.ts'
import type { ApplicationName } from '../../settings/entra-applications.ts'
import { anybody } from '../anybody.ts'
import { NotSet, type Check } from '../check.ts'
import { entrants, type Examined } from '../examined.ts'
import { ok, warning, wrong, type Finding } from '../finding.ts'
import { apart, needs, takeover, type Need } from '../permissions.ts'

/** What each application may do: by its token, and by trying what can be tried without changing anything. */
export function permissionChecks(examined: Examined): readonly Check[] {
  return entrants(examined).map(({ name, does }) => ({
    part: 'Entra',
    name: `entra.${name}.permissions`,
    look: async () => {
      const roles = await examined.roles(name)
      const needed = needs.filter(({ by }) => by.some((work) => does.includes(work)))
      const answers = await Promise.all(needed.map(async (need) => tried(examined, name, need)))
      return [
        ...judgeHeld(name, roles, needed),
        ...needed.flatMap((need, index) => judgeTried(name, need, roles, answers[index])),
        ...judgeSurplus(name, roles, needed),
      ]
    },
  }))
}

/** An answer of Graph that says something about a permission. */
type Tried = { readonly status: number; readonly said: string }

/** What asks for nothing but this permission, and changes nothing. */
const reads: Readonly<Record<string, (examined: Examined) => Promise<string> | string>> = {
  'User.Read.All': () => '/users?$top=1&$select=id',
  'GroupMember.Read.All': () => '/groups?$top=1&$select=id',
  'RoleManagement.Read.Directory': () => '/roleManagement/directory/roleAssignments',
  'UserAuthenticationMethod.Read.All': async (examined) =>
    `/users/${objectId(await anybody(examined))}/authentication/methods`,
  'Policy.Read.AuthenticationMethod': () => passPolicyPath,
  'IdentityRiskEvent.Read.All': () => '/identityProtection/riskDetections?$top=1',
}

async function tried(
  examined: Examined,
  name: ApplicationName,
  { permission }: Need,
): Promise<Tried | undefined> {
  const read = reads[permission]
  if (read === undefined) return undefined
  try {
    const path = await read(examined)
    const { status, body } = await examined.graph(name).send({ method: 'GET', path })
    return { status, said: readFailure(body)?.toLowerCase() ?? '' }
  } catch (error) {
    if (error instanceof NotSet) return undefined
    if (error instanceof Fault) return { status: 0, said: error.status }
    throw error
  }
}

const whose: Readonly<Record<ApplicationName, string>> = {
  reader: 'The reader (ENTRA_CLIENT_ID)',
  issuer: 'The issuer (ENTRA_ISSUER_CLIENT_ID)',
  responder: 'The responder (ENTRA_RESPONDER_CLIENT_ID)',
}

const consent = 'as an application permission under API permissions, and grant admin consent'

/** Judges what the token of an application carries. */
function judgeHeld(
  name: ApplicationName,
  roles: readonly string[],
  needed: readonly Need[],
): readonly Finding[] {
  const missing = needed.filter((need) => !holds(roles, need))
  const wide = needed.filter(
    ({ permission }) =>
      !roles.includes(permission) && !missing.some((need) => need.permission === permission),
  )
  return [
    ...(missing.length === 0 ? [ok(`${whose[name]} has the permissions that it needs.`)] : []),
    ...missing.map(({ permission, without, spare }) => {
      const judge = spare === true ? warning : wrong
      return judge(`${whose[name]} lacks ${permission}: ${without}.`, `Add ${permission} ${consent}.`)
    }),
    ...wide.map(({ permission }) =>
      warning(
        `${whose[name]} has something wider in place of ${permission}.`,
        `Add ${permission} ${consent}, and take the wider one away.`,
      ),
    ),
  ]
}

function holds(roles: readonly string[], { permission, wider }: Need): boolean {
  return roles.includes(permission) || wider.some((other) => roles.includes(other))
}

/** Judges what Graph answered to somebody who holds a permission, which counts more than the token. */
export function judgeTried(
  name: ApplicationName,
  need: Need,
  roles: readonly string[],
  answer: Tried | undefined,
): readonly Finding[] {
  const { permission, without } = need
  if (answer === undefined || !holds(roles, need) || (answer.status >= 200 && answer.status < 300)) return []
  if (answer.status === 403 && answer.said.includes('licensed'))
    return [
      warning(
        `The tenant has no licence for what ${permission} reads: ${without}.`,
        'It takes Entra ID P2; without it nothing else is missing.',
      ),
    ]
  if (answer.status === 403)
    return [
      wrong(
        `${whose[name]} has ${permission} in its token, and Graph refuses it all the same: ${without}.`,
        'After consent it takes some minutes; if it stays so, grant admin consent again.',
      ),
    ]
  const status = answer.status === 0 ? answer.said : String(answer.status)
  return [
    warning(
      `Whether ${whose[name]} may use ${permission} could not be tried (${status}).`,
      'Run the doctor again.',
    ),
  ]
}

/** Judges what an application may and does not need. */
function judgeSurplus(
  name: ApplicationName,
  roles: readonly string[],
  needed: readonly Need[],
): readonly Finding[] {
  const surplus = roles.filter((role) => !needed.some(({ permission }) => permission === role))
  return surplus.map((role) => {
    const could = takeover[role] ?? apart[role]
    const away = `Take ${role} away under API permissions; Hallpass does not use it there.`
    if (could === undefined) return warning(`${whose[name]} has ${role}, which it does not need.`, away)
    return wrong(`${whose[name]} has ${role}: whoever gets hold of it ${could}.`, away)
  })
}
