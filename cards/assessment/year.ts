import * as z from 'zod'
import { lastTwiceIn, resultsOfYear, yearSubject } from '../../db/assessment/year.ts'
import { type Branch, branchById, branchesOf, committeesUnder } from '../../db/branches/units.ts'
import { type Db, lookUp, statementOf, together } from '../../db/client.ts'
import { rulebookFor, rulebooksAbove } from '../../db/rulebook/versions.ts'
import { committeeInQuarter } from '../../db/scoreboard/order.ts'
import { isYear, type Year } from '../../src/calendar.ts'
import { type Card, card, fitting, note, sentence } from '../../src/card.ts'
import { foundOrRefuse, memberOrRefuse, placeOf, privately, reply } from '../../src/context.ts'
import { form, OPTION_BYTES, select } from '../../src/form.ts'
import { id } from '../../src/id.ts'
import { press } from '../../src/press.ts'
import { tierNames, tierOf, WEAK, type YearOfBranch, yearOfBranch } from '../../src/rules/assessment/year.ts'
import { points } from '../../src/spoken.ts'
import { asWritten, both, type Language, plainly, type Text, t } from '../../src/text.ts'
import { view } from '../../src/view.ts'
import { branchYear } from './branch-year.ts'

const MOST_ROWS = 90
const ROWS_BYTES = 15_000
const ROW_BYTES = 200
const MOST_OFFERED = 60
const OFFERED_BYTES = 7_000

interface Row extends YearOfBranch {
  branch: Branch
  tier: number | null
  /** The branch was last often enough that the committee has an item to close. */
  isWaiting: boolean
}

/** A committee's year, in the assessor's direct chat: mean, four quarters, items to close. Table cells hold one language only. */
export function yearCard(committee: string, year: Year, rows: readonly Row[], language: Language): Card {
  const shown = fitting(rows.slice(0, MOST_ROWS), ({ branch }) => branch.name, ROWS_BYTES, ROW_BYTES)
  const first = rows.toSorted((a, b) => Number(b.isWaiting) - Number(a.isWaiting) || (b.tier ?? 0) - (a.tier ?? 0))
  const offered = fitting(first.slice(0, MOST_OFFERED), ({ branch }) => branch.name.repeat(3), OFFERED_BYTES, OPTION_BYTES)
  const column = (name: string, zh: string, en: string, width: string) => ({ name, display_name: `${zh} ${en}`, data_type: 'text', width })
  return card(
    t(`${year} 年考核`, `${year}: the year`),
    [
      {
        tag: 'table',
        page_size: 10,
        columns: [
          column('branch', '支部', 'Branch', 'auto'),
          column('mean', '平均', 'Mean', '80px'),
          column('note', '备注', 'Note', 'auto'),
          ...['一', '二', '三', '四'].map((zh, i) => column(`q${i + 1}`, zh, `Q${i + 1}`, '80px')),
        ],
        rows: shown.map((row) => ({
          branch: row.branch.name,
          mean: saidPoints(row.meanTenths),
          note: noteOf(row)
            .map((text) => plainly(text)[language])
            .join(' · '),
          ...Object.fromEntries(row.quarters.map((tenths, i) => [`q${i + 1}`, saidPoints(tenths)])),
        })),
      },
      rows.length > shown.length
        ? note(
            t(
              `共 ${rows.length} 个支部，这里列出前 ${shown.length} 个。`,
              `${rows.length} branches; the first ${shown.length} are listed.`,
            ),
          )
        : null,
      offered.length > 0
        ? form(
            'open',
            [
              select(
                'of',
                t('帮扶、述职、办结：选择支部', 'Support, work report, items: choose a branch'),
                offered.map(({ branch, isWaiting, tier }) => ({
                  label: both(
                    (l) =>
                      `${asWritten(branch.name)[l]}${isWaiting ? t(' · 待办结', ' · to close')[l] : tier === WEAK ? t(' · 较弱', ' · weak')[l] : ''}`,
                  ),
                  value: branch.id,
                })),
                { required: true },
              ),
            ],
            { label: t('打开', 'Open'), value: openYear.value({ year }) },
          )
        : null,
      note(
        t(
          '只有考核组看得到。四个季度都结束才定五好；机器人不作处理决定。',
          'Only the assessors see this. Five-good is settled when all four quarters are closed; the bot decides nothing.',
        ),
      ),
    ],
    { subtitle: asWritten(committee) },
  )
}

const saidPoints = (tenths: number | null | undefined) => (tenths === null || tenths === undefined ? '–' : points(tenths))

function noteOf({ isFiveGood, timesLast, tier }: Row): Text[] {
  const name = tierNames[tier ?? -1]
  return [
    ...(isFiveGood ? [t('五好', 'Five-Good')] : []),
    ...(name ? [name] : []),
    ...(timesLast > 0 ? [t(`末位 ×${timesLast}`, `last ×${timesLast}`)] : []),
  ]
}

async function yearOfCommittee(db: Db, committee: string, year: Year): Promise<Row[]> {
  const [branches, above] = await lookUp(db, [branchesOf(db, committee), rulebooksAbove(db, committee)])
  const ids = branches.map(({ id }) => id)
  const [results, items] = await lookUp(db, [resultsOfYear(db, ids, year), lastTwiceIn(db, ids, year)])
  const rulebook = rulebookFor(above, `${year}Q4`)
  const of = Map.groupBy(results, ({ branch }) => branch)
  const rows = branches.map((branch) => {
    const own = yearOfBranch(of.get(branch.id) ?? [], year, rulebook)
    const isWaiting = items.some((item) => item.branch === branch.id && !item.closedAt)
    return { branch, ...own, tier: tierOf(own.meanTenths, rulebook), isWaiting }
  })
  return rows.sort((a, b) => (b.meanTenths ?? -1) - (a.meanTenths ?? -1))
}

export const yearReview = view({
  name: 'yearReview',
  takes: z.object({ committee: id, year: z.string().refine(isYear) }),
  async show(db, { committee, year }) {
    const [under] = await lookUp(db, [committeesUnder(db, committee)])
    const name = under.find((one) => one.id === committee)?.name
    if (name === undefined) return sentence(t('没有找到这个党委。', 'There is no such committee here.'))
    const { language } = await committeeInQuarter(db, committee, `${year}Q4`)
    return yearCard(name, year, await yearOfCommittee(db, committee, year), language)
  },
})

export const openYear = press({
  name: 'year.open',
  rights: ['assess'],
  sends: z.object({ year: z.string().refine(isYear) }),
  fills: z.object({ of: id.nullish() }),
  async answer(ctx, { year }, _seen, { of }) {
    const { actor, db } = memberOrRefuse(ctx)
    const [[found]] = await lookUp(db, [statementOf(branchById(db, of ?? ''))])
    const branch = foundOrRefuse(actor, 'assess', found, placeOf)
    await together(db, [reply(privately(ctx), branchYear.args({ subject: yearSubject(branch.id), branch: branch.id, year }))])
    return { toast: t('已私聊发给你。', 'Sent to you in a direct message.'), mood: 'success' }
  },
})
