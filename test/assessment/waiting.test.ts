import { beforeEach, describe, expect, test } from 'vitest'
import { adjustmentSince } from '../../db/assessment/close.ts'
import { type Branch, branchById } from '../../db/branches/units.ts'
import { lookUp } from '../../db/client.ts'
import { scoreOfBranch } from '../../db/duties/score.ts'
import { scoreSheet } from '../../db/scoreboard/score-sheet.ts'
import { anAssessment, people, QUARTER, type TestAssessment } from '../harness/assessment.ts'
import { openId } from '../harness/branch.ts'
import { askOnly } from '../harness/rulebook.ts'

let it: TestAssessment
beforeEach(async () => {
  it = await anAssessment([...people, { name: '委员', role: 'organisation' }])
  await askOnly(it.client, '12.lecture', '28.suggestions', '5.judged', '1.judged')
  await it.run(`insert into branches (id, unit, committee, name, since) values ('other', 'unit', 'committee', '另一支部', '2026-01-01')`)
  for (const each of ['branch', 'other']) await it.holds('lecture', '2026-08-01', [], each)
  await it.opens()
})

const rows = async (sql: string) => (await it.client.execute(sql)).rows
const itself = async (id: string) => (await lookUp(it.db, [branchById(it.db, id)]))[0][0] as Branch
const score = async (of = 'branch') => scoreOfBranch(it.db, await itself(of), QUARTER, it.now())
const stage = async (of = 'branch') => (await scoreSheet(it.db, await itself(of), QUARTER, it.now())).stage
const publish = (by = '上级') => it.press(by, { press: 'review.publish', committee: 'committee', quarter: QUARTER })
const ofCommittee = { committee: 'committee', quarter: QUARTER }
const enters = (id: string, of: string, at = it.now()) =>
  it.run(`insert into attestations (id, branch, part, subject, period, on_day, reference, "by", at)
    values ('${id}', '${of}', '28.suggestions', '', '${QUARTER}', '2026-09-20', '台账', 'm_李华', ${at.getTime()})`)
const judges = (of: string, part: string, permille: number, verdict = 'points') =>
  it.run(`insert into judgements (id, branch, part, subject, period, verdict, permille, by_upper, reason, "by", at)
    values ('${of} ${part}', '${of}', '${part}', '', '${QUARTER}', '${verdict}', ${permille}, 1, '', 'm_上级', ${it.now().getTime()})`)
const answers = (of: string, permille = 1000, part = '5.judged') =>
  it.run(`insert into judgements (id, branch, part, subject, period, verdict, permille, by_upper, reason, "by", at)
      values ('own ${of}', '${of}', '${part}', '', '${QUARTER}', 'points', ${permille}, 0, '', 'm_李华', ${it.now().getTime()});
    insert into self_assessments (branch, quarter, submitted_by, submitted_at) values ('${of}', '${QUARTER}', 'm_李华', ${it.now().getTime()})`)
/** Both reminders of the self-assessment have gone out. */
const reminded = async (...of: string[]) => {
  for (const branch of of)
    await it.run(`insert into alerts (branch, part, period, step, person, told_on) values
      ('${branch}', 'self', '${QUARTER}', -1, 'p', '2026-10-13'), ('${branch}', 'self', '${QUARTER}', 1, 'p', '2026-10-15')`)
}

