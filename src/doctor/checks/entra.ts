import { X509Certificate } from 'node:crypto'
import type { ApplicationName } from '../../settings/entra-applications.ts'
import { entraOf } from '../../settings/programs.ts'
import type { Check } from '../check.ts'
import { entrants, type Entrant, type Examined } from '../examined.ts'
import { ok, warning, wrong, type Finding } from '../finding.ts'

const part = 'Entra'

/** What the applications are, and what they prove themselves with. */
export function entraChecks(examined: Examined): readonly Check[] {
  const { program, application } = examined
  const set = entrants(examined)
  return [
    ...(entraOf(program).length === 1
      ? []
      : [
          {
            part,
            name: 'entra.applications',
            look: () => judgeApplications(set.map(({ name }) => name)),
          } as const,
        ]),
    ...set.flatMap(({ name }) => {
      const own = application(name)
      return own === undefined
        ? []
        : [
            {
              part,
              name: `entra.${name}.credential`,
              look: () => judgeCredential(name, credentialOf(own), Date.now()),
            } as const,
          ]
    }),
  ]
}

/** Judges how many applications share the work. */
function judgeApplications(set: readonly ApplicationName[]): readonly Finding[] {
  if (set.length === 3) return [ok('Three applications: one reads, one issues, one blocks.')]
  const missing = (['issuer', 'responder'] as const).filter((name) => !set.includes(name))
  return [
    warning(
      `The application that reads people is also the ${missing.join(' and the ')}: whoever takes over the bot’s could issue or block as well.`,
      'Make an application of its own for each (ENTRA_ISSUER_..., ENTRA_RESPONDER_...): docs/install/entra.md.',
    ),
  ]
}

type Credential = 'secret' | 'unreadable' | { readonly until: number }

function credentialOf({ credential }: Entrant): Credential {
  if ('secret' in credential) return 'secret'
  try {
    return { until: Date.parse(new X509Certificate(credential.certificate).validTo) }
  } catch {
    return 'unreadable'
  }
}

const day = 86_400_000

/** Judges what an application proves itself with; `until` and `now` in epoch milliseconds. */
export function judgeCredential(
  name: ApplicationName,
  credential: Credential,
  now: number,
): readonly Finding[] {
  if (credential === 'secret')
    return [
      warning(
        `The ${name} proves itself with a secret, which can be copied and read out of logs.`,
        'Use a certificate (ENTRA_..._CLIENT_CERTIFICATE and _KEY): docs/install/entra.md.',
      ),
    ]
  if (credential === 'unreadable')
    return [wrong(`The certificate of the ${name} is none.`, 'Give the PEM, with its BEGIN and END lines.')]
  const days = Math.floor((credential.until - now) / day)
  if (days < 0)
    return [
      wrong(
        `The certificate of the ${name} has expired.`,
        'Upload a new one to the application, then use it here.',
      ),
    ]
  if (days < 30)
    return [
      warning(
        `The certificate of the ${name} expires in ${days} days.`,
        'Upload a new one to the application; both count until the old one is removed.',
      ),
    ]
  return [ok(`The ${name} proves itself with a certificate, for ${days} days more.`)]
}
