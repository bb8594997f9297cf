import { serve } from '@hono/node-server'
import { expect, onTestFinished, test } from 'vitest'
import { newId } from '../../src/app.ts'
import { render } from '../../src/bot.ts'
import { pagesAt } from '../../src/web/address.ts'
import { openPage, openPlain } from '../../src/web/door.tsx'
import { address, anApp } from '../harness/app.ts'
import { aVotingBranch, gradedBy, type VotingBranch } from '../harness/ballots/ballots.ts'
import { seeded } from '../harness/branch.ts'
import { aBrowser, overhang } from '../harness/browser/browse.ts'
import { barriersOfPage, seen } from '../harness/browser/looked.ts'
import { freePort } from '../harness/host.ts'

const base = 'https://zhibu.example'
const chance = seeded(7)

/** An evaluation, a resolution and a named award, all closed. */
async function closedBallots() {
  const it = await aVotingBranch()
  const pages = pagesAt(base, address, it.db, () => newId(chance))
  const graded = ['李华', '王芳', '张伟', '赵敏', '孙丽', '周杰']
  const evaluation = await it.opens({ use: 'evaluation', title: '2026年民主评议', question: gradedBy(graded) })
  const resolution = await it.opens({ title: '<b>选派</b>李华' })
  const award = await it.opens({
    use: 'award',
    title: '先进个人',
    isSecret: false,
    question: { scale: 'chosen', most: 1, subjects: ['王芳', '张伟'].map((name, nth) => ({ key: String(nth + 1), name })) },
  })
  for (const name of it.everybody) await it.votes(name, evaluation, name === '王芳' ? { unqualified: ['6'] } : { excellent: ['2'] })
  const receipts: string[] = []
  for (const name of it.full) receipts.push((await it.votes(name, resolution, name === '孙丽' ? 'against' : 'for')).toast.zh.slice(-9))
  await it.votes('李华', award, { chosen: ['1'] })
  await it.votes('张伟', award, { chosen: ['1'] })
  const world = { db: it.db, address, pages, box: it.box, clock: it.now, random: seeded(4), newId: () => newId(chance), log: () => {} }
  await it.minute('2026-10-09', '17:01')
  const link = async (ballot: string, viewer?: string) =>
    /"default_url":"([^"]+)"/.exec(JSON.stringify(await render(it.db, 'ballotResult', { ballot, viewer }, it.now(), pages)))?.[1] ?? ''
  const open = (url: string) => openPage(world, new Request(url))
  return { it, pages, world, evaluation, resolution, award, receipts, link, open, read: async (url: string) => (await open(url)).text() }
}

test('a public result shows figures, both measures and every receipt', async () => {
  const { resolution, receipts, link, read } = await closedBallots()
  const page = await read(await link(resolution))
  expect(page).toContain('&lt;b&gt;选派&lt;/b&gt;李华')
  expect(page).toContain('赞成 5 · 不赞成 1 · 弃权 0')
  expect(page).toContain('通过')
  expect(receipts).toHaveLength(6)
  const shown = [...page.matchAll(/<li>([A-Z2-7]{4}-[A-Z2-7]{4})<\/li>/g)].map(([, code]) => code)
  expect(shown).toEqual([...receipts].sort())
  expect(await read(`${await link(resolution)}?lang=en`)).toContain('for 5 · against 1 · abstain 0')
})

test('an organisers’ result opens by an own link while entitled', async () => {
  const { it, evaluation, link, open, read } = await closedBallots()
  const url = await link(evaluation, 'm_李华')
  const page = await read(url)
  expect(page).toContain('合格 5 · 不合格 1')
  expect(page).toContain('一致：合格')
  expect(await link(evaluation, 'm_王芳')).not.toBe(url)
  await it.store.client.execute("update seats set until_at = 1 where member = 'm_李华'")
  expect((await open(url)).status).toBe(403)
  expect(await read(url)).not.toContain('合格 5 · 不合格 1')
})

