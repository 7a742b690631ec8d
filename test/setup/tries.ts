import { expect, vi } from 'vitest'

// Whether a code leaked or a lie was believed is no question of a busy machine: docs/decisions/0028.
const oneTry = /\/test\/(activities|core|lint|replay)\/|authority|canary|forged|hostile/
const { testPath = '' } = expect.getState()
// The type of these settings knows no `retry`, only `testTimeout`; tries.test.ts proves that it counts.
const settings = { testTimeout: 120_000, retry: oneTry.test(testPath.replaceAll('\\', '/')) ? 0 : 1 }
vi.setConfig(settings)
