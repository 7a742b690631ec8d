import { describe, expect, it } from 'vitest'
import { chooseConversation, readPlace, unreadOf, writePlace } from '../../../src/sandbox/page/place.js'
import { fakeWorkspace } from './fake-workspace.ts'

const unseen = () => undefined
const allSeen = () => '9'
const { workspaceOf } = fakeWorkspace().slack

describe('the place in the address', () => {
  it('survives a reload', () => {
    const place = { as: 'U0MARCO', conversation: 'C0APPROVALS' }
    expect(readPlace(writePlace(place))).toEqual(place)
  })

  it('is the helpdesk where nothing is named', () => {
    expect(readPlace('')).toEqual({ as: 'U0HANNA', conversation: '' })
  })
})

describe('the conversation that is opened', () => {
  it('is the wanted one when this person has it', () => {
    expect(chooseConversation(workspaceOf('U0MARCO'), 'C0GENERAL', unseen)).toBe('C0GENERAL')
    expect(chooseConversation(workspaceOf('U0MARCO'), 'D0HANNA', unseen)).toBe('D0MARCO')
  })

  it('is the app’s direct message when something in it is new', () => {
    expect(chooseConversation(workspaceOf('U0MARCO'), '', unseen)).toBe('D0MARCO')
  })

  it('is otherwise where something is new', () => {
    expect(chooseConversation(workspaceOf('U0DANA'), '', unseen)).toBe('C0APPROVALS')
  })

  it('is the app’s direct message when nothing is new', () => {
    expect(chooseConversation(workspaceOf('U0DANA'), '', allSeen)).toBe('D0DANA')
  })
})

it('one’s own messages are never unread', () => {
  const [approvals] = workspaceOf('U0HANNA').conversations
  expect(approvals && unreadOf(approvals, 'U0HANNA', undefined).map(({ user }) => user)).toEqual([
    'U0HALLPASS',
  ])
})
