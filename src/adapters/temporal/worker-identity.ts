import type { EncryptionKeys } from './encryption-keys.ts'

const mark = ';keys='

/**
 * What a worker is called in Temporal: its process, and the ids of its encryption keys, so that whoever has others can see
 * it before the first payload comes. An id does not give its key away, and stands beside each payload.
 */
export function workerIdentity(name: string, keys: EncryptionKeys): string {
  return `${name}${mark}${keyNames(keys).join(',')}`
}

/** The keys of the worker that is called so; undefined where it does not say them. */
export function keysOfWorker(identity: string): readonly string[] | undefined {
  const [, names] = identity.split(mark)
  return names?.split(',')
}

/** The ids of keys, the one that writes before the others; `off` stands for payloads in the clear. */
export function keyNames({ first, byId, readsClear }: EncryptionKeys): readonly string[] {
  const all = [first?.keyId ?? 'off', ...byId.keys(), ...(readsClear ? ['off'] : [])]
  return [...new Set(all)]
}
