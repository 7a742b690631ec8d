import type { Graph } from '../../adapters/entra/graph.ts'
import { createEntraIssuer } from '../../adapters/entra/issuer.ts'
import { readFailure } from '../../adapters/entra/graph.schema.ts'
import { objectId } from '../../adapters/entra/object-id.ts'
import { passPolicyPath, passesPath } from '../../adapters/entra/pass-path.ts'
import { sayDuration } from '../../core/duration.ts'
import type { PersonId } from '../../core/ids.ts'
import type { Policy } from '../../core/policy/policy.ts'
import { anybody } from '../anybody.ts'
import type { Check } from '../check.ts'
import type { Examined } from '../examined.ts'
import { ok, unchecked, warning, wrong, type Finding } from '../finding.ts'
import { readId, readPassPolicy, readPrincipal, type PassPolicy } from '../graph-answers.schema.ts'

const part = 'Entra'

/** Passes: the tenant's policy beside ours, whom it excludes, and whether one could be made. */
export function passChecks(examined: Examined): readonly Check[] {
  const mint: Check = { part, name: 'entra.mint', look: () => lookAtMinting(examined) }
  return [
    { part, name: 'entra.pass-policy', look: () => lookAtPolicy(examined) },
    { part, name: 'entra.administrators', look: () => lookAtAdministrators(examined) },
    ...(examined.program === 'bot' ? [] : [mint]),
  ]
}

async function tenantPolicy({ graph }: Examined): Promise<PassPolicy> {
  return graph('reader').read(passPolicyPath, readPassPolicy)
}

async function lookAtPolicy(examined: Examined): Promise<readonly Finding[]> {
  const tenant = await tenantPolicy(examined)
  const ours = await examined.policy().catch(() => undefined)
  return judgePassPolicy(tenant, ours?.policy)
}

const where = 'Entra admin center, Authentication methods, Policies, Temporary Access Pass'

/** Judges the tenant's policy of passes beside the policy file; undefined where that can't be read. */
function judgePassPolicy(tenant: PassPolicy, ours: Policy | undefined): readonly Finding[] {
  const { minimumLifetimeInMinutes: least, maximumLifetimeInMinutes: most } = tenant
  const bad = [
    ...(tenant.state === 'enabled'
      ? []
      : [wrong('Temporary Access Pass is switched off in the tenant.', `Switch it on: ${where}.`)]),
    ...(tenant.includeTargets.length > 0
      ? []
      : [wrong('The tenant lets nobody have a pass.', `Include a group, or everybody: ${where}.`)]),
    ...(tenant.isUsableOnce
      ? []
      : [
          warning(
            'The tenant allows passes that work more than once, though Hallpass never makes one.',
            `Require one-time use: ${where}.`,
          ),
        ]),
    ...(ours === undefined ? [] : lifetimeFindings(tenant, ours)),
  ]
  const range = `${sayDuration(least * 60)} to ${sayDuration(most * 60)}`
  return bad.some(({ state }) => state === 'wrong')
    ? bad
    : [ok(`Temporary Access Pass is on, for ${range}.`), ...bad]
}

function lifetimeFindings(tenant: PassPolicy, { defaults, rules }: Policy): readonly Finding[] {
  const [least, most] = [tenant.minimumLifetimeInMinutes * 60, tenant.maximumLifetimeInMinutes * 60]
  const usual = defaults.duration
  const long = rules.flatMap((rule) =>
    'longest' in rule && rule.when.kind !== 'bypass' && rule.longest > most ? [rule] : [],
  )
  return [
    ...(usual >= least && usual <= most
      ? []
      : [
          wrong(
            `defaults.duration of the policy, ${sayDuration(usual)}, is outside of what the tenant allows: a /tap that names no time is refused.`,
            `Change it, or the tenant’s limits (now ${sayDuration(least)} to ${sayDuration(most)}): ${where}.`,
          ),
        ]),
    ...long.map(({ name, longest }) =>
      warning(
        `The rule “${name}” allows ${sayDuration(longest)}, and the tenant ${sayDuration(most)}: what is longer is refused.`,
        `Shorten the rule, or raise the tenant’s maximum: ${where}.`,
      ),
    ),
  ]
}

/** More administrators than this are not gone through. */
const most = 100

