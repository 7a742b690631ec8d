import { relative, sep } from 'node:path'
import { BaseSequencer, type TestSpecification } from 'vitest/node'

/** The files that take longest, the longest first: one that begins last leaves the other workers idle at the end. */
const longest = [
  'test/bot/authority.test.ts',
  'test/e2e/whole-path.test.ts',
  'test/faults/late-effect.test.ts',
  'test/replay/replay.test.ts',
  'test/cli/serve.test.ts',
  'test/sandbox/page/page.test.ts',
  'test/e2e/bypass.test.ts',
  'test/faults/fraud.test.ts',
  'test/faults/fraud-steps.test.ts',
  'test/faults/paused.test.ts',
  'test/faults/closing.test.ts',
  'test/bot/clicks.test.ts',
  'test/bot/transports.test.ts',
  'test/faults/provider-failing-later.test.ts',
  'test/e2e/extend.test.ts',
  'test/faults/message.test.ts',
  'test/faults/provider-failing.test.ts',
  'test/faults/killed-in-claim.test.ts',
  'test/faults/without-temporal.test.ts',
  'test/e2e/fraud.test.ts',
  'test/bot/authority-around.test.ts',
  'test/whole/extend.test.ts',
  'test/faults/slack-failing.test.ts',
  'test/faults/fraud-floods.test.ts',
  'test/faults/canary-message.test.ts',
  'test/workflows/extension.test.ts',
]
/** The folders whose files start programs. */
const slow = ['test/faults', 'test/whole', 'test/e2e', 'test/bot', 'test/workflows', 'test/cli']

/** Orders the files by how long they are known to take: a fresh clone has no times of an earlier run. */
export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    // oxlint-disable-next-line unicorn/no-array-sort -- it is not the method of an array
    const others = await super.sort(files)
    return others.toSorted((one, other) => this.placeOf(one) - this.placeOf(other))
  }

  private placeOf({ moduleId }: TestSpecification): number {
    const file = relative(this.ctx.config.root, moduleId).split(sep).join('/')
    const place = longest.indexOf(file)
    if (place !== -1) return place
    return longest.length + (slow.some((folder) => file.startsWith(`${folder}/`)) ? 0 : 1)
  }
}
