import type { Day } from '../calendar.ts'
import { button, type Element, lines } from '../card.ts'
import { isBackdated } from '../rules/talks/days.ts'
import { type TalkKind, talkKindNames } from '../rules/talks/kinds.ts'
import { spokenDay } from '../spoken.ts'
import { asWritten, both, literal, type Text, t } from '../text.ts'

/** `12月3日（周四）· 与积极分子谈心`, with the mark 补记 where it was registered late. */
export const talkSaidAs = ({ onDay, kind, claimedAt }: { onDay: Day; kind: TalkKind; claimedAt: Date }): Text =>
  both((l) => {
    const mark = isBackdated(onDay, claimedAt) ? { zh: '（补记）', en: ' (registered late)' }[l] : ''
    return `${spokenDay(onDay)[l]}${mark} · ${talkKindNames[kind][l]}`
  })

/** `王芳（第一党小组）`, for telling namesakes apart. */
export const whoSaid = ({ name, groupName, branchName }: { name: string; groupName: string | null; branchName?: string | null }): Text => {
  const where = branchName ?? groupName
  return where ? t(`${literal(name)}（${literal(where)}）`, `${literal(name)} (${literal(where)})`) : asWritten(name)
}

/** The lines about talks in a digest. */
export interface TalkLines {
  waiting: readonly { talk: string; name: string; onDay: string }[]
  covered: readonly { name: string; members: number; membersMet: number; pairs: number; pairsMet: number }[]
}

export const noTalks: TalkLines = { waiting: [], covered: [] }

export const talksTitle = ({ waiting }: TalkLines): Text =>
  waiting.length > 0 ? t(`${waiting.length} 次谈心等你确认`, `${waiting.length} talks wait for you`) : t('今年的谈心', 'This year’s talks')

const MOST_SHOWN = 5

export function talksShown({ waiting, covered }: TalkLines, { answer, plan }: { answer: object; plan: object }): Element[] {
  return [
    ...(waiting.length > 0
      ? [
          lines(t('**谈心等你确认**', '**Talks to confirm**'), ...waiting.slice(0, MOST_SHOWN).map(waitingSaid)),
          button(t('去确认', 'Answer'), answer, { type: 'primary' }),
        ]
      : []),
    ...(covered.length > 0
      ? [lines(...covered.slice(0, MOST_SHOWN).map(coveredSaid)), button(t('看还没和谁谈', 'See who is left'), plan)]
      : []),
  ]
}

const waitingSaid = ({ name, onDay }: TalkLines['waiting'][number]): Text =>
  t(`· ${asWritten(name).zh} ${spokenDay(onDay).zh}`, `· ${asWritten(name).en} ${spokenDay(onDay).en}`)

const coveredSaid = ({ name, members, membersMet, pairs, pairsMet }: TalkLines['covered'][number]): Text =>
  t(
    `${asWritten(name).zh}：今年谈心，党员 ${membersMet}/${members}，支委之间 ${pairsMet}/${pairs} 对`,
    `${asWritten(name).en}: talks this year, members ${membersMet}/${members}, committee pairs ${pairsMet}/${pairs}`,
  )
