/**
 * What to try, and as whom. `types` is what to type as that person.
 * @typedef {{ as: string, who: string, says: string, types?: string }} Step
 * @typedef {Pick<import('../page-api.ts').ExceptionCard, 'kind' | 'status' | 'label' | 'follow' | 'phoneComesBack' | 'subject'>} Told
 *   what the guide goes by
 */

const first = {
  as: 'U0HANNA',
  who: 'Hanna',
  says: 'of the helpdesk, ask:',
  types: '/tap @dana 1h lost her phone on the train',
}

const reported =
  'Fraud was reported. As *Sam* of security, look into #security: press *I take it*, then *Close*. Where the account was blocked, *Rita* of security has to agree; then ask again as *Hanna*.'

/**
 * What is different by kind: what to do with the code, and what *Not me* has led to.
 * @type {Readonly<Record<Told['kind'], { types: string, stopped: string }>>}
 */
const kinds = {
  tap: { types: 'type the code into the sign-in page, lower right.', stopped: reported },
  bypass: { types: 'type the code under *Sign in to the VPN*, lower right.', stopped: reported },
  drill: {
    types:
      'who has seen that there is nowhere to type the code, wait until it ends, or let Hanna press *Revoke*.',
    stopped:
      'The drill was stopped, and security was told in #security. It opens no case: nothing real was at stake. Ask again as *Hanna*, for a drill or a pass.',
  },
}

/**
 * One whole exception, from the request to the end of the reminders: of this one, or of a pass for Dana.
 * @param {Told | undefined} told
 * @param {readonly { id: string, name: string }[]} members who is who in Slack
 * @returns {readonly Step[]}
 */
export function stepsOf(told, members) {
  const name = told?.subject ?? 'Dana Cruz'
  const subject = {
    as: members.find((one) => one.name === name)?.id ?? 'U0DANA',
    who: name.split(' ')[0] ?? name,
  }
  const { types } = kinds[told?.kind ?? 'tap']
  const waits = told?.phoneComesBack
    ? 'wait for the question whether your phone is back, then press *Yes, it is back*.'
    : 'wait for the reminder, then register a new method on the sign-in page.'
  return [
    first,
    { as: 'U0MARCO', who: 'Marco', says: 'the manager, press *Approve*.' },
    { ...subject, says: 'who is locked out, press *Show my code*.' },
    { ...subject, says: types },
    { ...subject, says: waits },
  ]
}

const more =
  'Ask again: let Marco press *Deny*, type */tap list*, or stop the program in the middle and start it again. Or report fraud: let Dana press *Not me*, or anybody type */fraud*; then be Sam of security, in #security.'

/** @type {Readonly<Record<string, number>>} steps behind, by status; the others are over */
const places = { requested: 1, waiting: 1, approved: 2, active: 3, ending: 3 }

/** The last step is what goes on after a use. */
const lastStep = 4

/** More time that was given, or was not: the story is that of what it was for. */
const answers = new Set(['extended', 'not-extended'])

/**
 * What to try now: how many steps of which exception are behind, and what there is to say before the next one or instead
 * of one. It goes by the newest that is not over.
 * @param {readonly Told[]} exceptions newest first
 * @returns {{ done?: number, about?: Told, says?: string }}
 */
export function nextToTry(exceptions) {
  for (const about of exceptions) {
    const done = stepsBehind(about)
    if (done !== undefined) return { done, about }
  }
  const [newest, ...earlier] = exceptions.filter(({ status }) => !answers.has(status))
  if (!newest) return { done: 0 }
  if (newest.follow === 'closed') return { says: `That was one whole exception. ${more}` }
  if (newest.status === 'stopped') return { says: kinds[newest.kind].stopped }
  const says = `That one is over (${newest.label}), and there is nothing to follow up.`
  return earlier.some((one) => one.follow === 'closed') ? { says: `${says} ${more}` } : { done: 0, says }
}

/**
 * The newest that is not over, or else the newest: what the page is about.
 * @template {Pick<Told, 'status' | 'follow'>} One
 * @param {readonly One[]} exceptions newest first
 * @returns {One | undefined}
 */
export function current(exceptions) {
  return exceptions.find((one) => stepsBehind(one) !== undefined) ?? exceptions[0]
}

/**
 * How many steps are behind; undefined where it is over.
 * @param {Pick<Told, 'status' | 'follow'>} told
 */
function stepsBehind({ status, follow }) {
  const isFollowed = follow === 'ahead' || follow === 'open'
  return places[status] ?? (isFollowed ? lastStep : undefined)
}
