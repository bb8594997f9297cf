import type { BallotAsItStands } from '../../db/ballots/state.ts'
import { leastOf } from '../rules/ballots/tally.ts'
import { type Text, t } from '../text.ts'

/** Says why there is a turnout without figures; null where the figures are shown. */
export function withheldSaid(it: BallotAsItStands): Text | null {
  const { result } = it
  if (!result) return it.closedAt ? t('正在计票。', 'The votes are being counted.') : null
  if (result.outcome === 'unsound')
    return t(
      '票数和投票人数对不上，结果不公布；管理员已收到通知，请重新投票。',
      'The figures do not agree with the turnout, so the result is withheld; the administrators have been told. Please vote again.',
    )
  if (result.outcome === 'few' && result.voted + result.codesUsed === 0) return t('没有人投票。', 'Nobody voted.')
  if (result.outcome === 'few') {
    const [least, leastOfPublic] = [leastOf(it, 'members'), leastOf(it, 'public')]
    const besides = result.codes > 0 ? t(`（群众不足 ${leastOfPublic} 人）`, ` (of the public fewer than ${leastOfPublic})`) : t('', '')
    return t(
      `参加的不足 ${least} 人${besides.zh}，说出票数就看得出谁投了什么，所以只公布人数。`,
      `Fewer than ${least}${besides.en} took part; figures would show who chose what, so only the turnout is told.`,
    )
  }
  return null
}

/** Pieces that no voter can have cast were in the box; null where none were. */
export const leftOutSaid = ({ result }: Pick<BallotAsItStands, 'result'>): Text | null =>
  result && result.leftOut > 0
    ? t(
        `票箱里另有 ${result.leftOut} 片打不开或不合本题，没有计入；其余各项都和投票人数对得上。`,
        `The box also held ${result.leftOut} ${result.leftOut === 1 ? 'piece' : 'pieces'} that did not open, or were no mark of the question. They are left out; all sums agree with the turnout.`,
      )
    : null
