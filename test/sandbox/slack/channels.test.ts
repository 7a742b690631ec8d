import { afterEach, expect, it } from 'vitest'
import { contoso, type WorkspaceSeed } from '../../../src/sandbox/slack/seed.ts'
import { type Stage, startStage } from './stage.ts'

let stage: Stage
afterEach(() => stage.close())

const info = async (channel: string, changes: Partial<WorkspaceSeed> = {}) => {
  stage = await startStage({ seed: { ...contoso, ...changes } })
  return stage.call('conversations.info', { channel })
}
const only = (more: Partial<WorkspaceSeed['channels'][number]>): Partial<WorkspaceSeed> => ({
  channels: [{ id: 'C0ONE', name: 'one', members: [contoso.bot.id], ...more }],
})

it.for([
  ['our own', {}, { is_shared: false, is_ext_shared: false, is_pending_ext_shared: false }],
  ['shared with another company', { shared: 'ext' }, { is_shared: true, is_ext_shared: true }],
  [
    'that another company is invited to',
    { shared: 'pending' },
    { is_shared: false, is_pending_ext_shared: true },
  ],
  [
    'of several workspaces of ours',
    { shared: 'org' },
    { is_shared: true, is_org_shared: true, is_ext_shared: false },
  ],
  ['a private one', { private: true }, { is_private: true, is_channel: false, is_group: true }],
] as const)('tells who reads a channel: %s', async ([, more, flags]) => {
  expect(await info('C0ONE', only(more))).toMatchObject({ ok: true, channel: { id: 'C0ONE', ...flags } })
})

it('a private channel is there only for a bot that is in it', async () => {
  expect(await info('C0ONE', only({ private: true, members: [] }))).toEqual({
    ok: false,
    error: 'channel_not_found',
  })
})

it.for([
  ['C0ONE', false, 'channels:read'],
  ['C0ONE', true, 'groups:read'],
] as const)(
  'a method is refused without its scope, which is named: %s, private %s',
  async ([channel, isPrivate, needed]) => {
    const scopes = contoso.scopes.filter((scope) => scope !== needed)
    expect(await info(channel, { ...only({ private: isPrivate }), scopes })).toEqual({
      ok: false,
      error: 'missing_scope',
      needed,
      provided: scopes.join(','),
    })
  },
)

it.for([
  ['chat.postMessage', 'chat:write'],
  ['users.info', 'users:read'],
  ['users.lookupByEmail', 'users:read.email'],
])('%s needs %s', async ([method = '', needed]) => {
  stage = await startStage({ seed: { ...contoso, scopes: [] } })
  expect(await stage.call(method, {})).toMatchObject({ error: 'missing_scope', needed })
})
