import { isGrpcServiceError } from '@temporalio/client'
import { searchAttribute } from '../../core/names.ts'
import type { Check } from '../check.ts'
import type { Examined } from '../examined.ts'
import { ok, unchecked, wrong, type Finding } from '../finding.ts'
import type { TemporalLink } from '../temporal-link.ts'

/** Temporal: its version, and the namespace with its retention and its search attribute. */
export function temporalChecks({ temporal }: Examined): readonly Check[] {
  const part = 'Temporal'
  return [
    { part, name: 'temporal.version', look: async () => lookAtVersion(await temporal()) },
    { part, name: 'temporal.namespace', look: async () => lookAtNamespace(await temporal()) },
    { part, name: 'temporal.search-attribute', look: async () => lookAtAttribute(await temporal()) },
  ]
}

async function lookAtVersion({ connection }: TemporalLink): Promise<readonly Finding[]> {
  const { serverVersion } = await connection.workflowService.getSystemInfo({})
  return judgeVersion(serverVersion)
}

/** The oldest that starts a workflow and answers its first update in one call without a flag. */
const oldest = [1, 28] as const

/** Judges the server's own word of its version. */
export function judgeVersion(version: string | null | undefined): readonly Finding[] {
  const [, major, minor] = /^(\d+)\.(\d+)\./.exec(version ?? '') ?? []
  if (major === undefined || minor === undefined)
    return [unchecked('Temporal does not say its version.', 'Nothing to do with Temporal Cloud.')]
  const isOld = Number(major) < oldest[0] || (Number(major) === oldest[0] && Number(minor) < oldest[1])
  if (isOld)
    return [wrong(`Temporal ${version} is too old.`, `Update the server, at least to ${oldest.join('.')}.`)]
  return [ok(`Temporal ${version} answers.`)]
}

async function lookAtNamespace({ connection, namespace }: TemporalLink): Promise<readonly Finding[]> {
  try {
    const { config } = await connection.workflowService.describeNamespace({ namespace })
    const seconds = config?.workflowExecutionRetentionTtl?.seconds
    return judgeRetention(namespace, seconds === undefined || seconds === null ? undefined : Number(seconds))
  } catch (error) {
    return [judgeNoNamespace(namespace, error)]
  }
}

/** Undefined for what is no answer of Temporal. */
function grpcCode(error: unknown): number | undefined {
  return isGrpcServiceError(error) ? error.code : undefined
}

function judgeNoNamespace(namespace: string, error: unknown): Finding {
  const code = grpcCode(error)
  if (code === 5)
    return wrong(
      `Temporal has no namespace ${namespace}.`,
      `temporal operator namespace create --namespace ${namespace} --retention 90d, or correct TEMPORAL_NAMESPACE.`,
    )
  if (code === 7 || code === 16)
    return wrong(
      `Temporal lets us not into the namespace ${namespace}.`,
      'Check TEMPORAL_API_KEY or the client certificate, and what it is allowed.',
    )
  throw error
}

const day = 86_400
const needed = 90

/** Judges how long histories are kept: an audit asks later than a day. Seconds. */
export function judgeRetention(namespace: string, seconds: number | undefined): readonly Finding[] {
  if (seconds === undefined)
    return [
      unchecked(
        `Temporal does not say how long ${namespace} keeps histories.`,
        'See the namespace in its UI.',
      ),
    ]
  const days = Math.floor(seconds / day)
  if (days >= needed) return [ok(`The namespace ${namespace} keeps histories for ${days} days.`)]
  return [
    wrong(
      `The namespace ${namespace} keeps histories for ${days === 1 ? 'one day' : `${days} days`} only: how an exception went can’t be looked up later.`,
      `temporal operator namespace update --namespace ${namespace} --retention ${needed}d`,
    ),
  ]
}

async function lookAtAttribute({ connection, namespace }: TemporalLink): Promise<readonly Finding[]> {
  try {
    const { customAttributes } = await connection.operatorService.listSearchAttributes({ namespace })
    return judgeAttribute(namespace, customAttributes[searchAttribute])
  } catch (error) {
    const code = grpcCode(error)
    // Not implemented, not permitted: Temporal Cloud keeps this in its own API.
    if (code === 12 || code === 7) return [notSaid(namespace)]
    if (code === 5) return [judgeNoNamespace(namespace, error)]
    throw error
  }
}

function notSaid(namespace: string): Finding {
  return unchecked(
    `The search attributes of ${namespace} can’t be seen from here.`,
    `In Temporal Cloud see the namespace’s page: ${searchAttribute} of type Keyword must be there.`,
  )
}

/** Temporal's number for each type of a search attribute. */
const types = ['unspecified', 'Text', 'Keyword', 'Int', 'Double', 'Bool', 'Datetime', 'KeywordList']

/** Judges the search attribute by the number of its type. */
export function judgeAttribute(namespace: string, type: number | null | undefined): readonly Finding[] {
  const create = `temporal operator search-attribute create --namespace ${namespace} --name ${searchAttribute} --type Keyword`
  if (type === undefined || type === null)
    return [wrong(`The namespace has no search attribute ${searchAttribute}: nothing would start.`, create)]
  const called = types[type] ?? 'unknown'
  if (called === 'Keyword') return [ok(`The search attribute ${searchAttribute} is there.`)]
  return [
    wrong(
      `The search attribute ${searchAttribute} is of type ${called}, not Keyword.`,
      `temporal operator search-attribute remove --namespace ${namespace} --name ${searchAttribute}, then: ${create}`,
    ),
  ]
}
