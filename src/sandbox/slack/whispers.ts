import { type Content, type Draft, edited, posted, type PostedMessage } from './message.ts'

/** A message that one person sees, in the conversation where it was whispered. */
export type Whisper = { readonly place: string; readonly message: PostedMessage }

/** Ephemeral messages: in memory only, seen by one person, gone when that person reloads. */
export class Whispers {
  readonly #of = new Map<string, readonly Whisper[]>()
  readonly #stamp: () => string
  readonly #changed: () => void

  constructor(stamp: () => string, changed: () => void) {
    this.#stamp = stamp
    this.#changed = changed
  }

  for(user: string): readonly Whisper[] {
    return this.#of.get(user) ?? []
  }

  find(user: string, place: string, ts: string): PostedMessage | undefined {
    return this.for(user).find((each) => each.place === place && each.message.ts === ts)?.message
  }

  add(user: string, place: string, draft: Draft): PostedMessage {
    const message = posted(draft, this.#stamp())
    this.#put(user, [...this.for(user), { place, message }])
    return message
  }

  /** Puts other content into an ephemeral message; false when that person does not have it any more. */
  replace(user: string, ts: string, content: Content): boolean {
    if (!this.for(user).some(({ message }) => message.ts === ts)) return false
    this.#put(
      user,
      this.for(user).map((each) =>
        each.message.ts === ts ? { ...each, message: edited(each.message, content, this.#stamp()) } : each,
      ),
    )
    return true
  }

  /** Takes an ephemeral message away; false when that person does not have it any more. */
  remove(user: string, ts: string): boolean {
    const rest = this.for(user).filter(({ message }) => message.ts !== ts)
    if (rest.length === this.for(user).length) return false
    this.#put(user, rest)
    return true
  }

  forget(user: string): void {
    this.#put(user, [])
  }

  #put(user: string, whispers: readonly Whisper[]): void {
    this.#of.set(user, whispers)
    this.#changed()
  }
}
