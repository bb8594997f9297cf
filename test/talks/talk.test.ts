import { expect, test } from 'vitest'
import { rulebooks } from '../../db/rulebook/tables.ts'
import { buttonsOf, openId, textOf } from '../harness/branch.ts'
import { aTalkingBranch } from './company.ts'

const pressesOf = (card: Parameters<typeof buttonsOf>[0]) => buttonsOf(card).map(({ press }) => press)

test('a line is read back, and two presses make a talk', async () => {
  const it = await aTalkingBranch()
  const read = await it.say('李华', '/谈心 孙丽 昨天', { dm: true })
  expect(read?.text).toContain('10月7日')
  expect(read?.text).toContain('与积极分子谈心')
  expect(await it.count('talks')).toBe(0)
  const claimed = await it.press('李华', it.buttonFor(read?.card, 'talk.claim'))
  expect(claimed.toast.zh).toBe('已登记，等孙丽确认。')
  expect(await it.counted()).toBe(0)
  expect((await it.outboxRows()).filter(({ to_id }) => to_id === openId('孙丽')).map(({ view }) => view)).toEqual(['talkRequests'])
  const confirmed = await it.answers('孙丽')
  expect(confirmed.toast.zh).toBe('双方都已确认。')
  expect(await it.counted()).toBe(1)
  expect(await it.talks()).toMatchObject([
    { a: 'm_孙丽', b: 'm_李华', branch: 'branch', kind: 'activist', on_day: '2026-10-07', claimed_by: 'm_李华' },
  ])
})

test('a talk costs one line and two taps in all', async () => {
  const it = await aTalkingBranch()
  let taps = 0
  const read = await it.say('李华', '/谈心 孙丽', { dm: true })
  await it.press('李华', it.buttonFor(read?.card, 'talk.claim'))
  taps++
  await it.answers('孙丽')
  taps++
  expect([taps, await it.counted()]).toEqual([2, 1])
})

test('the second claim of one talk is its confirmation', async () => {
  const it = await aTalkingBranch()
  const [own, other] = [await it.say('李华', '/谈心 王芳 昨天', { dm: true }), await it.say('王芳', '/谈心 李华 昨天', { dm: true })]
  await it.press('李华', it.buttonFor(own?.card, 'talk.claim'))
  const second = await it.press('王芳', it.buttonFor(other?.card, 'talk.claim'))
  expect(second.toast.zh).toBe('双方都已确认。')
  expect([await it.count('talks'), await it.counted()]).toEqual([1, 1])
  // Said again, the line shows the talk.
  expect((await it.say('李华', '/谈心 王芳 昨天', { dm: true }))?.text).toContain('双方都已确认')
})

test('one press counts nothing, whoever repeats it', async () => {
  const it = await aTalkingBranch()
  const read = await it.say('李华', '/谈心 王芳', { dm: true })
  const value = it.buttonFor(read?.card, 'talk.claim')
  for (let times = 0; times < 3; times++) await it.press('李华', value)
  expect((await it.press('李华', { press: 'talk.yes', talk: value.talk })).mood).toBe('info')
  expect([await it.count('talks'), await it.counted()]).toEqual([1, 0])
})

test('nobody else answers for them, or learns of the talk', async () => {
  const it = await aTalkingBranch()
  await it.claims('李华', '/谈心 王芳')
  const id = (await it.talks())[0]?.id
  for (const press of ['talk.yes', 'talk.no', 'talk.takeBack', 'talk.keep', 'talk.open', 'talkPaper.ask'])
    for (const name of ['赵敏', '张伟', '吴上级']) {
      const answer = await it.press(name, { press, talk: id })
      expect([press, name, answer.mood, answer.card]).toEqual([press, name, 'warning', undefined])
    }
  expect(await it.counted()).toBe(0)
})

