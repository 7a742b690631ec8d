/** What a workflow is, for the person who reads its history; the id that people know, and no personal data. */
export const workflowSummary = {
  exception: (displayId: string): string =>
    `${displayId}: asked, approved by a second person, shown once, ended`,
  fraud: (displayId: string): string =>
    `${displayId}: reported, stopped at once, looked into, given back by two people of security`,
  followUp: (displayId: string): string => `${displayId}: ask until the person can sign in without help`,
} as const

/** What an activity does, for the person who reads a history. Temporal allows 200 bytes; no personal data. */
export const activitySummaries = {
  admit: 'Check the request against the directory, the policy and the provider',
  hear: 'Find out who spoke and what they may do',
  grant: 'Judge again, mint once, show once',
  prolong: 'Judge again, and give what is out more time',
  end: 'End what was made and check that it is gone',
  watch: 'Look whether it was used or is over',
  hideCode: 'Take the code off the screen',
  removeCode: 'Take the message with the code away',
  tell: 'Write the facts and update the cards',
  openFollowUp: 'Hand over to the follow-up of this person',
  tellFollowUp: 'Write the facts and tell who has to know',
  hearReport: 'Fraud was reported: verify that, and let nothing more be made',
  openCase: 'Find out who reported fraud, and what is done at once',
  takeStep: 'Stop it now: one of the things that a report leads to',
  lookAround: 'Look who made the exceptions of late possible, and what was registered since',
  hearWord: 'Find out who spoke about the case and what they may do',
  tellCase: 'Write the facts, and bring the cards and the thread of the case up to date',
  giveBack: 'Verify both signatures and judge again, then give the account back',
  watchMethods: 'Look for a strong sign-in method that is new',
} as const

/** What a timer waits for, likewise. */
export const timerSummaries = {
  decision: 'Wait for the approvers; then remind them, or time out',
  claim: 'Wait for the subject to open it',
  hide: 'The code is on the screen',
  expiry: 'The code is hidden; wait for its end',
  settle: 'Wait until a lost attempt can have no more effect',
  ending: 'Answer people while it is being ended',
  untaken: 'Wait until somebody takes the case; then tell security again',
  unsettled: 'Wait until security closes the case; after a long time tell security that it is open',
  sweep: 'Wait until a mint in hand can have no more effect, then look again',
  reminder: 'Wait for the next reminder or question, or for evidence',
} as const
