import { serve } from '@hono/node-server'
import type { Page } from 'playwright-core'
import { expect, onTestFinished } from 'vitest'
import { aBrowser, overhang } from '../harness/browser/browse.ts'
import { barriers, seen } from '../harness/browser/looked.ts'
import { freePort } from '../harness/host.ts'
import { aShownBranch } from './shown.ts'

const names = ['李华', '王芳', '张伟', '赵敏', '钱进', '欧阳娜娜', '周正', '吴勇', '郑凯', '冯雪']
const points = [
  '每周三下班后整理党员活动室',
  '年底前带出两名能独立值班的新员工',
  '每月到社区服务站做一次志愿者',
  '考勤零迟到，会前五分钟到场',
]

/** A board with everything on it, served on a loopback port. */
async function aHall(more: (nth: number) => string[] = (nth) => points.slice(0, 2 + (nth % 3))) {
  const it = await aShownBranch(
    names.map((name, nth) => ({ name, ...(nth === 0 ? { role: 'secretary' as const } : nth === 2 ? { role: 'publicity' as const } : {}) })),
  )
  for (const [nth, name] of names.entries()) {
    await it.consent(name, 'public')
    await it.pledged(name, more(nth), { kept: [0] })
  }
  for (const [name, place, who] of [
    ['服务窗口', '一楼大厅', ['m_赵敏', 'm_钱进']],
    ['三号楼', '东侧楼道和电梯间', ['m_周正']],
    ['锅炉房', '后院', ['m_吴勇', 'm_郑凯', 'm_冯雪']],
  ] as const)
    await it.press('李华', { press: 'areas.add', branch: 'branch' }, { form: { name, place, people: [...who] } })
  for (const words of ['安全生产 人人有责', '学思想、强党性、重实践、建新功']) {
    await it.press(
      '李华',
      { press: 'screen.submit', branch: 'branch', isAsked: false },
      { form: { words, from: '2026-10-08', until: '2026-10-20' } },
    )
    const id = String((await it.rows('select id from screen_lines order by rowid desc'))[0]?.id)
    await it.press('张伟', { press: 'screen.approve', line: id })
  }
  await it.say('李华', '/会议 党课 周五 15:00 三楼会议室')
  await it.say('李华', '/会议 党员大会 10月20日 14:00 礼堂')
  const port = await freePort()
  const base = `http://127.0.0.1:${port}`
  const state = { isDown: false, asked: 0 }
  const server = serve({
    fetch: (request) => {
      state.asked += 1
      return state.isDown ? new Response('down', { status: 503 }) : it.answer(request, base)
    },
    port,
    hostname: '127.0.0.1',
  })
  onTestFinished(() => void server.close())
  return { ...it, url: (await it.hung('public', base)).url, state }
}

const browse = aBrowser()
const shot = async (page: Page, name: string, fullPage = false) => {
  if (process.env.SHOTS) await page.screenshot({ path: `${process.env.SHOTS}/board-${name}.png`, fullPage })
}

const brim = () =>
  Array.from(
    { length: 5 },
    () => '每周三下班后整理党员活动室并做好登记，年底前带出两名能独立值班的新员工，每月到社区服务站做一次志愿服务，坚持到底不松劲',
  )

// T52: widths from 320 to 3,840, both colours, both languages, every look
seen.each([
  ['phone', '', { width: 320, height: 700 }],
  ['phone in the dark', '?lang=en', { width: 390, height: 844, dark: true }],
  ['desk', '?lang=zh', { width: 1280, height: 800 }],
  ['wall', '?kiosk', { width: 1920, height: 1080 }],
  ['wall in the dark', '?kiosk&lang=en', { width: 1920, height: 1080, dark: true }],
  ['tall wall', '?kiosk', { width: 2160, height: 3840 }],
  ['wide wall', '?kiosk', { width: 3840, height: 2160 }],
  ['paper', '?print', { width: 1000, height: 1200 }],
] as const)('the board bars nobody: %s', async (name, look, how) => {
  const { url } = await aHall()
  const { page, errors } = await browse(url + look, how)
  await page.waitForTimeout(900)
  await shot(page, name.replaceAll(' ', '-'), !look.includes('kiosk'))
  expect(await barriers(page)).toEqual([])
  expect(await overhang(page)).toBeLessThanOrEqual(0)
  expect(errors).toEqual([])
  if (!look.includes('kiosk')) return
  // The band leaves the wall to the people.
  expect(await page.evaluate('document.querySelector(".band").offsetHeight / innerHeight')).toBeLessThan(0.2)
  const slides = await page.locator('.slide').count()
  for (let nth = 1; nth < slides; nth++) {
    await page.keyboard.press('ArrowRight')
    await page.waitForTimeout(900)
    await shot(page, `${name.replaceAll(' ', '-')}-${nth}`)
    expect(await barriers(page)).toEqual([])
    expect(
      await page.evaluate('document.querySelector("main").scrollHeight - document.querySelector("main").clientHeight'),
    ).toBeLessThanOrEqual(1)
  }
})

