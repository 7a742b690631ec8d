import { Client } from 'pg'
import { caseActions } from '../../src/core/card/actions.ts'
import { closeFields, madeSafe, reasonFields } from '../../src/core/card/form-fields.ts'
import type { CaseId } from '../../src/core/ids.ts'
import { fraudWorkflowId } from '../../src/core/names.ts'
import { choice, deskOf, words } from './desk.ts'
import { eventually, type Installation } from './installation.ts'

const first = 'U0SAM'
const second = 'U0RITA'

/**
 * Closes the open case about somebody, as two of security do: what it took is given back, so that the next test can go on
 * with the same person. Nothing happens where nobody reported.
 */
export async function giveBack(installation: Installation, name: string): Promise<void> {
  const account = installation.entra.controls.view().users.find((user) => user.name === name)
  if (account === undefined) throw new Error(`${name} is not in the directory.`)
  const workflow = installation.temporal.workflow.getHandle(fraudWorkflowId(`entra:${account.id}`))
  const description = await workflow.describe().catch(() => undefined)
  if (description?.status.name !== 'RUNNING') return
  const caseId = String(description.memo?.['caseId'])
  await everythingIsDone(installation, caseId)
  const { slack } = installation
  const desk = deskOf(installation)
  await press(installation, first, caseId, caseActions.closeCase)
  await desk.window(first, 'Is the way back in safe?')
  await desk.submit(first, filled)
  await press(installation, second, caseId, caseActions.agreeUnblock)
  await desk.window(second, 'Agree only if')
  await desk.submit(second, {})
  await eventually(async () => {
    const { status } = await workflow.describe()
    if (status.name === 'RUNNING') throw new Error(`The case ${caseId} is still open.`)
  })
  for (const user of [first, second]) slack.people.reload(user)
}

/** How the form is filled in by whoever wants to give an account back. */
const filled: Parameters<ReturnType<typeof deskOf>['submit']>[1] = {
  ...choice(closeFields.outcome.block, closeFields.outcome.action, 'test', 'A test'),
  ...words(reasonFields.reason.block, reasonFields.reason.action, 'the next test needs the account'),
  [closeFields.madeSafe.block]: {
    [closeFields.madeSafe.action]: {
      type: 'checkboxes',
      selected_options: Object.values(madeSafe).map((value) => ({
        text: { type: 'plain_text', text: value },
        value,
      })),
    },
  },
}

/** Presses a button on the card of just this case. */
async function press({ slack: { people } }: Installation, user: string, caseId: CaseId, actionId: string) {
  const blockId = `buttons:${caseId}`
  await eventually(async () => {
    const channel = people.workspaceOf(user).conversations.find(({ name }) => name === 'security')
    const message = channel?.messages.find(({ blocks }) =>
      blocks.some(
        (block) =>
          block.type === 'actions' &&
          block.block_id === blockId &&
          block.elements.some((element) => 'action_id' in element && element.action_id === actionId),
      ),
    )
    if (channel === undefined || message === undefined)
      throw new Error(`${user} has no button ${actionId} for ${caseId}.`)
    const at = { kind: 'message', conversation: channel.id, ts: message.ts } as const
    await people.action(user, { in: at, blockId, actionId })
  })
}

/** Waits until every step of a case has had its effect: what is still under way would take the account away again. */
async function everythingIsDone({ database }: Installation, caseId: CaseId): Promise<void> {
  const client = new Client({ connectionString: database.superuserUrl })
  await client.connect()
  const done = `select from case_view where case_id = $1 and state ? 'around'
    and not exists (select from jsonb_each(state -> 'steps') where not value ? 'result')`
  try {
    await eventually(async () => {
      const { rowCount } = await client.query(done, [caseId])
      if (rowCount === 0) throw new Error(`Something of the case ${caseId} is still being done.`)
    })
  } finally {
    await client.end()
  }
}