describe('an idle assessor', () => {
  test('costs a branch nothing: what waits is out of the base', async () => {
    await answers('branch')
    await enters('a', 'branch')
    const waiting = await score()
    expect([waiting.tenths, waiting.weightAsked, waiting.waitingTenths]).toEqual([1000, 8, 40])
    await it.turn('2026-12-01')
    expect(await score()).toMatchObject({ tenths: 1000, waitingTenths: 40 })
  })

  test('holds up no other branch, and the one that waits follows', async () => {
    await answers('branch')
    await enters('a', 'branch')
    await answers('other', 600)
    await judges('other', '5.judged', 600)
    await judges('other', '28.suggestions', 1000)
    for (const each of ['branch', 'other']) await judges(each, '1.judged', 1000)
    const { toast } = await publish()
    expect(toast.zh).toContain('1 个支部待定')
    expect([await stage('branch'), await stage('other')]).toEqual(['undecided', 'published'])
    expect((await it.cardOf('result', '李华'))?.text).toContain('待定')

    await it.turn('2026-10-21')
    expect([await stage('branch'), await stage('other')]).toEqual(['undecided', 'final'])
    expect(await rows('select branch, place, is_last from results')).toMatchObject([{ branch: 'other', place: 1, is_last: 0 }])

    await it.press(
      '上级',
      { press: 'waitingList.confirm', ...ofCommittee, until: it.now().getTime() },
      { form: { items: [`28.suggestions ${QUARTER}`] } },
    )
    await it.turn('2026-10-22')
    expect(await stage()).toBe('undecided')
    await it.adopts()
    await it.turn('2026-10-22', '10:00')
    expect(await stage()).toBe('published')
    expect(await rows('select appeals_until, published_at is not null p from undecided')).toMatchObject([
      { appeals_until: '2026-10-29', p: 1 },
    ])
    const appealed = await it.press(
      '李华',
      { press: 'result.submitAppeal', branch: 'branch', quarter: QUARTER },
      { form: { standard: '12', words: '漏' } },
    )
    expect(appealed.mood).toBe('success')
    await it.turn('2026-10-30')
    expect(await stage()).toBe('published')
    await it.run('update appeals set answered_at = 1, is_upheld = 0')
    await it.turn('2026-10-30', '10:00')
    expect(await stage()).toBe('final')
    expect(await rows('select branch, tenths, place from results order by branch')).toMatchObject([
      { branch: 'branch', tenths: 1000, place: 1 },
      { branch: 'other', place: 1 },
    ])
    await expect(it.run("update results set tenths = 1 where branch = 'branch'")).rejects.toThrow('result final')
    await expect(it.run("update results set is_last = 1, place = 9 where branch = 'other'")).rejects.toThrow('result final')
  })

  test('is reminded by a line with its button, first in the week', async () => {
    await enters('a', 'branch')
    await it.turn('2026-10-12', '09:30')
    expect(await rows(`select count(*) n from outbox where occasion = 'digest 2026-10-12 ${openId('上级')}'`)).toMatchObject([{ n: 1 }])
    const digest = await it.shown('digest', { person: openId('上级') })
    expect(digest.text).toContain('1 条登记待确认')
    expect(JSON.stringify(digest.card)).toContain('waitingList.open')
    await it.turn('2026-10-14', '09:30')
    expect(await rows(`select count(*) n from outbox where occasion = 'digest 2026-10-14 ${openId('上级')}'`)).toMatchObject([{ n: 0 }])
  })

  test('reads one number on digest, review and list', async () => {
    await enters('a', 'branch')
    await enters('b', 'other')
    // Nothing asks for it any more: the facts came after the entry.
    await it.run("update attestations set part = '12.lecture', period = '2026-08' where id = 'b'")
    expect((await it.shown('digest', { person: openId('上级') })).text).toContain('2 条登记待确认')
    expect((await it.shown('review', { subject: 's', committee: 'committee', quarter: QUARTER })).text).toMatch(/\*\*2\*\*\n.*登记待确认/)
    const list = await it.shown('waitingList', { subject: 's', committee: 'committee', quarter: QUARTER })
    expect(list.text).toMatch(/\*\*2\*\*\n.*登记/)
  })

  test('hears of both quarters while the one before is open', async () => {
    await enters('a', 'branch')
    await it.run(`insert into attestations (id, branch, part, subject, period, on_day, reference, "by", at) values
      ('now', 'branch', '15.dues', '', '2026-10', '2026-10-10', '台账', 'm_李华', 0)`)
    const { text } = await it.shown('digest', { person: openId('上级') })
    expect(text).toContain('**1 条登记待确认** · 机关党委 2026年第三季度')
    expect(text).toContain('**1 条登记待确认** · 机关党委 2026年第四季度')
  })

  test('is told what each list holds, and no sum', async () => {
    await enters('a', 'branch')
    await it.run(`insert into attestations (id, branch, part, subject, period, on_day, reference, "by", at) values
      ('half', 'branch', '28.suggestions', '', '2026H2', '2026-09-10', '台账', 'm_李华', 0),
      ('year', 'other', '15.dues', '', '2026', '2026-09-10', '台账', 'm_李华', 0)`)
    const { text } = await it.shown('digest', { person: openId('上级') })
    for (const [quarter, spoken] of [
      ['2026Q3', '第三季度'],
      ['2026Q4', '第四季度'],
    ] as const) {
      const list = await it.shown('waitingList', { subject: 's', committee: 'committee', quarter })
      const held = list.text.match(/\*\*(\d+)\*\*\n.*登记/)?.[1]
      expect(text).toContain(`**${held} 条登记待确认** · 机关党委 2026年${spoken}`)
    }
    expect(text).toContain('有登记待确认')
    expect(text).not.toContain('5 条')
  })

  test('is passed over after ten working days, and the one above publishes', async () => {
    await it.run(`insert into committees (id, unit, name) values ('top', 'unit', '上级党委');
      update committees set parent = 'top' where id = 'committee';
      insert into members (id, unit, branch, open_id, name, joined_on, added_at) values ('m_top', 'unit', 'other', '${openId('更上级')}', '更上级', '2020-01-01', 0);
      insert into seats (id, member, role, committee, from_at) values ('s_top', 'm_top', 'assessor', 'top', 0)`)
    for (const on of ['2026-11-04', '2026-11-05', '2026-11-06']) await it.turn(on)
    const asked = () => rows(`select count(*) n from outbox where occasion like 'review above%'`)
    expect(await asked()).toMatchObject([{ n: 1 }])
    // The outbox forgets in days, and nobody is asked again for that.
    await it.run('delete from outbox')
    for (const on of ['2026-11-13', '2026-11-23', '2026-12-01']) await it.turn(on)
    expect(await asked()).toMatchObject([{ n: 0 }])
    expect((await publish('更上级')).mood).toBe('success')
  })
})

