import { serve } from '@hono/node-server'
import { describe, expect, onTestFinished, test } from 'vitest'
import { codeHash } from '../../db/ballots/codes.ts'
import { newId } from '../../src/app.ts'
import { render, renderMessage } from '../../src/bot.ts'
import { moment } from '../../src/calendar.ts'
import { codeFrom, codeTyped } from '../../src/rules/ballots/codes.ts'
import { sheetsOf } from '../../src/spreadsheet/read.ts'
import { noPages } from '../../src/view.ts'
import { pagesAt } from '../../src/web/address.ts'
import { address, anApp } from '../harness/app.ts'
import { aVotingBranch, gradedBy } from '../harness/ballots/ballots.ts'
import { seeded } from '../harness/branch.ts'
import { aBrowser, overhang } from '../harness/browser/browse.ts'
import { barriers, seen } from '../harness/browser/looked.ts'
import { freePort } from '../harness/host.ts'

const six = ['李华', '王芳', '张伟', '赵敏', '孙丽', '周杰']

/** An evaluation under way, its codes made on the web by a colleague of the secretary. */
async function aPublicBallot({ codes = 3, names = six } = {}) {
  const it = await aVotingBranch()
  const port = await freePort()
  const base = `http://127.0.0.1:${port}`
  const chance = seeded(6)
  const pages = pagesAt(base, address, it.db, () => newId(chance))
  const door = anApp(it.store, { clock: it.now, pages, box: it.box })
  const ballot = await it.opens({ use: 'evaluation', title: '2026', question: gradedBy(names) })
  const open = (url: string, request: RequestInit = {}) => door.app.fetch(new Request(url, request))
  /** Without our own style, which would drown what a failing test shows. */
  const textOf = async (response: Response) => (await response.text()).replace(/<style.*?<\/style>/s, '')
  /** The values of the page's form, held since the page was opened. */
  const hidden = new Map<string, Record<string, string>>()
  const read = async (url: string) => {
    const page = await textOf(await open(url))
    const [token, visitor, given] = ['token', 'visitor', 'given'].map(
      (name) => new RegExp(`name="${name}" value="([^"]*)"`).exec(page)?.[1] ?? '',
    )
    if (token) hidden.set(url, { token, visitor: visitor ?? '', given: given ?? '' })
    return page
  }
  const send = async (url: string, filled: Record<string, string>) => {
    await read(url)
    const body = new URLSearchParams({ ...hidden.get(url), ...filled }).toString()
    const headers = { 'content-type': 'application/x-www-form-urlencoded', 'content-length': String(body.length) }
    const response = await open(url, { method: 'POST', body, headers })
    return { status: response.status, text: await textOf(response) }
  }
  const hostCard = async (viewer = 'm_李华') =>
    JSON.stringify(await render(it.db, 'ballotHost', { subject: 's', ballot, viewer }, it.now(), pages))
  const askedCard = async (viewer = 'm_王芳') => JSON.stringify(await render(it.db, 'codesAsked', { ballot, viewer }, it.now(), pages))
  const makingUrl = /"default_url":"([^"]+)"/.exec(await askedCard())?.[1] ?? ''
  const make = (count: string) => send(makingUrl, { deed: 'make', count })
  const codesIn = (text: string) =>
    [...text.matchAll(/<strong>([A-Z2-7]{4}-[A-Z2-7]{4}-[A-Z2-7]{4})<\/strong>/g)].map(([, code]) => code ?? '')
  const slips = codes > 0 ? await make(String(codes)) : { status: 0, text: '' }
  const url = /<small class="url">([^<]+)</.exec(slips.text)?.[1] ?? ''
  const key = (name: string) => String(names.indexOf(name) + 1)
  const marks = (picked: Record<string, string>) =>
    Object.fromEntries(Object.entries(picked).map(([name, grade]) => [`g_${key(name)}`, grade]))
  return {
    ...it,
    door,
    pages,
    base,
    port,
    ballot,
    makingUrl,
    make,
    send,
    read,
    open,
    hostCard,
    askedCard,
    codesIn,
    slips,
    codes: codesIn(slips.text),
    url,
    look: (code: string, picked: Record<string, string> = {}, more = {}) => send(url, { deed: 'look', code, ...marks(picked), ...more }),
    cast: (code: string, picked: Record<string, string> = {}, more = {}) => send(url, { deed: 'cast', code, ...marks(picked), ...more }),
    turnout: async () => {
      const { codes: given, codesUsed, voted } = await it.it(ballot)
      return { given, codesUsed, voted }
    },
    serve() {
      const server = serve({ fetch: door.app.fetch, port, hostname: '127.0.0.1' })
      onTestFinished(() => void server.close())
    },
  }
}

