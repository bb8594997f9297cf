import { expect, test } from 'vitest'
import { moment } from '../../src/calendar.ts'
import { forget } from '../../src/jobs/forget.ts'
import { buttonsOf, textOf } from '../harness/branch.ts'
import { aBranchWithContact, type TalkingBranch } from './company.ts'

const said = (answer: Awaited<ReturnType<TalkingBranch['press']>>) => `${answer.toast.zh}\n${answer.card ? textOf(answer.card) : ''}`
const WORRY = '食堂晚上关得太早，加班的人没有饭吃'

const asks = (it: TalkingBranch, name: string, talk: string, worry = WORRY) =>
  it.press(name, { press: 'worry.ask', talk }, { form: { worry } })
const card = (it: TalkingBranch, talk: string, name: string) =>
  it.shown('worryAsked', { subject: `worry ${talk}`, talk, member: `m_${name}` })
async function answers(it: TalkingBranch, name: string, talk: string, answer: string) {
  const { card: shown } = await card(it, talk, name)
  const value = buttonsOf(shown).find((one) => one.answer === answer)
  return it.press(name, value ?? expect.fail('no such button'))
}

test('the other sees exactly these words, and the secretary after a yes', async () => {
  const it = await aBranchWithContact()
  const talk = await it.talked('吴勇', '王芳')
  expect(await asks(it, '吴勇', talk)).toMatchObject({ mood: 'success' })
  expect((await it.outboxRows()).map(({ view, to_id }) => [view, to_id])).toEqual([['worryAsked', expect.stringMatching(/^ou_/)]])
  expect((await card(it, talk, '王芳')).text).toContain(WORRY)
  expect((await card(it, talk, '吴勇')).card).toBeNull()
  expect(said(await it.raised('李华'))).toContain('眼下没有')
  expect(said(await answers(it, '王芳', talk, 'unsigned'))).toContain('已提出')
  const list = said(await it.raised('李华'))
  expect(list).toContain(WORRY)
  expect(list).toContain('没有署名')
  for (const name of ['王芳', '吴勇', '10月8日']) expect(list).not.toContain(name)
})

test('a signed one bears the name of whoever agreed', async () => {
  const it = await aBranchWithContact()
  const talk = await it.talked('吴勇', '王芳')
  await asks(it, '吴勇', talk)
  await answers(it, '王芳', talk, 'signed')
  const list = await it.raised('李华')
  expect(said(list)).toContain('署名：王芳')
  const answering = JSON.stringify(list.card).match(/"press":"inbox\.answer","voice":"([^"]+)"/)?.[1]
  const answer = () =>
    it.press('李华', { press: 'inbox.answer', voice: answering, nth: 1 }, { form: { outcome: 'adopted', words: '延到八点' } })
  expect(said(await answer())).toContain('眼下没有')
  expect((await answer()).toast.zh).toBe('这一条已经答复了。')
})

test('after a no the words are gone, and may be asked again', async () => {
  const it = await aBranchWithContact()
  const talk = await it.talked('吴勇', '王芳')
  await asks(it, '吴勇', talk)
  await answers(it, '王芳', talk, 'no')
  expect([await it.count('voices'), await it.count('worry_drafts'), await it.count('outbox')]).toEqual([0, 0, 0])
  await asks(it, '王芳', talk, '还是换一句提')
  expect((await card(it, talk, '吴勇')).text).toContain('还是换一句提')
})

test('a press is about the words that were shown', async () => {
  const it = await aBranchWithContact()
  const talk = await it.talked('吴勇', '王芳')
  await asks(it, '吴勇', talk)
  const { card: shown } = await card(it, talk, '王芳')
  const [agree = {}] = buttonsOf(shown)
  it.at('2026-10-08', '09:01')
  await asks(it, '吴勇', talk, '另一句话')
  expect((await it.press('王芳', agree)).toast.zh).toContain('刚改了文字')
  expect(await it.count('voices')).toBe(0)
  await answers(it, '王芳', talk, 'unsigned')
  expect((await it.press('王芳', agree)).toast.zh).toContain('已经答复过了')
  expect(await it.count('voices')).toBe(1)
})

