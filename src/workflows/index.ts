export { exception } from './exception.ts'
export { followUp } from './follow-up.ts'
