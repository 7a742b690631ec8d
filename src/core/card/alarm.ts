import type { AlarmFact } from '../ledger/chained-fact.ts'
import { alarmText } from '../text/en.ts'
import { joined, say, spoken } from '../text/markup.ts'
import { context, header, section } from './blocks.ts'
import type { Card } from './card.ts'

/** To security: something that must not happen was found, and what to look at. It names a chain, never a person. */
export function alarmCard({ what, about, at }: AlarmFact): Card {
  const says = alarmText.says[what]()
  return {
    text: spoken(joined(' ', alarmText.push(), says)),
    blocks: [header(alarmText.title), section(says), context(alarmText.where(say`${about}`, at))],
  }
}
