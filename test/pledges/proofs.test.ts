import { expect, test } from 'vitest'
import { pledgeCard } from '../../cards/pledges/pledge-card.ts'
import { reviewCard } from '../../cards/pledges/review-card.ts'
import type { Pledge } from '../../db/pledges/pledges.ts'
import { moment } from '../../src/calendar.ts'
import { pointsFrom } from '../../src/rules/pledges/points.ts'
import { seeded } from '../harness/branch.ts'
import { aPledgingBranch } from './company.ts'

const seeds = [
  '<script>window.ran=1</script>',
  '<at id=all></at>',
  '<at user_id="all">所有人</at>',
  '<person id="ou_1"></person>',
  '<font color="red">红</font>',
  '[x](javascript:window.ran=1)',
  '![x](https://evil.example/x.png)',
  '**粗** __粗__ ~~删~~ `码`',
  '=HYPERLINK("http://evil.example","x")',
  '&#60;script&#62;',
  '\u202e<at id=all>\u200b',
]

/** The seeds, joined and cut at random places, as long as a point may be. */
function hostile(many: number): string[] {
  const random = seeded(7)
  const draw = (most: number) => ((random(1)[0] ?? 0) * 256 + (random(1)[0] ?? 0)) % most
  return Array.from({ length: many }, () => {
    const one = `${seeds[draw(seeds.length)]}${seeds[draw(seeds.length)]}`
    return [...one].slice(draw(8), 58).join('')
  })
}

const markdownOf = (value: unknown): string[] => {
  if (Array.isArray(value)) return value.flatMap(markdownOf)
  if (!value || typeof value !== 'object') return []
  const { tag, content, i18n_content: both } = value as { tag?: string; content?: string; i18n_content?: Record<string, string> }
  const own = tag === 'markdown' ? [content ?? '', ...Object.values(both ?? {})] : []
  return [...own, ...Object.values(value).flatMap(markdownOf)]
}

test('a thousand hostile points are words on every card, never markup', () => {
  const all = hostile(1_000).flatMap((one) => {
    const said = pointsFrom([one])
    return 'points' in said ? said.points : []
  })
  expect(all.length).toBeGreaterThan(950)
  const found: string[] = []
  for (let first = 0; first < all.length; first += 5) {
    const points = all.slice(first, first + 5).map((words, nth) => ({ nth: nth + 1, words, isKept: false, because: words }))
    const it: Pledge = {
      id: 'p',
      branch: 'b',
      member: 'm',
      memberName: points[0]?.words ?? '',
      memberOpenId: null,
      year: '2027',
      version: 1,
      submittedAt: moment('2027-01-04'),
      isTyped: false,
      reviewedAt: moment('2027-01-05'),
      returnedBecause: null,
      replacedAt: null,
      points,
    }
    const back = { ...it, returnedBecause: points[0]?.words ?? '' }
    const cards = [
      pledgeCard({ year: '2027', versions: [it, back], unkept: [], isFrozen: false }),
      reviewCard({ year: '2027', waiting: [{ ...it, reviewedAt: null }], typesSheets: true }),
    ]
    for (const words of cards.flatMap(markdownOf)) {
      const ours = words.replace(/<font color='(?:grey|orange)'>|<\/font>/gu, '')
      if (/[<>[\]`]|javascript:/u.test(ours)) found.push(ours)
    }
  }
  expect(found).toEqual([])
})

test('nobody is ordered by what they kept', async () => {
  const it = await aPledgingBranch()
  for (const name of ['李华', '王芳', '赵敏', '孙强']) await it.pledges(name, `${name}每周查 1 次现场`)
  await it.accepts('张伟')
  const order = async () => (await it.say('赵敏', '/承诺 支部', { dm: true }))?.text.match(/\*\*(?:李华|王芳|赵敏|孙强)\*\*/gu)?.slice(0, 4)
  const before = await order()
  expect(before).toEqual(['**李华**', '**王芳**', '**赵敏**', '**孙强**'])
  const card = (await it.own('孙强')).card
  await it.press('孙强', it.buttonFor(card, 'pledge.keep', { isKept: true }))
  expect(await order()).toEqual(before)
  expect((await it.say('赵敏', '/承诺 支部', { dm: true }))?.text).not.toMatch(/%|第\s*\d+\s*名/u)
})

test('two who review at once: one does', async () => {
  const it = await aPledgingBranch()
  await it.pledges('赵敏', '每周查 1 次现场')
  const [{ id }] = (await it.rows('select id from pledges')) as unknown as [{ id: string }]
  const answers = await Promise.all(['李华', '王芳', '张伟'].map((name) => it.press(name, { press: 'pledgeReview.accept', pledges: [id] })))
  expect(answers.filter(({ mood }) => mood === 'success')).toHaveLength(1)
  expect(await it.count("audit where deed = 'pledge.accept'")).toBe(1)
})