const receiptIn = (text: string) => /class="receipt">([A-Z2-7]{4}-[A-Z2-7]{4})</.exec(text)?.[1]

test('a code has another hash in each ballot', () => {
  expect(codeHash('one', 'K7QX')).not.toBe(codeHash('another', 'K7QX'))
})

test('a code is sixty random bits, read as people type it', () => {
  const random = seeded(9)
  const codes = Array.from({ length: 500 }, () => codeFrom(random(16)))
  expect(new Set(codes).size).toBe(500)
  expect(codes.every((code) => /^[A-Z2-7]{4}-[A-Z2-7]{4}-[A-Z2-7]{4}$/.test(code))).toBe(true)
  expect(new Set(codes.join('')).size).toBe(33)
})

test.each([
  ['ABCD-EFGH-IJKL', 'ABCD-EFGH-IJKL'],
  [' abcd efgh ijkl ', 'ABCD-EFGH-IJKL'],
  ['ＡＢＣＤ—ＥＦＧＨ—ＩＪＫＬ', 'ABCD-EFGH-IJKL'],
  ['0BCD8FGHIJKL', 'OBCD-BFGH-IJKL'],
  ['ABCD-EFGH-IJK', null],
  ['ABCD-EFGH-IJKLM', null],
  ['ABCD-EFGH-IJK1', null],
  ['', null],
])('“%s” is read as %s', (typed, code) => {
  expect(codeTyped(typed)).toBe(code)
})

