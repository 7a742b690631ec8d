import { z } from 'zod'
import { steps } from '../../core/fraud/plan.ts'
import { ruledKinds } from '../../core/kinds.ts'
import { canBeFraudCode } from '../../core/local/fraud-code.ts'
import { longestReason } from '../../core/policy/check-request.ts'
import type { PeopleSource, Rule } from '../../core/policy/policy.ts'
import { ticketPattern, type PatternProblem } from '../../core/policy/ticket-pattern.ts'
import { delay, duration, section, text, wholeNumber, write, yesOrNo } from './policy-words.schema.ts'

const aChannel = write("the channel's id, such as C0123ABCD, not its name")
const channel = z.string(aChannel).regex(/^[CG][A-Z0-9]{6,}$/, aChannel)

const source = section({
  directoryGroup: z.exactOptional(text('the name or the object id of a directory group')),
  named: z.exactOptional(
    z
      .array(text('an e-mail address, a user principal name or an object id'), write('a list of people'))
      .min(1, write('at least one person')),
  ),
}).transform(({ directoryGroup, named }, check): PeopleSource => {
  if (check.issues.length > 0) return z.NEVER
  if (directoryGroup !== undefined && named === undefined) return { directoryGroup }
  if (named !== undefined && directoryGroup === undefined) return { named }
  check.addIssue({ code: 'custom', message: 'write either directoryGroup or named' })
  return z.NEVER
})

const mends: Readonly<Record<PatternProblem, string>> = {
  'too-long': 'write at most 200 characters',
  syntax: 'is not a regular expression; write one such as "^INC[0-9]+$"',
  lookaround: 'write it without (?= (?! (?< and other groups that begin with a question mark, except (?:',
  'back-reference': 'write it without back references such as \\1',
  'repeated-group': 'put no * + or {} after a group, for such patterns can take for ever',
  'too-much-work':
    'write it with fewer * + ? | and {}, or begin it with ^, for it could take too long to match',
}

const pattern = z
  .string(write('a regular expression, such as "^INC[0-9]+$"'))
  .superRefine((written, check) => {
    const usable = ticketPattern(written)
    if (!usable.ok) check.addIssue({ code: 'custom', message: mends[usable.reason] })
  })

const remind = z
  .array(delay, write('a list of durations, such as [0m, 1h, 24h]'))
  .min(1, write('at least one reminder'))
  .superRefine((delays, check) => {
    const late = delays.findIndex((at, index) => index > 0 && at <= (delays[index - 1] ?? 0))
    if (late < 0) return
    check.addIssue({
      code: 'custom',
      path: [late],
      message: 'each reminder must come later than the one before',
    })
  })

const watch = section({ first: duration, longest: duration }).refine(
  ({ first, longest }) => first <= longest,
  {
    error: 'first must not be longer than longest',
  },
)

const aFactor = write('a number from 1 to 10')
const defaults = section({
  duration,
  answerWithin: duration,
  ping: section({
    every: duration,
    backoff: z.number(aFactor).min(1, aFactor).max(10, aFactor),
  }),
  claimWithin: duration,
  delivery: section({
    how: z.enum(['reveal', 'message'], write('reveal, or message')),
    visible: duration,
  }),
  reason: section({ atLeast: wholeNumber(0, longestReason) }),
  ticket: section({ pattern, required: yesOrNo }),
  followUp: section({ remind }),
  watch: watch.default({ first: 15, longest: 300 }),
  revokeSessionsOnRevoke: yesOrNo,
})

const aName = z.string().regex(/^[a-z][a-z0-9-]{0,39}$/, write('a short name in small letters, such as vpn'))
const application = section({
  name: text('what people call it'),
  form: z.enum(['code', 'let-in'], write('code or let-in')).default('code'),
  clock: z.enum(['claim', 'approval'], write('claim or approval')).default('claim'),
  userName: z.enum(['upn', 'mail', 'localpart'], write('upn, mail or localpart')),
  domain: z.exactOptional(text('the domain of the user principal names, such as example.com')),
}).refine(({ userName, domain }) => userName !== 'localpart' || domain !== undefined, {
  path: ['domain'],
  error:
    'is missing: write the domain whose local parts these are, because two domains may have the same ones',
})

const anAddress = write('an address or a network, such as 10.1.2.3 or 10.1.0.0/16')
const checkClient = section({
  application: text('the name of an application'),
  from: z
    .array(z.union([z.ipv4(), z.ipv6(), z.cidrv4(), z.cidrv6()], anAddress), write('a list of addresses'))
    .min(1, write('at least one address')),
})

