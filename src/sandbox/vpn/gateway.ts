import type { VpnAnswer, VpnInput } from '../page-api.ts'
import type { FreeRadius } from './freeradius.ts'
import { sendAttributes } from './radclient.ts'

/** What people do at the VPN: sign in. */
export type Vpn = { readonly signIn: (input: VpnInput) => Promise<VpnAnswer> }

export type VpnOptions = {
  /** Undefined where none could be started. */
  readonly radius: { readonly server: FreeRadius; readonly version: string } | undefined
  /** Why Hallpass's check is asked directly where no FreeRADIUS runs; a sentence without its full stop. */
  readonly otherwise: string
  readonly verifyUrl: string
  readonly check: { readonly name: string; readonly secret: string }
}

/** Longer than Hallpass needs for an answer; milliseconds. */
const patience = 6_000

/** The gateway of a VPN that has checked the password: it asks FreeRADIUS, or Hallpass's HTTP check itself. */
export function createVpn(options: VpnOptions): Vpn {
  const { radius, otherwise } = options
  return {
    async signIn(input) {
      if (radius?.server.running()) {
        const asked = `Asked FreeRADIUS ${radius.version}, which asked Hallpass.`
        return { ...(await askFreeRadius(radius.server, input)), asked }
      }
      const why = radius === undefined ? otherwise : 'FreeRADIUS has ended'
      return { ...(await askCheck(options, input)), asked: `${why}: asked Hallpass's HTTP check directly.` }
    },
  }
}

type Said = Omit<VpnAnswer, 'asked'>

const letIn: Said = { ok: true, says: 'Let in.' }
const refused: Said = { ok: false, says: 'Refused.' }
const unanswered: Said = { ok: false, says: 'Refused: nobody answered.' }

async function askFreeRadius({ gateway }: FreeRadius, { userName, code }: VpnInput): Promise<Said> {
  const answer = await sendAttributes(gateway, { 'User-Name': userName, 'User-Password': code })
  if (answer.startsWith('Received Access-Accept')) return letIn
  return answer === '' ? unanswered : refused
}

async function askCheck({ verifyUrl, check }: VpnOptions, { userName, code }: VpnInput): Promise<Said> {
  const response = await fetch(`${verifyUrl}/verify/radius`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${check.name}.${check.secret}`,
      'content-type': 'application/json',
    },
    body: JSON.stringify({ 'User-Name': { value: [userName] }, 'User-Password': { value: [code] } }),
    signal: AbortSignal.timeout(patience),
  }).catch(() => undefined)
  if (response?.status === 204) return letIn
  return response?.status === 401 ? refused : unanswered
}
