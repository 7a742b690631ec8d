import { createHash } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { PolicyError } from '../../../src/adapters/policy-file/policy-error.ts'
import { parsePolicy, readPolicy } from '../../../src/adapters/policy-file/read-policy.ts'
import { canonical } from '../../../src/core/envelope/canonical.ts'
import { samplePolicy, sampleWith } from './sample-policy.ts'

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex')
const folder = mkdtempSync(join(tmpdir(), 'hallpass-policy-'))
afterAll(() => rmSync(folder, { recursive: true }))

function fileWith(text: string): string {
  const file = join(folder, `${sha256(text)}.yaml`)
  writeFileSync(file, text)
  return file
}

/** What is wrong with a policy, as `line path: what to write`. */
function complaints(text: string): readonly string[] {
  try {
    parsePolicy(text)
    return []
  } catch (error) {
    if (!(error instanceof PolicyError)) throw error
    return error.problems.map(({ line, path, says }) => `${line} ${path}: ${says}`)
  }
}

/** What holds where the policy says nothing of fraud. */
const everything = ['checks', 'block', 'sessions', 'risk']
const usualFraud = {
  atOnce: { subject: everything, helpdesk: everything, security: everything, somebody: [] },
  blocksPerHour: 3,
  takeWithin: 600,
  blockedFor: 7_776_000,
}

describe('a policy is read', () => {
  it('with a code that is sent in a message, where it says so', () => {
    expect(parsePolicy(sampleWith('how: reveal', 'how: message')).policy.defaults.delivery).toEqual({
      how: 'message',
      visible: 180,
    })
  })

  it('with a fraud code, where it has one', () => {
    const withCode = sampleWith('defaults:', 'fraud: { code: "911911" }\ndefaults:')
    expect(parsePolicy(withCode).policy.fraud).toEqual({ ...usualFraud, code: '911911' })
    expect(parsePolicy(samplePolicy).policy.fraud).toEqual(usualFraud)
  })

  it('with what is done at once when somebody reports fraud, where it says so', () => {
    const fraud =
      'fraud: { atOnce: { helpdesk: [sessions] }, blocksPerHour: 1, takeWithin: 2m, neverBlock: partners, escalateTo: C0BOSSES, phone: "117" }'
    expect(parsePolicy(sampleWith('defaults:', `${fraud}\ndefaults:`)).policy.fraud).toEqual({
      ...usualFraud,
      atOnce: { ...usualFraud.atOnce, helpdesk: ['sessions'] },
      blocksPerHour: 1,
      takeWithin: 120,
      neverBlock: 'partners',
      escalateTo: 'C0BOSSES',
      phone: '117',
    })
  })

  it('with all durations in seconds', async () => {
    const { policy } = await readPolicy(fileWith(samplePolicy))
    expect(policy).toEqual({
      directory: 'entra',
      people: {
        helpdesk: { directoryGroup: 'Helpdesk' },
        security: { directoryGroup: '6f1c2b1e-0000-4000-8000-000000000001' },
        partners: { named: ['ava@example.com', 'ben@example.com'] },
      },
      channels: { approvals: 'C0APPROVALS', security: 'C0SECURITY' },
      applications: {},
      checks: {},
      fraud: usualFraud,
      defaults: {
        duration: 3600,
        answerWithin: 900,
        ping: { every: 300, backoff: 2 },
        claimWithin: 1800,
        delivery: { how: 'reveal', visible: 180 },
        reason: { atLeast: 10 },
        ticket: { pattern: '^(INC|REQ)[0-9]+$', required: false },
        followUp: { remind: [0, 3600, 86_400, 259_200] },
        watch: { first: 10, longest: 120 },
        revokeSessionsOnRevoke: true,
      },
      rules: [
        {
          name: 'Administrators recover with their keys',
          when: { subject: { privileged: true } },
          refuse: 'Administrators use their own recovery keys. Call security.',
        },
        {
          name: 'A pass for a colleague',
          when: { kind: 'tap', requester: 'helpdesk' },
          longest: 28_800,
          approve: { by: ['manager', 'partners'], count: 1, within: 900 },
        },
      ],
    })
  })

  it('watching for use every 15 seconds to 5 minutes where it does not say', () => {
    const { policy } = parsePolicy(sampleWith('  watch: { first: 10s, longest: 2m }\n', ''))
    expect(policy.defaults.watch).toEqual({ first: 15, longest: 300 })
  })

  it('and pinned by the hash of what it means', async () => {
    const { hash, policy } = await readPolicy(fileWith(samplePolicy))
    expect(hash).toBe(sha256(canonical(policy)))
    expect(parsePolicy(sampleWith('# by name', '# by another comment')).hash).toBe(hash)
    expect(parsePolicy(sampleWith('answerWithin: 15m', 'answerWithin: 900s')).hash).toBe(hash)
    expect(parsePolicy(sampleWith('answerWithin: 15m', 'answerWithin: 901s')).hash).not.toBe(hash)
  })

  it('not at all when the file is not there', async () => {
    await expect(readPolicy(join(folder, 'none.yaml'))).rejects.toMatchObject({ code: 'ENOENT' })
  })
})

