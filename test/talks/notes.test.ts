import { expect, test } from 'vitest'
import { rulebooks } from '../../db/rulebook/tables.ts'
import { moment } from '../../src/calendar.ts'
import { tick } from '../../src/clock/schedule.ts'
import { forget } from '../../src/jobs/forget.ts'
import { textOf } from '../harness/branch.ts'
import { aBranchWithContact, type TalkingBranch } from './company.ts'

const said = (answer: Awaited<ReturnType<TalkingBranch['press']>>) => `${answer.toast.zh}\n${answer.card ? textOf(answer.card) : ''}`
const night = (it: TalkingBranch, on: string) =>
  forget({ db: it.db, now: moment(on, '03:17'), slot: moment(on, '03:17'), isLate: false }) as Promise<void>

test('a private note is read again by its writer, by nobody else', async () => {
  const it = await aBranchWithContact()
  const talk = await it.talked('吴勇', '王芳')
  const saved = await it.writes('吴勇', talk, '家里老人住院，想请几天假。\n下次再问问。')
  expect(saved).toMatchObject({ mood: 'success', toast: { zh: '已保存，只有你能看。' } })
  expect(said(await it.opens('吴勇', talk))).toContain('家里老人住院')
  const other = said(await it.opens('王芳', talk))
  expect(other).not.toContain('住院')
  expect(other).not.toContain('看吴勇写的')
  expect(await it.press('王芳', { press: 'note.read', talk })).toMatchObject({ mood: 'warning' })
  for (const name of ['李华', '赵敏', '钱进', '孙丽', '周正', '张伟', '管理员', '考核人'])
    for (const press of ['note.open', 'note.read', 'note.save', 'note.delete'])
      expect(await it.press(name, { press, talk }, { form: { words: '改掉' } }), `${name} ${press}`).toEqual({
        toast: { zh: '没有找到这次谈心。', en: 'There is no such talk.' },
        mood: 'warning',
      })
})

test('a shared note is read by the other, each reading recorded', async () => {
  const it = await aBranchWithContact()
  const talk = await it.talked('吴勇', '王芳')
  await it.writes('吴勇', talk, '约好下个月一起去敬老院。', 'both')
  expect(said(await it.opens('王芳', talk))).toContain('看吴勇写的')
  expect(await it.deeds()).toEqual([`m_吴勇 note.write ${talk}`])
  expect(said(await it.press('王芳', { press: 'note.read', talk }))).toContain('敬老院')
  expect((await it.deeds()).at(-1)).toBe(`m_王芳 note.read ${talk}`)
  // Made private again, it is the writer's alone.
  await it.writes('吴勇', talk, '约好下个月一起去敬老院。', 'own')
  expect(await it.press('王芳', { press: 'note.read', talk })).toMatchObject({ mood: 'warning' })
})

test.each([
  ['1,000 characters', '字'.repeat(1_000), '已保存'],
  ['one more', '字'.repeat(1_001), '写了 1001 个字，最多 1000 个，没有保存'],
  ['1,000 pictures', '😀'.repeat(1_000), '已保存'],
  ['nothing', '  \n ', '还没有写字'],
  ['a link', '见 https://example.com/x', '不收链接和图片'],
  ['an image', '![](img_v3)', '不收链接和图片'],
])('a note of %s is taken, or refused in a sentence', async (_, words, answer) => {
  const it = await aBranchWithContact()
  const talk = await it.talked('吴勇', '王芳')
  expect((await it.writes('吴勇', talk, words)).toast.zh).toContain(answer)
  expect(await it.count('talk_notes')).toBe(answer === '已保存' ? 1 : 0)
})

test('a note goes at once when its writer deletes it', async () => {
  const it = await aBranchWithContact()
  const talk = await it.talked('吴勇', '王芳')
  await it.writes('吴勇', talk, '一句话', 'both')
  expect(await it.press('王芳', { press: 'note.delete', talk })).toMatchObject({ mood: 'warning' })
  expect(await it.press('吴勇', { press: 'note.delete', talk })).toMatchObject({ toast: { zh: '已删除。' } })
  expect(await it.count('talk_notes')).toBe(0)
  expect(await it.press('吴勇', { press: 'note.delete', talk })).toMatchObject({ toast: { zh: '这条记录已经没有了。' } })
})

test('nobody notes what was not confirmed, or was taken back', async () => {
  const it = await aBranchWithContact()
  const claimed = await it.talked('吴勇', '王芳', { isConfirmed: false })
  expect((await it.writes('吴勇', claimed, '一句话')).toast.zh).toContain('都确认谈过')
  const talk = await it.talked('吴勇', '张伟')
  await it.writes('吴勇', talk, '一句话')
  await it.store.client.execute({ sql: 'update talks set withdrawn_at = 1 where id = ?', args: [talk] })
  expect(said(await it.opens('吴勇', talk))).not.toContain('一句话')
  await night(it, '2026-10-09')
  expect(await it.count('talk_notes')).toBe(0)
})

