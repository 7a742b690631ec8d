import { Fault } from '../core/fault.ts'
import { causeOf } from '../start-step.ts'
import { unchecked, wrong, type Finding } from './finding.ts'

/** What an installation is made of, in the order in which people read of it. */
export const parts = [
  'Settings',
  'Keys',
  'Policy',
  'PostgreSQL',
  'Temporal',
  'Slack',
  'Entra',
  'Clocks',
] as const
type Part = (typeof parts)[number]

/** One question to the installation. `look` may fail: that is a finding as well. */
export type Check = {
  readonly part: Part
  /** For machines; does not change. */
  readonly name: string
  readonly look: () => Promise<readonly Finding[]> | readonly Finding[]
}

/** A finding, and which check it is of. */
export type Found = Finding & { readonly part: Part; readonly check: string }

/** Thrown where a check needs a setting that is missing or wrong: that is said once, under Settings. */
export class NotSet extends Error {
  override readonly name = 'NotSet'
}

/** Longer than many pages of a group take; milliseconds. */
const patience = 25_000

/** Makes all checks at once. None stops another, and none is waited for without an end. */
export async function runChecks(checks: readonly Check[], within = patience): Promise<readonly Found[]> {
  const made = await Promise.all(
    checks.map(async (check) => ({ check, found: await askedTwice(check, within) })),
  )
  const said = new Set<string>()
  const all = made.flatMap(({ check, found }) => {
    const { part, name } = check
    const findings = found instanceof Failed ? [failure(check, found.error, said)] : found
    return findings.map((finding) => ({ ...finding, part, check: name }))
  })
  return parts.flatMap((part) => all.filter((one) => one.part === part))
}

/** What fails is asked once more: this program's own start can keep a machine busy for longer than a service waits. */
async function askedTwice(check: Check, within: number): Promise<readonly Finding[] | Failed> {
  const found = await answered(check, within)
  const isFinal = !(found instanceof Failed) || found.error instanceof NotSet || found.error instanceof Late
  return isFinal ? found : answered(check, within)
}

class Late extends Error {
  override readonly name = 'Late'
}

class Failed {
  readonly error: unknown

  constructor(error: unknown) {
    this.error = error
  }
}

async function answered({ look }: Check, within: number): Promise<readonly Finding[] | Failed> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Late(`no answer within ${within / 1000} s`)), within)
  })
  try {
    return await Promise.race([look(), late])
  } catch (error) {
    return new Failed(error)
  } finally {
    clearTimeout(timer)
  }
}

const mendFirst = 'Mend what is wrong above, then run the doctor again.'

/** A service that is away fails all its checks: that is said once. */
function failure({ part, name }: Check, error: unknown, said: Set<string>): Finding {
  if (error instanceof NotSet)
    return unchecked(`${name}: not looked at, because ${error.message}.`, mendFirst)
  const says = sentenceOf(part, error)
  if (said.has(says)) return unchecked(`${name}: not looked at, for the same reason.`, mendFirst)
  said.add(says)
  return wrong(says, fixOf(error))
}

function sentenceOf(part: Part, error: unknown): string {
  // What a step of the start says is a sentence with its cause.
  if (error instanceof Error && error.cause !== undefined) return `${error.message}.`
  return `${part} can't be asked (${causeOf(error)}).`
}

function fixOf(error: unknown): string {
  const status = error instanceof Fault ? error.status : undefined
  if (status === '401' || status === '400')
    return 'Check the tenant, the client id, and its certificate or secret: Entra gives us no token.'
  return 'Check the address, that this machine reaches it, and that the sign-in is right; the cause is in brackets.'
}
