import { z } from 'zod'
import type { Method } from '../../core/ports.ts'

const method = z.object({
  '@odata.type': z.string().startsWith('#microsoft.graph.'),
  id: z.string().min(1),
  createdDateTime: z.iso.datetime({ offset: true }).nullish(),
  displayName: z.string().nullish(),
  model: z.string().nullish(),
  phoneNumber: z.string().nullish(),
})

type Listed = z.output<typeof method>

type Kind = { readonly label: string; readonly strong: boolean }

/** How people call a method, and whether it can replace what was lost: phone numbers are too easily taken over. */
const kinds = new Map<string, Kind>([
  ['fido2', { label: 'Passkey', strong: true }],
  ['windowsHelloForBusiness', { label: 'Windows Hello', strong: true }],
  ['platformCredential', { label: 'Platform credential', strong: true }],
  ['microsoftAuthenticator', { label: 'Authenticator', strong: true }],
  ['softwareOath', { label: 'Code from an app', strong: true }],
  ['external', { label: 'External method', strong: true }],
  ['phone', { label: 'Phone', strong: false }],
  ['email', { label: 'E-mail', strong: false }],
  ['qrCodePin', { label: 'QR code with PIN', strong: false }],
])

const unknownKind: Kind = { label: 'Another method', strong: false }

/** A sign-in method of a person; *ignored* for the password and the pass itself, which are no such methods. */
export function readMethod(body: unknown): Method | 'ignored' | undefined {
  const found = method.safeParse(body).data
  if (found === undefined) return undefined
  const type = found['@odata.type'].replace('#microsoft.graph.', '').replace(/AuthenticationMethod$/, '')
  if (type === 'password' || type === 'temporaryAccessPass') return 'ignored'
  const { label, strong } = kinds.get(type) ?? unknownKind
  const detail = type === 'phone' ? masked(found.phoneNumber ?? '') : detailOf(found)
  return {
    id: found.id,
    type,
    label: detail === '' ? label : `${label}, ${detail}`,
    strong,
    ...(found.createdDateTime ? { createdAt: Date.parse(found.createdDateTime) } : {}),
  }
}

function detailOf(found: Listed): string {
  return (found.displayName || found.model || '').trim()
}

/** `+49 1512345678` as `+49 ***78`: enough for its owner to know it again. */
function masked(number: string): string {
  const [country] = /^\+\d{1,3}(?= )/.exec(number) ?? ['']
  const digits = number.slice(country.length).replaceAll(/\D/g, '')
  return `${country} ***${digits.length > 4 ? digits.slice(-2) : ''}`.trim()
}
