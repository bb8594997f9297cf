import type { BaseMove } from '../../db/gatherings/base-moves.ts'
import { day } from '../calendar.ts'
import { exclusionScopeNames } from '../rules/voters/exclusions.ts'
import { spokenDay } from '../spoken.ts'
import { clipped, literal, type Text, t } from '../text.ts'

const LONGEST_NAME = 10
/** A card holds 30 KB; the host reads all of them under 到会核对. */
const MOST_TOLD = 2

interface Told {
  most?: number
  /** In a meeting they are out of a base, elsewhere they are off the list. */
  isInMeeting?: boolean
}

/** One line a move, wherever a base is shown. A group reads it too, hence no name of whoever is left out and no reason. */
export function movesSaid(moves: readonly BaseMove[], { most = MOST_TOLD, isInMeeting = true }: Told = {}): Text[] {
  const left = moves.slice(most).reduce((sum, { people }) => sum + people, 0)
  return [
    ...moves.slice(0, most).map((move) => moveSaid(move, isInMeeting)),
    ...(left > 0 ? [t(`另有 ${left} 人不计入`, `and ${left} more left out`)] : []),
  ]
}

function moveSaid({ scope, people, byName, at, confirmedByName, confirmedAt }: BaseMove, isInMeeting: boolean): Text {
  const [who, on] = [literal(clipped(byName, LONGEST_NAME)), spokenDay(day(at))]
  if (scope === null || confirmedAt === null)
    return isInMeeting
      ? t(
          `表决权中止、不计入应到 ${people} 人（${who} ${on.zh}登记）`,
          `${people} with a suspended right, in no base (entered by ${who}, ${on.en})`,
        )
      : t(
          `表决权中止、不在名单上 ${people} 人（${who} ${on.zh}登记）`,
          `${people} with a suspended right, not on the list (entered by ${who}, ${on.en})`,
        )
  const [of, other, when] = [exclusionScopeNames[scope], literal(clipped(confirmedByName ?? '', LONGEST_NAME)), spokenDay(day(confirmedAt))]
  return t(
    `${of.zh}不计入应到 ${people} 人（${who} ${on.zh}提出，${other} ${when.zh}确认）`,
    `${people} out of the base of ${of.en} (asked by ${who}, ${on.en}; confirmed by ${other}, ${when.en})`,
  )
}
