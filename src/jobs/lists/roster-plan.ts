import { chatsOfBranch } from '../../../db/branches/chats.ts'
import { memberById } from '../../../db/branches/members.ts'
import { branchById } from '../../../db/branches/units.ts'
import { type Db, lookUp } from '../../../db/client.ts'
import { knownAmong, rosterOf } from '../../../db/roster/import.ts'
import type { SentFile } from '../../../db/roster/received-files.ts'
import type { Draftee, Plan, Tally } from '../../../db/roster/tables.ts'
import { day } from '../../calendar.ts'
import { placeOf } from '../../context.ts'
import { refuse } from '../../refusal.ts'
import { may } from '../../rules/branches/rights.ts'
import { otherBranches } from '../../rules/roster/other-branches.ts'
import { type Columns, findColumns, unreadNote } from '../../rules/roster/roster-columns.ts'
import type { Listed, Wrong } from '../../rules/roster/roster-file.ts'
import { listIn } from '../../rules/roster/roster-list.ts'
import { planner } from '../../rules/roster/roster-plan.ts'
import type { Sheet } from '../../spreadsheet/sheet.ts'
import { clipped, literal, type Text, t } from '../../text.ts'
import { turn } from '../../turn.ts'

export interface PlanDeps {
  db: Db
  newId(): string
  /** The people in a chat; null when Feishu does not say. */
  peopleIn(chatId: string): Promise<{ openId: string; name: string }[] | null>
}

type RosterOf = SentFile & { branch: string }

export const MOST_PEOPLE = 10_000
/** Nobody mends more rows than this before sending the file again. */
const MOST_WRONG_KEPT = 200
/** The number of rows after which others get a turn. */
const BATCH = 250

/** Compares a list with the roster and the people of the branch’s chat. Refuses a sheet that is no list. */
export async function planFor(deps: PlanDeps, file: RosterOf, sheet: Sheet): Promise<Plan & { tally: Tally }> {
  const today = day(file.at)
  const { people: all, wrong, ...told } = await listedIn(sheet, today, file.name)
  const { circumstances, isChatRead, branchName } = await circumstancesOf(deps, file)
  const { ours: listed, others } = otherBranches(all, branchName)
  wrong.push(...others)
  const judge = planner(listed, circumstances)
  const people: Draftee[] = []
  const tally: Tally = { added: 0, changed: 0, same: 0, wrong: 0, failed: 0 }
  for (const [i, person] of listed.entries()) {
    if (i % BATCH === BATCH - 1) await turn()
    const verdict = judge(person)
    if (verdict.what === 'wrong') wrong.push(verdict.wrong)
    if (verdict.what === 'same') tally.same++
    if (verdict.what !== 'plan') continue
    const { planned } = verdict
    people.push({ ...planned, id: planned.member ?? deps.newId() })
    tally[planned.isNew ? 'added' : 'changed']++
  }
  tally.wrong = wrong.length
  wrong.sort((a, b) => a.row - b.row)
  return { people, wrong: wrong.slice(0, MOST_WRONG_KEPT), notes: notesOn(people, told, isChatRead), tally }
}

export const isRoster = ({ rows }: Sheet): boolean => findColumns(rows) !== null

/** The number of people on a sheet, for a file with several. Only the number is kept. */
export async function peopleOn(sheet: Sheet): Promise<number> {
  const list = listIn(sheet, LAST_DAY)
  let people = 0
  for (const [i, row] of (list?.rows ?? []).slice(0, MOST_PEOPLE).entries()) {
    if (i % BATCH === BATCH - 1) await turn()
    people += list?.read(row).filter(Boolean).length ?? 0
  }
  return people
}

/** No date is to come when people are only counted. */
const LAST_DAY = '2099-12-31'

/** Besides the people: what was read of the list, and what was not. */
interface Told {
  monthsOnly: number
  columns: Columns
  isForm: boolean
  jobs: readonly string[]
}