describe('what is wrong is named with its line, its place and what to write instead', () => {
  it.each([
    [
      'an unknown key',
      'answerWithin: 15m',
      'answerwithn: 15m',
      [
        '15 defaults.answerWithin: is missing: write a duration, such as 90s, 5m, 1h30m or 7d, at most 366d',
        '17 defaults.answerwithn: is not known here: did you mean answerWithin?',
      ],
    ],
    [
      'an unknown key like no other',
      'version: 1',
      'version: 1\ncolour: red',
      [
        '3 colour: is not known here: write one of version, directory, people, channels, applications, checks, fraud, defaults, rules',
      ],
    ],
    [
      'people from a Slack group',
      '{ directoryGroup: Helpdesk }',
      '{ slackGroup: S0ONCALL }',
      ['7 people.helpdesk.slackGroup: is not known here: write one of directoryGroup, named'],
    ],
    [
      'people from two sources',
      '{ directoryGroup: Helpdesk }',
      '{ directoryGroup: Helpdesk, named: [a@b.example] }',
      ['7 people.helpdesk: write either directoryGroup or named'],
    ],
    [
      'nobody',
      '[ava@example.com, ben@example.com]',
      '[]',
      ['9 people.partners.named: write at least one person'],
    ],
    [
      'nobody as security',
      'security:  { directory',
      'safety:  { directory',
      ['6 people.security: is missing: write who reads everything and may end everything'],
    ],
    [
      'a set of people called manager',
      'partners:  {',
      'manager:  {',
      [
        "9 people.manager: manager always means the subject's manager: choose another name",
        '37 rules[1].approve[0].by[1]: "partners" is not in people: write one of manager, helpdesk, security',
      ],
    ],
    [
      'the name of a channel',
      'C0SECURITY',
      '"#security"',
      ["13 channels.security: write the channel's id, such as C0123ABCD, not its name"],
    ],
    [
      'a bare number for a duration',
      'answerWithin: 15m',
      'answerWithin: 15',
      ['17 defaults.answerWithin: write a duration, such as 90s, 5m, 1h30m or 7d, at most 366d'],
    ],
    [
      'a zero duration',
      'claimWithin: 30m',
      'claimWithin: 0m',
      ['19 defaults.claimWithin: write a duration, such as 90s, 5m, 1h30m or 7d, at most 366d'],
    ],
    [
      'reminders that do not ascend',
      '[0m, 1h, 24h, 72h]',
      '[0m, 1h, 60m]',
      ['24 defaults.followUp.remind[2]: each reminder must come later than the one before'],
    ],
    ['no reminder', '[0m, 1h, 24h, 72h]', '[]', ['24 defaults.followUp.remind: write at least one reminder']],
    [
      'escalation, which is not there yet',
      '[0m, 1h, 24h, 72h]',
      '[1h]\n    then: [requester]',
      ['25 defaults.followUp.then: is not known here: write one of remind'],
    ],
    [
      'a way of delivery that is not there yet',
      'how: reveal',
      'how: mail',
      ['20 defaults.delivery.how: write reveal, or message'],
    ],
    [
      'a back-off that would ping ever faster',
      'backoff: 2',
      'backoff: 0.5',
      ['18 defaults.ping.backoff: write a number from 1 to 10'],
    ],
    [
      'a watch that shrinks',
      'first: 10s, longest: 2m',
      'first: 3m, longest: 2m',
      ['25 defaults.watch: first must not be longer than longest'],
    ],
    ['yes for true', 'required: false', 'required: no', ['22 defaults.ticket.required: write true or false']],
    [
      'a pattern that does not compile',
      '"^(INC|REQ)[0-9]+$"',
      '"^(INC"',
      ['22 defaults.ticket.pattern: is not a regular expression; write one such as "^INC[0-9]+$"'],
    ],
    [
      'a pattern that can take for ever',
      '"^(INC|REQ)[0-9]+$"',
      '"^(INC[0-9]+)+$"',
      ['22 defaults.ticket.pattern: put no * + or {} after a group, for such patterns can take for ever'],
    ],
    [
      'a requester who is nobody',
      'requester: helpdesk',
      'requester: helpdesc',
      ['34 rules[1].when.requester: "helpdesc" is not in people: did you mean helpdesk?'],
    ],
    [
      'a requester named like a part of every object',
      'requester: helpdesk',
      'requester: constructor',
      [
        '34 rules[1].when.requester: "constructor" is not in people: write one of helpdesk, security, partners',
      ],
    ],
    [
      'the manager as requester',
      'requester: helpdesk',
      'requester: manager',
      ['34 rules[1].when.requester: manager can only approve: write the name of a set of people'],
    ],
    [
      'an approver named twice',
      '[manager, partners]',
      '[partners, partners]',
      ['37 rules[1].approve[0].by[1]: "partners" is there already: write it once'],
    ],
    [
      'no approver',
      '[manager, partners]',
      '[]',
      ['37 rules[1].approve[0].by: write at least one name, such as [manager]'],
    ],
    [
      'an approval by nobody',
      'count: 1',
      'count: 0',
      ['37 rules[1].approve[0].count: write a whole number from 1 to 10'],
    ],
    [
      'two steps, which is not there yet',
      '      - { by: [manager,',
      '      - { by: [manager], count: 1, within: 5m }\n      - { by: [manager,',
      ['36 rules[1].approve: write a list of one step, such as - { by: [manager], count: 1, within: 15m }'],
    ],
    [
      'a step to fall back on, which is not there yet',
      'within: 15m }',
      'within: 15m, otherwise: next }',
      ['37 rules[1].approve[0].otherwise: is not known here: write one of by, count, within'],
    ],
    [
      'hours, which are not there yet',
      'kind: tap,',
      'kind: tap, hours: { outside: "07:00-19:00" },',
      ['34 rules[1].when.hours: is not known here: write one of kind, application, requester, subject'],
    ],
    [
      'an application that nobody has described',
      'kind: tap,',
      'kind: tap, application: vpn,',
      ['34 rules[1].when.application: "vpn" is not in applications: name one there first'],
    ],
    [
      'a check for such a one',
      'version: 1',
      'version: 1\napplications: { vpn: { name: VPN, userName: upn } }\nchecks: { gate: { application: vpm, from: [10.0.0.1] } }',
      ['4 checks.gate.application: "vpm" is not in applications: did you mean vpn?'],
    ],
    [
      'local parts of nobody knows which domain',
      'version: 1',
      'version: 1\napplications: { vpn: { name: VPN, userName: localpart } }',
      [
        '3 applications.vpn.domain: is missing: write the domain whose local parts these are, because two domains may have the same ones',
      ],
    ],
    [
      'a kind that is not there yet',
      'kind: tap',
      'kind: fraud',
      ['34 rules[1].when.kind: write tap or bypass'],
    ],
    [
      'a rule that neither refuses nor approves',
      '    refuse: Administrators use their own recovery keys. Call security.\n',
      '',
      ['29 rules[0]: write either refuse, or both longest and approve'],
    ],
    [
      'a rule that refuses and approves',
      '    longest: 8h',
      '    refuse: No.\n    longest: 8h',
      ['33 rules[1]: write either refuse, or both longest and approve'],
    ],
    [
      'a rule that lets privileged people in',
      'requester: helpdesk }',
      'requester: helpdesk, subject: { privileged: true } }',
      [
        '33 rules[1]: a rule for privileged subjects needs a tier with more approvers, which is not supported yet: write refuse',
      ],
    ],
    [
      'two rules of one name',
      'name: A pass for a colleague',
      'name: Administrators recover with their keys',
      ['33 rules[1].name: "Administrators recover with their keys" is there already: write it once'],
    ],
    ['a newer version', 'version: 1', 'version: 2', ['2 version: write 1']],
  ])('%s', (_what, piece, instead, expected) => {
    expect(complaints(sampleWith(piece, instead))).toEqual(expected)
  })

  it('all in one error, in the order of the lines', () => {
    const text = sampleWith('version: 1', 'version: one')
      .replace('C0APPROVALS', 'approvals')
      .replace('every: 5m', 'evry: 5m')
      .replace('requester: helpdesk', 'requester: nobody')
      .replace('count: 1', 'cuont: 1')
    const lines = complaints(text).map((complaint) => complaint.split(':')[0])
    expect(lines).toEqual([
      '2 version',
      '12 channels.approvals',
      '18 defaults.ping.every',
      '18 defaults.ping.evry',
      '34 rules[1].when.requester',
      '37 rules[1].approve[0].count',
      '37 rules[1].approve[0].cuont',
    ])
    expect(() => parsePolicy(text)).toThrow(
      /^The policy can't be used:\n {2}line 2, version: write 1\n {2}line 12, /,
    )
  })
})

