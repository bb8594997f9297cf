import { expect, test } from 'vitest'
import { agendaItems } from '../../db/gatherings/tables.ts'
import { closeGatherings } from '../../src/jobs/close-gatherings.ts'
import { itemsIn, tagsOf } from '../../src/rules/gatherings/agenda.ts'
import { agendaSaid } from '../../src/rules/gatherings/agenda-said.ts'
import { topicSaid } from '../../src/rules/gatherings/notice.ts'
import { aBranch, buttonsOf } from '../harness/branch.ts'

const people = [{ name: '李华', role: 'secretary' as const }, { name: '王芳', role: 'organisation' as const }, { name: '张伟' }]

/** A committee meeting on 9 October, 15:00 to 16:00, with two items. */
async function aMeeting(agenda = ' 议题 学习条例；听工会工作汇报') {
  const branch = await aBranch(people)
  await branch.say('李华', `/会议 支委会 周五 15:00 三楼会议室${agenda}`)
  const gathering = await branch.latestGathering()
  branch.at('2026-10-09', '14:50')
  await branch.press('李华', { press: 'gathering.checkIn', gathering })
  return {
    branch,
    gathering,
    press: (what: string, form?: Record<string, unknown>, more: object = {}, name = '李华') =>
      branch.press(name, { press: what, gathering, ...more }, { form }),
    card: (view: string) => branch.shown(view, { subject: gathering, gathering }),
    items: async () =>
      (await branch.db.select().from(agendaItems).orderBy(agendaItems.position)).map(
        ({ words, heldAt, struckAt }) => `${words}: ${heldAt ? 'held' : struckAt ? 'struck' : 'open'}`,
      ),
    tags: async () => (await branch.db.select().from(agendaItems).orderBy(agendaItems.position)).map(({ tags }) => tags),
    byTheClock: () =>
      closeGatherings({
        db: branch.db,
        slot: branch.at('2026-10-09', '16:00').now(),
        now: branch.at('2026-10-09', '16:00').now(),
        isLate: false,
      }),
  }
}

test('the calling line takes an agenda, and the card shows it', async () => {
  const { card, tags, items } = await aMeeting()
  expect(await items()).toEqual(['学习条例: open', '听工会工作汇报: open'])
  expect(await tags()).toEqual([['study'], ['unionAndLeague']])
  const { text } = await card('gathering')
  expect(text).toContain('三楼会议室')
  expect(text).toMatch(/1\. 学习条例.*学习/)
  expect(text).toMatch(/2\. 听工会工作汇报.*Union and youth league/)
})

test('typed words are never markup, and no agenda shows none', async () => {
  const { card } = await aMeeting(' 议题 <at id=all></at>**全体**')
  expect((await card('gathering')).text).not.toMatch(/<at id|\*\*全体/)
  const without = await aMeeting('')
  expect((await without.card('gathering')).text).not.toContain('议题')
})

test('closing says that everything was held except what is struck out', async () => {
  const { branch, press, items, card } = await aMeeting()
  expect((await press('agenda.settle', { struck: ['2'] })).toast.zh).toContain('1 项没进行')
  expect(await items()).toEqual(['学习条例: open', '听工会工作汇报: struck'])
  branch.at('2026-10-09', '15:30')
  await press('host.close')
  expect(await items()).toEqual(['学习条例: held', '听工会工作汇报: struck'])
  const { text } = await card('gathering')
  expect(text).toMatch(/1\. 学习条例.*✓/)
  expect(text).toMatch(/2\. 听工会工作汇报.*（没进行）/)
})

test('within 24 hours the agenda is corrected; then it locks with attendance', async () => {
  const { branch, gathering, press, items } = await aMeeting()
  branch.at('2026-10-09', '15:30')
  await press('host.close')
  branch.at('2026-10-10', '15:29')
  expect((await press('agenda.settle', { struck: ['1'] })).mood).toBe('success')
  expect(await items()).toEqual(['学习条例: struck', '听工会工作汇报: held'])
  branch.at('2026-10-10', '15:30')
  expect((await press('agenda.settle', {})).toast.zh).toContain('议题不能再改')
  expect((await press('agenda.retag', { item: '1', about: [] })).mood).toBe('warning')
  await branch.press('李华', { press: 'corrections.reopen', form: 'reopen' }, { form: { gathering, reason: '记错了' } })
  expect((await press('agenda.settle', {})).mood).toBe('success')
  expect(await items()).toEqual(['学习条例: held', '听工会工作汇报: held'])
})

test('what the clock closes stays unsaid until the host confirms it', async () => {
  const { press, items, card, byTheClock } = await aMeeting()
  await byTheClock()
  expect(await items()).toEqual(['学习条例: open', '听工会工作汇报: open'])
  expect((await card('gathering')).text).toContain('（待确认）')
  expect((await card('host')).text).toContain('请确认哪些议题进行了')
  expect((await press('agenda.settle', { struck: ['1'] })).mood).toBe('success')
  expect(await items()).toEqual(['学习条例: struck', '听工会工作汇报: held'])
  expect((await card('host')).text).not.toContain('请确认哪些议题开了')
})

