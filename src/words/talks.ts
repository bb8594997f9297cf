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

/** A talk that a signed paper alone can confirm. */
interface Paper {
  talk: string
  name: string
  otherName: string
  onDay: string
}

/** The lines about talks in a digest. */
export interface TalkLines {
  papers: readonly Paper[]
  waiting: readonly { talk: string; name: string; onDay: string }[]
  covered: readonly { name: string; members: number; membersMet: number; pairs: number; pairsMet: number }[]
}

export const noTalks: TalkLines = { waiting: [], papers: [], covered: [] }

export const areNoTalks = ({ waiting, papers, covered }: TalkLines) => waiting.length + papers.length + covered.length === 0

export const talksTitle = ({ waiting, papers }: TalkLines): Text => {
  const all = waiting.length + papers.length
  return all > 0
    ? t(`${all} 次谈心等你确认`, `${all} ${all === 1 ? 'talk waits' : 'talks wait'} for you`)
    : t('今年的谈心', 'This year’s talks')
}

const MOST_SHOWN = 5

interface TalkButtons {
  answer: object
  plan: object
  paper(talk: string): object
}

export function talksShown({ waiting, papers, covered }: TalkLines, { answer, plan, paper }: TalkButtons): Element[] {
  return [
    ...(waiting.length > 0
      ? [
          lines(t('**谈心等你确认**', '**Talks to confirm**'), ...waiting.slice(0, MOST_SHOWN).map(waitingSaid)),
          button(t('去确认', 'Answer'), answer, { type: 'primary' }),
        ]
      : []),
    ...papersShown(papers, paper),
    ...(covered.length > 0
      ? [lines(...covered.slice(0, MOST_SHOWN).map(coveredSaid)), button(t('看还没和谁谈', 'See who is left'), plan)]
      : []),
  ]
}

const waitingSaid = ({ name, onDay }: TalkLines['waiting'][number]): Text =>
  t(`· ${asWritten(name).zh} ${spokenDay(onDay).zh}`, `· ${asWritten(name).en} ${spokenDay(onDay).en}`)

/** Somebody of the committee looks at the paper of two who cannot both press. */
export const papersShown = (papers: readonly Paper[], paper: TalkButtons['paper']): Element[] =>
  papers.slice(0, MOST_SHOWN).flatMap(({ talk, name, otherName, onDay }) => {
    const [one, other, on] = [asWritten(name), asWritten(otherName), spokenDay(onDay)]
    return [
      lines(
        t(
          `**谈心要看双方签字**　${one.zh}、${other.zh} ${on.zh}；${other.zh}收不到飞书消息。`,
          `**A talk to confirm by signed paper**  ${one.en} and ${other.en}, ${on.en}; ${other.en} gets no messages in Feishu.`,
        ),
      ),
      button(t('看签字…', 'Look at the paper…'), paper(talk), { type: 'primary' }),
    ]
  })

const coveredSaid = ({ name, members, membersMet, pairs, pairsMet }: TalkLines['covered'][number]): Text =>
  t(
    `${asWritten(name).zh}：今年谈心，党员 ${membersMet}/${members}，支委之间 ${pairsMet}/${pairs} 对`,
    `${asWritten(name).en}: talks this year, members ${membersMet}/${members}, committee pairs ${pairsMet}/${pairs}`,
  )
