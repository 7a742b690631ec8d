import { randomBytes } from 'node:crypto'
import type { Modal } from './block-limits.ts'
import type { StateValues } from './element-state.ts'
import { withBlockIds } from './message.ts'

const STACK_LIMIT = 3

/** A view on somebody's screen. It is never stored: a view may show a credential. */
export type OpenView = {
  readonly id: string
  readonly hash: string
  readonly user: string
  readonly root: string
  readonly previous: string | null
  readonly view: Modal
  /** What the person has entered so far, as the client reported it. */
  readonly values: StateValues
  /** What is wrong with the last submission, by block id. */
  readonly errors: Readonly<Record<string, string>>
}

/** The outcome of changing views: the view, or the error that Slack's `views.*` methods answer. */
export type ViewOutcome =
  { readonly ok: true; readonly view: OpenView } | { readonly ok: false; readonly error: string }

const named = (view: Modal): Modal => ({ ...view, blocks: withBlockIds(view.blocks) })

/** The open views: for each person a stack of at most three, in memory only. */
export class Modals {
  readonly #stacks = new Map<string, readonly OpenView[]>()
  readonly #now: () => number
  readonly #changed: () => void

  constructor(now: () => number, changed: () => void) {
    this.#now = now
    this.#changed = changed
  }

  /** The views of a person, lowest first. */
  stack(user: string): readonly OpenView[] {
    return this.#stacks.get(user) ?? []
  }

  /** The view that a person can act on: the uppermost, if it has this id. */
  top(user: string, id: string): OpenView | undefined {
    const top = this.stack(user).at(-1)
    return top?.id === id ? top : undefined
  }

  /** Begins a new stack. */
  open(user: string, view: Modal): ViewOutcome {
    return this.#add(user, view, [])
  }

  /** Lays a view on top of the others. */
  push(user: string, view: Modal): ViewOutcome {
    return this.#add(user, view, this.stack(user))
  }

  /** Replaces a view wherever it stands in a stack; a hash, when given, must be the current one. */
  update(id: string, view: Modal, hash?: string): ViewOutcome {
    const old = this.#find(id)
    if (old === undefined) return { ok: false, error: 'not_found' }
    if (hash !== undefined && hash !== old.hash) return { ok: false, error: 'hash_conflict' }
    const next: OpenView = { ...old, hash: this.#hash(), view: named(view), errors: {} }
    this.#swap(old, next)
    return { ok: true, view: next }
  }

  /** Keeps what a person entered into a view, and what is wrong with it. A view that is gone stays gone. */
  enter(id: string, values: StateValues, errors: OpenView['errors']): void {
    const old = this.#find(id)
    if (old !== undefined) this.#swap(old, { ...old, values, errors })
  }

  remove(id: string): void {
    const old = this.#find(id)
    if (old === undefined) return
    this.#put(
      old.user,
      this.stack(old.user).filter((view) => view !== old),
    )
  }

  clear(user: string): void {
    this.#put(user, [])
  }

  #add(user: string, view: Modal, below: readonly OpenView[]): ViewOutcome {
    if (below.length >= STACK_LIMIT) return { ok: false, error: 'push_limit_reached' }
    const id = `V${randomBytes(6).toString('hex').toUpperCase()}`
    const opened: OpenView = {
      id,
      hash: this.#hash(),
      user,
      root: below[0]?.id ?? id,
      previous: below.at(-1)?.id ?? null,
      view: named(view),
      values: {},
      errors: {},
    }
    this.#put(user, [...below, opened])
    return { ok: true, view: opened }
  }

  #find(id: string): OpenView | undefined {
    return [...this.#stacks.values()].flat().find((view) => view.id === id)
  }

  #hash(): string {
    return `${Math.floor(this.#now() / 1000)}.${randomBytes(6).toString('base64url')}`
  }

  #swap(old: OpenView, next: OpenView): void {
    this.#put(
      old.user,
      this.stack(old.user).map((view) => (view === old ? next : view)),
    )
  }

  #put(user: string, views: readonly OpenView[]): void {
    this.#stacks.set(user, views)
    this.#changed()
  }
}
