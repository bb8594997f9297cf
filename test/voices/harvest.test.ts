import { expect, test } from 'vitest'
import { buttonsOf } from '../harness/branch.ts'
import { aSpeakingBranch, type SpeakingBranch, said } from './company.ts'

/** A talk gathering that was held and closed. */
async function held(it: SpeakingBranch, kind = '谈心谈话会') {
  await it.say('李华', `/会议 ${kind} 09:30 三楼`)
  const gathering = await it.latestGathering()
  it.at('2026-10-08', '09:30')
  await it.say('李华', '签到')
  it.at('2026-10-08', '10:30')
  await it.press('李华', { press: 'host.close', gathering })
  return gathering
}

test('each line that the host notes waits for its answer', async () => {
  const it = await aSpeakingBranch()
  const gathering = await held(it)
  const host = await it.shown('host', { subject: gathering, viewer: 'm_李华' })
  const opens = buttonsOf(host.card).find(({ press }) => press === 'harvest.open')
  expect(opens).toEqual({ press: 'harvest.open', gathering })
  expect((await it.press('李华', opens ?? {})).mood).toBe('success')
  const saves = { press: 'harvest.save', gathering }
  expect(said(await it.press('李华', saves, { form: { lines: '1. 食堂贵\n2. 班车少\n食堂贵' } }))).toContain('已记下 2 条')
  const [first = '', second] = await it.waiting('钱进')
  expect(second).toBeDefined()
  expect(said(await it.reads('钱进', first))).toContain('谈心谈话会上记下的')
  expect((await it.deeds()).filter(({ deed }) => deed === 'voice.harvest').map(({ actor, subject }) => [actor, subject])).toEqual([
    ['m_李华', gathering],
  ])
  await it.night('2026-10-09')
  expect((await it.deeds()).filter(({ actor }) => actor === 'somebody')).toEqual([])
})

test('nobody else notes, nor at another kind, nor before the close', async () => {
  const it = await aSpeakingBranch()
  const gathering = await held(it)
  expect((await it.press('王芳', { press: 'harvest.save', gathering }, { form: { lines: '一' } })).mood).toBe('warning')
  const many = Array.from({ length: 11 }, (_, nth) => `第${nth}件`).join('\n')
  expect((await it.press('李华', { press: 'harvest.save', gathering }, { form: { lines: many } })).toast.zh).toContain('最多 10 条')
  expect(await it.count('voices')).toBe(0)
  const other = await aSpeakingBranch()
  const committee = await held(other, '支委会')
  expect((await other.press('李华', { press: 'harvest.open', gathering: committee })).toast.zh).toContain('只有谈心谈话会')
  other.at('2026-10-09', '09:00')
  await other.say('李华', '/会议 谈心谈话会 15:00 三楼')
  const open = await other.latestGathering()
  expect((await other.press('李华', { press: 'harvest.open', gathering: open })).toast.zh).toContain('结束后再记')
})
