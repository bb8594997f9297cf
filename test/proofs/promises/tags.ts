import { readdirSync, readFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { promises } from './table.ts'

const root = join(import.meta.dirname, '../../..')

export interface Proof {
  id: string
  /** The thing proved, with its figure. */
  figure: string
  file: string
  test: string
}

/** A run of comments `// T26: 200 voters`, and the test that they stand above. */
const tagged = /((?:^ *\/\/ T\d\d: .+\n)+)\s*(?:await )?(?:test|describe|seen|proof)\b[\s\S]*?\(\s*(['"`])((?:\\.|(?!\2)[\s\S])*)\2/gm

export function proofs(): Proof[] {
  return [...ofTests(), ...ofPrograms()]
}

const programsOf = (folder: string) => readdirSync(join(root, folder)).filter((name) => name.endsWith('.ts'))

/** Programs of test/bench measure what a test must not; a tag in one stands for the whole program. */
const ofPrograms = (): Proof[] =>
  programsOf('test/bench').flatMap((name) =>
    [...readFileSync(join(root, 'test/bench', name), 'utf8').matchAll(/^\/\/ (T\d\d): (.+)$/gm)].map(([, id = '', figure = '']) => ({
      id,
      figure,
      file: `test/bench/${name}`,
      test: 'a program, part of `npm run proofs -- --full`',
    })),
  )

function ofTests(): Proof[] {
  return readdirSync(join(root, 'test'), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.test.ts'))
    .sort()
    .flatMap((name) => {
      const text = readFileSync(join(root, 'test', name), 'utf8')
      return [...text.matchAll(tagged)].flatMap(([, tags = '', , test = '']) =>
        [...tags.matchAll(/\/\/ (T\d\d): (.+)/g)].map(([, id = '', figure = '']) => ({
          id,
          figure,
          file: relative(root, join(root, 'test', name)),
          test,
        })),
      )
    })
}

/** Tags that stand above no test, so that none is lost by a slip. */
export function strayTags(): string[] {
  const found = proofs()
  return readdirSync(join(root, 'test'), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.test.ts'))
    .flatMap((name) =>
      [...readFileSync(join(root, 'test', name), 'utf8').matchAll(/^ *\/\/ (T\d\d): (.+)$/gm)]
        .filter(([, id, figure]) => !found.some((one) => one.file === join('test', name) && one.id === id && one.figure === figure))
        .map(([, id, figure]) => `${name}: ${id}: ${figure}`),
    )
}

const cell = (text: string) => text.replaceAll('|', '\\|')

/** test/PROMISES.md as it should stand. */
export function promisesPage(): string {
  const all = proofs()
  const rows = Object.entries(promises).flatMap(([id, promise]) => {
    const own = all.filter((one) => one.id === id)
    if (own.length === 0) return [`| ${id} | ${promise} | **no test** | |`]
    return own.map(
      ({ figure, file, test }, nth) =>
        `| ${nth === 0 ? `${id} | ${promise}` : ' | '} | ${cell(figure)} | [${file.slice(5)}](${file.slice(5)}): ${cell(test)} |`,
    )
  })
  const proved = new Set(all.map(({ id }) => id)).size
  return `# What is promised, and where it is proved

Written by \`npm run promises\` from the tests: a comment \`// T26: what is proved\` above a test makes its line here.
${proved} of ${Object.keys(promises).length} promises have a test. Two figures such as “100 (10,000)” are what every run tries, and what \`npm run proofs -- --full\` tries.

| | promise | proved | by |
|---|---|---|---|
${rows.join('\n')}
`
}
