import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { createManifest } from '../../src/adapters/slack/manifest.ts'
import { contoso } from '../../src/sandbox/slack/seed.ts'
import { hallpass } from './hallpass.ts'

const commands = { tap: '/tap', bypass: '/bypass', fraud: '/fraud' }
const overHttp = createManifest({ commands, url: 'https://hallpass.example/slack/events' })
const overSocket = createManifest({ commands, url: undefined })

describe('hallpass manifest', () => {
  it('prints the app for a host, the same in both formats', async () => {
    const args = ['manifest', '--url', 'https://hallpass.example']
    const [json, yaml] = await Promise.all([hallpass(args), hallpass([...args, '--format', 'yaml'])])
    expect([json.code, json.error, yaml.code, yaml.error]).toEqual([0, '', 0, ''])
    expect(JSON.parse(json.out)).toEqual(overHttp)
    expect(parse(yaml.out)).toEqual(overHttp)
  })
  it('prints it for Socket Mode when asked, or when there is an app-level token', async () => {
    const [asked, meant] = await Promise.all([
      hallpass(['manifest', '--socket-mode']),
      hallpass(['manifest'], { SLACK_APP_TOKEN: 'xapp-secret' }),
    ])
    expect(JSON.parse(asked.out)).toEqual(overSocket)
    expect(meant.out).toBe(asked.out)
  })
  it('names the commands as they are configured', async () => {
    const names = { HALLPASS_COMMAND: '/pass', HALLPASS_FRAUD_COMMAND: '/not-me' }
    const { out } = await hallpass(['manifest', '--socket-mode'], names)
    expect(out.match(/"command": ".*"/g)).toEqual([
      '"command": "/pass"',
      '"command": "/bypass"',
      '"command": "/not-me"',
    ])
  })
  it.for([
    [[], {}, /^Say how Slack reaches Hallpass: --url https:\/\/your\.host, or --socket-mode\.$/],
    [['--socket-mode', '--url', 'https://a.example'], {}, /^--socket-mode and --url exclude each other/],
    [['--url', 'http://a.example'], {}, /^--url is no https address/],
    [['--url', 'a.example'], {}, /^--url is no https address/],
    [['--socket-mode'], { HALLPASS_COMMAND: 'tap' }, /^ {2}HALLPASS_COMMAND is no name of a command/m],
    [
      ['--socket-mode'],
      { HALLPASS_COMMAND: '/fraud' },
      /^ {2}HALLPASS_COMMAND and .* name the same command$/m,
    ],
  ] as const)('%j with %j is refused in words', async ([args, env, says]) => {
    const { code, out, error } = await hallpass(['manifest', ...args], env)
    expect({ code, out }).toEqual({ code: 1, out: '' })
    expect(error.trimEnd()).toMatch(says)
  })
})

describe('the app', () => {
  const scopes = overHttp.oauth_config?.scopes?.bot ?? []
  it('has an address for every command and for interactivity over HTTP, and none in Socket Mode', () => {
    expect(JSON.stringify(overHttp).match(/hallpass\.example\/slack\/events/g)).toHaveLength(4)
    expect(overHttp.settings?.socket_mode_enabled).toBe(false)
    expect(JSON.stringify(overSocket)).not.toContain('url')
    expect(overSocket.settings?.socket_mode_enabled).toBe(true)
  })
  it('gets people as ids, hears no events, and keeps within the lengths that Slack allows', () => {
    for (const { command, description, usage_hint: usage = '', should_escape: isEscaped } of overHttp.features
      ?.slash_commands ?? []) {
      expect(isEscaped).toBe(true)
      expect(command.length).toBeLessThanOrEqual(32)
      expect(description.length).toBeLessThanOrEqual(2000)
      expect(usage.length).toBeLessThanOrEqual(1000)
    }
    expect(overHttp.settings).not.toHaveProperty('event_subscriptions')
    expect(overHttp.display_information.description?.length).toBeLessThanOrEqual(140)
  })
  it('has just the scopes that the guide lists, and that the stand-in gives, which refuses what needs another', () => {
    const guide = readFileSync(new URL('../../docs/install/slack.md', import.meta.url), 'utf8')
    const [table = ''] = /\| scope [\s\S]*?\n\n/.exec(guide) ?? []
    const listed = Array.from(table.matchAll(/^\| `([\w:.]+)`/gm), ([, scope]) => scope)
    expect(listed).toEqual(scopes)
    expect(contoso.scopes).toEqual(scopes)
  })
  it('has the commands of the stand-in', () => {
    const known = contoso.commands.map(({ command, description, usage: usage_hint, shouldEscape }) => {
      return { command, description, usage_hint, should_escape: shouldEscape }
    })
    expect(overSocket.features?.slash_commands).toEqual(known)
  })
})
