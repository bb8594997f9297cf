import { serve } from '@hono/node-server'
import { beforeEach, expect, onTestFinished, test } from 'vitest'
import { finishClosing } from '../../db/assessment/close.ts'
import { assessments } from '../../db/assessment/tables.ts'
import { together } from '../../db/client.ts'
import { recountCredits } from '../../db/ledgers/credits.ts'
import { newId } from '../../src/app.ts'
import { render } from '../../src/bot.ts'
import { moment } from '../../src/calendar.ts'
import { sheetsOf } from '../../src/spreadsheet/read.ts'
import { noPages } from '../../src/view.ts'
import { pagesAt } from '../../src/web/address.ts'
import { openPage } from '../../src/web/door.tsx'
import { address, anApp } from '../harness/app.ts'
import { aBranch, openId, seeded, type TestBranch } from '../harness/branch.ts'
import { aBrowser, overhang } from '../harness/browser/browse.ts'
import { barriersOfPage, seen } from '../harness/browser/looked.ts'
import { freePort } from '../harness/host.ts'
import { askOnly, rule } from '../harness/rulebook.ts'

const people = [
  { name: '李华', role: 'secretary' as const },
  { name: '王芳', role: 'organisation' as const },
  { name: '钱进' },
  { name: '赵敏', role: 'assessor' as const, branch: null },
]
const names = ['第一支部', '第二支部', '第三支部', '<b>第四</b>支部', '第五支部', '第六支部']
const base = 'https://zhibu.example'

let branch: TestBranch
const run = (sql: string, ...args: (string | number | null)[]) => branch.store.client.execute({ sql, args })
const chance = seeded(7)
const pagesOf = () => pagesAt(base, address, branch.db, () => newId(chance))

beforeEach(async () => {
  branch = await aBranch(people, { since: '2026-07-01' })
  branch.at('2026-10-08', '10:00')
  await askOnly(branch.store.client, '12.general', '12.lecture', '8.judged')
  await run("insert into chats (chat_id, unit, committee, bound_by, bound_at) values ('oc_committee', 'unit', 'committee', 'test', 0)")
  await run(
    "insert into committees (id, unit, parent, name) values ('below', 'unit', 'committee', '二级党委'), ('far', 'unit', null, '别的党委')",
  )
  const add = (id: string, name: string, committee = 'committee') =>
    run("insert into branches (id, unit, committee, name, since) values (?, 'unit', ?, ?, '2026-07-01')", id, committee, name)
  for (const [nth, name] of names.entries()) if (nth > 0) await add(`b${nth + 1}`, name)
  await add('b7', '下级支部', 'below')
  await add('b8', '远处支部', 'far')
  await held('general', '2026-08-10', 'branch', 'b2', 'b3', 'b4', 'b5', 'b7')
  await held('lecture', '2026-08-11', 'branch', 'b2', 'b3')
})

async function held(kind: string, on: string, ...among: string[]) {
  const [id, at] = [`${kind} ${on}`, moment(on, '15:00').getTime()]
  await run(
    "insert into gatherings (id, branch, kind, place, starts_at, ends_at, called_by, called_at) values (?, 'branch', ?, '', ?, ?, 'm_赵敏', 0)",
    ...[id, kind, at, at],
  )
  for (const one of among) await run('insert into gathering_branches (gathering, branch) values (?, ?)', id, one)
  await run(
    'insert into closures (gathering, at, "by", expected, present, expected_voters, present_voters, is_quorate) values (?, ?, ?, 0, 0, 0, 0, 1)',
    ...[id, at, 'test'],
  )
  for (const one of among) await together(branch.db, recountCredits(branch.db, one))
}

async function close(committee: string, on: string) {
  const at = moment(on, '10:00')
  await run(
    "insert into assessments (committee, quarter, opened_at, self_until, review_until, published_at, appeals_until, closing_at) values (?, '2026Q3', 0, ?, ?, 1, ?, ?)",
    ...[committee, on, on, on, at.getTime()],
  )
  const row = (await branch.db.select().from(assessments)).find((one) => one.committee === committee)
  if (row) await finishClosing(branch.db, { ...row, unit: 'unit' }, at)
}