it.each(['911911', '"911"', '"0000-0000-0000-0000"', '"0000000000000000"'])(
  'refuses the fraud code %s',
  (code) => {
    expect(complaints(sampleWith('defaults:', `fraud: { code: ${code} }\ndefaults:`))).toEqual([
      '15 fraud.code: write a text of 4 to 32 digits or letters without I, L, O and U, such as "911911", that is no code of a bypass',
    ])
  },
)

describe('what is not a policy is refused', () => {
  it.each([
    [
      'an empty file',
      '',
      '1 : write the keys version directory people channels applications checks fraud defaults rules',
    ],
    [
      'a list',
      '- a',
      '1 : write the keys version directory people channels applications checks fraud defaults rules',
    ],
    ['broken YAML', 'version: 1\npeople: {', '2 : '],
    ['a key said twice', sampleWith('version: 1', 'version: 1\nversion: 1'), '3 : Map keys must be unique'],
    [
      'an alias',
      sampleWith('version: 1', 'version: &one 1').replace('count: 1', 'count: *one'),
      '37 : write the value again in place of *one',
    ],
    ['a tag', sampleWith('version: 1', 'version: !!js/function "x"'), '2 : Unresolved tag'],
    ['a second document', `${samplePolicy}\n---\nversion: 1\n`, '39 : '],
  ])('%s', (_what, text, complaint) => {
    expect(complaints(text)[0]).toContain(complaint)
  })

  it.each(['__proto__', 'Help Desk', 'a'.repeat(41)])('a set of people called %s', (name) => {
    expect(complaints(sampleWith('partners:  {', `${name}: {`))[0]).toContain(
      `9 people.${name}: write a name of small letters, digits and hyphens`,
    )
  })
})