test('an item is added until the close, never twice', async () => {
  const { branch, press, items, tags } = await aMeeting()
  expect((await press('agenda.add', undefined, { tag: 'integrity' })).toast.zh).toContain('廉政教育')
  expect((await press('agenda.add', undefined, { tag: 'integrity' })).toast.zh).toContain('已经有')
  expect((await press('agenda.addWords', { words: '安全生产大检查', tags: [] })).mood).toBe('success')
  expect((await press('agenda.addWords', { words: '某事', tags: ['talents', 'nonsense'] })).mood).toBe('success')
  expect((await press('agenda.addWords', { words: '  ' })).mood).toBe('warning')
  expect((await tags()).slice(2)).toEqual([['integrity'], ['production', 'safety'], ['talents']])
  branch.at('2026-10-09', '15:30')
  await press('host.close')
  expect((await press('agenda.add', undefined, { tag: 'study' })).toast.zh).toContain('不能再加议题')
  expect(await items()).toHaveLength(5)
  const { rows } = await branch.store.client.execute("select count(*) as n from audit where deed = 'agenda.add'")
  expect(rows[0]?.n).toBe(3)
})

test('two who add at once both do, on places of their own', async () => {
  const { press, items } = await aMeeting()
  await Promise.all([press('agenda.add', undefined, { tag: 'safety' }), press('agenda.add', undefined, { tag: 'culture' }, '王芳')])
  expect((await items()).slice(2).sort()).toEqual(['安全: open', '文化建设: open'])
})

test('an agenda has twelve items at most', async () => {
  const { press, items } = await aMeeting(` 议题 ${Array.from({ length: 12 }, (_, i) => `第${i}件`).join(';')}`)
  expect(await items()).toHaveLength(12)
  expect((await press('agenda.add', undefined, { tag: 'study' })).toast.zh).toContain('最多 12 项')
  const branch = await aBranch(people)
  const line = `/会议 支委会 周五 15:00 议题 ${Array.from({ length: 13 }, (_, i) => `第${i}件`).join('；')}`
  expect((await branch.say('李华', line))?.text).toContain('最多 12 项')
  expect(await branch.count('gatherings')).toBe(0)
})

test('the host says what an item is, whatever its words seem', async () => {
  const { press, tags } = await aMeeting()
  expect((await press('agenda.retag', { item: '1', about: ['report', 'integrity'] })).mood).toBe('success')
  expect((await press('agenda.retag', { item: '2', about: [] })).mood).toBe('success')
  expect(await tags()).toEqual([['report', 'integrity'], []])
  expect((await press('agenda.retag', { item: '9', about: ['study'] })).toast.zh).toContain('请选择是哪一项')
  expect((await press('agenda.retag', { item: '1', about: ['study'] }, {}, '张伟')).mood).toBe('warning')
})

test('until the close items are reworded or removed; afterwards they stay', async () => {
  const { branch, press, items, tags, gathering } = await aMeeting()
  const change = (form: object, name?: string) => press('agenda.retag', { what: 'change', about: [], ...form }, {}, name)
  expect((await change({ item: '1', reworded: '安全生产大检查' })).mood).toBe('success')
  expect(await items()).toEqual(['安全生产大检查: open', '听工会工作汇报: open'])
  expect((await tags())[0]).toEqual(['production', 'safety'])
  expect((await change({ item: '1', reworded: '听工会工作汇报' })).toast.zh).toContain('已经有')
  expect((await change({ item: '1', reworded: '别的' }, '张伟')).mood).toBe('warning')
  expect((await change({ item: '2', what: 'remove' }, '张伟')).mood).toBe('warning')
  expect((await change({ item: '2', what: 'remove' })).toast.zh).toContain('已删掉')
  expect((await change({ item: '2', what: 'remove' })).toast.zh).toContain('请选择是哪一项')
  expect(await items()).toEqual(['安全生产大检查: open'])
  await press('agenda.addWords', { words: '人才工作' })
  await Promise.all([change({ item: '2', what: 'remove' }), change({ item: '2', what: 'remove' }, '王芳')])
  branch.at('2026-10-09', '15:30')
  await press('host.close')
  expect((await change({ item: '1', what: 'remove' })).toast.zh).toContain('不能改写或删除')
  expect((await change({ item: '1', reworded: '别的' })).toast.zh).toContain('不能改写或删除')
  expect(await items()).toEqual(['安全生产大检查: held'])
  const { rows } = await branch.store.client.execute({ sql: 'select deed from audit where subject = ? order by id', args: [gathering] })
  expect(rows.map(({ deed }) => deed).filter((deed) => /remove|reword/.test(String(deed)))).toEqual([
    'agenda.reword',
    'agenda.remove',
    'agenda.remove',
  ])
})