seen('eight people with five long points fit on a screen', async () => {
  const { url } = await aHall(brim)
  for (const how of [
    { width: 1920, height: 1080 },
    { width: 2160, height: 3840 },
  ]) {
    const { page } = await browse(`${url}?kiosk`, how)
    await page.waitForTimeout(900)
    await shot(page, `brim-${how.width}`)
    expect(
      await page.evaluate('[...document.querySelectorAll(".on .person")].filter((one) => one.scrollHeight > one.clientHeight + 1).length'),
    ).toBe(0)
  }
  const { page } = await browse(`${url}?print`)
  const pdf = await page.pdf({ preferCSSPageSize: true, ...(process.env.SHOTS ? { path: `${process.env.SHOTS}/board.pdf` } : {}) })
  expect(pdf.toString('latin1').match(/\/Type \/Page\b/g)).toHaveLength(2)
})

seen('nobody needs a script to read it', async () => {
  const { url } = await aHall()
  for (const look of ['', '?kiosk', '?print']) {
    const { page } = await browse(url + look, { withoutScript: true })
    expect(await page.locator('.person h3').allInnerTexts()).toEqual(names)
  }
})

// T51: a day on a fake clock
seen('for a day it follows changes and keeps the last good state', async () => {
  const it = await aHall()
  const { page } = await browse(`${it.url}?kiosk`, { width: 1920, height: 1080, movable: true })
  const memory = await page.context().newCDPSession(page)
  const used = async () => {
    await memory.send('HeapProfiler.collectGarbage')
    const { usedSize } = await memory.send('Runtime.getHeapUsage')
    return usedSize
  }
  const minute = async () => {
    for (let half = 0; half < 2; half++) {
      const before = it.state.asked
      await page.clock.runFor(30_000)
      await expect.poll(() => it.state.asked).toBeGreaterThan(before)
      await page.waitForTimeout(100)
    }
  }
  await minute()
  const atFirst = await used()
  await it.shows('赵敏', 'none')
  await minute()
  await expect.poll(() => page.content()).not.toContain('赵敏')

  for (let hour = 0; hour < 24; hour++) {
    await page.clock.runFor(3_600_000)
    await page.waitForTimeout(20)
  }
  expect((await used()) - atFirst).toBeLessThan(20 * 2 ** 20)

  const [at = ''] = await page.locator('#at').allInnerTexts()
  it.state.isDown = true
  await minute()
  await expect.poll(() => page.locator('#stopped').innerText()).toBe(`数据停在 ${at}`)
  expect(await page.content()).toContain('李华')
  it.state.isDown = false
  await minute()
  await expect.poll(() => page.locator('#stopped').innerText()).toBe('')
  await it.press('李华', { press: 'board.revoke', branch: 'branch', scope: 'public' })
  await minute()
  await expect.poll(() => page.content()).not.toContain('李华')
  expect(await page.locator('main').innerText()).toContain('这个页面已经结束')
})

// T39: what people type stays what they typed
seen('markup in points, areas and lines stays words', async () => {
  const nasty = [
    '<script>window.hit=1</script>',
    '"><img src=x onerror="window.hit=1">',
    '<at id=all></at>',
    "'; drop table",
    '=1+1|cmd',
    '{{7*7}}',
  ]
  const it = await aHall((nth) => nasty.map((one) => `${one}${nth}`).slice(0, 5))
  await it.press('李华', { press: 'areas.add', branch: 'branch' }, { form: { name: nasty[0], place: nasty[1], people: [] } })
  for (const look of ['', '?kiosk', '?print']) {
    const { page, errors } = await browse(it.url + look, { width: 1280, height: 800 })
    expect(await page.evaluate('[window.hit, document.images.length]')).toEqual([undefined, 0])
    expect(await page.locator('.points li').first().innerText()).toContain('<script>window.hit=1</script>0')
    expect(errors).toEqual([])
  }
})