test('a no changes the card of the claimer and ends it', async () => {
  const it = await aTalkingBranch()
  const answer = await it.claims('李华', '/谈心 王芳')
  expect(pressesOf(answer.card)).toEqual(['talk.takeBack'])
  const before = (await it.outboxRows()).filter(({ to_id }) => to_id === openId('李华')).length
  await it.answers('王芳', false)
  const id = (await it.talks())[0]?.id
  const shown = await it.shown('talk', { subject: `talk ${id}`, talk: id, member: 'm_李华' })
  expect(shown.text).toContain('对方说没有谈过，有出入请当面说')
  expect(pressesOf(shown.card)).toEqual([])
  expect((await it.outboxRows()).filter(({ to_id }) => to_id === openId('李华'))).toHaveLength(before)
  // Asking once more about that day is refused; the other may correct themself.
  const again = await it.claims('李华', '/谈心 王芳')
  expect(again.toast.zh).toBe('对方说这天没有谈过，有出入请当面说。')
  expect((await it.claims('王芳', '/谈心 李华')).toast.zh).toBe('已登记，等李华确认。')
})

test('an unanswered claim is withdrawn by its claimer alone', async () => {
  const it = await aTalkingBranch()
  const { card } = await it.claims('李华', '/谈心 王芳')
  const takeBack = it.buttonFor(card, 'talk.takeBack')
  expect((await it.press('王芳', takeBack)).mood).toBe('info')
  expect((await it.press('李华', takeBack)).toast.zh).toBe('已撤回。')
  expect((await it.press('王芳', { press: 'talk.yes', talk: takeBack.talk })).mood).toBe('info')
  expect(await it.counted()).toBe(0)
  await it.claims('李华', '/谈心 王芳')
  await it.answers('王芳')
  expect(await it.counted()).toBe(1)
})

test('either takes a confirmed talk back within a day', async () => {
  for (const who of ['李华', '王芳']) {
    const it = await aTalkingBranch()
    await it.claims('李华', '/谈心 王芳')
    const { card } = await it.answers('王芳')
    it.at('2026-10-09', '08:59')
    const takeBack = it.buttonFor(card, 'talk.takeBack')
    expect((await it.press(who, takeBack)).toast.zh).toBe('已撤回。')
    expect(await it.counted()).toBe(0)
  }
})

test('after a day both have to press, or it stays', async () => {
  const it = await aTalkingBranch()
  await it.claims('李华', '/谈心 王芳')
  const { card } = await it.answers('王芳')
  it.at('2026-10-09', '09:00')
  const takeBack = it.buttonFor(card, 'talk.takeBack')
  expect((await it.press('李华', takeBack)).toast.zh).toContain('已请对方同意撤回')
  expect((await it.press('李华', takeBack)).mood).toBe('info')
  expect(await it.counted()).toBe(1)
  const asked = await it.shown('talkRequests', { subject: 'talkRequests m_王芳', member: 'm_王芳' })
  expect(asked.text).toContain('请你同意撤回')
  await it.press('王芳', it.buttonFor(asked.card, 'talk.keep'))
  expect(await it.counted()).toBe(1)
  await it.press('王芳', takeBack)
  expect(await it.counted()).toBe(1)
  expect((await it.press('李华', takeBack)).toast.zh).toBe('已撤回。')
  expect(await it.counted()).toBe(0)
})

test('thirty days without an answer end a claim', async () => {
  const it = await aTalkingBranch()
  await it.claims('李华', '/谈心 王芳')
  const id = (await it.talks())[0]?.id
  it.at('2026-11-07', '09:00')
  const late = await it.press('王芳', { press: 'talk.yes', talk: id })
  expect(late.mood).toBe('info')
  expect(textOf(late.card as never)).toContain('30 天没有回应，不计数')
  expect(await it.counted()).toBe(0)
})

test('a group hears only a hint; the card goes in private', async () => {
  const it = await aTalkingBranch()
  const said = await it.say('李华', '/谈心 王芳 昨天 关怀')
  expect(said?.text).toContain('谈心请私聊我，不在群里说')
  expect(said?.text).not.toContain('王芳')
  const direct = (await it.outboxRows()).filter(({ to_id }) => to_id === openId('李华'))
  expect(direct.map(({ view, to_kind }) => [view, to_kind])).toEqual([['talk', 'person']])
})