// T47: a note two years after its talk, on day N and on N−1
test('a note is gone on its day, and not a day before', async () => {
  const it = await aBranchWithContact()
  const talk = await it.talked('吴勇', '王芳', { on: '2026-10-08' })
  await it.writes('吴勇', talk, '还在', 'both')
  await night(it, '2028-10-07')
  expect(await it.count('talk_notes')).toBe(1)
  it.at('2028-10-07', '23:59')
  expect(said(await it.opens('吴勇', talk))).toContain('还在')
  // Nobody reads it on its day either, should the night's work be late.
  it.at('2028-10-08', '00:00')
  expect(said(await it.opens('吴勇', talk))).not.toContain('还在')
  expect(await it.press('王芳', { press: 'note.read', talk })).toMatchObject({ mood: 'warning' })
  await night(it, '2028-10-08')
  expect(await it.count('talk_notes')).toBe(0)
  expect(await it.count('talks')).toBe(1)
  expect((await it.deeds()).at(-1)).toBe('clock note.forget unit')
})

test('the night logs how many went, and nobody’s name', async () => {
  const it = await aBranchWithContact()
  const talk = await it.talked('吴勇', '王芳')
  await it.writes('吴勇', talk, '还在')
  await it.files('吴勇', talk, '入党动机端正。')
  await it.store.client.execute("update opinions set goes_on = '2028-10-08'")
  const logged: Record<string, unknown>[] = []
  for (const on of ['2028-10-07', '2028-10-08']) await tick(it.db, moment(on, '03:17'), (event) => void logged.push(event))
  const ofForget = logged.filter(({ job }) => job === 'forget')
  expect(ofForget.map(({ notes, opinions, worryDrafts }) => [notes, opinions, worryDrafts])).toEqual([
    [0, 0, 0],
    [1, 1, 0],
  ])
  for (const secret of ['吴勇', '王芳', 'm_', talk]) expect(JSON.stringify(logged)).not.toContain(secret)
})

test.each([
  [1, '2027-10-08'],
  [3, '2029-10-08'],
])('the rulebook keeps notes %i years', async (noteYears, goesOn) => {
  const it = await aBranchWithContact()
  await it.db
    .insert(rulebooks)
    .values({ committee: 'committee', version: 1, from: '2026-07-01', said: { noteYears }, by: 'm_考核人', at: it.now() })
  const talk = await it.talked('吴勇', '王芳', { on: '2026-10-08' })
  await it.writes('吴勇', talk, '一句话')
  expect((await it.store.client.execute('select goes_on from talk_notes')).rows[0]?.goes_on).toBe(goesOn)
})

// T47: private notes of somebody who left, on day 30 and on day 29
test('private notes of somebody who left go after thirty days', async () => {
  const it = await aBranchWithContact()
  const [own, shared] = [await it.talked('吴勇', '王芳'), await it.talked('吴勇', '张伟')]
  await it.writes('吴勇', own, '自己看')
  await it.writes('吴勇', shared, '两人看', 'both')
  await it.store.client.execute("update members set left_on = '2026-11-01' where id = 'm_吴勇'")
  await night(it, '2026-11-30')
  expect(await it.count('talk_notes')).toBe(2)
  await night(it, '2026-12-01')
  expect((await it.store.client.execute('select talk from talk_notes')).rows).toMatchObject([{ talk: shared }])
})

test('with another DATA_KEY notes are refused in a sentence', async () => {
  const it = await aBranchWithContact()
  const talk = await it.talked('吴勇', '王芳')
  await it.writes('吴勇', talk, '一句话')
  const { sealingWith } = await import('../../db/ballots/sealing.ts')
  const own = it.box.sealing
  await it.store.client.execute({ sql: 'insert into data_keys (fingerprint, is_ours, at) values (?, 1, 0)', args: [own.fingerprint] })
  Object.assign(it.box, { sealing: sealingWith(Buffer.alloc(32, 7).toString('base64'), it.box.random) })
  for (const answer of [await it.opens('吴勇', talk), await it.writes('吴勇', talk, '另一句')]) {
    expect(answer.mood).toBe('warning')
    expect(answer.toast.zh).toMatch(/DATA_KEY.*谈心照常登记/)
  }
  // A branch without a key of its own is no way around it.
  await it.store.client.execute('delete from talk_notes')
  await it.store.client.execute('delete from vault_keys')
  expect((await it.writes('吴勇', talk, '另一句')).toast.zh).toMatch(/DATA_KEY/)
  Object.assign(it.box, { sealing: own })
  expect((await it.writes('吴勇', talk, '另一句')).mood).toBe('success')
})
