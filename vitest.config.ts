import { configDefaults, defineConfig } from 'vitest/config'
import { LongestFirst } from './test/setup/longest-first.ts'

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    // The cluster has servers of its own: vitest.cluster.config.ts.
    exclude: [...configDefaults.exclude, 'test/cluster/**'],
    globalSetup: ['test/setup/global.ts'],
    setupFiles: ['test/setup/priority.ts', 'test/setup/tries.ts'],
    // Threads crash with the native core of Temporal's SDK.
    pool: 'forks',
    // Most of them wait for clocks most of the time.
    maxWorkers: 3,
    reporters: ['default', './test/setup/second-tries.ts'],
    // Loading the packages again in each file costs more than most files. A module that files share must register no hooks
    // of its own: only the first file would hear them.
    isolate: false,
    sequence: { sequencer: LongestFirst },
    hookTimeout: 120_000,
    unstubEnvs: true,
  },
})
