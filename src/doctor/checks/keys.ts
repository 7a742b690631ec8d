import { readCodeKey } from '../../adapters/local/code-keys.ts'
import { readSignalKey } from '../../adapters/local/signal-keys.ts'
import { readSigningKey, readVerifyKey } from '../../adapters/signing/keys.ts'
import { readEncryptionKeys } from '../../adapters/temporal/encryption-keys.ts'
import type { Check } from '../check.ts'
import type { Examined } from '../examined.ts'
import { ok, warning, wrong, type Finding } from '../finding.ts'

/** The keys of the programs; what is not this program's is not asked for. */
type Keys = {
  readonly signing?: string
  readonly verify?: string
  readonly code?: string
  readonly signal?: string
  readonly encryption?: string
}

const variables = {
  signing: 'HALLPASS_SIGNING_KEY',
  verify: 'HALLPASS_VERIFY_KEYS',
  code: 'HALLPASS_CODE_KEY',
  signal: 'HALLPASS_SIGNAL_KEY',
  encryption: 'HALLPASS_ENCRYPTION_KEY',
} as const

const names = ['signing', 'verify', 'code', 'signal', 'encryption'] as const

/** Whether the keys can be read, fit, and are different ones. */
export function keysChecks({ program, has, setting }: Examined): readonly Check[] {
  const set = names.filter((name) => has(variables[name]))
  const keys: Keys = Object.fromEntries(set.map((name) => [name, setting(variables[name])]))
  return [
    { part: 'Keys', name: 'keys', look: () => (program === 'codec' ? judgeDecoding(keys) : judgeKeys(keys)) },
  ]
}

/** Judges the keys that there are; the findings name variables, never a key. */
export function judgeKeys(keys: Keys): readonly Finding[] {
  const unreadable = names.filter((name) => keys[name] !== undefined && !isReadable(name, keys[name]))
  const bad = [
    ...unreadable.map((name) => wrong(`${variables[name]} is no key.`, printNew(name))),
    ...(unreadable.length === 0 ? pairFindings(keys) : []),
    ...sameFindings(keys),
  ]
  if (bad.length > 0) return bad
  const readable = names.filter((name) => keys[name] !== undefined)
  return [
    ...clearFindings(keys),
    ok(`The keys can be read, fit together and are different ones (${readable.join(', ')}).`),
  ]
}

/** Judges the keys of the codec: it does not start without one that reads. */
function judgeDecoding(keys: Keys): readonly Finding[] {
  const { encryption = '' } = keys
  if (!isReadable('encryption', encryption) || readEncryptionKeys(encryption).byId.size > 0)
    return judgeKeys(keys)
  return [
    wrong(
      'HALLPASS_ENCRYPTION_KEY is off: there is nothing to decode, and the codec does not start.',
      'Give it the keys of the bot and the worker, or run no codec: nothing is encrypted.',
    ),
  ]
}

const readers = {
  signing: readSigningKey,
  code: readCodeKey,
  signal: readSignalKey,
  encryption: readEncryptionKeys,
} as const

function isReadable(name: keyof Keys, text: string): boolean {
  try {
    if (name === 'verify') text.split(',').forEach((key) => readVerifyKey(key))
    else readers[name](text)
    return true
  } catch {
    return false
  }
}

function pairFindings({ signing, verify }: Keys): readonly Finding[] {
  if (signing === undefined || verify === undefined) return []
  const { keyId } = readSigningKey(signing)
  if (verify.split(',').some((key) => readVerifyKey(key).keyId === keyId)) return []
  return [
    wrong(
      'HALLPASS_VERIFY_KEYS lacks the key that belongs to HALLPASS_SIGNING_KEY: the worker would take everything for forged.',
      'Put the verify key that `hallpass keys new` printed with the signing key into HALLPASS_VERIFY_KEYS, of the worker too.',
    ),
  ]
}

function sameFindings({ code, signal }: Keys): readonly Finding[] {
  if (code === undefined || code !== signal) return []
  return [
    wrong(
      'HALLPASS_CODE_KEY and HALLPASS_SIGNAL_KEY are the same key: the bot could make codes.',
      'Take two different ones from `hallpass keys new`.',
    ),
  ]
}

/** Whoever reads Temporal's database reads names and reasons there. */
function clearFindings({ encryption }: Keys): readonly Finding[] {
  if (encryption === undefined || readEncryptionKeys(encryption).first !== undefined) return []
  return [
    warning(
      'HALLPASS_ENCRYPTION_KEY is off: what Temporal keeps can be read by whoever reads its database.',
      'Take the line that `hallpass keys new` prints, for the bot and the worker alike.',
    ),
  ]
}

function printNew(name: keyof Keys): string {
  const line = variables[name]
  return `Take the line ${line} as \`hallpass keys new\` prints it, without its name; look for a line end or a quote in it.`
}