/** The assessors have published, and appeals are open. */
const publish = async () => {
  for (const committee of ['committee', 'below'])
    await run(
      "insert into assessments (committee, quarter, opened_at, self_until, review_until, published_at, appeals_until) values (?, '2026Q3', 0, '2026-10-15', '2026-10-22', 1, '2026-12-31')",
      committee,
    )
}

/** Where a card's button leads. */
const linkOn = (card: object | null) => /"default_url":"([^"]+)"/.exec(JSON.stringify(card))?.[1] ?? null
const orderLink = async (more: object = {}) =>
  linkOn(await render(branch.db, 'order', { committee: 'committee', quarter: '2026Q3', ...more }, branch.now(), pagesOf()))
const scoreLink = async (of = 'branch') =>
  linkOn(await render(branch.db, 'score', { branch: of, quarter: '2026Q3' }, branch.now(), pagesOf()))

const world = () => ({
  db: branch.db,
  address,
  pages: noPages,
  box: branch.box,
  clock: branch.now,
  random: seeded(4),
  newId: () => newId(chance),
  log: () => {},
})
const open = (url: string | null, more = '') => openPage(world(), new Request(`${url}${more}`))
const read = async (url: string | null, more = '') => (await open(url, more)).text()

/** The branches of a page's tables, as they follow. */
const listed = (page: string) =>
  [...page.matchAll(/<th[^>]*scope="row"[^>]*>(.*?)<\/th>/g)].map(([, cell]) => cell?.replaceAll(/<[^>]*>/g, ''))

/** The cells of a branch's row. */
const rowOf = (page: string, name: string) =>
  [...(page.split('<tr').find((row) => row.includes(`>${name}<`)) ?? '').matchAll(/<t[hd][^>]*>(.*?)<\/t[hd]>/g)].map(([, cell]) =>
    cell?.replaceAll(/<[^>]*>/g, ''),
  )

test('cards lead to the order and to scores where pages exist', async () => {
  expect(await orderLink()).toMatch(/^https:\/\/zhibu\.example\/p\/[a-z2-7]{20}\.[\w-]{22}$/)
  expect(await orderLink()).toBe(await orderLink())
  expect(await scoreLink()).not.toBe(await scoreLink('b2'))
  expect(linkOn((await branch.shown('order', { committee: 'committee', quarter: '2026Q3' })).card)).toBeNull()
  expect(linkOn((await branch.shown('score', { branch: 'branch', quarter: '2026Q3' })).card)).toBeNull()
})

test('the order that branches are shown leads to no committee’s page', async () => {
  await rule(branch.store.client, { ranking: 'everyone' })
  expect(await orderLink({ toAll: true })).toBeNull()
})

test('a page is open for thirty days; later cards lead anew', async () => {
  const url = await orderLink()
  branch.at('2026-11-07', '23:59')
  expect((await open(url)).status).toBe(200)
  branch.at('2026-11-08', '00:00')
  expect((await open(url)).status).toBe(410)
  expect(await orderLink()).not.toBe(url)
})

test('before publication the page and its file compare nobody', async () => {
  const url = await orderLink()
  const page = await read(url)
  expect(listed(page).slice(0, 2)).toEqual(['&lt;b&gt;第四&lt;/b&gt;支部', '第一支部'])
  expect(rowOf(page, '第三支部')).toEqual(['第三支部', '2', '0', '1', '0'])
  expect(page).not.toMatch(/100\.0|50\.0|class="spark"|平均分/)
  const { value: sheet } = await sheetsOf(new Uint8Array(await (await open(url, '/xlsx')).arrayBuffer()), 100).next()
  expect(sheet?.rows[1]?.cells.filter(Boolean)).toEqual(['党组织', '支部', '已完成', '待确认', '还欠', '未完成'])
  const own = await read(await scoreLink())
  expect(own).not.toMatch(/>优<|>弱<|与上季度相比/)
})

