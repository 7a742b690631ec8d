import { newSecretKey } from './adapters/local/secret-key.ts'
import { newKeys } from './adapters/signing/keys.ts'
import { newEncryptionKey } from './adapters/temporal/encryption-keys.ts'

type NewKey = { readonly name: string; readonly value: string; readonly says: string }

/** New keys for an installation, each with the variable that it is for and who holds it. */
export function newInstallationKeys(): readonly NewKey[] {
  const { signingKey, verifyKey } = newKeys()
  return [
    {
      name: 'HALLPASS_SIGNING_KEY',
      value: signingKey,
      says: 'The bot signs what people say. Keep it away from the workers.',
    },
    {
      name: 'HALLPASS_VERIFY_KEYS',
      value: verifyKey,
      says: 'The workers verify it. Not a secret, but nobody may change it.',
    },
    {
      name: 'HALLPASS_CODE_KEY',
      value: newSecretKey(),
      says: 'The worker and the check hash codes with it. Keep it out of the database.',
    },
    {
      name: 'HALLPASS_SIGNAL_KEY',
      value: newSecretKey(),
      says: 'The check writes signals of fraud with it, the bot reads them.',
    },
    {
      name: 'HALLPASS_ENCRYPTION_KEY',
      value: newEncryptionKey(),
      says: 'The bot, the worker and the codec encrypt with it what Temporal keeps.',
    },
  ]
}
