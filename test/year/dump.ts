import { execFileSync } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { openFile } from '../../db/store/file.ts'
import { day, moment, month, time } from '../../src/calendar.ts'
import { live } from './life.ts'
import { wordsOf } from './words.ts'
import { aWorld } from './world.ts'

/** `node test/year/dump.ts [folder]`: the year as people see it, to be read by hand. */
const folder = process.argv[2] ?? 'var/year'
const until = process.argv[3] ?? '2027-02-10'
mkdirSync(folder, { recursive: true })
execFileSync('rm', ['-f', `${folder}/year.db`, `${folder}/year.db-wal`, `${folder}/year.db-shm`])
const start = moment('2026-01-04', '07:00')
const store = await openFile(`file:${folder}/year.db`, start)
const world = await aWorld({ ...store, start })
const began = performance.now()
try {
  await live(world, { from: '2026-01-04', until })
} catch (error) {
  console.error(error)
}
console.log(
  `lived in ${((performance.now() - began) / 1000).toFixed(1)} s; ${world.feishu.messages.length} messages, ${world.feishu.log.length} calls`,
)
console.log([...new Set(world.errors)].slice(0, 5).join('\n'))
for (const { at, code, body } of world.feishu.log.filter(({ to, code }) => to === 'feishu' && code))
  console.log('REFUSED', at.toISOString(), code, JSON.stringify(body).slice(0, 6000))
for (const language of ['zh', 'en'] as const)
  writeFileSync(
    `${folder}/year.${language}.txt`,
    world.feishu.messages
      .map(({ chatId, sender, content, createdAt, versions }) => {
        const chat = world.feishu.chat(chatId)
        const where = chat.mode === 'p2p' ? `DM ${chat.members.map(world.nameOf).join()}` : chat.name
        const who = sender.kind === 'app' ? '支部' : world.nameOf(sender.id)
        const said = sender.kind === 'app' ? wordsOf(content, language) : (content as { text?: string }).text
        return `=== ${day(createdAt)} ${time(createdAt)} [${where}] ${who}${versions.length > 1 ? ` (${versions.length} versions)` : ''}\n${said}`
      })
      .join('\n'),
  )
mkdirSync(`${folder}/cards`, { recursive: true })
const cards = new Set(
  world.feishu.messages
    .filter(({ sender }) => sender.kind === 'app')
    .flatMap(({ versions }) => versions.map(({ content }) => JSON.stringify(content))),
)
for (const [nth, card] of [...cards].entries()) writeFileSync(`${folder}/cards/${nth}.json`, card)
const table = new Map<string, Map<string, number>>()
for (const { chatId, sender, createdAt } of world.feishu.messages) {
  const chat = world.feishu.chat(chatId)
  if (sender.kind !== 'app' || chat.mode !== 'p2p') continue
  const name = world.nameOf(chat.members[0] ?? '')
  const row = table.get(name) ?? new Map<string, number>()
  row.set(month(createdAt), (row.get(month(createdAt)) ?? 0) + 1)
  table.set(name, row)
}
const months = [...new Set([...table.values()].flatMap((row) => [...row.keys()]))].sort()
console.log(['who', ...months.map((one) => one.slice(2))].join('\t'))
for (const { name, role, of } of world.cast.people)
  console.log([`${name} ${role?.zh ?? ''} ${of?.zh ?? ''}`, ...months.map((one) => table.get(name)?.get(one) ?? 0)].join('\t'))
console.log(
  (
    await store.client.execute(
      'select quarter, b.name, tenths, place, is_last from results r join branches b on b.id = r.branch order by 1, 4',
    )
  ).rows
    .map((row) => Object.values(row).join(' '))
    .join('\n'),
)
store.close()
process.exit(0)