test('the order stands best first, then the committee’s below', async () => {
  await publish()
  const page = await read(await orderLink())
  expect(listed(page)).toEqual(['第一支部', '第三支部', '第二支部', '&lt;b&gt;第四&lt;/b&gt;支部', '第五支部', '第六支部', '下级支部'])
  expect(page).toContain('已公布，申诉期内')
  expect(page).toContain('二级党委')
  expect(page).not.toContain('远处支部')
  expect(rowOf(page, '第三支部').slice(0, 4)).toEqual(['第三支部', '1', '100.0', '优'])
  expect(rowOf(page, '第五支部').slice(0, 4)).toEqual(['第五支部', '4', '50.0', '弱'])
})

test('filters and sorting change nobody’s place', async () => {
  await publish()
  const url = await orderLink()
  expect(listed(await read(url, '?tier=3'))).toEqual(['&lt;b&gt;第四&lt;/b&gt;支部', '第五支部', '第六支部', '下级支部'])
  expect(rowOf(await read(url, '?tier=3'), '第六支部')[1]).toBe('6')
  expect(listed(await read(url, '?q=第五'))).toEqual(['第五支部'])
  expect(listed(await read(url, '?of=below'))).toEqual(['下级支部'])
  expect(listed(await read(url, '?sort=score&of=committee'))[0]).toBe('第六支部')
})

test('a closed quarter is final and keeps its points by group', async () => {
  await close('committee', '2026-10-30')
  await close('below', '2026-10-30')
  branch.at('2026-10-31', '11:00')
  const before = await read(await orderLink())
  expect(before).toContain('最终成绩')
  expect(before).not.toContain('末位')
  await held('lecture', '2026-09-20', 'b4', 'b5', 'b6')
  expect(rowOf(await read(await orderLink()), '第五支部')).toEqual(rowOf(before, '第五支部'))
  expect(rowOf(before, '第五支部')).toContain('50')
})

test('the file holds the page’s filtered rows, figures as numbers', async () => {
  await publish()
  const url = await orderLink()
  const response = await open(url, '/xlsx?tier=3&lang=en')
  expect(response.headers.get('content-disposition')).toContain(encodeURIComponent('Q3 2026'))
  const { value: sheet } = await sheetsOf(new Uint8Array(await response.arrayBuffer()), 100).next()
  const [title, heads, ...rows] = sheet?.rows.map(({ cells }) => cells) ?? []
  expect(title?.[0]).toContain('provisional')
  expect([heads?.[1], ...(heads?.slice(6, 9) ?? [])]).toEqual(['Branch', 'Place', 'Score', 'Tier'])
  expect(rows.map(([, name, , , , , place, score]) => [name, place, score])).toEqual([
    ['<b>第四</b>支部', 4, 50],
    ['第五支部', 4, 50],
    ['第六支部', 6, 0],
    ['下级支部', 1, 50],
  ])
  expect((await open(await scoreLink(), '/xlsx')).status).toBe(404)
})

test('a branch’s page opens each standard, and says what raises it', async () => {
  branch.at('2026-09-20', '10:00')
  const page = await read(await scoreLink('b5'))
  for (const said of ['8月10日（周一）召开', '按期 1 × 100%', '党课', '怎样提高', '已证明', '（12）三会一课', '这个分数怎么来的'])
    expect(page).toContain(said)
  expect(await read(await scoreLink('b5'), '?lang=en')).toContain('What would raise it')
})

test('a branch’s link shows no other; the order follows the rulebook', async () => {
  const url = await scoreLink()
  for (const more of ['', '?branch=b2', '?q=第二']) {
    const page = await read(url, more)
    expect(page).toContain('第一支部')
    for (const name of [...names.slice(1), '下级支部', '远处支部']) expect(page).not.toContain(name)
    expect(page).not.toContain('名次')
  }
  await rule(branch.store.client, { ranking: 'everyone' })
  expect(await read(url)).not.toContain('第二支部')
  await publish()
  const shown = await read(url)
  expect(shown).toContain('第二支部')
  expect(shown).not.toContain('末位')
  expect(shown).not.toContain('下级支部')
  await rule(branch.store.client, { ranking: 'committee' })
  expect(await read(url)).not.toContain('第二支部')
})

test('the committee’s page opens its branches and those below alone', async () => {
  const url = await orderLink()
  expect(await read(url, '?branch=b5')).toContain('id="standards"')
  expect(await read(url, '?branch=b7')).toContain('id="standards"')
  for (const stray of ['b8', 'nobody']) {
    const page = await read(url, `?branch=${stray}`)
    expect(page).not.toContain('id="standards"')
    expect(page).not.toContain('远处支部')
  }
})

