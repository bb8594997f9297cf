import type { EvaluationAsItStands } from '../../db/evaluation/state.ts'
import { yearOf } from '../../src/calendar.ts'
import { button, type Element } from '../../src/card.ts'
import { isUsed } from '../../src/rules/rulebook/modules.ts'
import { t } from '../../src/text.ts'
import { openBranchPledges } from '../pledges/buttons.ts'

/** A card holds 200 elements, and each person is an option of three lists. The list is also opened by its words, “承诺 支部”. */
const MOST_BESIDE = 50

/** The branch's pledges, beside the people who are looked at. */
export const pledgesBeside = ({ branch, period, rulebook }: EvaluationAsItStands, people: number): Element | null =>
  people <= MOST_BESIDE && isUsed('pledges', rulebook)
    ? button(t('看大家的承诺', 'See the pledges'), openBranchPledges.value({ branch, year: yearOf(period) }), { type: 'text' })
    : null
