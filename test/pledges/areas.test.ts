import { expect, test } from 'vitest'
import { lookUp } from '../../db/client.ts'
import { miscredited } from '../../db/ledgers/credits.ts'
import { textOf } from '../harness/branch.ts'
import { aShownBranch } from './board-company.ts'

const here = { branch: 'branch' }
const form = { name: '三号楼', place: '东侧楼道', people: ['m_赵敏'] }

test('an area is set up, manned, checked and ended', async () => {
  const it = await aShownBranch()
  const empty = await it.say('李华', '/责任区', { dm: true })
  expect(empty?.text).toContain('还没有责任区')
  expect((await it.press('李华', { press: 'areas.check', ...here }, { form: {} })).toast.zh).toContain('还没有责任区')
  const added = await it.press('李华', it.buttonFor(empty?.card, 'areas.add'), { form })
  expect(textOf(added.card as never)).toContain('**三号楼**（东侧楼道）：赵敏')
  expect(textOf(added.card as never)).toContain("<font color='orange'>2026年第四季度还没有检查")
  expect((await it.press('张伟', { press: 'areas.add', ...here }, { form })).toast.zh).toContain('已经有这个名称')

  const [{ id } = { id: '' }] = await it.rows('select id from areas')
  const area = String(id)
  const none = await it.press('李华', { press: 'area.man', area }, { form: { people: [] } })
  expect(none.mood).toBe('success')
  expect((await it.say('李华', '/责任区', { dm: true }))?.text).toContain("<font color='orange'>· **三号楼**（东侧楼道）：还没有人")
  expect((await it.press('李华', { press: 'area.man', area }, { form: { people: [] } })).toast.zh).toContain('人员没有变')
  await it.press('李华', { press: 'area.man', area }, { form: { people: ['m_赵敏', 'm_钱进'] } })
  // Out and in on one day: the person never left.
  expect(await it.rows("select from_on, until_on from area_members where member = 'm_赵敏'")).toMatchObject([
    { from_on: '2026-10-08', until_on: null },
  ])

  const checked = await it.press('张伟', { press: 'areas.check', ...here }, { form: { note: '都在岗' } })
  expect([checked.mood, textOf(checked.card as never).includes('检查过了')]).toEqual(['success', true])
  expect((await it.press('李华', { press: 'areas.check', ...here }, { form: {} })).toast.zh).toContain('已经检查过')
  await it.press('李华', { press: 'area.end', area })
  expect(await it.count('areas where ended_at is not null')).toBe(1)
  expect(await it.count('area_members where until_on is null')).toBe(0)
  expect((await it.press('李华', { press: 'area.man', area }, { form: { people: [] } })).mood).toBe('warning')
  // Its name is free again.
  expect((await it.press('李华', { press: 'areas.add', ...here }, { form })).mood).toBe('success')
})

test('the check is gathered for standard 13, and opens from there', async () => {
  const it = await aShownBranch()
  await it.press('李华', { press: 'areas.add', ...here }, { form })
  await it.press('李华', { press: 'areas.check', ...here }, { form: { note: '都在岗' } })
  expect(await it.rows('select part, source_kind, period from credits')).toMatchObject([
    { part: '13.judged', source_kind: 'area', period: '2026Q4' },
  ])
  expect((await lookUp(it.db, [miscredited(it.db, 'branch')]))[0]).toEqual([{ rows: 0 }])
  const { card } = await it.shown('standard', { branch: 'branch', quarter: '2026Q4', standard: 13 })
  expect((await it.press('赵敏', it.buttonFor(card, 'standard.evidence'))).toast.zh).toBe('已私聊发给你。')
  const facts = await it.shown('areaFacts', { branch: 'branch', quarter: '2026Q4' })
  expect([facts.text.includes('都在岗'), facts.text.includes('李华')]).toEqual([true, true])
})

test('two checks at once are one', async () => {
  const it = await aShownBranch()
  await it.press('李华', { press: 'areas.add', ...here }, { form })
  const both = await Promise.all(['李华', '张伟'].map((name) => it.press(name, { press: 'areas.check', ...here }, { form: {} })))
  expect(both.map(({ mood }) => mood).sort()).toEqual(['success', 'warning'])
  expect([await it.count('area_checks'), await it.count('credits')]).toEqual([1, 1])
})

test('nobody without the seat keeps areas', async () => {
  const it = await aShownBranch()
  expect((await it.press('赵敏', { press: 'areas.add', ...here }, { form })).mood).toBe('warning')
  expect((await it.press('李华', { press: 'areas.add', ...here }, { form: { ...form, people: ['m_x'] } })).toast.zh).toContain('不在本支部')
  expect(await it.count('areas')).toBe(0)
})