test('no page holds a person’s name or free words', async () => {
  await run(
    `insert into judgements (id, branch, part, subject, period, verdict, permille, by_upper, reason, "by", at)
      values ('j', 'branch', '8.judged', '', '2026Q3', 'points', 500, 1, '钱进反映的问题未整改', 'm_赵敏', ?)`,
    moment('2026-10-01').getTime(),
  )
  const board = await orderLink()
  for (const page of [await read(board), await read(board, '?branch=branch'), await read(await scoreLink())])
    for (const { name } of people) expect(page).not.toContain(name)
  expect(await read(await scoreLink())).toContain('上级认定 50%')
  expect(await read(await scoreLink())).toContain('理由见飞书里这一项的卡片')
})

test('a word takes the links back, and they show nothing', async () => {
  const [board, own, other] = [await orderLink(), await scoreLink(), await scoreLink('b2')]
  expect((await branch.say('钱进', '/考核 网页 撤销'))?.text).toContain('这件事不归你办')
  expect((await open(own)).status).toBe(200)
  expect((await branch.say('李华', '/考核 网页 撤销'))?.text).toContain('已撤销 1 个网页链接')
  expect([(await open(own)).status, (await open(other)).status, (await open(board)).status]).toEqual([410, 200, 200])
  const door = anApp(branch.store)
  const inCommittee = async (name: string) =>
    (await (await door.says(openId(name), '/score web revoke', { chat: 'oc_committee' })).answer())?.text
  expect(await inCommittee('李华')).toContain('这件事不归你办')
  expect((await open(board)).status).toBe(200)
  expect(await inCommittee('赵敏')).toContain('已撤销 1 个网页链接')
  expect((await open(board)).status).toBe(410)
  expect((await open(board, '/xlsx')).status).toBe(410)
  expect((await branch.say('李华', '/考核 网页 撤销'))?.text).toContain('没有可以打开的')
  expect(await scoreLink()).not.toBe(own)
})

test('“/score web” shows the card with the way there', async () => {
  expect((await branch.say('李华', '/考核 网页 上季度'))?.text).toContain('2026年第三季度')
})

test('what every object inherits is no part of a page', async () => {
  for (const stray of ['/constructor', '/toString']) expect((await open(await orderLink(), stray)).status).toBe(404)
})

const browse = aBrowser()

seen('both pages stand the rules of accessibility, and nothing hangs over', async () => {
  await close('committee', '2026-10-30')
  const port = await freePort()
  const server = serve({ fetch: (request) => openPage(world(), request), port, hostname: '127.0.0.1' })
  onTestFinished(() => void server.close())
  const here = (url: string | null) => String(url).replace(base, `http://127.0.0.1:${port}`)
  for (const url of [here(await orderLink()), here(await scoreLink()), `${here(await orderLink())}?branch=b5&lang=en`])
    for (const how of [{}, { width: 1280, height: 800, dark: true }]) {
      const { page, errors } = await browse(url, how)
      await page.evaluate('document.querySelectorAll("details").forEach((one) => { one.open = true })')
      expect(await barriersOfPage(page)).toEqual([])
      expect(await overhang(page)).toBeLessThanOrEqual(0)
      expect(errors).toEqual([])
    }
})

seen('the order prints across the sheet, each sheet with its heads', async () => {
  const port = await freePort()
  const server = serve({ fetch: (request) => openPage(world(), request), port, hostname: '127.0.0.1' })
  onTestFinished(() => void server.close())
  const { page } = await browse(String(await orderLink()).replace(base, `http://127.0.0.1:${port}`))
  const sheets = (await page.pdf({ preferCSSPageSize: true })).toString('latin1').match(/MediaBox \[[^\]]*\]/g) ?? []
  expect(new Set(sheets)).toEqual(new Set(['MediaBox [0 0 841.91998 594.95996]']))
  await page.emulateMedia({ media: 'print' })
  expect(await page.evaluate('getComputedStyle(document.querySelector("thead")).display')).toBe('table-header-group')
})
