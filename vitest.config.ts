import { statfsSync } from 'node:fs'
import { defineConfig } from 'vitest/config'
import { LongestFirst } from './test/harness/run/longest-first.ts'

/** Test databases lie in memory where there is room: each commit waits for its disk, and that was a third of a small test's time. */
function inMemory(): { TMPDIR?: string } {
  const folder = '/dev/shm'
  try {
    const { bavail, bsize } = statfsSync(folder)
    return bavail * bsize > 2 ** 31 ? { TMPDIR: folder } : {}
  } catch {
    return {}
  }
}

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    reporters: [['default', { summary: false }], './test/harness/run/closing-report.ts'],
    testTimeout: 300_000,
    hookTimeout: 300_000,
    maxWorkers: 2,
    // Node strips the types itself: to rewrite each module for another way of importing took a tenth of a run, and made it slower.
    experimental: { viteModuleRunner: false },
    // Most objects of a test die young: with more room for the young they are collected less often.
    execArgv: ['--max-semi-space-size=64', `--import=${new URL('src/web/tsx-hook.ts', import.meta.url)}`],
    env: inMemory(),
    // Files share a process and what it has read: half of a small file's time was reading the product again.
    isolate: false,
    sequence: { sequencer: LongestFirst },
    setupFiles: ['./test/harness/run/behind-each-file.ts'],
    // What is waited for comes late on a busy machine; that it comes is what is asserted.
    expect: { poll: { timeout: 120_000 } },
  },
})