async function lookAtAdministrators(examined: Examined): Promise<readonly Finding[]> {
  const graph = examined.graph('reader')
  const [{ excludeTargets }, holders] = await Promise.all([
    tenantPolicy(examined),
    graph.list('/roleManagement/directory/roleAssignments', readPrincipal),
  ])
  const groups = excludeTargets.filter(({ targetType }) => targetType === 'group').map(({ id }) => id)
  const members = await Promise.all(
    groups.map((id) => graph.list(`/groups/${id}/transitiveMembers?$select=id`, readId)),
  )
  const excluded = new Set([...excludeTargets.map(({ id }) => id), ...members.flat()])
  const open = [...new Set(holders)].filter((id) => !excluded.has(id)).slice(0, most)
  // A service principal can have no pass.
  const people = await Promise.all(
    open.map(async (id) => {
      const [user, group] = await Promise.all([
        graph.find(`/users/${id}?$select=id`, readId),
        graph.find(`/groups/${id}?$select=id`, readId),
      ])
      return user ?? group
    }),
  )
  return judgeAdministrators(people.filter((id) => id !== undefined).length)
}

/** Judges how many people and groups with a role of the directory could be given a pass. */
function judgeAdministrators(open: number): readonly Finding[] {
  if (open === 0) return [ok('The tenant excludes everybody who has a role of the directory from passes.')]
  const who = open === 1 ? 'One person or group' : `${open} people or groups`
  return [
    warning(
      `${who} with a role of the directory could be given a pass: Hallpass refuses it, and the tenant would not.`,
      `Exclude a role-assignable group with all administrators, so that a stolen application can’t either: ${where}.`,
    ),
  ]
}

async function lookAtMinting(examined: Examined): Promise<readonly Finding[]> {
  const subject = await anybody(examined)
  const graph = examined.graph('issuer')
  // Shorter than any tenant can allow, so that nothing is made, and an earlier pass of the person stays.
  const body = { lifetimeInMinutes: 1, isUsableOnce: true }
  const answer = await graph.send({ method: 'POST', path: passesPath(subject), body })
  const left = answer.status === 201 && !(await isDeleted(graph, subject, readId(answer.body)))
  return judgeMinting(
    { status: answer.status, said: readFailure(answer.body) ?? '', left },
    objectId(subject),
  )
}

/** Never fails: a check that fails is made once more, and this one would make another pass. */
async function isDeleted(graph: Graph, subject: PersonId, made: string | undefined): Promise<boolean> {
  if (made === undefined) return false
  return createEntraIssuer(graph)
    .revoke(subject, made)
    .then(
      () => true,
      () => false,
    )
}

/** Graph's answer; `left`: a pass was made and is perhaps still there. */
type Minting = { readonly status: number; readonly said: string; readonly left?: boolean }

/** Judges the answer to an order that can't be carried out. */
export function judgeMinting({ status, said, left }: Minting, subject: string): readonly Finding[] {
  const words = said.toLowerCase()
  if (status === 400 && words.includes('invalid lifetimeinminutes'))
    return [ok('A pass could be made: Entra refused one of a minute for its time alone.')]
  if (status === 400 && words.includes('does not allow creating'))
    return [
      warning(
        `Entra lets us make passes, but none for ${subject}, with whom it was tried.`,
        `See whom the tenant includes and excludes: ${where}.`,
      ),
    ]
  if (status === 403)
    return [
      wrong(
        'Entra lets us make no pass.',
        'Give the issuer UserAuthMethod-TAP.ReadWrite.All as an application permission, and grant admin consent.',
      ),
    ]
  if (status === 201 && left === true)
    return [
      wrong(
        `Entra made a pass of one minute for ${subject}, which no tenant should allow, and it could not be deleted.`,
        'Delete it under Authentication methods of that account; nobody has read its code. Then check GRAPH_BASE_URL.',
      ),
    ]
  if (status === 201)
    return [
      wrong(
        `Entra made a pass of one minute for ${subject}, which no tenant should allow; it was deleted at once.`,
        'Check GRAPH_BASE_URL: this is not how Entra answers.',
      ),
    ]
  return [unchecked(`Whether a pass could be made could not be tried (${status}).`, 'Run the doctor again.')]
}
