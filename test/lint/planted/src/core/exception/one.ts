import { two } from './two.ts' // refused: no-cycle

export const one = (): number => two()
