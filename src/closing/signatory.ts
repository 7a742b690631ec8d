import { readFile } from 'node:fs/promises'
import { personalKeys } from '../adapters/signing/personal-keys.ts'
import { readSigningKey } from '../adapters/signing/keys.ts'
import { createSigner } from '../adapters/signing/signer.ts'
import type { Actor, Person } from '../core/people/person.ts'
import type { Signer } from '../core/ports.ts'
import { caseTerminalText } from '../core/text/en.ts'
import { step } from '../start-step.ts'
import type { Ground } from './ground.ts'

/** Whoever sits at the terminal: the person whose key it is by the policy, and what they sign with. */
export type Signatory = {
  readonly person: Person
  readonly actor: Actor
  /** As the policy has them. */
  readonly name: string
  readonly signer: Signer
}

/** Reads a key and finds out whose it is. Rejects when it is nobody's. */
export async function readSignatory({ policies, directory }: Ground, keyFile: string): Promise<Signatory> {
  const text = await step(`--key-file: ${keyFile} can't be read`, () => readFile(keyFile, 'utf8'))
  const key = keyIn(text)
  if (key === undefined) throw new Error(caseTerminalText.noKey(keyFile))
  const name = personalKeys.holderOf(policies.current().policy.fraud.keys ?? {}, readSigningKey(key).keyId)
  if (name === undefined) throw new Error(caseTerminalText.notInPolicy)
  const [person] = await askDirectory(() => directory.membersOf({ named: [name] }))
  if (person === undefined) throw new Error(caseTerminalText.notInPolicy)
  // No Slack account: nobody is told anything there for this.
  const actor = { team: '', user: '', person: person.id }
  return { person, actor, name, signer: createSigner(key) }
}

/** Asks the directory; what fails is said in a sentence. */
export async function askDirectory<Answer>(ask: () => Promise<Answer>): Promise<Answer> {
  return step("The directory can't be asked: check the variables of ENTRA", ask)
}

/** The key alone, or all that `hallpass keys person` printed. */
function keyIn(text: string): string | undefined {
  const lines = text.split(/\r?\n/).map((line) => line.trim().replace(/^HALLPASS_PERSON_KEY=/, ''))
  return lines.find((line) => isSigningKey(line))
}

function isSigningKey(text: string): boolean {
  try {
    readSigningKey(text)
    return true
  } catch {
    return false
  }
}
