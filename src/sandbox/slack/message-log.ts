import { coalesced, type StateStore } from '../state-store.ts'
import { type Content, type Draft, edited, posted, type PostedMessage } from './message.ts'
import { savedState } from './state.schema.ts'

type Book = { lastMicros: number; readonly messages: Map<string, readonly PostedMessage[]> }

/** The messages of channels and direct conversations. A change resolves once it is saved. */
export class MessageLog {
  readonly #book: Book
  readonly #now: () => number
  readonly #changed: () => void
  readonly #save: () => Promise<void>

  private constructor(book: Book, store: StateStore, now: () => number, changed: () => void) {
    this.#book = book
    this.#now = now
    this.#changed = changed
    this.#save = coalesced(() =>
      store.save({ version: 1, lastMicros: book.lastMicros, messages: Object.fromEntries(book.messages) }),
    )
  }

  /** Goes on from what is saved. Throws when that is not a workspace of this version. */
  static async open(store: StateStore, now: () => number, changed: () => void): Promise<MessageLog> {
    const state = await store.load()
    if (state === undefined)
      return new MessageLog({ lastMicros: 0, messages: new Map() }, store, now, changed)
    const read = savedState.safeParse(state)
    if (!read.success) throw new Error('The saved Slack workspace cannot be read. Start afresh.')
    const { lastMicros, messages } = read.data
    return new MessageLog({ lastMicros, messages: new Map(Object.entries(messages)) }, store, now, changed)
  }

  /** A timestamp in Slack's form, later than all before it, also across restarts and clocks that go back. */
  stamp(): string {
    this.#book.lastMicros = Math.max(Math.floor(this.#now() * 1000), this.#book.lastMicros + 1)
    const digits = String(this.#book.lastMicros).padStart(7, '0')
    return `${digits.slice(0, -6)}.${digits.slice(-6)}`
  }

  in(place: string): readonly PostedMessage[] {
    return this.#book.messages.get(place) ?? []
  }

  find(place: string, ts: string): PostedMessage | undefined {
    return this.in(place).find((each) => each.ts === ts)
  }

  async post(place: string, draft: Draft): Promise<PostedMessage> {
    const message = posted(draft, this.stamp())
    await this.#put(place, [...this.in(place), message])
    return message
  }

  /** Puts other content into a message; undefined when there is no such message. */
  async replace(place: string, ts: string, content: Content): Promise<PostedMessage | undefined> {
    const old = this.find(place, ts)
    if (old === undefined) return undefined
    const next = edited(old, content, this.stamp())
    await this.#put(
      place,
      this.in(place).map((each) => (each === old ? next : each)),
    )
    return next
  }

  /** Takes a message away; false when there is no such message. */
  async remove(place: string, ts: string): Promise<boolean> {
    const rest = this.in(place).filter((each) => each.ts !== ts)
    if (rest.length === this.in(place).length) return false
    await this.#put(place, rest)
    return true
  }

  /** Resolves once everything up to now is saved. */
  async saved(): Promise<void> {
    await this.#save()
  }

  async #put(place: string, messages: readonly PostedMessage[]): Promise<void> {
    this.#book.messages.set(place, messages)
    this.#changed()
    await this.#save()
  }
}
