import { sayDuration } from '../../duration.ts'
import type { Plan } from '../../exception/plan.ts'
import type { Request, StateOf } from '../../exception/state.ts'
import { endingTime } from '../clock.ts'
import { say, type Markup } from '../markup.ts'
import { baseNounOf } from './kinds.ts'
import { wayOf } from './ways.ts'

type Asked = { readonly request: Request; readonly plan: Plan }

/** What somebody is asked to approve, and what can't happen before. */
type Offer = { readonly question: string; readonly offer: Markup; readonly notYet: Markup }

/** What a request offers: a way in, or more time for one that is out. */
export function offerOf({ request, plan }: Asked): Offer {
  const { subjectName: subject } = request
  const time = sayDuration(plan.duration)
  if (plan.extends !== undefined) {
    const { how, endsAt } = plan.extends
    const noun = baseNounOf({ request, plan })
    return {
      question: wayOf(plan.opens).more(subject),
      ...moreTime[how]({
        subject,
        noun,
        time,
        endsAt: endingTime(endsAt, request.requestedAt),
        still: wayOf(plan.opens).moreStill,
      }),
    }
  }
  const { question, offer, notYet, application } = wayOf(plan.opens)
  return {
    question: question(subject, application),
    offer: offer(subject, application, time),
    notYet: notYet(subject),
  }
}

type MoreTime = (asked: {
  readonly subject: string
  readonly noun: string
  readonly time: string
  readonly endsAt: Markup
  readonly still: Markup
}) => Omit<Offer, 'question'>

const moreTime: Readonly<Record<NonNullable<Plan['extends']>['how'], MoreTime>> = {
  'in-place': ({ subject, noun, time, endsAt, still }) => ({
    offer: say`The ${noun} that ${subject} has works for ${time} from the approval on, ${still}. Otherwise it ends at ${endsAt}.`,
    notYet: say`Nothing changes until it is approved.`,
  }),
  replace: ({ subject, noun, time, endsAt }) => ({
    offer: say`A new ${noun}, for one sign-in, up to ${time} after ${subject} opens it. It takes the place of the one from before, which ends at ${endsAt}.`,
    notYet: say`The one from before works until ${subject} opens the new one.`,
  }),
}

/** To the subject while somebody decides on more time. */
export function meanwhile({ request }: StateOf<'waiting'>, endsAt: number): Markup {
  return say`Meanwhile the one that you have goes on working, until ${endingTime(endsAt, request.requestedAt)}.`
}

/** The id of a request for more time, and that of what it is for. */
export function moreTimeFor(id: string, base: string): Markup {
  return say`${id}, more time for ${base}`
}
