import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { basename, dirname, join, normalize, relative } from 'node:path'

/**
 * `npm run map` draws the folders and the arrows of their imports into `src/README.md`. With `--check` it writes nothing, and fails when
 * the picture has drifted.
 */
interface Box {
  name: string
  label: string
  holds: RegExp
}

/** The boxes of the first picture, from the top down. A file stands in the first that holds it. */
const layers: readonly Box[] = [
  box('start', 'src/node.ts', 'starts one or the other', /^src\/node\.ts$/),
  box('playground', 'src/playground/', 'a Feishu of its own', /^src\/playground\//),
  box('scripts', 'src/scripts/', 'seed, jobs by hand, recount', /^src\/scripts\//),
  box('generate', 'src/generate/', 'a sample unit', /^src\/generate\//),
  box(
    'hosts',
    'src/host.ts · node-host.ts · worker.ts …',
    'a Node process, a Worker',
    /^src\/(node-host|worker|host|config|socket|at-start)\.ts$/,
  ),
  box(
    'hall',
    'src/app.ts · bot.ts · clock/',
    'everything comes in here',
    /^src\/clock\/|^src\/(app|bot|health)\.ts$|^src\/chats\/(events|moves|presence)\.ts$/,
  ),
  box('commands', 'commands/', 'said', /^commands\//),
  box('jobs', 'src/jobs/', 'asked for by the clock', /^src\/jobs\//),
  box('web', 'src/web/', 'pages', /^src\/web\//),
  box('cards', 'cards/', 'seen and pressed', /^cards\//),
  box('words', 'src/words/', 'lines that several cards share', /^src\/words\//),
  box('spreadsheet', 'src/spreadsheet/', 'files read and written', /^src\/spreadsheet\//),
  box('feishu', 'src/feishu/', 'door, client, delivery', /^src\/feishu\//),
  box('base', 'src/text.ts · calendar.ts · refusal.ts …', 'words, days, no', /^src\/(text|calendar|refusal|id|brand|turn)\.ts$/),
  box('kit', 'src/command.ts · press.ts · view.ts …', 'the kit', /^src\/[^/]+\.ts$|^src\/chats\//),
  box('db', 'db/', 'remembered', /^db\//),
  box('rules', 'src/rules/', 'judged', /^src\/rules\//),
]

function box(name: string, path: string, says: string, holds: RegExp): Box {
  return { name, label: `<b>${path}</b><br/>${says}`, holds }
}

/** The floors of `db`, lowest first: a folder imports itself, the floors below it, and any `tables.ts`. */
export const floors: readonly (readonly string[])[] = [
  ['client', 'guard'],
  ['branches'],
  ['ledgers'],
  ['rulebook', 'pages', 'store', 'vault'],
  ['gatherings', 'voters'],
  ['ballots', 'rhythms'],
  ['roster', 'meeting-votes', 'evaluation'],
  ['talks', 'work'],
  ['duties', 'voices', 'pledges'],
  ['assessment', 'papers'],
  ['scoreboard'],
]

type Arrows = ReadonlyMap<string, ReadonlySet<string>>

const root = join(import.meta.dirname, '../..')
const README = join(root, 'src/README.md')
const [BEGIN, END] = ['<!-- map -->', '<!-- /map -->']

const sources = () =>
  ['src', 'commands', 'cards', 'db'].flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && /\.tsx?$/.test(entry.name))
      .map((entry) => relative(root, join(entry.parentPath, entry.name))),
  )

const importsOf = (file: string) =>
  [...readFileSync(join(root, file), 'utf8').matchAll(/(?:\bfrom|\bimport\(|\bimport)\s*'(\.[^']+)'/g)].map(([, path]) =>
    normalize(join(dirname(file), path ?? '')),
  )

/** `src/README.md` as it should be: its two pictures drawn anew, all else as it is. */
export function redrawn(readme: string): string {
  const [begin, end] = [readme.indexOf(BEGIN), readme.indexOf(END)]
  if (begin < 0 || end < begin) throw new Error(`src/README.md has no ${BEGIN} … ${END}.`)
  return `${readme.slice(0, begin + BEGIN.length)}\n\n${pictures()}\n\n${readme.slice(end)}`
}

function pictures(): string {
  const files = sources()
  const inDb = files.filter((file) => /^db\/(?!migrations)/.test(file))
  return [
    '**The layers.** An arrow reads "imports"; one that also follows from a longer way is left out.',
    picture(layerLines(), arrowsAmong(files, layerOf)),
    '**The floors of `db`.** The same, leaving out `tables.ts`, which every folder may import.',
    picture(
      floorLines(),
      arrowsAmong(inDb, (file) => (basename(file) === 'tables.ts' ? undefined : folderOf(file))),
    ),
  ].join('\n\n')
}

function layerOf(file: string): string {
  const found = layers.find(({ holds }) => holds.test(file))
  if (!found) throw new Error(`${file} stands in no box of the map: add one in src/scripts/draw-map.ts.`)
  return found.name
}

function folderOf(file: string): string {
  const folder = dirname(file) === 'db' ? basename(file, '.ts') : (file.split('/')[1] ?? '')
  if (!floors.flat().includes(folder)) throw new Error(`db/${folder} stands on no floor: add it in src/scripts/draw-map.ts.`)
  return folder
}

const layerLines = () => layers.map(({ name, label }) => `  ${name}["${label}"]`)

const floorLines = () =>
  floors
    .map((floor, nth) => [`  subgraph f${nth} [" "]`, ...floor.map((folder) => `    ${idOf(folder)}["${folder}"]`), '  end'])
    .reverse()
    .flat()

const idOf = (name: string) => name.replace('-', '_')

const picture = (lines: readonly string[], arrows: Arrows) =>
  ['```mermaid', 'flowchart TB', ...lines, ...arrowLines(withoutShortcuts(arrows)), '```'].join('\n')

const arrowLines = (arrows: Arrows) => [...arrows].flatMap(([from, all]) => [...all].map((to) => `  ${idOf(from)} --> ${idOf(to)}`)).sort()

function arrowsAmong(files: readonly string[], placeOf: (file: string) => string | undefined): Arrows {
  const known = new Set(files)
  const arrows = new Map<string, Set<string>>()
  for (const file of files)
    for (const path of importsOf(file)) {
      const [from, to] = [placeOf(file), known.has(path) ? placeOf(path) : undefined]
      if (from && to && from !== to) arrows.set(from, (arrows.get(from) ?? new Set()).add(to))
    }
  return arrows
}

/** The transitive reduction, which is unique only where no boxes import each other in a circle. */
function withoutShortcuts(arrows: Arrows): Arrows {
  const nextOf = (from: string) => arrows.get(from) ?? new Set<string>()
  const reach = (from: string, way: readonly string[] = []): Set<string> => {
    if (way.includes(from)) throw new Error(`These import each other in a circle: ${[...way, from].join(' > ')}.`)
    return new Set([...nextOf(from)].flatMap((to) => [to, ...reach(to, [...way, from])]))
  }
  return new Map(
    [...arrows].map(([from, all]) => {
      const byAnother = new Set([...all].flatMap((to) => [...reach(to, [from])]))
      return [from, new Set([...all].filter((to) => !byAnother.has(to)))]
    }),
  )
}

function main(isCheck: boolean) {
  const before = readFileSync(README, 'utf8')
  const after = redrawn(before)
  if (before === after) return
  if (!isCheck) return writeFileSync(README, after)
  console.error('The map in src/README.md has drifted from the imports: run npm run map.')
  process.exitCode = 1
}

if (process.argv[1]?.endsWith('draw-map.ts')) main(process.argv.includes('--check'))