describe('a word that came late', () => {
  test.each([
    ['on the last day of the self-assessment', '2026-10-14', '23:59', 'waiting'],
    ['a minute after it', '2026-10-15', '00:00', 'overdue'],
  ])('%s: the duty is %s %s', async (_when, on, time, state) => {
    it.at(on, time)
    await enters('a', 'branch')
    const found = (await score()).standards
      .flatMap(({ parts }) => parts.flatMap(({ duties }) => duties))
      .find((one) => one.part === '28.suggestions')
    expect(found).toMatchObject({ state, attested: { isConfirmed: false } })
  })

  test('after an early publication waits for nobody', async () => {
    for (const each of ['branch', 'other']) await judges(each, '5.judged', 1000)
    await publish()
    it.at('2026-10-09', '09:00')
    await enters('a', 'branch')
    expect([(await score()).waitingTenths, await stage()]).toEqual([0, 'published'])
  })

  test('again after a refusal holds up nothing, and counts once confirmed', async () => {
    await enters('a', 'branch')
    await it.run(`update attestations set refused_at = 1, refused_by = 'm_上级', refused_because = '没有'`)
    await enters('again', 'branch')
    await judges('branch', '5.judged', 1000)
    expect((await score()).waitingTenths).toBe(0)
    await publish()
    expect(await stage()).toBe('published')
    await it.run(`update attestations set confirmed_at = ${it.now().getTime()}, confirmed_by = 'm_上级' where id = 'again'`)
    expect((await score()).standards.find(({ standard }) => standard === 28)).toMatchObject({ percentTenths: 1000 })
  })

  test('confirmed after the close is an adjustment, and undecided is none', async () => {
    await judges('branch', '5.judged', 1000)
    await judges('other', '5.judged', 1000)
    it.at('2026-10-20', '09:00')
    await publish()
    await enters('a', 'branch')
    await it.turn('2026-10-28')
    expect(await stage()).toBe('final')
    expect(await adjustmentSince(it.db, await itself('branch'), QUARTER, it.now())).toBe(null)
    await it.run(`update attestations set confirmed_at = ${it.now().getTime()}, confirmed_by = 'm_上级'`)
    const adjustment = await adjustmentSince(it.db, await itself('branch'), QUARTER, it.now())
    expect(adjustment?.changed.map(({ before, after }) => [before.state, after.state])).toEqual([['missed', 'met']])
  })
})

