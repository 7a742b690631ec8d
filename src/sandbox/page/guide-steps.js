/**
 * What to try, and as whom. `types` is what to type as that person.
 * @typedef {{ as: string, who: string, says: string, types?: string }} Step
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

/** What else there is, once the five steps are done. */
export const more =
  'That was one whole exception. Ask again: let Marco press *Deny*, let Dana press *Not me*, type */tap list*, or stop the program in the middle and start it again.'

/** @type {Readonly<Record<string, number>>} by the first word of a status */
const places = { requested: 1, waiting: 1, approved: 2, active: 3, ending: 3 }

/**
 * How many of the steps are done, by the newest exception; all of them once it is over.
 * @param {readonly Pick<import('../page-api.ts').ExceptionCard, 'status'>[]} exceptions newest first
 */
export function stepsDone([newest]) {
  if (!newest) return 0
  if (newest.status.endsWith('follow-up open')) return 4
  return places[newest.status] ?? steps.length
}
