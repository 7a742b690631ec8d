export { exception } from './exception.ts'
export { fraud } from './fraud.ts'
export { followUp } from './follow-up.ts'