describe('silence', () => {
  test('never ranks above honesty', async () => {
    await answers('branch', 800)
    await it.adopts()
    for (const each of ['branch', 'other']) await judges(each, '28.suggestions', 1000)
    await reminded('other')
    expect((await score('other')).tenths).toBe(1000)
    it.at('2026-10-16', '09:00')
    await it.say('上级', '/评定', { dm: true })
    const shown = (await it.cardOf('review'))?.text ?? ''
    expect(shown).toContain('没有上报自评：另一支部。')
    expect(shown).toContain('提醒两次仍未自评的 1 项，公布时记 0 分。')
    await publish()
    await it.turn('2026-10-28')
    expect(await rows('select branch, tenths, place from results order by place')).toMatchObject([
      { branch: 'branch', tenths: 967, place: 1 },
      { branch: 'other', tenths: 833, place: 2 },
    ])
  })

  test('is not zero where the assessor judged from what was gathered', async () => {
    await reminded('branch', 'other')
    await judges('branch', '5.judged', 500)
    it.at('2026-10-16', '09:00')
    await publish()
    const five = async (of: string) => (await score(of)).standards.find(({ standard }) => standard === 5)?.percentTenths
    expect([await five('branch'), await five('other')]).toEqual([500, 0])
  })

  test('is reminded twice, the second time all of the committee', async () => {
    for (const on of ['2026-10-12', '2026-10-13', '2026-10-14', '2026-10-15', '2026-10-16']) await it.turn(on, '09:30')
    const told = await rows(`select person, step, told_on from alerts where part = 'self' order by told_on, person`)
    expect(told.map(({ person, step, told_on }) => `${told_on} ${step} ${person}`)).toEqual([
      `2026-10-13 -1 ${openId('李华')}`,
      ...['李华', '王芳', '委员'].map((name) => `2026-10-15 1 ${openId(name)}`).sort(),
    ])
    expect((await it.shown('digest', { person: openId('委员') })).text).toContain('自评还没有上报')
  })

  test('ends by any seat of the committee, without the names of activists', async () => {
    await it.press('委员', { press: 'selfAssessment.open', branch: 'branch', quarter: QUARTER })
    const card = await it.cardOf('selfAssessment', '委员')
    expect(card?.text).not.toContain('合理化建议')
    expect((await it.pressOn('委员', 'selfAssessment', 'selfAssessment.submit', { s0: 'fully' }, '委员')).mood).toBe('success')
    expect((await it.press('赵敏', { press: 'selfAssessment.open', branch: 'branch', quarter: QUARTER })).mood).toBe('warning')
  })
})

describe('an upper item', () => {
  test('judged for one branch alone counts for none once published', async () => {
    await judges('branch', '1.judged', 1000)
    for (const each of ['branch', 'other']) await judges(each, '5.judged', 1000)
    it.at('2026-10-16', '09:00')
    expect((await score()).weightAsked).toBe(16)
    await publish()
    const weights = [(await score('branch')).weightAsked, (await score('other')).weightAsked]
    expect(weights).toEqual([12, 12])
    await judges('other', '1.judged', 1000)
    expect((await score('other')).weightAsked).toBe(12)
  })
})

describe('one press', () => {
  test('confirms a chosen list over many branches, and nothing unseen', async () => {
    for (let i = 1; i <= 300; i++) {
      await it.run(
        `insert into branches (id, unit, committee, name, since) values ('b${i}', 'unit', 'committee', '支部${i}', '2026-01-01')`,
      )
      await enters(`e${i}`, `b${i}`)
    }
    const until = it.now().getTime()
    it.at('2026-10-09', '10:00')
    await enters('unseen', 'branch')
    let statements = 0
    const { write } = it.db.gate
    it.db.gate.write = (all) => {
      statements += all.length
      return write.call(it.db.gate, all)
    }
    const { toast } = await it.press(
      '上级',
      { press: 'waitingList.confirm', ...ofCommittee, until },
      { form: { items: [`28.suggestions ${QUARTER}`] } },
    )
    expect(toast.zh).toBe('已确认 300 条。')
    expect(statements).toBeLessThan(20)
    expect(await rows('select id from attestations where confirmed_at is null')).toMatchObject([{ id: 'unseen' }])
  })

  test('takes over what is grounded; the rest by its own', async () => {
    await it.run('delete from rulebooks')
    await askOnly(it.client, '22.judged')
    await it.holds('integrity', '2026-08-20')
    for (const each of ['branch', 'other']) await answers(each, 1000, '22.judged')
    await it.press('上级', { press: 'waitingList.open', ...ofCommittee })
    expect((await it.cardOf('waitingList'))?.text).toContain('（22）党风党纪教育「好」— 另一支部')
    expect((await it.pressOn('上级', 'waitingList', 'waitingList.adopt')).toast.zh).toBe('已采纳 1 项。')
    expect(await rows('select branch from judgements where by_upper')).toMatchObject([{ branch: 'branch' }])
    expect((await it.cardOf('waitingList'))?.text).toContain('采纳这 1 项（没有依据）')
    expect((await it.pressOn('上级', 'waitingList', 'waitingList.adopt')).toast.zh).toBe('已采纳 1 项。')
    expect(await rows('select branch from judgements where by_upper order by branch')).toMatchObject([
      { branch: 'branch' },
      { branch: 'other' },
    ])
  })

  test('is refused where somebody said something since it was shown', async () => {
    await answers('branch')
    const stale = { press: 'waitingList.adopt', ...ofCommittee, which: 'rest', judged: 0 }
    expect((await it.press('上级', stale)).toast.zh).toContain('没有保存')
    expect(await rows('select count(*) n from judgements where by_upper')).toMatchObject([{ n: 0 }])
  })
})
