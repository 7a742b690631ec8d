/** A list of those who want to be told; `add` answers how to leave it. */
export class Listeners<Event extends readonly unknown[]> {
  readonly #all = new Set<(...event: Event) => void>()

  add(listener: (...event: Event) => void): () => void {
    this.#all.add(listener)
    return () => {
      this.#all.delete(listener)
    }
  }

  tell(...event: Event): void {
    for (const listener of this.#all) listener(...event)
  }
}
