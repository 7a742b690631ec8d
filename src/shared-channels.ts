import type { Policy } from './core/policy/policy.ts'
import type { Slack } from './core/ports.ts'
import { step } from './start-step.ts'

/**
 * Refuses channels that other companies share: their people would read who is locked out, and could press what is posted
 * there. Throws with what to mend.
 */
export async function refuseSharedChannels(
  slack: Pick<Slack, 'isShared'>,
  channels: Policy['channels'],
): Promise<void> {
  for (const [name, id] of Object.entries(channels)) {
    const unknown =
      `Slack does not say who reads channels.${name} of the policy, ${id}: check that the channel exists, ` +
      'and that the app is in it and has the scopes channels:read and groups:read'
    if (await step(unknown, () => slack.isShared(id)))
      throw new Error(
        `channels.${name} of the policy, ${id}, is shared with another company, or one is invited to it: ` +
          'its people would read who is locked out. Name a channel of your own.',
      )
  }
}
