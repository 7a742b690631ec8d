import { systemCard } from '../core/card/system.ts'
import { systemText } from '../core/text/en.ts'
import type { Call } from './call.ts'
import { isSecurity } from './find.ts'

/** How Hallpass is: what attackers would like to know as well, so that only security reads it. */
export async function showSystem({ ports, speaker, show, say }: Call): Promise<void> {
  return (await isSecurity(ports, speaker.person))
    ? show(systemCard(await ports.system()))
    : say(systemText.onlySecurity(ports.command))
}
