import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    reporters: [['default', { summary: false }], './test/harness/closing-report.ts'],
    testTimeout: 300_000,
    hookTimeout: 300_000,
    maxWorkers: 2,
    // What is waited for comes late on a busy machine; that it comes is what is asserted.
    expect: { poll: { timeout: 120_000 } },
  },
})
