import type { Board } from '../../../db/scoreboard/board.ts'
import { isShownIn } from '../../../db/scoreboard/order.ts'
import { trendQuarters } from '../../../db/scoreboard/trend.ts'
import type { Quarter } from '../../calendar.ts'
import { standardGroups } from '../../rules/duties/standard-groups.ts'
import { spokenQuarter } from '../../spoken.ts'
import { writeTable } from '../../spreadsheet/write.ts'
import { t } from '../../text.ts'
import { progressNames } from '../../words/progress.ts'
import { type Frame, type WebFile, XLSX } from '../visit.ts'
import { percent, shortQuarter, tierSaid } from './order.tsx'

const inPoints = (tenths: number | null) => (tenths === null ? null : tenths / 10)

/** The page as a workbook to calculate with, in the page's language and with its filter. */
export async function fileOf({ say }: Frame, committee: string, quarter: Quarter, boards: readonly Board[]): Promise<WebFile> {
  const number = (heading: string, width = 9, number = '0.0') => ({ heading, width, number })
  const quarters = trendQuarters(quarter).slice(0, -1)
  const isShown = boards.some(({ rows }) => isShownIn(rows))
  const title = `${committee} ${say(spokenQuarter(quarter))}`
  const bytes = await writeTable({
    name: quarter,
    title: `${title}${boards.every(({ isFinal }) => isFinal) ? '' : say(isShown ? t('（暂计）', ' (provisional)') : t('（未公布）', ' (not published)'))}`,
    columns: [
      { heading: say(t('党组织', 'Committee')), width: 20 },
      { heading: say(t('支部', 'Branch')), width: 28 },
      ...progressNames.map(([, name]) => number(say(name), 9, '0')),
      ...(isShown
        ? [
            number(say(t('名次', 'Place')), 7, '0'),
            number(say(t('得分', 'Score'))),
            { heading: say(t('等次', 'Tier')), width: 9 },
            number(say(t('比上季', 'Change'))),
            number(say(t('年均', 'Year'))),
            { heading: say(t('目前达五好', 'Five-Good so far')), width: 10 },
            ...standardGroups.map(({ name }) => number(`${say(name)} %`, 12, '0')),
            ...quarters.map((each) => number(shortQuarter(each))),
          ]
        : []),
    ],
    rows: boards.flatMap(({ name, rows }) =>
      rows.map(({ branch, place, tenths, tier, change, yearTenths, isFiveGood, groups, trend, progress }) => [
        name,
        branch.name,
        ...progressNames.map(([key]) => progress?.[key] ?? null),
        ...(isShown
          ? [
              place,
              inPoints(tenths),
              tierSaid(tier, say),
              inPoints(change),
              inPoints(yearTenths),
              isFiveGood ? '★' : null,
              ...groups.map(percent),
              ...trend.slice(0, -1).map(inPoints),
            ]
          : []),
      ]),
    ),
  })
  return { name: `${title}.xlsx`, type: XLSX, bytes }
}