test('nobody answers for the other, or asks about a foreign talk', async () => {
  const it = await aBranchWithContact()
  const talk = await it.talked('吴勇', '王芳')
  await asks(it, '吴勇', talk)
  const [agree = {}] = buttonsOf((await card(it, talk, '王芳')).card)
  for (const name of ['吴勇', '李华', '赵敏', '张伟', '管理员', '考核人']) expect((await it.press(name, agree)).mood, name).toBe('warning')
  for (const name of ['李华', '张伟']) expect((await asks(it, name, talk)).toast.zh).toBe('没有找到这次谈心。')
  expect((await asks(it, '王芳', talk)).toast.zh).toContain('先在那张卡片上答复')
  for (const name of ['赵敏', '吴勇', '管理员', '考核人']) expect(said(await it.raised(name)), name).toContain('眼下没有')
  expect([await it.count('voices'), await it.count('worry_drafts')]).toEqual([0, 1])
})

/** Every row of every table, by table. */
async function everything(it: TalkingBranch) {
  const { rows: tables } = await it.store.client.execute(
    "select name from sqlite_master where type = 'table' and name not like 'sqlite_%' and name not like '\\_%' escape '\\'",
  )
  const all = new Map<string, string[]>()
  for (const { name } of tables) {
    const whole = (columns: string) => it.store.client.execute(`select ${columns} from "${name}"`)
    const { rows, columns } = await whole('rowid as n, *').catch(() => whole('*'))
    all.set(String(name), rows.map((row) => JSON.stringify(Object.fromEntries(columns.map((column, nth) => [column, row[nth]])))).sort())
  }
  return all
}

test('nothing in the database joins a worry to its talk', async () => {
  // Two worlds alike in all but the answer: whatever differs between them is all that the answer left.
  const world = async (answer: string) => {
    const it = await aBranchWithContact()
    const talk = await it.talked('吴勇', '王芳')
    await asks(it, '吴勇', talk)
    // The card was sent and stands in the chat.
    await it.store.client.execute({
      sql: "insert into posts (message_id, recipient, view, subject, args, posted_at) values ('om_asked', 'person:x', 'worryAsked', ?, '{}', 1)",
      args: [`worry ${talk}`],
    })
    it.at('2026-10-08', '10:30')
    await answers(it, '王芳', talk, answer)
    return everything(it)
  }
  const [yes, no] = [await world('unsigned'), await world('no')]
  const differing = [...yes.keys()].filter((table) => JSON.stringify(yes.get(table)) !== JSON.stringify(no.get(table)))
  // The key counts one use more; it has no time. Neither answer has a delivery.
  expect(differing.sort()).toEqual(['vault_keys', 'voices'])
  const [worry = ''] = yes.get('voices') ?? []
  const { id, branch, author, came_on, version } = JSON.parse(worry)
  expect({ branch, author, came_on, version }).toEqual({ branch: 'branch', author: null, came_on: '2026-10-08', version: 1 })
  for (const [table, rows] of yes) {
    if (table !== 'voices')
      expect(
        rows.filter((row) => row.includes(id)),
        table,
      ).toEqual([])
    if (!['talks', 'members', 'seats', 'contacts'].includes(table))
      expect(
        rows.filter((row) => /talk\d|m_王芳|m_吴勇/.test(row)),
        table,
      ).toEqual([])
  }
})

test('a question that nobody can answer any more is forgotten', async () => {
  const it = await aBranchWithContact()
  const talk = await it.talked('吴勇', '王芳')
  await asks(it, '吴勇', talk)
  const night = (on: string) => forget({ db: it.db, now: moment(on, '03:17'), slot: moment(on, '03:17'), isLate: false }) as Promise<void>
  await night('2026-10-09')
  expect(await it.count('worry_drafts')).toBe(1)
  await it.store.client.execute("update outbox set state = 'sent'")
  await it.store.client.execute({
    sql: "insert into posts (message_id, recipient, view, subject, args, posted_at) values ('om_asked', 'person:x', 'worryAsked', ?, '{}', ?)",
    args: [`worry ${talk}`, moment('2026-10-08', '09:00').getTime()],
  })
  await night('2026-10-22')
  expect(await it.count('worry_drafts')).toBe(1)
  await night('2026-10-24')
  expect(await it.count('worry_drafts')).toBe(0)
})
