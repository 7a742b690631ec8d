import type { Reporter, TestModule } from 'vitest/node'

/** So many of thousands may lose against a clock in one run; more than that is no accident. */
const tolerated = 5

/** Names the tests that passed at their second try only, and fails the run when there are too many of them. */
// oxlint-disable-next-line import/no-default-export -- vitest loads a reporter by its file
export default class SecondTries implements Reporter {
  onTestRunEnd(modules: readonly TestModule[]): void {
    const again = modules.flatMap((module) =>
      [...module.children.allTests()].filter((test) => test.diagnostic()?.flaky),
    )
    for (const { module, fullName } of again) say(`${module.relativeModuleId} > ${fullName}`)
    if (again.length <= tolerated) return
    say(`these are ${again.length}, and at most ${tolerated} are put down to a busy machine.`)
    process.exitCode = 1
  }
}

function say(sentence: string): void {
  process.stdout.write(`second try: ${sentence}\n`)
}