const aFraudCode = write(
  'a text of 4 to 32 digits or letters without I, L, O and U, such as "911911", that is no code of a bypass',
)
const aPhone = write('a telephone number as people dial it, such as "+41 44 555 01 00"')
const someKeys = write(
  'names of people, each with the verify key that `hallpass keys person` printed for them',
)
const day = 86_400
const atOnce = z.array(
  z.enum(['checks', 'block', 'sessions', 'risk'], write('checks, block, sessions or risk')),
  write('a list, such as [checks, block, sessions, risk]'),
)
const all = steps.filter((step) => step !== 'exceptions' && step !== 'passes')
const fraud = section({
  atOnce: section({
    subject: atOnce.default(all),
    helpdesk: atOnce.default(all),
    security: atOnce.default(all),
  }).prefault({}),
  blocksPerHour: wholeNumber(0, 100).default(3),
  takeWithin: duration.default(600),
  neverBlock: z.exactOptional(text('the name of a set of people')),
  blockedFor: duration.default(90 * day),
  escalateTo: z.exactOptional(channel),
  phone: z.exactOptional(z.string(aPhone).regex(/^[0-9+][0-9 ()./-]{2,39}$/, aPhone)),
  code: z.exactOptional(z.string(aFraudCode).refine(canBeFraudCode, aFraudCode)),
  keys: z.exactOptional(z.record(z.string(), text('a verify key'), someKeys)),
})
  .prefault({})
  // Whoever is neither is heard, and locks nobody out.
  .transform(({ atOnce: by, ...rest }) => ({ ...rest, atOnce: { ...by, somebody: [] } }))

const conditions = section({
  kind: z.exactOptional(z.enum(ruledKinds, write(ruledKinds.join(' or ')))),
  application: z.exactOptional(text('the name of an application')),
  requester: z.exactOptional(text('the name of a set of people')),
  subject: z.exactOptional(section({ privileged: yesOrNo })),
})

const step = section({
  by: z
    .array(text('manager, or the name of a set of people'), write('a list, such as [manager]'))
    .min(1, write('at least one name, such as [manager]')),
  count: wholeNumber(1, 10),
  within: duration,
})

const oneStep = z
  .tuple([step], write('a list of one step, such as - { by: [manager], count: 1, within: 15m }'))
  .transform(([only]) => only)

const rule = section({
  name: text('what the rule is called'),
  when: conditions,
  refuse: z.exactOptional(text('what the requester is told')),
  longest: z.exactOptional(duration),
  approve: z.exactOptional(oneStep),
}).transform(({ name, when, refuse, longest, approve }, check): Rule => {
  if (check.issues.length > 0) return z.NEVER
  if (refuse !== undefined && longest === undefined && approve === undefined) return { name, when, refuse }
  if (refuse !== undefined || longest === undefined || approve === undefined) {
    check.addIssue({ code: 'custom', message: 'write either refuse, or both longest and approve' })
    return z.NEVER
  }
  if (when.subject?.privileged !== true) return { name, when, longest, approve }
  const message =
    'a rule for privileged subjects needs a tier with more approvers, which is not supported yet: write refuse'
  check.addIssue({ code: 'custom', message })
  return z.NEVER
})

/** The policy file, strictly: every key is known, every value is what the rules need. Durations become seconds. */
export const policyFile = section({
  version: z.literal(1, write('1')),
  directory: z.literal('entra', write('entra; other directories are not supported yet')),
  people: z.record(z.string(), source, write('names of sets of people')),
  channels: section({ approvals: channel, security: channel }),
  applications: z.record(aName, application).default({}),
  checks: z.record(aName, checkClient).default({}),
  fraud,
  defaults,
  rules: z.array(rule, write('a list of rules')).min(1, write('at least one rule')),
})

const texts = z.array(z.unknown()).catch([])
const sketchedRule = z
  .object({
    name: z.unknown(),
    when: z
      .object({ requester: z.unknown().optional(), application: z.unknown().optional() })
      .catch({ requester: undefined, application: undefined }),
    approve: z.array(z.object({ by: texts }).catch({ by: [] })).catch([]),
  })
  .catch({ name: undefined, when: { requester: undefined, application: undefined }, approve: [] })

/** As it is: a record would leave out a name such as __proto__. */
const anyMap = z.custom<object>(
  (value) => typeof value === 'object' && value !== null && !Array.isArray(value),
)

/** As much of a policy file as can be made out, whatever else is wrong with it: for checks across its parts. */
export const policySketch = z
  .object({
    people: anyMap.catch({}),
    applications: anyMap.catch({}),
    checks: z
      .record(z.string(), z.object({ application: z.unknown().optional() }).catch({ application: undefined }))
      .catch({}),
    fraud: z
      .object({ neverBlock: z.unknown().optional(), keys: anyMap.catch({}) })
      .catch({ neverBlock: undefined, keys: {} }),
    rules: z.array(sketchedRule).catch([]),
  })
  .catch({ people: {}, applications: {}, checks: {}, fraud: { neverBlock: undefined, keys: {} }, rules: [] })

export type PolicySketch = z.infer<typeof policySketch>
