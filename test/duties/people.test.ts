import { beforeEach, describe, expect, test } from 'vitest'
import type { Actor } from '../../db/branches/members.ts'
import { type Branch, branchById } from '../../db/branches/units.ts'
import { together } from '../../db/client.ts'
import { accountOf } from '../../db/duties/account.ts'
import { importRoster } from '../../db/roster/import.ts'
import { rosterDrafts } from '../../db/roster/tables.ts'
import { moment } from '../../src/calendar.ts'
import { aBranch, buttonsOf, openId, type TestBranch } from '../harness/branch.ts'
import { askOnly } from '../harness/rulebook.ts'

/** Whom a quarter asks about is as it was then: who comes, goes or rises afterwards changes nothing of it. */
const people = [
  { name: '李华', role: 'secretary' as const },
  { name: '王芳', role: 'organisation' as const },
  { name: '赵敏' },
  { name: '郑凯', stage: 'activist' as const },
]

let branch: TestBranch
beforeEach(async () => {
  branch = await aBranch(people, { since: '2026-01-01' })
})

const run = (sql: string, ...args: (string | number)[]) => branch.store.client.execute({ sql, args })

async function duties(part: string, quarter: string, on: string) {
  const [found] = await branchById(branch.db, 'branch')
  const account = await accountOf(branch.db, found as Branch, quarter, moment(on, '09:00'))
  return account.duties.filter((duty) => duty.part === part).map(({ period, state }) => `${period} ${state}`)
}

describe('a group', () => {
  const groups = async () => (await run('select id, name from groups')).rows.map(({ id, name }) => [String(name), String(id)] as const)
  const make = async (name: string) => {
    await branch.press('李华', { press: 'groups.make', branch: 'branch' }, { form: { name } })
    return new Map(await groups()).get(name) ?? ''
  }

  test('made mid-month is asked for the months after it alone', async () => {
    branch.at('2026-08-12', '10:00')
    await make('第一党小组')
    expect(await duties('12.group', '2026Q3', '2026-10-30')).toEqual(['2026-07 not applicable', '2026-08 not applicable', '2026-09 missed'])
  })

  test('dissolved mid-month owes what it owed before, and no more', async () => {
    branch.at('2026-06-20', '10:00')
    const group = await make('第一党小组')
    branch.at('2026-08-12', '10:00')
    await branch.press('李华', { press: 'group.dissolve', group })
    expect(await duties('12.group', '2026Q3', '2026-10-30')).toEqual(['2026-07 missed', '2026-08 not applicable', '2026-09 not applicable'])
    expect(await duties('12.group', '2027Q2', '2027-06-30')).toEqual([])
  })

  test('from an imported list is asked from then on, however many join', async () => {
    const now = moment('2026-08-12', '10:00')
    const listed = (name: string, row: number) => ({
      id: `m_${name}`,
      row,
      name,
      isNew: true,
      member: null,
      facts: { name, stage: 'full' as const, group: '第三党小组' },
      grant: [],
      vacate: [],
      candidates: [],
      changes: [],
    })
    const rows = { people: [listed('钱进', 1), listed('孙丽', 2)], wrong: [], notes: [] }
    const tally = { added: 2, changed: 0, same: 0, wrong: 0, failed: 0 }
    const draft = {
      id: 'draft',
      file: 'om',
      branch: 'branch',
      by: 'm_李华',
      madeAt: now,
      tally,
      rows,
      importedAt: null,
      importedBy: null,
      done: 0,
    }
    await together(branch.db, [branch.db.insert(rosterDrafts).values(draft)])
    await importRoster(branch.db, draft, { id: 'm_李华', unit: 'unit' } as Actor, now)
    expect(await duties('12.group', '2026Q3', '2026-10-30')).toEqual(['2026-07 not applicable', '2026-08 not applicable', '2026-09 missed'])
    expect((await run("select count(*) as made from audit where deed = 'group.make'")).rows[0]?.made).toBe(1)
  })

  test('that came with the branch is asked as the branch is', async () => {
    await run("insert into groups values ('g', 'branch', '第一党小组', null)")
    expect(await duties('12.group', '2026Q3', '2026-10-30')).toEqual(['2026-07 missed', '2026-08 missed', '2026-09 missed'])
  })
})

describe('an activist', () => {
  const named = (sets: string) => run(`update members set ${sets} where name = '郑凯'`)

  test('of the whole quarter is talked to, whatever came of them', async () => {
    await named("activist_on = '2026-03-01'")
    expect(await duties('24.talk', '2026Q3', '2026-10-30')).toEqual(['2026Q3 missed'])
    await named("stage = 'prospect', prospect_on = '2026-10-09'")
    expect(await duties('24.talk', '2026Q3', '2026-10-30')).toEqual(['2026Q3 missed'])
    await named("left_on = '2026-10-12'")
    expect(await duties('24.talk', '2026Q3', '2026-10-30')).toEqual(['2026Q3 missed'])
    expect(await duties('24.talk', '2026Q4', '2026-12-30')).toEqual(['2026Q4 not applicable'])
  })

  test.each([
    ['became one in it', "activist_on = '2026-07-02'"],
    ['rose in it', "activist_on = '2026-03-01', stage = 'prospect', prospect_on = '2026-09-30'"],
    ['left in it', "activist_on = '2026-03-01', left_on = '2026-08-03'"],
  ])('who %s is not asked about for that quarter', async (_what, sets) => {
    await named(sets)
    expect(await duties('24.talk', '2026Q3', '2026-10-30')).toEqual(['2026Q3 not applicable'])
  })
})