describe('codes are made by a colleague of who runs the ballot', () => {
  test('codes are shown and sent once; no record holds one', async () => {
    const it = await aPublicBallot({ codes: 5 })
    expect(it.codes).toHaveLength(5)
    expect(it.slips.text).toContain('只显示这一次')
    expect(await it.rows('select count(*) as n from ballot_codes where not is_used')).toMatchObject([{ n: 5 }])
    expect(await it.rows('select hash from ballot_codes')).toEqual(
      expect.arrayContaining(it.codes.map((code) => expect.objectContaining({ hash: codeHash(it.ballot, code) }))),
    )
    const everything = await Promise.all(
      (await it.rows("select name from sqlite_master where type = 'table'")).map(async ({ name }) =>
        JSON.stringify(await it.rows(`select * from "${name}"`)),
      ),
    )
    for (const code of it.codes) expect(everything.join('')).not.toContain(code)
    expect(await it.rows("select actor from audit where deed = 'ballot.makeCodes'")).toMatchObject([{ actor: 'm_王芳' }])
    expect(await it.read(it.makingUrl)).not.toMatch(/[A-Z2-7]{4}-[A-Z2-7]{4}-[A-Z2-7]{4}/)

    const row = (await it.outboxRows()).find(({ view }) => view === 'codeSheet')
    const args = JSON.parse(String(row?.args))
    const world = { pages: it.pages, box: it.box }
    const made = (await renderMessage(it.db, 'codeSheet', args, it.now(), world)) as { file: { bytes: Uint8Array } }
    const cells: unknown[] = []
    for await (const { rows } of sheetsOf(made.file.bytes, 100)) cells.push(...rows.slice(2).map((one) => one.cells[0]))
    expect(cells.sort()).toEqual([...it.codes].sort())
    await expect(renderMessage(it.db, 'codeSheet', { ...args, ballot: 'another' }, it.now(), world)).resolves.toBeNull()
  })

  test('more can be added while open, and cards count given and used', async () => {
    const it = await aPublicBallot()
    expect(it.codesIn((await it.make('2')).text)).toHaveLength(2)
    await it.cast(it.codes[0] ?? '')
    expect(await it.turnout()).toEqual({ given: 5, codesUsed: 1, voted: 0 })
    expect(await it.hostCard()).toContain('**1/5**')
    expect((await it.shown('turnout', { subject: 't', ballot: it.ballot })).text).toContain('**1/5**')
    await it.minute('2026-10-09', '17:01')
    expect((await it.open(it.makingUrl)).status).toBe(410)
    expect((await it.make('2')).status).toBe(410)
    expect(await it.turnout()).toMatchObject({ given: 5 })
  })

  test('a press that comes twice makes one set of codes', async () => {
    const it = await aPublicBallot({ codes: 0 })
    const twice = () => it.send(it.makingUrl, { deed: 'make', count: '4', given: '0' })
    const answers = [...(await Promise.all([twice(), twice()])), await twice()]
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409, 409])
    expect(answers.map(({ text }) => text).join()).toContain('刚刚已经生成过一批')
    expect((await it.send(it.makingUrl, { deed: 'make', count: '4', given: 'many' })).status).toBe(409)
    expect(await it.turnout()).toMatchObject({ given: 4 })
    expect((await it.outboxRows()).filter(({ view }) => view === 'codeSheet')).toHaveLength(1)
  })

  test.each([['0'], ['201'], ['-1'], ['1.5'], [''], ['many']])('“%s” of them are refused, and nothing is made', async (count) => {
    const it = await aPublicBallot({ codes: 0 })
    const answer = await it.make(count)
    expect([answer.status, answer.text]).toEqual([409, expect.stringContaining('请填 1 到 200 的整数')])
    expect(await it.count('ballot_codes')).toBe(0)
  })

  test('by nobody else, and not once the seat is lost', async () => {
    const it = await aPublicBallot({ codes: 0 })
    for (const viewer of ['m_赵敏', 'm_李华', 'm_上级']) expect(await it.askedCard(viewer)).toBe('null')
    expect((await it.open(it.makingUrl)).status).toBe(200)
    await it.read(it.makingUrl)
    await it.press('王芳', { press: 'ballotMore.extend', ballot: it.ballot }, { form: { closes: '2026-10-12 17:00 +0800' } })
    expect((await it.make('5')).text).toContain('另一位支委生成')
    await it.store.client.execute("update seats set until_at = 1 where member = 'm_王芳'")
    expect((await it.make('5')).status).toBe(403)
    expect(await it.count('ballot_codes')).toBe(0)
  })

  test('only of an evaluation, and only where pages have an address', async () => {
    const it = await aPublicBallot({ codes: 0 })
    expect(
      JSON.stringify(await render(it.db, 'ballotHost', { subject: 's', ballot: it.ballot, viewer: 'm_李华' }, it.now(), noPages)),
    ).not.toContain('群众投票码')
    const resolution = await it.opens()
    const card = await render(it.db, 'ballotHost', { subject: 's', ballot: resolution, viewer: 'm_李华' }, it.now(), it.pages)
    expect(JSON.stringify(card)).not.toContain('群众投票码')
  })
})

