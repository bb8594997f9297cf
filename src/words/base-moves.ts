import type { BaseMove } from '../../db/gatherings/base-moves.ts'
import { day } from '../calendar.ts'
import { exclusionScopeNames } from '../rules/voters/exclusions.ts'
import { spokenDay } from '../spoken.ts'
import { clipped, literal, type Text, t } from '../text.ts'

const LONGEST_NAME = 10
/** A card holds 30 KB; the host reads all of them under 到会核对. */
const MOST_TOLD = 2

/** One line a move, wherever a base is shown. A group reads it too, hence no name of whoever is left out and no reason. */
export function movesSaid(moves: readonly BaseMove[]): Text[] {
  const left = moves.slice(MOST_TOLD).reduce((sum, { people }) => sum + people, 0)
  return [...moves.slice(0, MOST_TOLD).map(moveSaid), ...(left > 0 ? [t(`另有 ${left} 人不计入`, `and ${left} more left out`)] : [])]
}

function moveSaid({ scope, people, by, at, confirmedBy, confirmedAt }: BaseMove): Text {
  const asked = [literal(clipped(by, LONGEST_NAME)), spokenDay(day(at))] as const
  if (scope === null || confirmedAt === null)
    return t(
      `表决权中止、不计入应到 ${people} 人（${asked[0]} ${asked[1].zh}登记）`,
      `${people} with a suspended right, in no base (entered by ${asked[0]}, ${asked[1].en})`,
    )
  const [of, who, when] = [exclusionScopeNames[scope], literal(clipped(confirmedBy ?? '', LONGEST_NAME)), spokenDay(day(confirmedAt))]
  return t(
    `${of.zh}不计入应到 ${people} 人（${asked[0]} ${asked[1].zh}提出，${who} ${when.zh}确认）`,
    `${people} out of the base of ${of.en} (asked by ${asked[0]}, ${asked[1].en}; confirmed by ${who}, ${when.en})`,
  )
}
