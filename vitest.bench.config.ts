import { defineConfig } from 'vitest/config'

/** Measurements, apart from the tests: `npm run bench`. They report ratios against a floor of the same run. */
export default defineConfig({
  test: {
    include: ['test/bench/**/*.bench.ts'],
    globalSetup: ['test/setup/global.ts'],
    pool: 'forks',
    fileParallelism: false,
    testTimeout: 600_000,
    hookTimeout: 120_000,
  },
})