describe('a vote by code', () => {
  test('is looked over, cast once, and its receipt listed after the close', async () => {
    const it = await aPublicBallot({ codes: 5 })
    const [code = ''] = it.codes
    const looked = await it.look(code, { 王芳: 'excellent', 周杰: 'basic' })
    expect(looked.status).toBe(200)
    expect(looked.text).toMatch(/优秀 1 人<\/dt><dd>王芳<\/dd>/)
    expect(looked.text).toMatch(/合格 4 人<\/dt><dd>李华、张伟、赵敏、孙丽<\/dd>/)
    expect(await it.turnout()).toMatchObject({ codesUsed: 0 })
    const cast = await it.cast(code, { 王芳: 'excellent', 周杰: 'basic' })
    const receipt = receiptIn(cast.text)
    expect(receipt).toBeDefined()
    expect(await it.read(it.url)).not.toContain(receipt)
    const again = await it.cast(code, { 王芳: 'unqualified' })
    expect([again.status, again.text]).toEqual([409, expect.stringContaining('这个投票码已经用过了')])
    expect(await it.turnout()).toMatchObject({ codesUsed: 1, voted: 0 })
    for (const other of it.codes.slice(1)) await it.cast(other)
    await it.minute('2026-10-09', '17:01')
    const over = await it.read(it.url)
    expect(over).toContain(`<li>${receipt}</li>`)
    expect(over).toContain('不在这里公布')
    expect(over).not.toMatch(/优秀 \d/)
    expect((await it.it(it.ballot)).result?.tally).toMatchObject({
      public: { counts: { 2: { excellent: 1, qualified: 4 }, 6: { basic: 1, qualified: 4 } } },
    })
  })

  test('is counted apart from the members; below five nothing is told', async () => {
    const it = await aPublicBallot({ codes: 4 })
    for (const name of ['李华', '王芳', '张伟']) await it.votes(name, it.ballot, { excellent: ['5'] })
    for (const code of it.codes) expect((await it.cast(code, { 孙丽: 'unqualified' })).status).toBe(200)
    await it.minute('2026-10-09', '17:01')
    const { result } = await it.it(it.ballot)
    expect(result).toMatchObject({ outcome: 'counted', voted: 3, codes: 4, codesUsed: 4 })
    expect(Object.keys(result?.tally ?? {})).toEqual(['members'])
    expect(result?.tally.members?.counts[5]).toEqual({ excellent: 3 })
    const { text } = await it.shown('ballotResult', { ballot: it.ballot, viewer: 'm_李华' })
    expect(text).toContain('**群众**：不足 5 人，不公布')
  })

  test('five wrong codes end a page, and no other page', async () => {
    const it = await aPublicBallot()
    const [code = ''] = it.codes
    const page = { visitor: 'a'.repeat(20) }
    for (const wrong of ['AAAA-AAAA-AAAA', '', 'short', 'BBBB-BBBB-BBBB', 'CCCC-CCCC-CCCC']) {
      const answer = await it.look(wrong, { 王芳: 'excellent' }, page)
      expect([answer.status, answer.text]).toEqual([409, expect.stringContaining('这个投票码不对')])
      expect(answer.text).toMatch(/name="g_2" value="excellent" checked/)
    }
    expect((await it.look(code, {}, page)).text).toContain('这个页面上已经试错 5 次')
    expect((await it.cast(code, {}, page)).text).toContain('这个页面上已经试错 5 次')
    expect((await it.cast(code, {}, { visitor: 'b'.repeat(20) })).status).toBe(200)
    expect(await it.rows("select count(*) as n from audit where deed = 'ballot.tryCode'")).toMatchObject([{ n: 5 }])
  })

  test('an unknown browser name goes into no record', async () => {
    const it = await aPublicBallot()
    for (const visitor of ['<b>王芳投了反对</b>', 'A'.repeat(20), 'a'.repeat(21), '']) await it.look('AAAA-AAAA-AAAA', {}, { visitor })
    expect(await it.rows("select distinct actor from audit where deed = 'ballot.tryCode'")).toMatchObject([{ actor: 'visitor unnamed' }])
  })

  test('sent again, a used code shows nothing of what was chosen', async () => {
    const it = await aPublicBallot()
    const [code = ''] = it.codes
    await it.cast(code, { 王芳: 'excellent' })
    for (const again of [await it.look(code, { 王芳: 'excellent' }), await it.cast(code, { 王芳: 'excellent' })]) {
      expect([again.status, again.text]).toEqual([409, expect.stringContaining('那一票已经记录')])
      expect(again.text).not.toContain(code)
      expect(again.text).not.toMatch(/value="excellent" checked/)
    }
  })

  test('a flood of guesses is bounded in rows and locks nobody out', async () => {
    const it = await aPublicBallot()
    await it.store.client.execute({
      sql: `with recursive n(i) as (select 1 union all select i + 1 from n where i < 1000)
        insert into audit (at, unit, actor, deed, subject) select 0, 'unit', 'visitor ' || i, 'ballot.tryCode', ? from n`,
      args: [it.ballot],
    })
    await it.look('AAAA-AAAA-AAAA')
    expect(await it.rows("select count(*) as n from audit where deed = 'ballot.tryCode'")).toMatchObject([{ n: 1000 }])
    expect((await it.cast(it.codes[0] ?? '')).status).toBe(200)
  })

  test('too many excellent are refused, the form kept, the code unused', async () => {
    const it = await aPublicBallot()
    const answer = await it.look(it.codes[0] ?? '', { 李华: 'excellent', 王芳: 'excellent', 张伟: 'excellent', 周杰: 'unqualified' })
    expect([answer.status, answer.text]).toEqual([409, expect.stringContaining('最多 2 人），你选了 3 人')])
    for (const checked of ['g_1" value="excellent', 'g_2" value="excellent', 'g_6" value="unqualified', 'g_4" value="qualified'])
      expect(answer.text).toContain(`${checked}" checked`)
    expect(answer.text).toContain(`value="${it.codes[0]}"`)
    const cast = await it.cast(it.codes[0] ?? '', { 李华: 'excellent', 王芳: 'excellent', 张伟: 'excellent' })
    expect(cast.status).toBe(409)
    expect(await it.turnout()).toMatchObject({ codesUsed: 0 })
  })

  test('what was chosen can be changed before it is cast', async () => {
    const it = await aPublicBallot()
    const back = await it.send(it.url, { deed: 'change', code: it.codes[0] ?? '', g_2: 'excellent' })
    expect(back.text).toMatch(/name="g_2" value="excellent" checked/)
    expect(back.text).toContain(`value="${it.codes[0]}"`)
  })

  test('a missing grade counts as qualified, and unasked fields are ignored', async () => {
    const it = await aPublicBallot()
    await it.cast(it.codes[0] ?? '', {}, { g_1: 'superb', g_99: 'excellent' })
    expect(await it.count('marks')).toBe(6 + 1)
  })

  test('of one code cast twice at once one vote counts', async () => {
    const it = await aPublicBallot()
    const [code = ''] = it.codes
    const both = await Promise.all(Array.from({ length: 6 }, () => it.cast(code, { 王芳: 'excellent' })))
    expect(both.filter(({ status }) => status === 200)).toHaveLength(1)
    for (const { status, text } of both) if (status !== 200) expect(text).not.toMatch(/value="excellent" checked/)
    expect(await it.turnout()).toMatchObject({ codesUsed: 1 })
    expect(await it.count('marks')).toBe(6 + 1)
  })

  test('with a failing store a vote is whole or absent, and unlogged', async () => {
    const it = await aPublicBallot()
    const [code = ''] = it.codes
    const { gate } = it.db
    const { read, write } = gate
    const tooFrank = (given: unknown) => Promise.reject(new Error(`no\n at ${code} ${JSON.stringify(given)}`))
    const chosen = { 王芳: 'unqualified' }
    await it.read(it.url)
    Object.assign(gate, { write: tooFrank })
    expect((await it.cast(code, chosen)).status).toBe(500)
    Object.assign(gate, { write })
    expect([await it.count('marks'), (await it.turnout()).codesUsed]).toEqual([0, 0])
    // Written, and the answer lost.
    const lost = async (statements: Parameters<typeof write>[0]) => {
      await write(statements)
      return tooFrank(statements)
    }
    Object.assign(gate, { write: lost })
    expect((await it.cast(code, chosen)).status).toBe(500)
    Object.assign(gate, { write })
    expect((await it.cast(code, chosen)).text).toContain('那一票已经记录')
    expect([await it.count('marks'), (await it.turnout()).codesUsed]).toEqual([7, 1])
    Object.assign(gate, { read: tooFrank })
    expect((await it.open(it.url)).status).toBe(500)
    Object.assign(gate, { read })
    expect(it.door.logs).toEqual(Array.from({ length: 3 }, () => ({ level: 'error', at: 'page', error: 'Error' })))
  })

  test.each([
    [-1, 200],
    [0, 409],
    [1, 409],
  ])('cast %i ms after the deadline: %i', async (ms, status) => {
    const it = await aPublicBallot()
    await it.read(it.url)
    it.at('2026-10-09', '17:00')
    it.now().setMilliseconds(it.now().getMilliseconds() + ms)
    expect((await it.cast(it.codes[0] ?? '')).status).toBe(status)
    expect([await it.count('marks'), (await it.turnout()).codesUsed]).toEqual(status === 200 ? [7, 1] : [0, 0])
  })

  test('closed or called off, the page says so and takes no vote', async () => {
    const it = await aPublicBallot()
    await it.read(it.url)
    it.at('2026-10-09', '17:00')
    expect(await it.read(it.url)).toContain('投票已经结束')
    expect((await it.cast(it.codes[0] ?? '')).text).toContain('投票已经截止')
    const other = await aPublicBallot()
    await other.read(other.url)
    await other.press('李华', { press: 'ballotMore.cancel', ballot: other.ballot }, { form: { reason: '改期' } })
    expect(await other.read(other.url)).toContain('投票已取消')
    expect((await other.cast(other.codes[0] ?? '')).text).toContain('已经取消')
    expect(await other.turnout()).toMatchObject({ codesUsed: 0 })
  })

  test('a code of another ballot is none of this one', async () => {
    const it = await aPublicBallot()
    const other = await it.opens({ use: 'evaluation', title: '2026H2', question: gradedBy(six) })
    await it.store.client.execute({ sql: 'insert into ballot_codes values (?, ?, 0)', args: [other, codeHash(other, 'ABCD-EFGH-IJKL')] })
    expect((await it.cast('ABCD-EFGH-IJKL')).text).toContain('这个投票码不对')
    expect(await it.count('marks')).toBe(0)
  })

  test('the page tells nobody’s vote, before the close or after', async () => {
    const it = await aPublicBallot()
    await it.cast(it.codes[0] ?? '', { 周杰: 'unqualified' })
    const before = await it.read(it.url)
    expect(before).not.toMatch(/已投 |凭码 /)
    expect(before).toMatch(/name="g_6" value="qualified" checked/)
  })
})

