import { constants, getPriority, setPriority } from 'node:os'

// What the tests start inherits this. The servers that all of them share keep theirs: where Temporal's starves, it loses
// tasks, and everything waits for them.
const { PRIORITY_BELOW_NORMAL: lower } = constants.priority
if (getPriority() < lower) setPriority(lower)