test('requests at one time are one card, and none comes at night', async () => {
  const it = await aTalkingBranch()
  await it.claims('李华', '/谈心 赵敏')
  await it.claims('王芳', '/谈心 赵敏')
  await it.claims('张伟', '/谈心 赵敏 昨天')
  const sent = (await it.outboxRows()).filter(({ to_id }) => to_id === openId('赵敏'))
  expect(sent).toHaveLength(1)
  const card = await it.shown(String(sent[0]?.view), JSON.parse(String(sent[0]?.args)))
  expect(pressesOf(card.card)).toEqual(['talk.yes', 'talk.no', 'talk.yes', 'talk.no', 'talk.yes', 'talk.no'])
  const [first] = buttonsOf(card.card)
  expect(pressesOf((await it.press('赵敏', first as object)).card)).toEqual(['talk.yes', 'talk.no', 'talk.yes', 'talk.no', 'talk.send'])

  it.at('2026-10-08', '22:30')
  await it.claims('李华', '/谈心 钱进')
  it.at('2026-10-09', '03:00')
  await it.claims('王芳', '/谈心 钱进')
  const atNight = (await it.outboxRows()).filter(({ to_id }) => to_id === openId('钱进'))
  expect(atNight.map(({ due_at }) => new Date(Number(due_at)).toISOString())).toEqual(['2026-10-09T00:00:00.000Z'])
})

test.each([
  ['/谈心 李华', '不能和自己谈心'],
  ['/谈心 王芳 明天', '这一天还没到'],
  ['/谈心 王芳 9月7日', '30 天以内'],
  ['/谈心 王芳 诫勉', '另行书面记录'],
  ['/谈心 王芳 提醒谈话', '另行书面记录'],
  ['/谈心 王芳 函询', '另行书面记录'],
  ['/talk 王芳 admonition', 'recorded in writing elsewhere'],
])('“%s” is refused in one sentence', async (line, says) => {
  const it = await aTalkingBranch()
  expect((await it.say('李华', line, { dm: true }))?.text).toContain(says)
  expect(await it.count('talks')).toBe(0)
})

test('the rulebook says how many days back a talk may be', async () => {
  const it = await aTalkingBranch()
  const rules = { committee: 'committee', version: 1, from: '2026-01-01', said: { talkDays: 7 }, by: 'test', at: it.now() }
  await it.db.insert(rulebooks).values(rules)
  expect((await it.say('李华', '/谈心 王芳 9月30日', { dm: true }))?.text).toContain('只能登记 7 天以内的谈心')
  const line = { press: 'talk.claim', talk: 't1', with: 'm_王芳', on: '2026-09-30' }
  expect((await it.press('李华', line)).toast.zh).toBe('只能登记 7 天以内的谈心。')
  expect((await it.press('李华', { ...line, on: '2026-10-01' })).mood).toBe('success')
})

test('a day more than a week back bears a mark', async () => {
  const it = await aTalkingBranch()
  expect((await it.say('李华', '/谈心 王芳 10月1日', { dm: true }))?.text).not.toContain('补记')
  const read = await it.say('李华', '/谈心 王芳 9月30日', { dm: true })
  expect(read?.text).toContain('补记')
  expect(textOf((await it.press('李华', it.buttonFor(read?.card, 'talk.claim'))).card as never)).toContain('补记')
})

test('namesakes are offered with their groups, near names as buttons', async () => {
  const it = await aTalkingBranch()
  await it.change('钱进', { name: '赵敏' })
  const two = await it.say('李华', '/谈心 赵敏', { dm: true })
  expect(two?.view).toBe('talkWhich')
  expect(buttonsOf(two?.card).map((one) => one.with)).toEqual(['m_赵敏', 'm_钱进'])
  const near = await it.say('李华', '/谈心 王方 昨天', { dm: true })
  expect(near?.text).toContain('没有这个名字')
  expect(buttonsOf(near?.card)[0]).toMatchObject({ with: 'm_王芳', on: '2026-10-07' })
  await it.press('李华', buttonsOf(near?.card)[0] as object)
  expect((await it.lastCard('李华', 'talk'))?.text).toContain('王芳')
})

test('what was said beyond the line is not kept', async () => {
  const it = await aTalkingBranch()
  const read = await it.say('李华', '/谈心 王芳 昨天 她说孩子生病压力大', { dm: true })
  expect(read?.text).toContain('后面的话没有保存')
  expect(JSON.stringify(await it.outboxRows())).not.toContain('孩子')
})

