import { createHmac } from 'node:crypto'
import type { Check } from '../check.ts'
import type { Examined } from '../examined.ts'
import { ok, unchecked, wrong, type Finding } from '../finding.ts'

/** Over HTTP: whether the bot answers at the address that Slack is given, and takes nothing that Slack did not sign. */
export function addressChecks(examined: Examined): readonly Check[] {
  const { program, has, url } = examined
  if (program === 'worker' || has('SLACK_APP_TOKEN')) return []
  const look = () => (url === undefined ? [notNamed] : lookAtAddress(examined, url))
  return [{ part: 'Slack', name: 'slack.address', look }]
}

const notNamed = unchecked(
  'Whether Slack reaches the bot is not known.',
  'Run the doctor with --url https://your.host while the bot runs, from outside your network if you can.',
)

async function lookAtAddress(examined: Examined, url: string): Promise<readonly Finding[]> {
  const base = URL.canParse(url) ? new URL(url) : undefined
  if (base === undefined || (base.protocol !== 'https:' && !examined.allowStandIns))
    return [wrong('--url is no https address.', 'Slack sends its requests over https only.')]
  const address = new URL('/slack/events', base)
  // Answered only to what is signed, and it does nothing.
  const body = JSON.stringify({ type: 'url_verification', challenge: 'hallpass-doctor' })
  const [unsigned, signed] = await Promise.all([
    statusOf(address, body, {}),
    statusOf(address, body, signature(examined.setting('SLACK_SIGNING_SECRET'), body)),
  ])
  return judgeAddress(address.href, unsigned, signed)
}

function signature(secret: string, body: string): Readonly<Record<string, string>> {
  const at = String(Math.floor(Date.now() / 1000))
  const mac = createHmac('sha256', secret).update(`v0:${at}:${body}`).digest('hex')
  return { 'x-slack-request-timestamp': at, 'x-slack-signature': `v0=${mac}` }
}

/** Milliseconds. */
const patience = 10_000

/** Undefined without an answer. */
async function statusOf(
  address: URL,
  body: string,
  headers: Readonly<Record<string, string>>,
): Promise<number | undefined> {
  const answer = await fetch(address, {
    method: 'POST',
    body,
    headers: { 'content-type': 'application/json', ...headers },
    redirect: 'manual',
    signal: AbortSignal.timeout(patience),
  }).catch(() => undefined)
  await answer?.body?.cancel()
  return answer?.status
}

/** Judges the answers to a request without a signature and to one with ours. */
function judgeAddress(
  address: string,
  unsigned: number | undefined,
  signed: number | undefined,
): readonly Finding[] {
  if (unsigned === undefined)
    return [
      wrong(
        `Nobody answers at ${address}.`,
        'Check the name, the certificate, the proxy, and that the bot runs.',
      ),
    ]
  if (unsigned !== 401)
    return [
      wrong(
        `${address} answers ${unsigned} to a request that Slack did not sign, and should answer 401.`,
        'Something else than the bot answers there: check where the proxy leads.',
      ),
    ]
  if (signed !== 200)
    return [
      wrong(
        `The bot at ${address} does not take what SLACK_SIGNING_SECRET signs (${signed ?? 'no answer'}).`,
        'Give both the signing secret of the app’s Basic Information; and see Clocks below.',
      ),
    ]
  return [ok(`The bot answers at ${address}, and takes only what Slack signed.`)]
}
