import { branchById } from '../../db/branches/units.ts'
import { type Db, lookUp } from '../../db/client.ts'
import { keptIn } from '../../db/voices/published.ts'
import type { Quarter } from '../../src/calendar.ts'
import { type Card, card, lines, note } from '../../src/card.ts'
import { voiceKindNames } from '../../src/rules/voices/kinds.ts'
import { spokenQuarter } from '../../src/spoken.ts'
import { asWritten, type Text, t } from '../../src/text.ts'

type Kept = Awaited<ReturnType<typeof keptIn>>[number]

/** The level above sees no smaller numbers, which might tell whose they are. */
const FEWEST = 5

const counted = ({ kind, came, answered, inTime, adopted, solved }: Kept): Text =>
  t(
    `· ${voiceKindNames[kind].zh} ${came} 条：已答复 ${answered}，按期 ${inTime}，采纳 ${adopted}，说解决了的 ${solved}`,
    `· ${voiceKindNames[kind].en}: ${came}; answered ${answered}, in time ${inTime}, adopted ${adopted}, said to be solved ${solved}`,
  )

const withheld = ({ kind, came, inTime }: Kept): Text =>
  inTime === came
    ? t(
        `· ${voiceKindNames[kind].zh}：少于 ${FEWEST} 条，都按期答复`,
        `· ${voiceKindNames[kind].en}: fewer than ${FEWEST}, all answered in time`,
      )
    : t(
        `· ${voiceKindNames[kind].zh}：少于 ${FEWEST} 条，有的没有按期答复`,
        `· ${voiceKindNames[kind].en}: fewer than ${FEWEST}, some not in time`,
      )

/** How the promises of a quarter were kept. It holds numbers alone, for whoever sees the score. */
export async function voiceFactsShown(
  db: Db,
  { branch: id, quarter, isAbove }: { branch: string; quarter: Quarter; isAbove?: boolean | undefined },
): Promise<Card | null> {
  const [[branch], kept] = await lookUp(db, [branchById(db, id), keptIn(db, id, quarter)])
  if (!branch) return null
  const of = spokenQuarter(quarter)
  return card(
    t(`${of.zh}该答复的反映`, `Answers promised for ${of.en}`),
    [
      kept.length === 0 ? lines(t('没有。', 'None.')) : null,
      lines(...kept.map((one) => (isAbove && one.came < FEWEST ? withheld(one) : counted(one)))),
      note(t('只计数，不显示内容和是谁提的。', 'Numbers alone; neither words nor authors.')),
    ],
    { colour: 'wathet', subtitle: asWritten(branch.name) },
  )
}
