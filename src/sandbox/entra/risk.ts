import { createHash, randomUUID } from 'node:crypto'

import { creationTime } from './pass.ts'
import type { DirectoryState, DirectoryUser, RiskDetection, UserRisk } from './state.schema.ts'

type Change = (state: DirectoryState) => DirectoryState
type Verdict = Pick<UserRisk, 'state' | 'detail'>

const reported: Verdict = { state: 'atRisk', detail: 'none' }
const compromised: Verdict = { state: 'confirmedCompromised', detail: 'adminConfirmedUserCompromised' }
const dismissed: Verdict = { state: 'dismissed', detail: 'adminDismissedAllRiskForUser' }

/** A user says that somebody else tried to sign in as them. `now` in epoch milliseconds, as everywhere here. */
export function reportSignIn(user: DirectoryUser, now: number): Change {
  const detection = newDetection(user, 'userReportedSuspiciousActivity', reported, now)
  return (state) => withRisk(withDetection(state, detection), [user.profile.id], reported, now)
}

/** Somebody decided that these accounts are in other hands, which is a detection of its own. */
export function confirmCompromised(users: readonly DirectoryUser[], now: number): Change {
  const fresh = users.filter(({ risk }) => risk?.state !== 'confirmedCompromised')
  const detections = fresh.map((user) =>
    newDetection(user, 'adminConfirmedUserCompromised', compromised, now),
  )
  return (state) => decide(detections.reduce(withDetection, state), idsOf(fresh), compromised, now)
}

/** Somebody decided that there is no danger for these users any more. */
export function dismissRisk(users: readonly DirectoryUser[], now: number): Change {
  return (state) => decide(state, idsOf(users), dismissed, now)
}

const idsOf = (users: readonly DirectoryUser[]) => users.map(({ profile }) => profile.id)

const withDetection = (state: DirectoryState, detection: RiskDetection): DirectoryState => ({
  ...state,
  riskDetections: [...state.riskDetections, detection],
})

function newDetection(
  { profile }: DirectoryUser,
  riskEventType: RiskDetection['riskEventType'],
  verdict: Verdict,
  now: number,
): RiskDetection {
  const detectedDateTime = creationTime(now)
  return {
    ...verdict,
    // 64 hexadecimal digits, no GUID, as the service writes them.
    id: createHash('sha256').update(randomUUID()).digest('hex'),
    userId: profile.id,
    riskEventType,
    activityDateTime: detectedDateTime,
    detectedDateTime,
    lastUpdatedDateTime: detectedDateTime,
  }
}

// What is decided about a user is written on all their detections that are still open.
function decide(
  state: DirectoryState,
  ids: readonly string[],
  verdict: Verdict,
  now: number,
): DirectoryState {
  const lastUpdatedDateTime = creationTime(now)
  return {
    ...withRisk(state, ids, verdict, now),
    riskDetections: state.riskDetections.map((detection) =>
      ids.includes(detection.userId) && detection.state !== 'dismissed' && detection.state !== verdict.state
        ? { ...detection, ...verdict, lastUpdatedDateTime }
        : detection,
    ),
  }
}

function withRisk(
  state: DirectoryState,
  ids: readonly string[],
  verdict: Verdict,
  now: number,
): DirectoryState {
  const risk = { ...verdict, updatedDateTime: creationTime(now) }
  return {
    ...state,
    users: state.users.map((user) => (ids.includes(user.profile.id) ? { ...user, risk } : user)),
  }
}
