import { type Db, lookUp } from '../../db/client.ts'
import { heardIn } from '../../db/papers/sent-up.ts'
import { day } from '../../src/calendar.ts'
import { button, type Element, lines } from '../../src/card.ts'
import type { Duty } from '../../src/rules/duties/duty.ts'
import type { StandardScore } from '../../src/rules/duties/scoring.ts'
import { spokenDay } from '../../src/spoken.ts'
import { t } from '../../src/text.ts'
import { readReport } from '../papers/buttons.ts'

/** Beside the meeting that proves standard 9 stands the report that it heard. Without one, the report was spoken. */
export async function reportsHeard(db: Db, { parts }: StandardScore<Duty>): Promise<Element[]> {
  const held = parts.flatMap(({ part, duties }) => (part === '9.report' ? duties.flatMap(({ evidence }) => evidence ?? []) : []))
  if (held.length === 0) return []
  const sources = [...new Map(held.map((one) => [one.source, one])).values()]
  const [written] = await lookUp(db, [
    heardIn(
      db,
      sources.map(({ source }) => source),
    ),
  ])
  return sources.map(({ source, at }) => {
    const [on, found] = [spokenDay(day(at)), written.find(({ gathering }) => gathering === source)]
    return found
      ? button(t(`看报告：${on.zh}`, `The report of ${on.en}`), readReport.value({ report: found.id }))
      : lines(t(`${on.zh}：口头报告，没有书面稿。`, `${on.en}: given by word of mouth, nothing was written.`))
  })
}
