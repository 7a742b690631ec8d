/**
 * A state as the projection keeps it. `jsonb` refuses NUL and lone surrogates, which a person can type into a reason; the chain
 * keeps them as they are.
 */
export function storable(state: object): string {
  return JSON.stringify(state, (_key, value: unknown) =>
    typeof value === 'string' ? Buffer.from(value).toString().replaceAll('\0', '\uFFFD') : value,
  )
}