test('the form takes a line an item, and adds chosen topics', async () => {
  const branch = await aBranch(people)
  await branch.press(
    '李华',
    { press: 'call.submit', branch: 'branch', gathering: 'g' },
    {
      form: {
        kind: 'committee',
        starts: '2026-10-09 15:00 +0800',
        agenda: '1. 学习条例\n2、研究发展党员',
        tags: ['study', 'unionAndLeague'],
      },
    },
  )
  const rows = await branch.db.select().from(agendaItems).orderBy(agendaItems.position)
  expect(rows.map(({ words, tags }) => [words, tags])).toEqual([
    ['学习条例', ['study']],
    ['研究发展党员', []],
    ['工会共青团工作', ['unionAndLeague']],
  ])
})

test('an incomplete line keeps its agenda in the form', async () => {
  const branch = await aBranch(people)
  const form = await branch.say('李华', '/会议 支委会 议题 学习条例；工会工作')
  expect(form?.view).toBe('callForm')
  expect(JSON.stringify(form?.card)).toContain('学习条例\\n工会工作')
})

test('the host’s card opens the agenda, without buttons once locked', async () => {
  const { branch, press, card } = await aMeeting()
  expect(buttonsOf((await card('host')).card).map(({ press }) => press)).toContain('agenda.open')
  expect((await press('agenda.open')).mood).toBe('success')
  expect((await branch.outboxRows()).at(-1)).toMatchObject({ view: 'agenda', to_kind: 'person' })
  expect(buttonsOf((await card('agenda')).card).map(({ press }) => press)).toEqual(['agenda.addWords', 'agenda.retag'])
  branch.at('2026-10-09', '15:30')
  await press('host.close')
  expect(buttonsOf((await card('agenda')).card).map(({ press }) => press)).toEqual(['agenda.retag'])
  branch.at('2026-10-11', '15:30')
  expect(buttonsOf((await card('agenda')).card)).toEqual([])
})

test.each([
  ['听工会工作汇报', ['unionAndLeague']],
  ['学习二十届四中全会精神', ['study']],
  ['支委会报告上半年工作', ['report']],
  ['党风廉政警示教育', ['integrity']],
  ['分析职工思想动态', ['opinion']],
  ['安全生产', ['production', 'safety']],
  ['讨论党员责任区划分', ['dutyAreas']],
  ['研究人才培养', ['talents']],
  ['Read the new regulations', ['study']],
  ['Report of the committee; no spreadsheet', ['report']],
  ['youth league plan', ['unionAndLeague']],
  ['Reunion dinner', []],
  ['其他事项', []],
])('“%s” is %j', (item, tags) => expect(tagsOf(item)).toEqual(tags))

test.each([
  ['支委会 周五 15:00 三楼 议题 学习条例；工会工作', '支委会 周五 15:00 三楼', ['学习条例', '工会工作']],
  ['支委会 周五 15:00，议题：一、学习；二、人事', '支委会 周五 15:00', ['学习', '人事']],
  ['committee Fri 3pm room 3 agenda: reading; union', 'committee Fri 3pm room 3', ['reading', 'union']],
  ['支委会 周五 15:00', '支委会 周五 15:00', []],
  ['支委会 周五 15:00 三楼 第一议题：学习讲话；人事', '支委会 周五 15:00 三楼', ['第一议题：学习讲话', '人事']],
  ['支委会 周五 15:00 三楼 议题 第一议题学习；人事', '支委会 周五 15:00 三楼', ['第一议题学习', '人事']],
])('of “%s” the agenda is cut off', (line, before, items) => expect(agendaSaid(line)).toEqual({ before, items }))

test('numbers before an item are dropped, numbers in it stay', () => {
  expect(itemsIn('1. 学习\n（2）2026年计划\n；；\n3、 ')).toEqual(['学习', '2026年计划'])
})

test.each([
  ['7.1讲话精神；3.15消费者日', ['7.1讲话精神', '3.15消费者日']],
  ['15:00 开场；15:30 学习', ['15:00 开场', '15:30 学习']],
  ['1.5万元经费使用', ['1.5万元经费使用']],
  ['一、二季度总结', ['一、二季度总结']],
  ['三、四季度计划；1:1 结对', ['三、四季度计划', '1:1 结对']],
  ['一、学习；二、二季度总结', ['学习', '二季度总结']],
  ['1.学习；2：人事', ['学习', '人事']],
])('“%s” loses nothing but numbers that count up', (text, items) => expect(itemsIn(text)).toEqual(items))

test('第一议题 is study', () => expect(tagsOf('第一议题')).toEqual(['study']))

test.each([
  ['301会议室 选举支部副书记', '301会议室', '选举支部副书记'],
  ['讨论发展对象 三楼会议室', '三楼会议室', '讨论发展对象'],
  ['三楼会议室，学习贯彻全会精神', '三楼会议室', '学习贯彻全会精神'],
  ['Room 301 to elect the deputy', 'Room 301', 'elect the deputy'],
  ['讨论发展对象', '', '讨论发展对象'],
  ['研究中心', '研究中心', undefined],
  ['评议室', '评议室', undefined],
  ['老地方', '老地方', undefined],
])('“%s” is at %j about %j', (said, rest, topic) => expect(topicSaid(said)).toEqual(topic ? { rest, topic } : { rest }))
