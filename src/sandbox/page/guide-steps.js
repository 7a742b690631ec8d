/**
 * What to try, and as whom. `types` is what to type as that person.
 * @typedef {{ as: string, who: string, says: string, types?: string }} Step
 * @typedef {Pick<import('../page-api.ts').ExceptionCard, 'status' | 'follow'>} Told what the guide goes by
 */

/**
 * One whole exception, from the request to the end of the reminders.
 * @type {readonly Step[]}
 */
export const steps = [
  {
    as: 'U0HANNA',
    who: 'Hanna',
    says: 'of the helpdesk, ask:',
    types: '/tap @dana 1h lost her phone on the train',
  },
  { as: 'U0MARCO', who: 'Marco', says: 'her manager, press *Approve*.' },
  { as: 'U0DANA', who: 'Dana', says: 'who is locked out, press *Show my code*.' },
  { as: 'U0DANA', who: 'Dana', says: 'type the code into the sign-in page, lower right.' },
  { as: 'U0DANA', who: 'Dana', says: 'wait for the reminder, then register a new method there.' },
]

const more =
  'Ask again: let Marco press *Deny*, let Dana press *Not me*, type */tap list*, or stop the program in the middle and start it again.'

/** @type {Readonly<Record<string, number>>} steps behind, by status; the others are over */
const places = { requested: 1, waiting: 1, approved: 2, active: 3, ending: 3 }

/** More time that was given, or was not: the story is that of what it was for. */
const answers = new Set(['extended', 'not-extended'])

/**
 * What to try now: how many steps are behind, and what there is to say before the next one or instead of one.
 * @param {readonly Told[]} exceptions newest first
 * @returns {{ done?: number, says?: string }}
 */
export function nextToTry(exceptions) {
  const [newest, ...earlier] = exceptions.filter(({ status }) => !answers.has(status))
  if (!newest) return { done: 0 }
  const { status, follow } = newest
  const place = places[status]
  if (place !== undefined) return { done: place }
  if (follow === 'closed') return { says: `That was one whole exception. ${more}` }
  if (follow !== 'none') return { done: steps.length - 1 }
  // A request for more time that came to nothing leaves what it was for.
  const open = earlier.map((one) => places[one.status]).find((behind) => behind !== undefined)
  if (open !== undefined) return { done: open }
  const says = `That one is over (*${status}*), and there is nothing to follow up.`
  return earlier.some((one) => one.follow === 'closed') ? { says: `${says} ${more}` } : { done: 0, says }
}
