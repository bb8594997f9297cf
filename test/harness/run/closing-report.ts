import { writeFileSync } from 'node:fs'
import type { Reporter, TestModule } from 'vitest/node'

/** The last lines of a run: the five slowest tests, the figures proved, and the count. In CI a skipped test is a failed run. */
export default class ClosingReport implements Reporter {
  onTestRunEnd(modules: readonly TestModule[]) {
    const tests = modules.flatMap((module) => [...module.children.allTests()])
    const slowest = tests
      .map((test) => ({ name: test.fullName, file: test.module.relativeModuleId, ms: test.diagnostic()?.duration ?? 0 }))
      .sort((a, b) => b.ms - a.ms)
      .slice(0, 5)
    console.log('\nThe five slowest tests:')
    for (const { ms, file, name } of slowest) console.log(`  ${(ms / 1000).toFixed(1).padStart(5)} s  ${file} > ${name}`)

    const figures = tests.flatMap((test) => test.meta().proved ?? []).sort()
    if (process.env.FIGURES) writeFileSync(process.env.FIGURES, figures.join('\n'))
    if (figures.length > 0) console.log(`\nFigures proved:\n${figures.map((line) => `  ${line}`).join('\n')}`)

    const count = (state: string) => tests.filter((test) => test.result().state === state).length
    const [passed, failed, skipped] = [count('passed'), count('failed'), count('skipped')]
    if (process.env.CI && skipped > 0) {
      console.log(`${skipped} skipped: nothing is skipped in CI`)
      process.exitCode = 1
    }
    console.log(`\n${passed} passed, ${failed} failed, ${skipped} skipped`)
  }
}