test('a named ballot shows who chose what, and no receipt', async () => {
  const { award, link, read } = await closedBallots()
  const page = await read(await link(award))
  expect(page).toContain('推荐王芳的：李华、张伟')
  expect(page).not.toContain('全部回执')
})

test('a ballot that is open, or was cancelled, has no page', async () => {
  const { it, pages, open } = await closedBallots()
  it.at('2026-10-12', '09:00')
  const ballot = await it.opens({ closesAt: new Date(it.now().getTime() + 86_400_000) })
  const url = `${base}${address.path(await madeUp(it, ballot))}`
  expect((await open(url)).status).toBe(410)
  expect(await render(it.db, 'ballotResult', { ballot }, it.now(), pages)).toBeNull()
})

/** A link that no card would give. */
async function madeUp(it: VotingBranch, ballot: string) {
  const id = newId(chance)
  await it.store.client.execute({
    sql: "insert into links (id, unit, kind, subject, made_by, made_at, expires_at) values (?, 'unit', 'ballot', ?, 'test', 0, ?)",
    args: [id, ballot, it.now().getTime() + 1_000_000],
  })
  return id
}

test('the secrecy page needs no link and names the store', async () => {
  const { it } = await closedBallots()
  const { app } = anApp(it.store)
  const page = await (await app.fetch(new Request('http://bot/secrecy'))).text()
  expect(page).toContain('无记名投票怎样保密')
  expect(page).toContain('数据库文件随后重写一遍')
  // The page says the limits as plainly: test/ballots/oracle.test.ts shows each of them.
  expect(page).toContain('既有机器人的密钥、又')
  expect(page).toContain('从某人得票的总数看得出他本人投没投')
  // And what is another for staff and the public, for resolutions and for elections.
  expect(page).toContain('群众的票单独计数，不和党员的票相加；不足 5 人不公布')
  expect(page).toContain('发码的人见过全部的码')
  expect(page).toContain('会上的表决和选举，不论多少人投，票数都公布')
  const english = await (await app.fetch(new Request('http://bot/secrecy?lang=en'))).text()
  for (const words of [
    'with fewer than five no figures are told',
    'Whoever made the codes has seen them all',
    'Resolutions and elections in a meeting announce theirs',
  ])
    expect(english).toContain(words)
  const remote = { db: Object.create(it.db, { gate: { value: { ...it.db.gate, wipe: undefined } } }), clock: it.now, random: seeded(3) }
  expect(await (await openPlain(remote, new Request('http://bot/secrecy?lang=en'))).text()).toContain(
    'its own files and backups may keep sealed copies',
  )
})

const browse = aBrowser()

seen('the pages stand the rules of accessibility, and nothing hangs over', async () => {
  const { world, evaluation, resolution, award, link } = await closedBallots()
  const port = await freePort()
  const answer = (request: Request) => (new URL(request.url).pathname === '/secrecy' ? openPlain(world, request) : openPage(world, request))
  const server = serve({ fetch: answer, port, hostname: '127.0.0.1' })
  onTestFinished(() => void server.close())
  const here = (url: string) => url.replace(base, `http://127.0.0.1:${port}`)
  for (const url of [
    here(await link(evaluation, 'm_李华')),
    here(await link(resolution)),
    `${here(await link(award))}?lang=en`,
    `http://127.0.0.1:${port}/secrecy`,
  ])
    for (const how of [{}, { width: 1280, height: 800, dark: true }]) {
      const { page, errors } = await browse(url, how)
      expect(await barriersOfPage(page)).toEqual([])
      expect(await overhang(page)).toBeLessThanOrEqual(0)
      expect(errors).toEqual([])
      if (process.env.SHOTS)
        await page.screenshot({
          path: `${process.env.SHOTS}/web-${url.split(/[/?]/)[4]?.slice(0, 5) ?? 'secrecy'}-${how.width ?? 390}.png`,
          fullPage: true,
        })
    }
})
