import type { Signal } from './local-rows.schema.ts'
import { keyFor, macWith, readSecretKey } from './secret-key.ts'

/**
 * What the key of signals can do: mark a report of fraud as written by Hallpass. The check writes them and the bot reads
 * them, which must not hold the key of codes.
 */
export type SignalKeys = {
  /** Over a report of a fraud, and over its having been heard. */
  macOfSignal(signal: Omit<Signal, 'mac'>): Buffer
  macOfSignalDone(signalId: string): Buffer
  /** One name for everything of a kind about this: nobody without the key can take it first. */
  nameOf(kind: string, about: unknown): string
}

/** Reads HALLPASS_SIGNAL_KEY. Throws a TypeError, which does not quote it, when it is none. */
export function readSignalKey(text: string): SignalKeys {
  const macOf = macWith(keyFor(readSecretKey(text), 'signals'))
  return {
    macOfSignal: (signal) =>
      macOf({
        row: 'signal',
        id: signal.id,
        source: signal.source,
        externalId: signal.external_id,
        subject: signal.subject,
        application: signal.application,
        userName: signal.user_name,
        client: signal.client,
        at: signal.at,
      }),
    macOfSignalDone: (signalId) => macOf({ signalId, row: 'signal-done' }),
    nameOf: (kind, about) => `${kind}/${macOf({ about, kind, row: 'name' }).toString('hex')}`,
  }
}
