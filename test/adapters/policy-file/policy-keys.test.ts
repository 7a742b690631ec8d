import { describe, expect, it } from 'vitest'
import { PolicyError } from '../../../src/adapters/policy-file/policy-error.ts'
import { parsePolicy } from '../../../src/adapters/policy-file/read-policy.ts'
import { newKeys } from '../../../src/adapters/signing/keys.ts'
import { sampleWith } from './sample-policy.ts'

/** What is wrong with a policy that has these keys, as `path: what to write`. */
function withKeys(keys: string): readonly string[] {
  try {
    parsePolicy(sampleWith('defaults:', `fraud:\n  keys:${keys}\ndefaults:`))
    return []
  } catch (error) {
    if (!(error instanceof PolicyError)) throw error
    return error.problems.map(({ path, says }) => `${path}: ${says}`)
  }
}

it('a policy is read with the keys of people who close cases without Slack, where it has them', () => {
  const [sams, sues] = [newKeys(), newKeys()]
  const fraud = `fraud: { keys: { sam@example.com: ${sams.verifyKey}, Sue@example.com: " ${sues.verifyKey} " } }`
  expect(parsePolicy(sampleWith('defaults:', `${fraud}\ndefaults:`)).policy.fraud.keys).toEqual({
    'sam@example.com': sams.verifyKey,
    'Sue@example.com': sues.verifyKey,
  })
})

describe('what is wrong with the keys of people is said without quoting them', () => {
  const { signingKey, verifyKey } = newKeys()
  const other = newKeys().verifyKey
  const again = 'write the one that `hallpass keys person` printed for this person'

  it.each<readonly [string, string, readonly string[]]>([
    ['a word', '\n    sam@example.com: secret', [`fraud.keys.sam@example.com: is no verify key: ${again}`]],
    [
      'a cut key',
      `\n    sam@example.com: ${verifyKey.slice(0, -8)}`,
      [`fraud.keys.sam@example.com: is no verify key: ${again}`],
    ],
    [
      'two keys',
      `\n    sam@example.com: "${verifyKey},${other}"`,
      [`fraud.keys.sam@example.com: is no verify key: ${again}`],
    ],
    [
      'the part that is secret',
      `\n    sam@example.com: ${signingKey}`,
      [
        'fraud.keys.sam@example.com: is the part that stays with its person, and is no secret any more: make new ones, and write the verify key',
      ],
    ],
    [
      'one key for two people',
      `\n    sam@example.com: ${verifyKey}\n    sue@example.com: " ${verifyKey}"`,
      [
        'fraud.keys.sue@example.com: is the key of sam@example.com already: everybody needs a key of their own',
      ],
    ],
    ['no key', '\n    sam@example.com:', ['fraud.keys.sam@example.com: write a verify key']],
    [
      'a name without letters',
      `\n    "": ${verifyKey}`,
      ['fraud.keys.: write an e-mail address, a user principal name or an object id'],
    ],
    [
      'a list',
      ` [${verifyKey}]`,
      [
        'fraud.keys: write names of people, each with the verify key that `hallpass keys person` printed for them',
      ],
    ],
  ])('%s', (_, keys, says) => {
    const said = withKeys(keys)
    expect(said).toEqual(says)
    expect(said.join()).not.toContain(verifyKey.slice(17))
    expect(said.join()).not.toContain(signingKey.slice(17))
  })
})
