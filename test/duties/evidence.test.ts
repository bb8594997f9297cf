import { beforeEach, expect, test } from 'vitest'
import { together } from '../../db/client.ts'
import { recountCredits } from '../../db/ledgers/credits.ts'
import { creditTalks } from '../../db/talks/credit.ts'
import { moment } from '../../src/calendar.ts'
import { buttonsOf } from '../harness/branch.ts'
import { aBranchWithContact, type TalkingBranch } from '../talks/company.ts'

let it: TalkingBranch
beforeEach(async () => {
  it = await aBranchWithContact()
  it.at('2026-12-01', '09:00')
})

const QUARTER = { branch: 'branch', quarter: '2026Q4' }
const card = (standard: number) => it.shown('standard', { ...QUARTER, standard })
const opening = async (standard: number) => buttonsOf((await card(standard)).card).filter(({ press }) => press === 'standard.evidence')

/** The view that comes into the direct chat of somebody who opens a piece, or the sentence that refuses it. */
async function opens(name: string, piece: string, form?: Record<string, string>) {
  const before = (await it.outboxRows()).length
  const { toast } = await it.press(name, { press: 'standard.evidence', ...QUARTER, ...(form ? {} : { piece }) }, { form })
  const [sent] = (await it.outboxRows()).slice(before)
  return sent ? { view: sent.view, args: JSON.parse(String(sent.args)) as Record<string, unknown> } : toast.zh
}

async function held(on: string, branch = 'branch', group: string | null = null) {
  const [id, at] = [`held-${on}-${group ?? branch}`, moment(on, '15:00').getTime()]
  await it.store.client.execute({
    sql: `insert into gatherings (id, branch, group_id, kind, place, starts_at, ends_at, called_by, called_at) values (?, ?, ?, ?, '', ?, ?, 'm_李华', 0)`,
    args: [id, branch, group, group ? 'group' : 'committee', at, at + 1],
  })
  await it.store.client.execute({ sql: 'insert into gathering_branches (gathering, branch) values (?, ?)', args: [id, branch] })
  await it.store.client.execute({
    sql: 'insert into closures (gathering, at, "by", expected, present, expected_voters, present_voters, is_quorate) values (?, ?, ?, 0, 0, 0, 0, 1)',
    args: [id, at, 'test'],
  })
  await together(it.db, recountCredits(it.db, 'branch'))
  return id
}

test('a gathering opens its card, for everybody who sees the score', async () => {
  const id = await held('2026-11-10')
  expect(await opening(12)).toEqual([{ press: 'standard.evidence', ...QUARTER, piece: `gathering ${id}` }])
  for (const name of ['李华', '吴勇', '考核人', '管理员'])
    expect(await opens(name, `gathering ${id}`)).toEqual({ view: 'gathering', args: { subject: id, branch: 'branch' } })
})

test('more than three pieces are a choice, which a form sends', async () => {
  await it.store.client.execute("insert into groups (id, branch, name) values ('g1', 'branch', '一组'), ('g2', 'branch', '二组')")
  const ids: string[] = []
  for (const on of ['2026-10-12', '2026-11-12']) for (const group of ['g1', 'g2']) ids.push(await held(on, 'branch', group))
  const shown = await card(12)
  expect(JSON.stringify(shown.card)).toContain(`gathering ${ids[3]}`)
  expect(await opens('吴勇', '', { piece12group: `gathering ${ids[3]}` })).toMatchObject({ view: 'gathering', args: { subject: ids[3] } })
  expect(await opens('吴勇', '', { piece12group: '' })).toBe('请先选一次。')
})

test('another branch’s piece, and none at all, are refused', async () => {
  await it.store.client.execute(
    "insert into branches (id, unit, committee, name, since) values ('b2', 'unit', 'committee', '第二支部', '2026-01-01')",
  )
  const other = await held('2026-11-10', 'b2')
  expect(await opens('李华', `gathering ${other}`)).toBe('没有找到这次会。')
  await it.store.client.execute(
    `insert into attestations (id, branch, part, subject, period, on_day, reference, "by", at) values ('theirs', 'b2', '27.report', '', '2026Q4', '2026-11-20', '某页', 'm_李华', 1)`,
  )
  expect(await opens('李华', 'attestation theirs')).toBe('没有找到这条登记。')
  for (const piece of ['gathering ', 'evaluation x', 'attestation x']) expect(await opens('李华', piece)).toMatch(/没有找到/)
  expect(await opens('李华', 'ballot x')).toBe('请先选一次。')
})

test('an entry opens for the committee and the assessor alone', async () => {
  await it.store.client.execute(
    `insert into attestations (id, branch, part, subject, period, on_day, reference, "by", at, confirmed_by, confirmed_at)
      values ('entry', 'branch', '28.suggestions', '', '2026Q4', '2026-11-20', '台账第 7 页', 'm_李华', ${moment('2026-11-21').getTime()}, 'm_考核人', ${moment('2026-11-25').getTime()})`,
  )
  expect(await opening(28)).toEqual([{ press: 'standard.evidence', ...QUARTER, piece: 'attestation entry' }])
  for (const name of ['李华', '周正', '考核人'])
    expect(await opens(name, 'attestation entry')).toEqual({ view: 'attested', args: { attestation: 'entry' } })
  for (const name of ['吴勇', '王芳']) expect(await opens(name, 'attestation entry')).toBe('登记的依据由支委会和考核人看。')
  const { text } = await it.shown('attested', { attestation: 'entry' })
  for (const words of ['台账第 7 页', '11月20日', '李华', '考核人']) expect(text).toContain(words)
  await it.store.client.execute(
    `insert into attestations (id, branch, part, subject, period, on_day, reference, "by", at, withdrawn_at)
      values ('gone', 'branch', '27.report', '', '2026Q4', '2026-11-20', '另一页', 'm_李华', 1, 2)`,
  )
  expect(await opens('李华', 'attestation gone')).toBe('没有找到这条登记。')
})

