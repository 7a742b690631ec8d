type PersonId = `entra:${string}`

export const branded = (text: string): PersonId => text as PersonId // refused: no-unsafe-type-assertion
export const twice = (text: unknown): PersonId => text as unknown as PersonId // refused: no-unsafe-type-assertion
export const anything = (text: any): number => text.length // refused: no-explicit-any
export const fixed = ['tap'] as const
export default fixed // refused: no-default-export
