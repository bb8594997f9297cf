import { readdirSync, readFileSync } from 'node:fs'
import { basename, dirname, join, normalize, relative } from 'node:path'
import { describe, expect, test } from 'vitest'
import { allCards, fileNamed, pressNamed, viewNamed } from '../cards/index.ts'
import { floors, redrawn } from '../src/scripts/draw-map.ts'

const root = join(import.meta.dirname, '..')

const filesIn = (folder: string) =>
  readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.tsx?$/.test(entry.name))
    .map((entry) => relative(root, join(entry.parentPath, entry.name)))

const foldersIn = (folder: string) =>
  readdirSync(join(root, folder), { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name)

const files = ['src', 'commands', 'cards', 'db'].flatMap(filesIn)
const textOf = (file: string) => readFileSync(join(root, file), 'utf8')

/** Comments without their signs. Line comments that follow each other are one. */
const commentsOf = (file: string) =>
  [...textOf(file).matchAll(/(?<=^|\s)(?:\/\*[\s\S]*?\*\/|\/\/ .*(?:\n[ \t]*\/\/ .*)*)/gm)].map(([comment]) =>
    comment.replace(/^[ \t]*(?:\/\*\*?|\*(?!\/)|\/\/) ?|\s*\*\/$/gm, ''),
  )

const sentencesOf = (file: string) =>
  commentsOf(file).flatMap((comment) => comment.trim().split(/(?<=[.!?:;]["'”)]?)\s+(?=\P{Ll})|\n(?=[@\n])/u))

/** Sentences of all comments that break a rule, each behind its file. */
const sentencesThat = (breaks: (sentence: string) => boolean) =>
  [...files, ...filesIn('test')].flatMap((file) =>
    sentencesOf(file)
      .filter(breaks)
      .map((sentence) => `${file}: ${sentence}`),
  )

/** Counts code in backticks as one word. */
const wordsIn = (sentence: string) => sentence.replace(/`[^`]*`|\{@link [^}]*\}/g, 'code').match(/\S*[\p{L}\p{N}]\S*/gu)?.length ?? 0

/** Static and lazy imports of our own files, types among them. */
const importsOf = (file: string) =>
  [...textOf(file).matchAll(/(?:\bfrom|\bimport\(|\bimport)\s*'(\.[^']+)'/g)].map(([, path]) => normalize(join(dirname(file), path ?? '')))

/** Pairs `file > imported` that break a rule, for a message that says which. */
const breaking = (from: RegExp, may: (path: string, file: string) => boolean) =>
  files
    .filter((file) => from.test(file))
    .flatMap((file) => importsOf(file).flatMap((path) => (may(path, file) ? [] : [`${file} > ${path}`])))

const folderOf = (file: string) => (dirname(file) === 'db' ? basename(file, '.ts') : file.split('/')[1])

describe('the floors of db', () => {
  const floorOf = (folder: string | undefined) => floors.findIndex((floor) => folder !== undefined && floor.includes(folder))

  test('every folder has its floor', () => {
    expect(foldersIn('db').filter((folder) => folder !== 'migrations' && floorOf(folder) < 0)).toEqual([])
  })

  test('tables stand in tables.ts, which knows tables and rules alone', () => {
    expect(files.filter((file) => textOf(file).includes('sqliteTable(') && basename(file) !== 'tables.ts')).toEqual([])
    expect(breaking(/^db\/.*\/tables\.ts$/, (path) => /^(src\/rules\/|src\/(calendar|text)\.ts)|\/tables\.ts$/.test(path))).toEqual([])
  })

  test('a folder imports itself, floors below it, and any tables', () => {
    const below = (path: string, file: string) =>
      !path.startsWith('db/') ||
      path.endsWith('/tables.ts') ||
      folderOf(path) === folderOf(file) ||
      floorOf(folderOf(path)) < floorOf(folderOf(file)) ||
      (file === 'db/guard.ts' && path === 'db/client.ts')
    expect(breaking(/^db\/(?!migrations)/, below)).toEqual([])
  })

  test('it knows no card, no command and no door', () => {
    expect(breaking(/^db\//, (path) => /^(db\/|src\/rules\/|src\/(calendar|id|refusal|text|turn)\.ts)/.test(path))).toEqual([])
  })

  test('the stores are opened by hosts and scripts alone', () => {
    const openers = /^(db\/store\/|src\/(host|node-host|worker|node)\.ts|src\/scripts\/|src\/playground\/)/
    expect(breaking(/./, (path, file) => !path.startsWith('db/store/') || openers.test(file))).toEqual([])
  })

  test('what is sent is a message, never a name in quotes', () => {
    expect(files.filter((file) => /^(db|src\/jobs)\//.test(file) && /\bview: '/.test(textOf(file)))).toEqual([])
  })
})

const cards = await allCards()

describe('cards', () => {
  const kit =
    /^src\/(brand|calendar|card|charts|form|command|context|id|press|refusal|spoken|text|view)\.ts|^src\/(words|spreadsheet|chats\/(led-groups|whereabouts))|^src\/at-start\.ts/

  test('a card imports its folder, buttons, db, rules and the kit', () => {
    const may = (path: string, file: string) =>
      dirname(path) === dirname(file) || /^cards\/[^/]+\/buttons\.ts$/.test(path) || /^(db|src\/rules)\//.test(path) || kit.test(path)
    expect(breaking(/^cards\/[^/]+\//, may)).toEqual([])
  })

  test('a command imports cards, db, rules, the kit, and no command', () => {
    const may = (path: string) => /^(cards|db|src\/rules)\//.test(path) || kit.test(path)
    expect(breaking(/^commands\/(?!index)/, may)).toEqual([])
  })

  test('every card, file and press that is exported is collected', () => {
    const made = files
      .filter((file) => file.startsWith('cards/'))
      .flatMap((file) => [...textOf(file).matchAll(/= (?:press|view|fileView)\(\{/g)].map(() => file))
    expect(cards.views.length + cards.files.length + cards.presses.length).toBe(made.length)
  })

  test('each is found by its name, loaded at the start or later', async () => {
    const found = [
      ...cards.views.map(async (one) => (await viewNamed(one.name)) === one),
      ...cards.files.map(async (one) => (await fileNamed(one.name)) === one),
      ...cards.presses.map(async (one) => (await pressNamed(one.name)) === one),
    ]
    expect((await Promise.all(found)).every(Boolean)).toBe(true)
    expect(await pressNamed('nobody.knows')).toBeUndefined()
  })

  test('names are unique', () => {
    for (const all of [cards.presses, [...cards.views, ...cards.files]]) {
      const names = all.map(({ name }) => name)
      expect(names.length).toBe(new Set(names).size)
    }
  })

  test('a press is named after its card', () => {
    const camel = (file: string) => basename(file, '.ts').replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase())
    const namesIn = (file: string) => {
      const text = textOf(file)
      const views = [...text.matchAll(/(?:view|fileView)\(\{\n(?:.*\n)??\s+(?:name: '|message: messages\.)(\w+)/g)].map(([, name]) => name)
      return [camel(file), ...views]
    }
    const buttons = new Map(
      files
        .filter((file) => basename(file) === 'buttons.ts')
        .flatMap((file) =>
          [...textOf(file).matchAll(/const (\w+) = buttonOf\(\s*'([\w.]+)'/g)].map(([, value, name]) => [
            `${dirname(file)} ${value}`,
            name,
          ]),
        ),
    )
    const strays = files.flatMap((file) => {
      const made = [...textOf(file).matchAll(/= press\(\{\n\s+(?:name: '([\w.]+)'|button: (\w+))/g)]
      const names = made.map(([, name, button]) => name ?? buttons.get(`${dirname(file)} ${button}`) ?? `no button ${button}`)
      return file.startsWith('cards/')
        ? names.filter((name) => !namesIn(file).includes(name.split('.')[0])).map((name) => `${file} ${name}`)
        : []
    })
    expect(strays).toEqual([])
  })
})

describe('the rest of the house', () => {
  const arrows: [RegExp, RegExp][] = [
    [
      /^src\/scripts\/(verify-ballot|impossible-ballot|ballot-changes|ballot-facts)\.ts$/,
      /^src\/scripts\/(impossible-ballot|ballot-changes|ballot-facts)\.ts$/,
    ],
    [/^src\/rules\//, /^src\/(rules\/|calendar\.ts|text\.ts)/],
    [/^src\/(text|calendar|brand|id|turn)\.ts$/, /^$/],
    [/^src\/spreadsheet\//, /^src\/(spreadsheet\/|rules\/|(refusal|text|turn)\.ts)/],
    [/^src\/(refusal|spoken)\.ts$/, /^src\/(text|calendar)\.ts/],
    [/^src\/words\//, /^(db\/|src\/(words\/|rules\/|calendar\.ts|card\.ts|form\.ts|refusal\.ts|spoken\.ts|text\.ts))/],
    [/^src\/jobs\//, /^(cards\/|db\/|src\/(jobs|rules|spreadsheet|words)\/|src\/[^/]+\.ts)/],
    [/^src\/web\//, /^(db\/|src\/(web|rules|words|spreadsheet)\/|src\/feishu\/door\/verify\.ts|src\/[^/]+\.ts)/],
    [/^src\/feishu\//, /^(db\/|src\/(feishu|rules|chats)\/|src\/[^/]+\.ts)/],
    // The playground stands on the other side of the wire. Only where both are put together does it know the product.
    [
      /^src\/playground\/(start|life\/\w+)\.ts$/,
      /^(src\/playground\/|src\/generate\/|src\/(node-host|config|host|calendar|text)\.ts|src\/clock\/schedule\.ts|src\/rules\/(time\/workdays|roster\/names)\.ts|db\/(client|branches\/tables|store\/file|ledgers\/outbox|roster\/seeding)\.ts)/,
    ],
    [
      /^src\/playground\//,
      /^(src\/playground\/|src\/(node-host|config|calendar|text)\.ts|src\/feishu\/door\/verify\.ts|src\/rules\/time\/workdays\.ts)/,
    ],
  ]

  test.each(arrows.map(([from, may], nth) => ({ from, may, earlier: arrows.slice(0, nth).map(([one]) => one) })))(
    '$from imports only what it may',
    ({ from, may, earlier }) => {
      expect(breaking(from, (path, file) => earlier.some((one) => one.test(file)) || may.test(path))).toEqual([])
    },
  )

  test('no files import each other in a circle, types included', () => {
    expect(circlesAmong(files)).toEqual([])
  })

  test('the same folders stand in every layer', () => {
    const features = [...foldersIn('db'), 'home', 'time', 'standards', 'words']
    const besides = [
      'harness',
      'bench',
      'fixtures',
      'golden',
      'scenario',
      'journey',
      'year',
      'crash',
      'worker',
      'door',
      'rights',
      'proofs',
      ...foldersIn('src'),
    ]
    const strays = [...foldersIn('cards'), ...foldersIn('src/rules')].filter((folder) => !features.includes(folder))
    expect(strays).toEqual([])
    expect(foldersIn('test').filter((folder) => ![...features, ...besides].includes(folder))).toEqual([])
  })

  test('no file is over 250 lines, and no folder over 25 files', () => {
    expect(files.filter((file) => textOf(file).split('\n').length > 251)).toEqual([])
    const counts = Map.groupBy([...files, ...filesIn('test')], dirname)
    // The listing of commands is the menu.
    expect([...counts].filter(([folder, all]) => folder !== 'commands' && all.length > 25).map(([folder]) => folder)).toEqual([])
  })

  test('no sentence of a comment begins with Of, What, Whoever or So', () => {
    expect(sentencesThat((sentence) => /^(?:Of|What|Whoever|So) /.test(sentence))).toEqual([])
  })

  test('no sentence of a comment has more than twenty words', () => {
    expect(sentencesThat((sentence) => wordsIn(sentence) > 20)).toEqual([])
  })

  test('a test says in twelve words what is promised', () => {
    const called = /(?:^|[\s(])(?:test|describe|seen)(?:\.\w+\b[\s\S]*?\)\s*)?\(\s*(['"`])((?:\\.|(?!\1)[\s\S])*)\1/gm
    const names = filesIn('test').flatMap((file) => [...textOf(file).matchAll(called)].map(([, , name = '']) => `${file}: ${name}`))
    expect(names.filter((name) => name.slice(name.indexOf(': ') + 2).split(/\s+/).length > 12)).toEqual([])
  })

  test('the recounting program shares no code with the bot', () => {
    const imported = ['verify-ballot', 'impossible-ballot', 'ballot-changes', 'ballot-facts'].flatMap((name) => [
      ...textOf(`src/scripts/${name}.ts`).matchAll(/(?:from|import|import\(|require\()\s*'([^']+)'/g),
    ])
    const own = ['./ballot-changes.ts', './ballot-facts.ts', './impossible-ballot.ts']
    expect([...new Set(imported.map(([, path]) => path))].sort()).toEqual([...own, 'node:crypto', 'node:fs'])
  })

  test('nothing below the door asks the machine for time or chance', () => {
    const doors = /^src\/(node|node-host|worker)\.ts$|^src\/(scripts|playground)\//
    expect(files.filter((file) => !doors.test(file) && /new Date\(\)|Date\.now\(\)|Math\.random\(\)/.test(textOf(file)))).toEqual([])
  })

  test('the map in src/README.md is drawn from the imports', () => {
    const readme = textOf('src/README.md')
    expect(redrawn(readme), 'drifted: run npm run map').toBe(readme)
  })

  test('src/README.md is short enough to be read', () => {
    const prose = textOf('src/README.md').replace(/^```mermaid[\s\S]*?^```$/gm, '')
    expect(prose.length).toBeLessThanOrEqual(8_000)
    expect(prose.split('\n').filter((line) => line.length > 400)).toEqual([])
  })

  test('the product does not know the playground', () => {
    expect(breaking(/^(?!src\/(playground\/|node\.ts))/, (path) => !path.startsWith('src/playground'))).toEqual([])
  })
})

/** The strongly connected sets of more than one file, by Tarjan's algorithm. */
function circlesAmong(all: readonly string[]): string[][] {
  const known = new Set(all)
  const [index, low] = [new Map<string, number>(), new Map<string, number>()]
  const [stack, circles]: [string[], string[][]] = [[], []]
  const visit = (file: string): void => {
    index.set(file, index.size)
    low.set(file, index.get(file) as number)
    stack.push(file)
    for (const path of importsOf(file)) {
      if (!known.has(path)) continue
      if (!index.has(path)) visit(path)
      if (stack.includes(path)) low.set(file, Math.min(low.get(file) as number, low.get(path) as number))
    }
    if (low.get(file) !== index.get(file)) return
    const circle = stack.splice(stack.indexOf(file))
    if (circle.length > 1) circles.push(circle)
  }
  for (const file of all) if (!index.has(file)) visit(file)
  return circles
}
