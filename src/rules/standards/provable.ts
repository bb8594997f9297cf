import { type Text, t } from '../../text.ts'
import type { DeclaredPart } from './standard.ts'
import { type Standard, standards } from './standards.ts'

/** Our own records prove a part: gatherings, the roster, or those of a module. */
export const isProvable = ({ proof, by }: Pick<DeclaredPart, 'proof' | 'by'>): boolean =>
  proof === 'record' || proof === 'roster' || by !== undefined

/** The points that our records can prove today, and with every module. The parts of a standard share its weight. */
export function provablePoints(all: readonly Standard[] = standards): { proved: number; of: number } {
  const automatic = all.filter(({ proof }) => proof === 'A')
  const sum = (points: readonly number[]) => points.reduce((total, one) => total + one, 0)
  return {
    proved: sum(automatic.map(({ weight, parts }) => (weight * parts.filter(isProvable).length) / parts.length)),
    of: sum(automatic.map(({ weight }) => weight)),
  }
}

const { proved, of } = provablePoints()

/** Said wherever a score is shown, so that nobody takes an attested point for a proved one. */
export const provableSaid: Text = t(
  `机器人自己的记录现在能证明 ${of} 分中的 ${proved} 分，其余由支部登记、上级确认或评定。`,
  `The bot’s own records prove ${proved} of ${of} points today; the rest is attested and confirmed, or judged.`,
)