test('names and titles are never markup, and the page speaks both languages', async () => {
  const it = await aPublicBallot({ names: ['<b>李华</b>', '王"芳', '张伟'] })
  const page = await it.read(it.url)
  expect(page).toContain('&lt;b&gt;李华&lt;/b&gt;')
  expect(page).not.toContain('<b>李华')
  const english = await it.read(`${it.url}?lang=en`)
  for (const words of ['Your code', 'Basically qualified', 'At most 1 may be excellent', 'How is this vote kept secret?'])
    expect(english).toContain(words)
})

const browse = aBrowser()

seen('a person votes by keyboard without a script and finds the receipt', async () => {
  const it = await aPublicBallot({ codes: 3 })
  it.serve()
  const { page, errors } = await browse(it.url, { withoutScript: true })
  await page.locator('#slip').focus()
  await page.keyboard.type((it.codes[0] ?? '').toLowerCase().replaceAll('-', ' '))
  await page.keyboard.press('Tab')
  await page.keyboard.press('ArrowLeft')
  expect(await page.locator('input[name=g_1]:checked').getAttribute('value')).toBe('excellent')
  await page.keyboard.press('Tab')
  await page.keyboard.press('ArrowRight')
  expect(await page.locator('input[name=g_2]:checked').getAttribute('value')).toBe('basic')
  await page.keyboard.press('Enter')
  await page.locator('.review').waitFor()
  expect(await page.locator('.review').innerText()).toContain('李华')
  await page.locator('text=返回修改').click()
  expect(await page.locator('input[name=g_2]:checked').getAttribute('value')).toBe('basic')
  await page.locator('text=下一步').click()
  await page.locator('text=确认投出').click()
  const receipt = await page.locator('.receipt').innerText()
  expect(receipt).toMatch(/^[A-Z2-7]{4}-[A-Z2-7]{4}$/)
  await page.goto(it.url)
  expect(await page.content()).not.toContain(receipt)
  expect(errors).toEqual([])
})