test('an evaluation opens for the committee; others know its day', async () => {
  await it.store.client.execute(
    `insert into evaluations (id, branch, period, opened_by, opened_at, closed_at) values ('e', 'branch', '2026', 'm_李华', 1, ${moment('2026-11-26').getTime()})`,
  )
  await together(it.db, recountCredits(it.db, 'branch'))
  expect(await opening(14)).toEqual([{ press: 'standard.evidence', ...QUARTER, piece: 'evaluation e' }])
  expect(await opens('周正', 'evaluation e')).toMatchObject({ view: 'evaluation', args: { evaluation: 'e', viewer: 'm_周正' } })
  for (const name of ['吴勇', '考核人']) expect(await opens(name, 'evaluation e')).toContain('由支委会看')
})

/** A talk that counts, with the opinion of its quarter. */
async function talked(other: string, activist: string) {
  const talk = await it.talked(other, activist, { on: '2026-11-03' })
  await it.files(other, talk, '学习认真，能主动汇报思想。', { isSure: true })
  await together(it.db, creditTalks(it.db, [`m_${activist}`]))
  return talk
}

test('talks stand on no card of the score: one button, no day', async () => {
  const [one, two] = [await talked('吴勇', '王芳'), await talked('李华', '张伟')]
  expect(await opening(24)).toEqual([{ press: 'standard.evidence', ...QUARTER, piece: 'talk ' }])
  const shown = JSON.stringify((await card(24)).card)
  for (const secret of [one, two, 'm_王芳', 'm_吴勇', '王芳', '11月3日']) expect(shown).not.toContain(secret)
})

test.each([
  ['李华', ['王芳', '张伟']],
  ['钱进', ['王芳', '张伟']],
  ['赵敏', ['王芳', '张伟']],
  ['吴勇', ['王芳']],
  ['王芳', ['王芳']],
  ['孙丽', null],
  ['周正', null],
  ['管理员', null],
  ['考核人', null],
])('the facts of talks that %s sees: %j', async (name, activists) => {
  const own = await talked('吴勇', '王芳')
  await talked('李华', '张伟')
  await it.talked('孙丽', '周正', { on: '2026-11-04', kind: 'care' })
  const answer = await opens(name, 'talk ')
  if (activists === null) return expect(answer).toContain('别人只看数')
  expect(answer).toMatchObject({ view: 'talkFacts', args: { ...QUARTER, viewer: `m_${name}` } })
  const { text, card: shown } = await it.shown('talkFacts', { ...QUARTER, viewer: `m_${name}` })
  for (const activist of ['王芳', '张伟']) expect(text.includes(`**${activist}**`)).toBe(activists.includes(activist))
  expect(text).not.toContain('孙丽')
  expect(text).toContain('11月3日')
  const isOfPair = ['吴勇', '王芳'].includes(name)
  expect(buttonsOf(shown).some(({ press, talk }) => press === 'talk.send' && talk === own)).toBe(isOfPair)
})

test('facts of talks are asked anew when a card is drawn', async () => {
  await talked('吴勇', '王芳')
  await it.store.client.execute("update seats set until_at = 1 where member = 'm_李华'")
  expect((await it.shown('talkFacts', { ...QUARTER, viewer: 'm_李华' })).text).not.toContain('吴勇')
})

test('a life meeting tells how many pairs talked before it', async () => {
  const id = await held('2026-11-20')
  await it.store.client.execute(`update gatherings set kind = 'life' where id = '${id}'`)
  await together(it.db, recountCredits(it.db, 'branch'))
  await it.talked('李华', '钱进', { on: '2026-11-01', kind: 'withinCommittee' })
  await it.talked('李华', '钱进', { on: '2026-11-10', kind: 'withinCommittee' })
  await it.talked('李华', '孙丽', { on: '2026-10-21', kind: 'withinCommittee' })
  await it.talked('李华', '周正', { on: '2026-10-20', kind: 'withinCommittee' })
  await it.talked('李华', '吴勇', { on: '2026-11-12', kind: 'care' })
  expect((await card(7)).text).toContain('会前 30 天谈心 2 对')
})

test('the assessor’s card of a branch leads to its evidence', async () => {
  const reviewed = async () => (await it.shown('branchReview', { subject: 's', ...QUARTER })).card
  expect(buttonsOf(await reviewed()).map(({ press }) => press)).not.toContain('standard.open')
  await held('2026-11-10')
  const open = buttonsOf(await reviewed()).find(({ press }) => press === 'standard.open')
  expect((await it.press('考核人', open as object, { form: { standard: '12' } })).mood).toBe('success')
  expect((await it.outboxRows()).at(-1)).toMatchObject({ view: 'standard' })
})
