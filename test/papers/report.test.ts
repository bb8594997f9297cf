import { describe, expect, test } from 'vitest'
import { miscredited } from '../../db/ledgers/credits.ts'
import { decisions, tasks } from '../../db/work/tables.ts'
import { tick } from '../../src/clock/schedule.ts'
import { openId, textOf } from '../harness/branch.ts'
import { aWritingBranch } from './company.ts'

const form = { part1: '开了会', part2: '', part3: '两行\n第二行', part4: '', part5: '' }
const words = async (it: Awaited<ReturnType<typeof aWritingBranch>>) =>
  JSON.parse(String((await it.rows('select words from reports'))[0]?.words))

describe('the committee’s report', () => {
  test('a line drafts it from the records, in five fields', async () => {
    const it = await aWritingBranch()
    await it.meets('支委会', '2026-10-09')
    const shown = await it.say('李华', '/报告', { dm: true })
    expect(shown?.view).toBe('report')
    const json = JSON.stringify(shown?.card)
    expect(json).toContain('召开支委会 1 次')
    expect(json).toContain('2026年第四季度')
    expect(json.match(/"name":"part[1-5]"/gu)).toHaveLength(5)
    expect(await it.count('reports')).toBe(0)
    const english = await it.press('李华', it.buttonFor(shown?.card, 'report.edit'))
    expect(JSON.stringify(english.card)).toContain('Held: Committee meeting: 1.')
  })

  test('decisions and tasks stand in it as numbers', async () => {
    const it = await aWritingBranch()
    const gathering = await it.meets('支委会', '2026-10-09')
    const [by, at] = ['m_李华', it.now()]
    const decided = (id: string, nth: number) => ({ id, gathering, branch: 'branch', nth, words: '整理活动室', by, at })
    await it.db.insert(decisions).values([decided('d1', 1), decided('d2', 2), { ...decided('d3', 3), struckAt: at, struckBy: by }])
    const task = (id: string, origin: 'plain' | 'decision', originId = id) => ({
      id,
      unit: 'unit',
      branch: 'branch',
      origin,
      originId,
      words: '整理活动室',
      owner: 'm_王芳',
      dueOn: '2026-12-20',
      by,
      at,
    })
    await it.db.insert(tasks).values([task('t1', 'plain'), { ...task('t2', 'plain'), doneAt: at, doneBy: 'm_王芳' }])
    await it.db.insert(tasks).values([{ ...task('t3', 'plain'), droppedAt: at, droppedBecause: '不办了' }, task('t4', 'decision', 'd3')])
    const json = JSON.stringify((await it.say('李华', '/报告', { dm: true }))?.card)
    expect(json).toContain('作出决定 2 项。')
    expect(json).toContain('任务 2 项，办完 1 项，未完 1 项。')
    expect(json).not.toContain('整理活动室')
  })

  test('it is saved, changed, and goes before the next general meeting', async () => {
    const it = await aWritingBranch()
    const shown = await it.say('李华', '/report', { dm: true })
    const saved = await it.press('李华', it.buttonFor(shown?.card, 'report.save'), { form })
    expect(saved.toast.zh).toBe('已保存。')
    expect(await words(it)).toEqual(['开了会', '', '两行\n第二行', '', ''])
    expect(textOf(saved.card as never)).toContain('还没有召集下一次党员大会')
    const edited = await it.press('王芳', it.buttonFor(saved.card, 'report.edit'))
    expect(JSON.stringify(edited.card)).toContain('"default_value":"开了会"')
    await it.press('王芳', { press: 'report.save', branch: 'branch', period: '2026Q4', isListing: false }, { form: { part1: '又开了会' } })
    expect(await words(it)).toEqual(['又开了会', '', '', '', ''])
    const none = await it.press('李华', { press: 'report.list', branch: 'branch', period: '2026Q4' })
    expect(none.toast.zh).toContain('还没有召集下一次党员大会')
    const gathering = await it.meets('党员大会', '2026-10-20', async () => {
      const listed = await it.press('李华', { press: 'report.list', branch: 'branch', period: '2026Q4' })
      expect(textOf(listed.card as never)).toContain('已列入')
      expect(await it.rows('select words from agenda_items')).toMatchObject([{ words: '支委会报告工作' }])
      // A second press finds the item that stands.
      await it.press('张伟', { press: 'report.list', branch: 'branch', period: '2026Q4' })
      expect(await it.count('agenda_items')).toBe(1)
    })
    expect((await it.rows('select gathering, delivered_at from reports'))[0]).toMatchObject({
      gathering,
      delivered_at: it.now().getTime(),
    })
    const sent = (await it.outboxRows()).filter(({ view }) => view === 'reportRead')
    expect(sent.map(({ to_id }) => to_id)).toEqual(['oc_branch'])
    const read = await it.shown('reportRead', JSON.parse(String(sent[0]?.args)))
    expect(read.text).toContain('又开了会')
    expect(read.text).not.toContain('决定和落实')
    await it.hears()
    expect((await it.outboxRows()).filter(({ view }) => view === 'reportRead')).toHaveLength(1)
  })

  test('one press saves and lists, two taps in all', async () => {
    const it = await aWritingBranch()
    await it.meets('党员大会', '2026-10-20', async () => {
      const shown = await it.say('李华', '/报告', { dm: true })
      const listed = await it.press('李华', it.buttonFor(shown?.card, 'report.save', { isListing: true }), { form })
      expect(listed.toast.zh).toBe('已保存并列入议题。')
    })
    expect((await it.rows('select delivered_at is not null as is_given from reports'))[0]?.is_given).toBe(1)
    expect(await it.deeds()).toEqual(expect.arrayContaining(['m_李华 report.write', 'm_李华 report.list', 'clock report.deliver']))
  })

  test('the clock delivers it within a minute of the close', async () => {
    const it = await aWritingBranch()
    await it.press('李华', { press: 'report.save', branch: 'branch', period: '2026Q4', isListing: false }, { form })
    const gathering = await it.meets(
      '党员大会',
      '2026-10-20',
      () => it.press('李华', { press: 'report.list', branch: 'branch', period: '2026Q4' }),
      false,
    )
    const given = async () => (await it.rows('select delivered_at is not null as is_given from reports'))[0]?.is_given
    await tick(it.db, it.now(), () => {})
    expect(await given()).toBe(0)
    await it.press('李华', { press: 'host.close', gathering })
    expect(await given()).toBe(0)
    await tick(it.db, it.at('2026-10-20', '16:01').now(), () => {})
    expect(await given()).toBe(1)
  })

  test('a meeting without a quorum delivers nothing', async () => {
    const it = await aWritingBranch()
    await it.press('李华', { press: 'report.save', branch: 'branch', period: '2026Q4', isListing: false }, { form })
    it.at('2026-10-19', '09:00')
    await it.say('李华', '/会议 党员大会 10月20日 15:00 三楼')
    await it.press('李华', { press: 'report.list', branch: 'branch', period: '2026Q4' })
    it.at('2026-10-20', '16:00')
    await it.closed(await it.latestGathering())
    expect((await it.rows('select delivered_at from reports'))[0]?.delivered_at).toBeNull()
  })

  test('what was given stays as it is', async () => {
    const it = await aWritingBranch()
    await it.meets('党员大会', '2026-10-20', () =>
      it
        .press('李华', { press: 'report.save', branch: 'branch', period: '2026Q4', isListing: false }, { form })
        .then(() => it.press('李华', { press: 'report.list', branch: 'branch', period: '2026Q4' })),
    )
    const again = await it.press(
      '李华',
      { press: 'report.save', branch: 'branch', period: '2026Q4', isListing: false },
      { form: { part1: 'x' } },
    )
    expect(again.toast.zh).toContain('不能再改')
    expect((await words(it))[0]).toBe('开了会')
    const edited = await it.press('李华', { press: 'report.edit', branch: 'branch', period: '2026Q4' })
    expect(textOf(edited.card as never)).toContain('已在党员大会上报告')
  })

  test('a meeting that strikes the item delivers nothing', async () => {
    const it = await aWritingBranch()
    await it.press('李华', { press: 'report.save', branch: 'branch', period: '2026Q4', isListing: false }, { form })
    const gathering = await it.meets(
      '党员大会',
      '2026-10-20',
      () => it.press('李华', { press: 'report.list', branch: 'branch', period: '2026Q4' }),
      false,
    )
    await it.press('李华', { press: 'agenda.settle', gathering }, { form: { struck: ['1'] } })
    await it.closed(gathering)
    expect((await it.rows('select delivered_at from reports'))[0]?.delivered_at).toBeNull()
    const shown = await it.say('李华', '/报告', { dm: true })
    expect(shown?.text).toContain('没有报告成')
    // It goes to the next one.
    await it.meets('党员大会', '2026-11-20', () => it.press('李华', { press: 'report.list', branch: 'branch', period: '2026Q4' }))
    expect((await it.rows('select delivered_at from reports'))[0]?.delivered_at).not.toBeNull()
  })

  test('an empty one is refused, and nobody without a seat writes it', async () => {
    const it = await aWritingBranch()
    const empty = await it.press('李华', { press: 'report.save', branch: 'branch', period: '2026Q4', isListing: false }, { form: {} })
    expect(empty.toast.zh).toContain('还没有内容')
    const other = await it.press('赵敏', { press: 'report.save', branch: 'branch', period: '2026Q4', isListing: false }, { form })
    expect(other.mood).toBe('warning')
    expect((await it.say('赵敏', '/报告', { dm: true }))?.text).toContain('不归你办')
    expect(await it.count('reports')).toBe(0)
  })

  test('the evidence of standard 9 opens it, or says it was spoken', async () => {
    const it = await aWritingBranch({ since: '2026-10-01' })
    await it.meets('党员大会', '2026-10-20', async () => {
      const gathering = await it.latestGathering()
      await it.press('李华', { press: 'agenda.addWords', gathering }, { form: { words: '支委会报告工作' } })
    })
    const args = { branch: 'branch', quarter: '2026Q4', standard: 9 }
    expect((await it.shown('standard', args)).text).toContain('口头报告')
    const second = await aWritingBranch({ since: '2026-10-01' })
    await second.press('李华', { press: 'report.save', branch: 'branch', period: '2026Q4', isListing: false }, { form })
    await second.meets('党员大会', '2026-10-20', () => second.press('李华', { press: 'report.list', branch: 'branch', period: '2026Q4' }))
    const { card } = await second.shown('standard', args)
    const opened = await second.press('赵敏', second.buttonFor(card, 'reportRead.open'))
    expect(opened.toast.zh).toBe('已私聊发给你。')
    expect((await second.outboxRows()).filter(({ view, to_id }) => view === 'reportRead' && to_id === openId('赵敏'))).toHaveLength(1)
    const [rows] = await miscredited(second.db, 'branch')
    expect(rows?.rows).toBe(0)
  })
})

