import { one } from './one.ts' // refused: no-cycle

export const two = (): number => one()
