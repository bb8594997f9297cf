import type { NomineeVotes } from '../meeting-votes/elections.ts'
import { matterNames, type Way } from '../meeting-votes/resolutions.ts'
import { inStrokeOrder } from '../roster/surname-order.ts'
import type { MinuteElection, MinuteVote } from './minutes-facts.ts'

const ways: Readonly<Record<Way, string>> = { secret: '无记名投票', named: '记名投票', hands: '举手表决', paper: '纸质无记名投票' }

/** A vote in the words of the record. A result that was not announced stands as that, without figures. */
export function voteLine(
  { words, matter, way, expectedVoters, presentVoters, votes, views, isVoid, isCarried }: MinuteVote,
  stands: boolean,
): string {
  const what = `${matter === 'ordinary' ? '' : `${matterNames[matter].zh}：`}${words}`
  const base = `${what}（${ways[way]}，应到有表决权 ${expectedVoters} 人，到会 ${presentVoters} 人）：`
  if (!votes) return `${base}${isVoid ? '票数对不上，作废' : '没有结果'}`
  const figures = `赞成 ${votes.for}，反对 ${votes.against}，弃权 ${votes.abstain}${views > 0 ? `，其中书面意见 ${views} 份` : ''}`
  return `${base}${figures}；${stands ? (isCarried ? '通过' : '未通过') : '到会有表决权的人数不足，不作数'}`
}

const again = { tie: '再次投票', rest: '另行选举', anew: '重新投票' } as const

/** A round of an election: its box, the votes of each, and the outcome. */
export function electionLines(it: MinuteElection, stands: boolean): string[] {
  const { title, seats, expectedVoters, presentVoters, scrutineers, tellers, box } = it
  return [
    `${title}${it.again ? ` · ${again[it.again]}` : ''}（应选 ${seats} 名，应到有选举权 ${expectedVoters} 人，到会 ${presentVoters} 人）`,
    ...[scrutineers.length > 0 ? `监票人 ${scrutineers.join('、')}` : '', tellers.length > 0 ? `计票人 ${tellers.join('、')}` : ''].filter(
      Boolean,
    ),
    ...(box ? [`发出选票 ${box.handedOut} 张，收回 ${box.returned} 张，废票 ${box.invalid} 张`] : []),
    ...it.votes.map((one) => `${one.name}：赞成 ${one.for}，反对 ${one.against}，弃权 ${one.abstain}`),
    ...it.writtenIn.map((one) => `另选 ${one.name}：${one.for} 票`),
    cameOut(it, stands),
  ]
}

function cameOut({ outcome }: MinuteElection, stands: boolean): string {
  if (!outcome) return '没有结果'
  if (outcome.is === 'asked') return `没有结果：另选的 ${outcome.names.join('、')} 未能辨认`
  if (outcome.is === 'void') return outcome.why === 'few' ? '无效：到会有选举权的不足五分之四' : '无效：收回的选票多于发出的选票'
  if (!stands) return '到会有表决权的人数不足，不作数'
  const { elected, tied, seatsTied, seatsLeft } = outcome
  return [
    elected.length > 0 ? `当选：${named(elected)}` : '',
    tied.length > 0 ? `票数相等：${named(tied)}，就剩余 ${seatsTied} 名再次投票` : '',
    seatsLeft > 0 ? `还有 ${seatsLeft} 名没有人得票超过到会人数的一半` : '',
  ]
    .filter(Boolean)
    .join('；')
}

const named = (people: readonly NomineeVotes[]) =>
  inStrokeOrder(people)
    .map(({ name, votes }) => `${name}（${votes} 票）`)
    .join('、')