describe('development', () => {
  test('is asked when somebody was under way, not by later arrivals', async () => {
    const steps = (quarter: string) => duties('25.steps', quarter, '2027-02-01')
    expect(await steps('2026Q3')).toEqual(['2026Q3 not applicable'])
    await run("update members set stage = 'prospect', prospect_on = '2026-08-20' where name = '郑凯'")
    expect(await steps('2026Q2')).toEqual(['2026Q2 not applicable'])
    expect(await steps('2026Q3')).toEqual(['2026Q3 missed'])
    await run("update members set stage = 'full', probationer_on = '2026-08-25', full_on = '2026-11-03' where name = '郑凯'")
    expect(await steps('2026Q3')).toEqual(['2026Q3 missed'])
    expect(await steps('2026Q4')).toEqual(['2026Q4 missed'])
    expect(await steps('2027Q1')).toEqual(['2027Q1 not applicable'])
  })
})

describe('the term', () => {
  const terms = async (quarter: string, on: string) => {
    const [found] = await branchById(branch.db, 'branch')
    const { duties } = await accountOf(branch.db, found as Branch, quarter, moment(on, '09:00'))
    return duties.filter(({ part }) => part === '4.term').map(({ basis, state }) => `${basis} ${state}`)
  }

  test('is proved while it runs; an unrecorded one can be attested', async () => {
    expect(await terms('2026Q4', '2026-12-28')).toEqual(['attested due soon'])
    await run("update branches set term_started_on = '2023-11-11'")
    expect(await terms('2026Q3', '2026-12-28')).toEqual(['roster met'])
    expect(await terms('2026Q4', '2026-11-10')).toEqual(['roster met'])
    expect(await terms('2026Q4', '2026-12-28')).toEqual(['attested due soon'])
  })

  test('is asked for by dates and references, not by the roster', async () => {
    await askOnly(branch.store.client, '4.term', '4.seats')
    await run("update seats set until_at = 1 where role = 'organisation'")
    branch.at('2026-12-28', '09:00')
    const { text, card } = await branch.shown('digest', { person: openId('李华') })
    expect(text).toContain('按期换届（4）')
    expect(text).not.toContain('把名单和职务补齐')
    expect(buttonsOf(card).map(({ press }) => press)).toContain('attest.open')
    const opened = await branch.press('李华', buttonsOf(card).find(({ press }) => press === 'attest.open') ?? {}, { chat: 'oc_dm' })
    expect(opened.mood).toBe('success')
    const attest = await branch.shown('attest', { subject: 's', branch: 'branch', quarters: ['2026Q4'] })
    expect(buttonsOf(attest.card).map(({ press }) => press)).toContain('term.open')
  })

  test('is entered from the self-assessment for the quarter that asks', async () => {
    await askOnly(branch.store.client, '4.term')
    await run(
      "insert into assessments (committee, quarter, opened_at, self_until, review_until) values ('committee', '2026Q3', 0, '2026-10-15', '2026-10-22')",
    )
    branch.at('2026-10-08', '09:00')
    const { card } = await branch.shown('selfAssessment', { subject: 's', branch: 'branch', quarter: '2026Q3' })
    expect(JSON.stringify(card)).not.toContain('"name":"on0"')
    expect(buttonsOf(card).find(({ press }) => press === 'term.open')).toMatchObject({ quarter: '2026Q3' })
    const { card: form } = await branch.shown('term', { branch: 'branch', quarter: '2026Q3' })
    const paper = buttonsOf(form).find(({ press }) => press === 'term.paper') ?? {}
    await branch.press('李华', paper, { form: { on: '2025-06-18', reference: '批复' }, chat: 'oc_dm' })
    expect(await terms('2026Q3', '2026-10-08')).toEqual(['attested waiting'])
    await run('update attestations set confirmed_at = 1')
    expect(await terms('2026Q3', '2026-10-08')).toEqual(['attested met'])
  })
})

test('a seventh full member asks for a committee three months later', async () => {
  for (let nth = 0; nth < 4; nth++)
    await run(
      "insert into members (id, unit, branch, name, stage, joined_on, full_on, added_at) values (?, 'unit', 'branch', ?, 'full', '2026-01-01', ?, 0)",
      `m${nth}`,
      `甲${nth}`,
      nth === 0 ? '2026-10-01' : '2026-01-01',
    )
  expect(await duties('4.seats', '2026Q4', '2027-02-01')).toEqual(['2026Q4 met'])
  expect(await duties('4.seats', '2027Q1', '2027-05-01')).toEqual(['2027Q1 missed'])
})
