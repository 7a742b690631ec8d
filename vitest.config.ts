import { configDefaults, defineConfig } from 'vitest/config'
import { LongestFirst } from './test/setup/longest-first.ts'

const all = {
  // Threads crash with the native core of Temporal's SDK.
  pool: 'forks',
  testTimeout: 30_000,
  hookTimeout: 30_000,
  unstubEnvs: true,
} as const
// That core is one for a process and remembers how the first file wanted it.
const withNativeCore = ['test/workflows/**/*.test.ts', 'test/replay/**/*.test.ts', 'test/faults/**/*.test.ts']

export default defineConfig({
  test: {
    globalSetup: ['test/setup/global.ts'],
    maxWorkers: 3,
    sequence: { sequencer: LongestFirst },
    projects: [
      { test: { ...all, name: 'alone', include: withNativeCore } },
      {
        test: {
          ...all,
          name: 'together',
          include: ['test/**/*.test.ts'],
          // The cluster has servers of its own: vitest.cluster.config.ts.
          exclude: [...configDefaults.exclude, 'test/cluster/**', ...withNativeCore],
          // Loading the packages again in each file costs more than most files. A module that files share must register
          // no hooks of its own: only the first file would hear them.
          isolate: false,
        },
      },
    ],
  },
})
