import type { PersonId } from '../../core/ids.ts'

const guid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

/** Whether a text is an object id, and so no name. */
export function isObjectId(text: string): boolean {
  return guid.test(text)
}

/** The object id of a person, fit for a path. Throws a TypeError for somebody of another directory. */
export function objectId(person: PersonId): string {
  const id = person.slice('entra:'.length)
  if (!person.startsWith('entra:') || !isObjectId(id)) throw new TypeError('Not a person of this directory.')
  return id
}