async function listedIn(sheet: Sheet, today: string, fileName: string): Promise<Told & { people: Listed[]; wrong: Wrong[] }> {
  const { tooManyRows } = await import('../../spreadsheet/sheet.ts')
  const people: Listed[] = []
  const wrong: Wrong[] = []
  const jobs = new Set<string>()
  let monthsOnly = 0
  const list = listIn(sheet, today, fileName)
  if (!list) refuse('没有找到「姓名」这一列，说「/名单」可以拿到模板。', 'There is no column of names; say “/roster” for a template.')
  for (const [i, row] of list.rows.entries()) {
    if (i % BATCH === BATCH - 1) await turn()
    for (const read of list.read(row)) {
      if (!read) continue
      if (people.length + wrong.length >= MOST_PEOPLE) tooManyRows(row.at)
      if ('wrong' in read) wrong.push(read.wrong)
      else people.push(read.person)
      if ('isMonthOnly' in read && read.isMonthOnly) monthsOnly++
      if ('jobs' in read) for (const job of read.jobs) if (jobs.size < MOST_JOBS) jobs.add(job)
    }
  }
  if (people.length + wrong.length === 0)
    refuse(
      list.isForm ? '这是一张空的单人信息表，没有姓名。' : '这份名单里没有人。',
      list.isForm ? 'This is an empty form for one person, with no name in it.' : 'There is nobody in this list.',
    )
  return { people, wrong, monthsOnly, columns: list.columns, isForm: list.isForm, jobs: [...jobs] }
}

const MOST_JOBS = 6

async function circumstancesOf({ db, peopleIn }: PlanDeps, { branch: id, by }: RosterOf) {
  const [[branch], roster, chats] = await lookUp(db, [branchById(db, id), rosterOf(db, id), chatsOfBranch(db, id)])
  if (!branch) refuse('没有找到这个支部。', 'There is no such branch here.')
  const [[actor]] = await lookUp(db, [memberById(db, branch.unit, by)])
  const lists = await Promise.all(chats.map(({ chatId }) => peopleIn(chatId)))
  const chat = [...new Map(lists.flatMap((list) => list ?? []).map((person) => [person.openId, person])).values()]
  const [known] = await lookUp(db, [
    knownAmong(
      db,
      id,
      chat.map(({ openId }) => openId),
    ),
  ])
  return {
    isChatRead: lists.length > 0 && lists.every((list) => list !== null),
    branchName: branch.name,
    circumstances: {
      roster,
      chat,
      known: new Map(known.map(({ openId, ...rest }) => [openId, rest])),
      branch: id,
      mayGrant: may(actor ?? null, 'grantSeat', placeOf(branch)),
    },
  }
}

function notesOn(people: readonly Draftee[], { monthsOnly, columns, isForm, jobs }: Told, isChatRead: boolean): Text[] {
  const notes: Text[] = []
  if (isForm) notes.push(t('这是单人信息表，只读了上面列出的内容。', 'This is a form for one person; only the facts above were read.'))
  const unread = isForm ? null : unreadNote(columns.unread)
  if (unread) notes.push(unread)
  if (jobs.length > 0) {
    const said = literal(jobs.map((job) => clipped(job, 12)).join('、'))
    notes.push(t(`不是支部职务，没有读取：${said}`, `No offices of the branch, and not read: ${said}`))
  }
  const unmatched = people.filter(({ isNew, facts, candidates }) => isNew && !facts.openId && candidates.length === 0).length
  if (!isChatRead)
    notes.push(
      t(
        '没能读到支部群的成员，先不匹配飞书用户；再发一次文件可以补上。',
        'The chat’s members could not be read, so nobody is matched to Feishu yet; sending the file again will do it.',
      ),
    )
  else if (unmatched > 0)
    notes.push(
      t(
        `${unmatched} 位在支部群里没有同名的人，先记入名单，还不能用机器人。`,
        `Not in the branch’s chat under that name: ${unmatched}. On the roster all the same, but not able to use the bot yet.`,
      ),
    )
  if (monthsOnly > 0)
    notes.push(t(`${monthsOnly} 行的日期只写到月，按 1 日记。`, `Rows that give a month only: ${monthsOnly}; the 1st is recorded.`))
  return notes
}
