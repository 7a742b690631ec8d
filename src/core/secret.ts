/**
 * A credential that must not rest anywhere. It refuses to become text, JSON or a log line; the only way to its value
 * is a function that is given it, so that every use can be found by searching for `reveal`.
 */
export class Secret {
  readonly #value: string

  constructor(value: string) {
    this.#value = value
  }

  /** Hands the value to `use` and nowhere else. */
  reveal<Outcome>(use: (value: string) => Outcome): Outcome {
    return use(this.#value)
  }

  toJSON(): never {
    throw new TypeError('A secret is never serialised.')
  }

  toString(): string {
    return '[secret]'
  }

  [Symbol.for('nodejs.util.inspect.custom')](): string {
    return '[secret]'
  }
}