describe('a question under the report', () => {
  const given = async () => {
    const it = await aWritingBranch()
    await it.press('李华', { press: 'report.save', branch: 'branch', period: '2026Q4', isListing: false }, { form })
    const report = (await it.rows('select id from reports'))[0]?.id
    return { it, report }
  }

  test('it makes a signed voice that the secretary answers', async () => {
    const { it, report } = await given()
    await it.meets('党员大会', '2026-10-20', () => it.press('李华', { press: 'report.list', branch: 'branch', period: '2026Q4' }))
    const { card } = await it.shown('reportRead', { report })
    expect((await it.press('赵敏', it.buttonFor(card, 'reportQuestion.open'))).toast.zh).toBe('已私聊发给你。')
    const asked = await it.shown('reportQuestion', { report, member: 'm_赵敏' })
    const sent = await it.press('赵敏', it.buttonFor(asked.card, 'reportQuestion.send'), { form: { words: '培训什么时候开？' } })
    expect(textOf(sent.card as never)).toContain('10月27日（周二）前私聊答复你')
    expect(await it.rows('select kind, author, about, about_id from voices')).toMatchObject([
      { kind: 'question', author: 'm_赵敏', about: 'report', about_id: report },
    ])
    const voice = (await it.rows('select id from voices'))[0]?.id
    const opened = await it.press('李华', { press: 'inbox.read', voice })
    expect(textOf(opened.card as never)).toContain('署名：赵敏，问的是支委会报告')
  })

  test('nobody asks before it is given, or from elsewhere', async () => {
    const { it, report } = await given()
    for (const name of ['赵敏', '吴上级']) {
      expect((await it.press(name, { press: 'reportQuestion.open', report })).mood).toBe('warning')
      expect((await it.press(name, { press: 'reportQuestion.send', report }, { form: { words: '什么时候？' } })).mood).toBe('warning')
    }
    expect(await it.count('voices')).toBe(0)
  })
})

