import { readSignalKey } from './adapters/local/signal-keys.ts'
import { readSigningKey, readVerifyKey } from './adapters/signing/keys.ts'
import { createBot } from './bot/app.ts'
import type { BotConfig } from './settings/config.schema.ts'
import { slackLogger } from './loggers.ts'
import type { Served } from './main.ts'
import { botPorts, signalPorts } from './bot-parts.ts'
import type { Ground } from './parts.ts'
import { runSignals } from './signal-runner.ts'
import { doorOf, openDoor } from './slack-door.ts'
import { step } from './start-step.ts'

/** The bot: people's requests in, signed statements out. It holds nothing that can issue. */
export async function startBot(ground: Ground, own: BotConfig): Promise<Served> {
  const { config, log } = ground
  await checkKeys(own, config.HALLPASS_VERIFY_KEYS)
  const ports = botPorts(ground, own)
  const bot = createBot(doorOf(config, own, slackLogger(log)), ports)
  const { lost } = await openDoor(bot, own)
  const signals = runSignals({ bot: ports, ...signalPorts(ground, own), warn: ports.warn })
  log.info({ port: own.PORT }, 'listening to Slack')
  return {
    ended: lost,
    async stop() {
      await bot.stop()
      await signals.stop()
    },
  }
}

/** Statements that the workers can't verify would count as forged, each with an alarm. */
async function checkKeys(own: BotConfig, verifyKeys: string): Promise<void> {
  await step('HALLPASS_SIGNAL_KEY', () => readSignalKey(own.HALLPASS_SIGNAL_KEY))
  const { keyId } = await step('HALLPASS_SIGNING_KEY', () => readSigningKey(own.HALLPASS_SIGNING_KEY))
  const keys = verifyKeys.split(',').map((key) => readVerifyKey(key))
  if (keys.some((key) => key.keyId === keyId)) return
  throw new Error('HALLPASS_VERIFY_KEYS lacks the key that belongs to HALLPASS_SIGNING_KEY: add it.')
}
