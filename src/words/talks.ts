import type { Day } from '../calendar.ts'
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