seen('on a shared device going back shows no earlier choice', async () => {
  const it = await aPublicBallot({ codes: 2 })
  it.serve()
  const { page } = await browse(it.url)
  await page.locator('#slip').fill(it.codes[0] ?? '')
  await page.locator('label:has(input[name=g_2][value=excellent])').click()
  await page.locator('.vote > button').click()
  await page.locator('text=确认投出').click()
  await page.locator('.receipt').waitFor()
  // The page in between asks to be sent again, and shows nothing unless it is.
  await page.goBack().catch(() => {})
  await expect.poll(() => page.url()).toContain('chrome-error')
  expect(await page.locator('.review').count()).toBe(0)
  await page.goBack().catch(() => {})
  await page.locator('#slip').waitFor()
  expect(await page.locator('#slip').inputValue()).toBe('')
  expect(await page.locator('input[name=g_2]:checked').getAttribute('value')).toBe('qualified')
})

seen('every state of both pages stands the rules of accessibility', async () => {
  const it = await aPublicBallot({ codes: 3, names: [...six, '欧阳娜娜', '迪丽热巴·迪力木拉提'] })
  it.serve()
  for (const how of [{}, { width: 320 }, { width: 1280, height: 800, dark: true, locale: 'en-GB' }, { dark: true, locale: 'en-GB' }]) {
    const judge = async (page: Awaited<ReturnType<typeof browse>>['page'], name: string) => {
      expect(await barriers(page)).toEqual([])
      expect(await overhang(page)).toBeLessThanOrEqual(0)
      if (process.env.SHOTS)
        await page.screenshot({ path: `${process.env.SHOTS}/${name}-${how.width ?? 390}-${how.locale ?? 'zh'}.png`, fullPage: true })
    }
    const { page, errors } = await browse(it.url, how)
    await judge(page, 'entry')
    await page.locator('#slip').fill('AAAA-AAAA-AAAA')
    await page.locator('.vote > button').click()
    await page.locator('[role=alert]').waitFor()
    await judge(page, 'wrong')
    await page.locator('#slip').fill(it.codes[0] ?? '')
    await page.locator('label:has(input[name=g_2][value=excellent])').click()
    await page.locator('.vote > button').click()
    await page.locator('.review').waitFor()
    await judge(page, 'review')
    expect(errors.filter((error) => !error.includes('409'))).toEqual([])
    const making = await browse(it.makingUrl, how)
    await judge(making.page, 'making')
    await making.page.locator('#count').fill('4')
    await making.page.locator('.deed > button').click()
    await making.page.locator('.slips').waitFor()
    await judge(making.page, 'slips')
    expect(making.errors).toEqual([])
  }
  const last = await browse(it.url)
  await last.page.locator('#slip').fill(it.codes[0] ?? '')
  await last.page.locator('.vote > button').click()
  await last.page.locator('text=确认投出').click()
  await last.page.locator('.receipt').waitFor()
  expect(await barriers(last.page)).toEqual([])
  if (process.env.SHOTS) await last.page.screenshot({ path: `${process.env.SHOTS}/thanks.png`, fullPage: true })
  await it.minute('2026-10-09', '17:01')
  await last.page.goto(it.url)
  expect(await barriers(last.page)).toEqual([])
  if (process.env.SHOTS) await last.page.screenshot({ path: `${process.env.SHOTS}/over.png`, fullPage: true })
})

test('the page lasts through the longest extension and the receipts after it', async () => {
  const it = await aPublicBallot()
  it.at('2026-10-09', '16:00')
  await it.press('李华', { press: 'ballotMore.extend', ballot: it.ballot }, { form: { closes: '2026-12-06 17:00 +0800' } })
  it.at('2026-12-06', '16:59')
  expect((await it.cast(it.codes[0] ?? '')).status).toBe(200)
  expect(moment('2026-12-06', '17:00')).toEqual((await it.it(it.ballot)).closesAt)
})
