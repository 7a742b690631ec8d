import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { inject } from 'vitest'

const sandboxPolicy = fileURLToPath(new URL('../../src/sandbox/policy.yaml', import.meta.url))

/** The sandbox's policy with a quick question, and beside the VPN an intranet whose next sign-in a portal lets in without a code. */
export function policyWithPortal(): string {
  const file = join(mkdtempSync(join(inject('folder'), 'policy-')), 'policy.yaml')
  const text = readFileSync(sandboxPolicy, 'utf8')
    .replace(/^applications:\n/m, '$&  intranet: { name: Intranet, form: let-in, userName: mail }\n')
    .replace(/^checks:\n/m, '$&  portal: { application: intranet, from: [127.0.0.1] }\n')
    .replace(/remind: .*/, 'remind: [1s, 2s, 180s]')
    .replace('application: vpn, requester: helpdesk }', 'requester: helpdesk }')
  writeFileSync(file, text)
  return file
}

/** The sandbox's policy, except that codes come in messages which are removed after `visible`; answers its file. */
export function policyOfMessages(visible: string): string {
  const file = join(mkdtempSync(join(inject('folder'), 'policy-')), 'policy.yaml')
  const text = readFileSync(sandboxPolicy, 'utf8')
  const changed = text.replace(/delivery: \{.*\}/, `delivery: { how: message, visible: ${visible} }`)
  if (changed === text) throw new Error('The policy of the sandbox does not say how codes are delivered.')
  writeFileSync(file, changed)
  return file
}

/** The sandbox's policy, except that whose phone is at home is asked after it at once; answers its file. */
export function policyAskingSoon(): string {
  const file = join(mkdtempSync(join(inject('folder'), 'policy-')), 'policy.yaml')
  const text = readFileSync(sandboxPolicy, 'utf8')
  writeFileSync(file, text.replace(/remind: .*/, 'remind: [1s, 2s, 180s]'))
  return file
}

/** The sandbox's policy, and in it the verify keys of people who can close a case without Slack; answers its file. */
export function policyWithKeys(keys: Readonly<Record<string, string>>): string {
  const file = join(mkdtempSync(join(inject('folder'), 'policy-')), 'policy.yaml')
  const lines = Object.entries(keys).map(([name, key]) => `    ${name}: ${key}\n`)
  const text = readFileSync(sandboxPolicy, 'utf8')
  writeFileSync(
    file,
    text.replace(/^fraud:\n/m, (start) => `${start}  keys:\n${lines.join('')}`),
  )
  return file
}
