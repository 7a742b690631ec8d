import { expect, it } from 'vitest'
import { parseFraud } from '../../../src/core/command/parse-fraud.ts'
import { parseCommand } from '../../../src/core/command/parse.ts'
import { contoso } from '../../../src/sandbox/slack/seed.ts'

it.for(contoso.commands)(
  'every word that a command knows is suggested with $command',
  ({ command, usage }) => {
    const words = usage.split('or: ')[1]?.split(', ') ?? []
    const isFraud = command === '/fraud'
    const verbOf = (text: string): string => (isFraud ? parseFraud(text).verb : parseCommand(text, []).verb)
    expect(words.toSorted()).toEqual(
      isFraud ? ['close', 'help', 'list', 'note', 'status'] : ['extend', 'help', 'list', 'revoke', 'status'],
    )
    expect(words.map((word) => verbOf(`${word} TAP-7F3K-Q2MD`))).toEqual(words)
  },
)