describe('the secretary’s work report', () => {
  const sent = { part1: '做了', part2: '不足', part3: '下一步' }
  test('it is drafted in three parts and sent up', async () => {
    const it = await aWritingBranch()
    await it.meets('支委会', '2026-10-09')
    const shown = await it.say('李华', '/述职', { dm: true })
    expect(JSON.stringify(shown?.card)).toContain('召开支委会 1 次')
    expect(shown?.text).toContain('2026年下半年')
    const saved = await it.press('李华', it.buttonFor(shown?.card, 'workReportDraft.save', { isSent: true }), { form: sent })
    expect(saved.toast.zh).toBe('已上报。')
    const year = await it.shown('branchYear', { subject: 's', branch: 'branch', year: '2026' })
    const read = await it.press('吴上级', it.buttonFor(year.card, 'workReportRead.open'))
    expect(read.toast.zh).toBe('已私聊发给你。')
    const row = (await it.outboxRows()).find(({ view }) => view === 'workReportRead')
    expect((await it.shown('workReportRead', JSON.parse(String(row?.args)))).text).toContain('做了')
  })

  test('a draft that was only saved is nobody else’s', async () => {
    const it = await aWritingBranch()
    await it.press('李华', { press: 'workReportDraft.save', branch: 'branch', period: '2026H2', isSent: false }, { form: sent })
    const id = (await it.rows('select id from reports'))[0]?.id
    expect((await it.press('吴上级', { press: 'workReportRead.open', report: id })).mood).toBe('warning')
    expect((await it.press('王芳', { press: 'workReportDraft.edit', branch: 'branch', period: '2026H2' })).mood).toBe('warning')
    expect((await it.press('王芳', { press: 'reportRead.open', report: id })).mood).toBe('warning')
  })

  test('the commentary stands beside it, on both cards, and settles it', async () => {
    const it = await aWritingBranch()
    await it.press('李华', { press: 'workReportDraft.save', branch: 'branch', period: '2026H2', isSent: true }, { form: sent })
    const id = (await it.rows('select id from reports'))[0]?.id
    await it.press(
      '吴上级',
      { press: 'branchYear.report', branch: 'branch', year: '2026' },
      { form: { period: '2026H2', heard: '2026-10-08 +0800', commentary: '抓得实' } },
    )
    expect(await it.count('work_reports')).toBe(1)
    const own = await it.say('李华', '/述职', { dm: true })
    expect([own?.text.includes('抓得实'), own?.text.includes('做了')]).toEqual([true, true])
    expect((await it.shown('workReportRead', { report: id, viewer: 'm_吴上级' })).text).toContain('抓得实')
    const again = await it.press(
      '李华',
      { press: 'workReportDraft.save', branch: 'branch', period: '2026H2', isSent: true },
      { form: { part1: 'x' } },
    )
    expect(again.toast.zh).toContain('上级已经点评')
    // The commentary's own card leads to the text.
    const row = (await it.outboxRows()).find(({ view }) => view === 'workReport')
    const { card } = await it.shown('workReport', JSON.parse(String(row?.args)))
    expect((await it.press('李华', it.buttonFor(card, 'workReportDraft.open'))).toast.zh).toBe('已私聊发给你。')
  })
})