test('the form registers another day and kind, with whoever is picked', async () => {
  const it = await aTalkingBranch()
  const read = await it.say('李华', '/谈心 王芳', { dm: true })
  const open = await it.press('李华', it.buttonFor(read?.card, 'talk.edit'))
  await it.press('李华', it.buttonFor(open.card, 'talk.submit'), { form: { on: '2026-10-05 +0800', kind: 'care' } })
  const blank = await it.say('李华', '/谈心 昨天', { dm: true })
  await it.press('李华', it.buttonFor(blank?.card, 'talk.submit'), { form: { person: openId('赵敏'), on: '2026-10-07 +0800' } })
  expect((await it.talks()).map(({ kind, on_day, a, b }) => [kind, on_day, a, b])).toEqual([
    ['care', '2026-10-05', 'm_李华', 'm_王芳'],
    ['committeeMember', '2026-10-07', 'm_李华', 'm_赵敏'],
  ])
})

test('somebody without Feishu talks by signed paper, seen by a third', async () => {
  const it = await aTalkingBranch()
  await it.change('孙丽', { openId: null })
  const claimed = await it.claims('李华', '/谈心 孙丽')
  expect(textOf(claimed.card as never)).toContain('收不到飞书消息')
  await it.press('李华', it.buttonFor(claimed.card, 'talkPaper.ask'))
  const [paper] = (await it.outboxRows()).filter(({ view }) => view === 'talkPaper')
  expect(paper?.to_id).toBe(openId('王芳'))
  const shown = await it.shown('talkPaper', JSON.parse(String(paper?.args)))
  const attest = it.buttonFor(shown.card, 'talkPaper.attest')
  expect((await it.press('李华', attest, { form: { reference: '谈心表 3 号' } })).mood).toBe('warning')
  expect((await it.press('赵敏', attest, { form: { reference: '谈心表 3 号' } })).mood).toBe('warning')
  expect((await it.press('王芳', attest, { form: { reference: '谈心表 3 号' } })).toast.zh).toBe('已登记。')
  expect(await it.talks()).toMatchObject([{ attested_by: 'm_王芳', attested_reference: '谈心表 3 号' }])
  expect((await it.claims('李华', '/谈心 孙丽 昨天 关怀')).toast.zh).toContain('对方没有飞书就不登记')
})

test('a person who moves leaves the talk where it was', async () => {
  const it = await aTalkingBranch()
  await it.claims('李华', '/谈心 孙丽')
  await it.change('李华', { branch: null })
  await it.answers('孙丽')
  expect(await it.talks()).toMatchObject([{ branch: 'branch', kind: 'activist' }])
  expect(await it.counted()).toBe(1)
})

test('fifty presses of both in any order make one talk', async () => {
  const it = await aTalkingBranch()
  const [own, other] = [await it.say('李华', '/谈心 王芳', { dm: true }), await it.say('王芳', '/谈心 李华', { dm: true })]
  const values = { 李华: it.buttonFor(own?.card, 'talk.claim'), 王芳: it.buttonFor(other?.card, 'talk.claim') }
  await Promise.all(
    Array.from({ length: 50 }, (_, nth) => {
      const name = (nth * 7) % 3 === 0 ? '李华' : '王芳'
      return it.press(name, values[name])
    }),
  )
  expect([await it.count('talks'), await it.counted()]).toEqual([1, 1])
  const deeds = await it.rows("select deed, count(*) as n from audit where deed like 'talk.%' group by deed order by deed")
  expect(deeds.map(({ deed, n }) => [deed, n])).toEqual([
    ['talk.claim', 1],
    ['talk.confirm', 1],
  ])
})

test('fifty presses of one of the two count nothing', async () => {
  const it = await aTalkingBranch()
  const read = await it.say('李华', '/谈心 王芳', { dm: true })
  await Promise.all(Array.from({ length: 50 }, () => it.press('李华', it.buttonFor(read?.card, 'talk.claim'))))
  expect([await it.count('talks'), await it.counted()]).toEqual([1, 0])
})
