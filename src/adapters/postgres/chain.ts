import { createHash } from 'node:crypto'
import { canonical } from '../../core/envelope/canonical.ts'
import type { ChainedFact } from '../../core/ledger/chained-fact.ts'
import { version } from './stored-fact.schema.ts'

/** What stands before the first hash of every chain: 32 zero bytes. */
export const beginning: Buffer = Buffer.alloc(32)

/** A fact as it is stored: the bytes that are chained, and apart from them what can be erased. */
export type Link = {
  readonly seq: number
  readonly bytes: Buffer
  readonly detail: { readonly salt: Buffer; readonly body: Buffer } | undefined
}

/** The stored form of a fact by the rule in docs/ledger.md. Throws when a salt is not hex of 16 bytes or more. */
export function link(chain: string, { seq, salt, fact }: ChainedFact): Link {
  if (!('details' in fact)) return { seq, bytes: encode({ chain, seq, fact }), detail: undefined }
  if (!/^(?:[0-9a-f]{2}){16,}$/.test(salt)) throw new TypeError('A salt is the hex of 16 bytes or more.')
  const { details, ...kept } = fact
  const detail = { salt: Buffer.from(salt, 'hex'), body: Buffer.from(canonical(details)) }
  const digest = sha256(detail.salt, detail.body).toString('hex')
  return { seq, bytes: encode({ chain, seq, fact: kept, detail: digest }), detail }
}

/** The hash that a fact adds to its chain: over the hash before it and the stored bytes. */
export function chainHash(previous: Buffer, bytes: Buffer): Buffer {
  return sha256(previous, bytes)
}

/** What a chain is about. Throws on a name that no writer uses. */
export function chainSubject(chain: string): {
  readonly about: keyof typeof ids
  readonly id: string
} {
  const [about = '', id = '', ...rest] = chain.split('/')
  if (!isKnown(about) || rest.length > 0 || !ids[about].test(id)) {
    throw new TypeError(
      'A chain is exception/<uuid>, follow-up/<uuid>, case/<uuid>, alarm/<uuid> or revocation/<sha256>.',
    )
  }
  return { about, id }
}

const uuid = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/
const ids = {
  exception: uuid,
  'follow-up': uuid,
  case: uuid,
  alarm: uuid,
  revocation: /^[0-9a-f]{64}$/,
} as const

function isKnown(about: string): about is keyof typeof ids {
  return Object.hasOwn(ids, about)
}

function encode(value: unknown): Buffer {
  return Buffer.concat([Buffer.of(version), Buffer.from(canonical(value))])
}

function sha256(first: Buffer, second: Buffer): Buffer {
  return createHash('sha256').update(first).update(second).digest()
}
