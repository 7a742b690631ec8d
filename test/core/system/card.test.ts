import { describe, expect, it } from 'vitest'
import { systemCard } from '../../../src/core/card/system.ts'
import type { SystemReport } from '../../../src/core/system/report.ts'
import { switches } from '../../../src/core/system/switched-off.ts'
import { messageProblems } from '../card/block-rules.ts'
import { wellReport } from './report.ts'

const says = (report: SystemReport): string => JSON.stringify(systemCard(report).blocks)

describe('how Hallpass is', () => {
  it('is version, uptime, parts, the provider’s policy, limits, what is off and the policy', () => {
    const text = says(wellReport)
    expect(text).toContain('Hallpass 1.2.3')
    expect(text).toContain(', for 1 hour 2 minutes.')
    expect(text).toMatch(/Database \(PostgreSQL\): answers, <!date\^\d+\^\{time\}\|13:37 UTC>\./)
    expect(text).toMatch(/Check for VPN and portals: last asked <!date\^\d+\^\{time\}\|13:30 UTC>\./)
    expect(text).toContain(
      'Switched on. From 10 minutes to 8 hours, 1 hour where nothing is said. Each works once',
    )
    expect(text).toContain(
      '3 requests of this process in the last 10 seconds; all workers together take 5, for passes.',
    )
    expect(text).toMatch(/Slack: 1 request of .*Told to ask less: 2 times, last <!date/)
    expect(text).toContain('*Switched off*\\nNothing.')
    expect(text).toContain('Policy 0123456789ab, first used ')
  })

  it('names what does not answer, and never did', () => {
    const parts = wellReport.parts.map(({ part, last }) => ({
      part,
      isThere: false,
      ...(part === 'slack' && last !== undefined && { last }),
    }))
    const text = says({ ...wellReport, parts })
    expect(text).toContain('Engine (Temporal): *does not answer*, and has not since the start.')
    expect(text).toMatch(/Slack: \*does not answer\*, last did <!date/)
  })

  it('says where the provider makes no passes, and where its policy can’t be read', () => {
    const passPolicy = { enabled: false, shortest: 600, usual: 3600, longest: 28_800, once: false }
    expect(says({ ...wellReport, passPolicy })).toContain('*Switched off: no pass can be made.*')
    expect(says({ ...wellReport, passPolicy: undefined })).toContain('It can’t be read now.')
  })

  it('names everything that is off, and keeps Slack’s limits', () => {
    const all = systemCard({ ...wellReport, off: switches })
    expect(JSON.stringify(all.blocks).match(/• /g)).toHaveLength(switches.length)
    expect(messageProblems(all.blocks)).toEqual([])
  })
})
