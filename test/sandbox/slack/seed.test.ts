import { expect, it } from 'vitest'
import { parseCommand } from '../../../src/core/command/parse.ts'
import { contoso } from '../../../src/sandbox/slack/seed.ts'

const words = ['extend', 'list', 'status', 'revoke', 'help']

it('every word that a command knows is suggested with it', () => {
  for (const { usage } of contoso.commands) expect(usage).toContain(words.join(', '))
  expect(words.map((word) => parseCommand(`${word} TAP-7F3K-Q2MD`, []).verb)).toEqual(words)
})
