import { readFileSync, rmSync } from 'node:fs'
import { expect, test } from 'vitest'
import { sealingWith } from '../../db/ballots/sealing.ts'
import { renderMessage } from '../../src/bot.ts'
import { noPages } from '../../src/view.ts'
import { anApp } from '../harness/app.ts'
import { filesOf, hitsIn } from '../harness/ballots/traces.ts'
import { openId } from '../harness/branch.ts'
import { proved } from '../proofs/sizes.ts'
import { aBranchWithContact } from '../talks/company.ts'

const canaries = {
  note: '家里老人住院的金丝雀',
  shared: '约好去敬老院的金丝雀',
  older: '先写错了的金丝雀',
  opinion: '入党动机端正的金丝雀',
  draft: '夜班没有饭吃的金丝雀',
  worry: '食堂关得太早的金丝雀',
}
const words = Object.values(canaries)

/** The words as they could stand in bytes: typed, escaped as JSON, in base64, in hex. */
const forms = words.flatMap((one) => {
  const bytes = Buffer.from(one)
  return [
    one,
    JSON.stringify(one)
      .replace(/[^\x20-\x7e]/g, (c) => `\\u${c.charCodeAt(0).toString(16)}`)
      .slice(1, -1),
    bytes.toString('base64').slice(0, -4),
    bytes.toString('hex'),
  ]
})

// T33: canaries in notes, opinions, drafts and worries, looked for everywhere
test('words are in no file, journal, backup, log, error or foreign card', async ({ task }) => {
  const it = await aBranchWithContact()
  const app = anApp(it.store)
  const talk = await it.talked('吴勇', '王芳')
  const other = await it.talked('李华', '张伟')
  const presses = (name: string, value: object, form?: object) => app.presses(openId(name), value, { form })
  const save = { press: 'note.save', talk }
  await presses('吴勇', save, { words: canaries.older })
  await presses('吴勇', save, { words: canaries.note })
  await presses('王芳', save, { words: canaries.shared, shared: 'both' })
  await presses('吴勇', { press: 'opinion.submit', talk }, { verdict: 'goOn', opinion: canaries.opinion })
  await presses('吴勇', { press: 'worry.ask', talk }, { worry: canaries.worry })
  await presses('王芳', { press: 'worryAsked.answer', talk, version: app.now().getTime(), answer: 'unsigned' })
  await presses('李华', { press: 'worry.ask', talk: other }, { worry: canaries.draft })
  expect([await it.count('talk_notes'), await it.count('opinions'), await it.count('voices'), await it.count('worry_drafts')]).toEqual([
    2, 1, 1, 1,
  ])

  const said: string[] = []
  const shown = (answer: unknown) => void said.push(JSON.stringify(answer))
  // Every press on words, by everybody who may not read them; and the lists and files that they can have.
  for (const name of ['赵敏', '钱进', '孙丽', '周正', '张伟', '管理员', '考核人', '李华']) {
    for (const press of ['note.open', 'note.read', 'note.save', 'note.delete', 'worry.open', 'opinion.open'])
      shown(await presses(name, { press, talk }, {}))
    for (const answer of ['unsigned', 'no'])
      shown(await presses(name, { press: 'worryAsked.answer', talk, version: app.now().getTime(), answer }))
    for (const line of ['我的', '/谈心', '/成员', '/名单', '/考核', '/谈心 王芳'])
      shown(await (await app.says(openId(name), line, { dm: true })).answer())
  }
  for (const name of ['王芳', '张伟', '孙丽', '管理员', '考核人']) {
    const [row] = (await it.store.client.execute('select id from opinions')).rows
    shown(await presses(name, { press: 'opinions.read', opinion: String(row?.id) }))
    shown(await presses(name, { press: 'inbox.open', about: 'voices' }))
    const [raised] = (await it.store.client.execute('select id from voices')).rows
    // The publicity member answers voices, and reads them.
    if (name !== '孙丽') shown(await presses(name, { press: 'inbox.read', voice: String(raised?.id) }))
  }
  const { rows } = await it.store.client.execute("select view, args from outbox where view <> 'worryAsked'")
  for (const { view, args } of rows)
    shown(await renderMessage(it.db, String(view), JSON.parse(String(args)), app.now(), { pages: noPages, box: app.box }).catch(() => null))
  // Faults and another DATA_KEY.
  const wrong = anApp(it.store, { box: { ...app.box, sealing: sealingWith(Buffer.alloc(32, 9).toString('base64'), app.box.random) } })
  shown(await wrong.presses(openId('吴勇'), { press: 'note.open', talk }))
  await it.store.client.execute("update talk_notes set version = version + 1 where writer = 'm_王芳'")
  shown(await presses('王芳', { press: 'note.open', talk }))
  shown(await presses('吴勇', { press: 'note.read', talk }))
  const logs = JSON.stringify([...app.logs, ...wrong.logs])
  expect(logs).toContain('SealBroken')

  const backup = `${it.store.path}.copy`
  await it.store.client.execute({ sql: 'vacuum into ?', args: [backup] })
  const places = new Map([
    ...filesOf(it.store.path),
    ['backup', readFileSync(backup)],
    ['cards', Buffer.from(said.join('\n'))],
    ['logs', Buffer.from(logs)],
  ] as [string, Buffer][])
  rmSync(backup)
  expect(hitsIn(places, forms)).toEqual([])
  // The same search finds what is there: the people's names.
  expect(hitsIn(places, ['王芳']).length).toBeGreaterThan(1)
  const bytes = [...places.values()].reduce((sum, one) => sum + one.byteLength, 0)
  proved(
    task,
    'T33',
    `${words.length} canaries in ${forms.length} forms, ${places.size} places, ${said.length} answers, ${Math.round(bytes / 1024)} KB: 0 hits`,
  )
})
