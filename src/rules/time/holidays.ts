import type { Day } from '../../calendar.ts'
import { type Text, t } from '../../text.ts'

/**
 * A year as the State Council published it: named days off, and weekend days worked in exchange (调休). A notice may reach into the
 * December before.
 */
export type HolidayYear = { off: readonly { name?: Text; from: Day; to: Day }[]; work: readonly Day[] }
/** A unit may bring its own table. Years in no table have weekends and the days that never change. */
export type HolidayTable = Readonly<Record<number, HolidayYear>>

const newYear = t('元旦', 'New Year’s Day')
const springFestival = t('春节', 'Spring Festival')
const qingming = t('清明节', 'Qingming Festival')
const labourDay = t('劳动节', 'Labour Day')
const dragonBoat = t('端午节', 'Dragon Boat Festival')
const midAutumn = t('中秋节', 'Mid-Autumn Festival')
const nationalDay = t('国庆节', 'National Day')
const nationalDayAndMidAutumn = t('国庆节、中秋节', 'National Day and Mid-Autumn Festival')
export const holidayNames: readonly Text[] = [newYear, springFestival, qingming, labourDay, dragonBoat, midAutumn, nationalDay]

/** Published every November for the year after; a missing year is provisional. */
export const builtIn: HolidayTable = {
  2024: {
    off: [
      { name: newYear, from: '2024-01-01', to: '2024-01-01' },
      { name: springFestival, from: '2024-02-10', to: '2024-02-17' },
      { name: qingming, from: '2024-04-04', to: '2024-04-06' },
      { name: labourDay, from: '2024-05-01', to: '2024-05-05' },
      { name: dragonBoat, from: '2024-06-10', to: '2024-06-10' },
      { name: midAutumn, from: '2024-09-15', to: '2024-09-17' },
      { name: nationalDay, from: '2024-10-01', to: '2024-10-07' },
    ],
    work: ['2024-02-04', '2024-02-18', '2024-04-07', '2024-04-28', '2024-05-11', '2024-09-14', '2024-09-29', '2024-10-12'],
  },
  2025: {
    off: [
      { name: newYear, from: '2025-01-01', to: '2025-01-01' },
      { name: springFestival, from: '2025-01-28', to: '2025-02-04' },
      { name: qingming, from: '2025-04-04', to: '2025-04-06' },
      { name: labourDay, from: '2025-05-01', to: '2025-05-05' },
      { name: dragonBoat, from: '2025-05-31', to: '2025-06-02' },
      { name: nationalDayAndMidAutumn, from: '2025-10-01', to: '2025-10-08' },
    ],
    work: ['2025-01-26', '2025-02-08', '2025-04-27', '2025-09-28', '2025-10-11'],
  },
  2026: {
    off: [
      { name: newYear, from: '2026-01-01', to: '2026-01-03' },
      { name: springFestival, from: '2026-02-15', to: '2026-02-23' },
      { name: qingming, from: '2026-04-04', to: '2026-04-06' },
      { name: labourDay, from: '2026-05-01', to: '2026-05-05' },
      { name: dragonBoat, from: '2026-06-19', to: '2026-06-21' },
      { name: midAutumn, from: '2026-09-25', to: '2026-09-27' },
      { name: nationalDay, from: '2026-10-01', to: '2026-10-07' },
    ],
    work: ['2026-01-04', '2026-02-14', '2026-02-28', '2026-05-09', '2026-09-20', '2026-10-10'],
  },
}

/** The built-in years, with imported years over them. */
export let holidayTable: HolidayTable = builtIn

/** The last imported years: learning the same again changes nothing. */
let learned = '[]'

/**
 * The one thing here that is not a value. Imported years are the same for the whole country. They are needed so deep below that handing
 * them down would add them to every signature. Code that reads them from the database passes them here: each start, each turn of the
 * clock, each import. Each reading of duties does so too, for it may run on a Worker's other isolate.
 */
export function learn(years: readonly { year: number; off: HolidayYear['off']; work: HolidayYear['work'] }[]): void {
  const imported = years.map(({ year, off, work }) => [year, { off, work }] as const)
  const said = JSON.stringify(imported)
  if (said === learned) return
  learned = said
  holidayTable = { ...builtIn, ...Object.fromEntries(imported) }
}
