import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'

const root = join(import.meta.dirname, '../..')
const linesIn = (folder: string): number =>
  readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /(?<!\.gen)\.tsx?$/.test(entry.name) && !entry.parentPath.includes('migrations'))
    .reduce((sum, entry) => sum + readFileSync(join(entry.parentPath, entry.name), 'utf8').split('\n').length - 1, 0)

test('the playground is at most a quarter of the source', () => {
  const playground = linesIn('src/playground')
  const all = ['src', 'commands', 'cards', 'db'].reduce((sum, folder) => sum + linesIn(folder), 0)
  console.info(`the playground: ${playground} of ${all} lines, ${((100 * playground) / all).toFixed(1)} %`)
  expect(playground / all).toBeLessThanOrEqual(0.25)
})
