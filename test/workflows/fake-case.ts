import type { Activities } from '../../src/activities/index.ts'
import type { CaseNews } from '../../src/activities/fraud/tell-case.ts'
import { casePlan, type CasePlan, type Reporter } from '../../src/core/fraud/plan.ts'
import { yes } from '../../src/core/result.ts'
import { policy } from '../core/fraud/given.ts'
import { newChain, type Chain } from './chain.ts'
import { colleagues, type Speaker } from './given.ts'

/** What the fakes know of the cases of one subject, and what they were asked to do. */
export type Cases = {
  readonly chainOf: (caseId: string) => Chain
  readonly told: CaseNews[]
  readonly steps: Parameters<Activities['takeStep']>[0][]
  readonly given: Parameters<Activities['giveBack']>[0][]
  /** Break-glass accounts, and the last of security. */
  isProtected: boolean
  /** Within how many seconds somebody has to take it. */
  takeWithin: number
  /** After how many seconds it is raised though somebody took it. */
  raisedEvery: number
}

type CaseActs = Pick<
  Activities,
  'hearReport' | 'openCase' | 'takeStep' | 'lookAround' | 'hearWord' | 'giveBack' | 'tellCase'
>

/** Cases of somebody who has none. */
export function newCases(): Cases {
  const chains = new Map<string, Chain>()
  return {
    chainOf(caseId) {
      const chain = chains.get(caseId) ?? newChain()
      chains.set(caseId, chain)
      return chain
    },
    told: [],
    steps: [],
    given: [],
    isProtected: false,
    takeWithin: 600,
    raisedEvery: 90 * 86_400,
  }
}

/** Activities of cases that work, for one subject. */
export function caseActs(subject: Speaker, cases: Cases): CaseActs {
  return {
    hearReport: async ({ report, subject: person }) =>
      report.signature !== 'forged' && report.statement.body.subject === person,
    openCase: async ({ statement, keyId, signature }) => {
      if (signature === 'forged') return { is: 'forged' }
      const { caseId, actor: by, at, body } = statement
      const as = partOf(by.person, subject)
      const details = { subjectName: subject.name, reporterName: nameOf(by.person, subject) }
      const proof = { keyId, signature }
      const { subject: person, what, policyHash, words } = body
      const plan = planFor(as, cases)
      const said = { ...details, ...(words && { words }) }
      return {
        is: 'opened',
        reported: {
          type: 'reported',
          at,
          caseId,
          subject: person,
          by,
          as,
          what,
          plan,
          policyHash,
          proof,
          details: said,
        },
      }
    },
    takeStep: async (order) => {
      cases.steps.push(order)
      return order.step === 'exceptions' || order.step === 'passes'
        ? { is: 'done', count: 0 }
        : { is: 'done' }
    },
    lookAround: async () => ({ exceptions: [], details: { names: {}, methods: [] } }),
    hearWord: async ({ statement, signature }, caseId) => {
      if (signature === 'forged' || statement.caseId !== caseId) return { is: 'forged' }
      const { person } = statement.actor
      const known = colleagues.find(({ actor }) => actor.person === person)
      return {
        is: 'heard',
        standing: {
          name: nameOf(person, subject),
          active: known !== undefined || person === subject.actor.person,
          isSecurity: known?.role === 'security',
          isHelpdesk: known?.role === 'requester',
        },
      }
    },
    giveBack: async (order) => {
      cases.given.push(order)
      return yes({ is: 'done' })
    },
    tellCase: async (news) => {
      cases.chainOf(news.state.report.caseId).append(news.facts)
      cases.told.push(news)
    },
  }
}

function planFor(
  reporter: Reporter,
  { isProtected: subjectProtected, takeWithin, raisedEvery }: Cases,
): CasePlan {
  const evidence = { policy, reporter, reporterActive: true, subjectProtected, recentBlocks: 0 }
  return { ...casePlan(evidence), takeWithin, raisedEvery }
}

function partOf(person: string, subject: Speaker): Reporter {
  if (person === subject.actor.person) return 'subject'
  const known = colleagues.find(({ actor }) => actor.person === person)
  if (known?.role === 'security') return 'security'
  return known?.role === 'requester' ? 'helpdesk' : 'somebody'
}

function nameOf(person: string, subject: Speaker): string {
  const known = [subject, ...colleagues].find(({ actor }) => actor.person === person)
  return known?.name ?? 'somebody who left the directory'
}
