import type { SystemReport } from '../system/report.ts'
import { systemText } from '../text/en.ts'
import { joined } from '../text/markup.ts'
import { context, header, section } from './blocks.ts'
import type { Card } from './card.ts'

/** How Hallpass is: what answers, what the provider allows, what is left of the limits, and what is switched off. */
export function systemCard(report: SystemReport): Card {
  const { version, now, startedAt, parts, passPolicy, limits, off, policy } = report
  const isOff = off.length === 0 ? [systemText.nothingOff()] : off.map((name) => systemText.offItem(name))
  return {
    text: systemText.push,
    blocks: [
      header(systemText.title(version)),
      section(systemText.up(startedAt, now)),
      section(joined('\n', systemText.parts, ...parts.map((part) => systemText.part(part, now)))),
      section(joined('\n', systemText.passes, systemText.passPolicy(passPolicy))),
      section(joined('\n', systemText.limits, ...limits.map((limit) => systemText.limit(limit, now)))),
      section(joined('\n', systemText.off, ...isOff)),
      context(systemText.policy(policy.hash, policy.since)),
    ],
  }
}
