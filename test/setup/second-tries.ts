import type { Reporter, TestCase, TestModule } from 'vitest/node'

/** So many of thousands may lose against a clock in one run; more than that is no accident. */
const tolerated = 5

/** Names the tests that passed at their second try only, and fails the run when there are too many of them. */
// oxlint-disable-next-line import/no-default-export -- vitest loads a reporter by its file
export default class SecondTries implements Reporter {
  onTestRunEnd(modules: readonly TestModule[]): void {
    const again = modules.flatMap((module) =>
      [...module.children.allTests()].filter((test) => test.diagnostic()?.flaky),
    )
    for (const test of again) say(`${test.module.relativeModuleId} > ${test.fullName}: ${firstFailure(test)}`)
    if (again.length <= tolerated) return
    say(`these are ${again.length}, and at most ${tolerated} are put down to a busy machine.`)
    process.exitCode = 1
  }
}

function firstFailure(test: TestCase): string {
  const [error] = test.result().errors ?? []
  return error?.message.split('\n')[0] ?? 'it does not say why'
}

function say(sentence: string): void {
  process.stdout.write(`second try: ${sentence}\n`)
}
