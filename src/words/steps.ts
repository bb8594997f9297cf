import type { ScoreSheet } from '../../db/scoreboard/score-sheet.ts'
import { day } from '../calendar.ts'
import type { Step } from '../rules/duties/cheapest.ts'
import type { Duty } from '../rules/duties/duty.ts'
import type { Gain } from '../rules/duties/gains.ts'
import { agendaTagNames } from '../rules/gatherings/agenda.ts'
import { type GatheringKind, gatheringKinds } from '../rules/gatherings/gatherings.ts'
import { partOf } from '../rules/standards/standards.ts'
import { points, spokenDay } from '../spoken.ts'
import { asWritten, counted, listed, type Text, t } from '../text.ts'

const nothing = t('', '')

/** Some kinds are no thing that one holds, and “Party” keeps its capital. */
const heldAs: Partial<Record<GatheringKind, string>> = {
  lecture: 'Party lecture',
  committeeStudy: 'committee study session',
  memberStudy: 'members’ study session',
  integrity: 'integrity education session',
  activity: 'activity',
}

/** A kind of gathering within an English sentence: the Party lecture, an activity. */
export const gatheringSaid = (kind: GatheringKind): string => heldAs[kind] ?? gatheringKinds[kind].name.en.toLowerCase()

export const aGathering = (kind: GatheringKind): string => `${/^[aei]/.test(gatheringSaid(kind)) ? 'an' : 'a'} ${gatheringSaid(kind)}`

/** Says the score after a step, and the score without it. */
export function worthSaid({ done, left }: Gain<Step<Duty>>, { tenths }: Pick<ScoreSheet['score'], 'tenths'>): Text {
  return done === tenths
    ? t(`办成保持 ${points(done)} 分；到期未办 ${points(left)} 分`, `done: stays ${points(done)}; left undone: ${points(left)}`)
    : t(`办成后 ${points(done)} 分；到期未办 ${points(left)} 分`, `done: ${points(done)}; left undone: ${points(left)}`)
}

/** Names the standards that a step serves. */
export const closesSaid = ({ closes }: Step<Duty>): Text => {
  const ids = [...new Set(closes.map(({ standard }) => standard))].sort((a, b) => a - b)
  return t(`标准 ${ids.map((one) => `（${one}）`).join('')}`, `standard ${ids.map((one) => `(${one})`).join(' ')}`)
}

/** Said with a step that meets a debt of the last quarter. */
export const debtFirst = t(
  '（先开的一次补上季度的，本季度的另开）',
  ' (the next one held pays last quarter’s debt; this quarter needs its own)',
)

export function stepSaid(step: Step<Duty>, groups: ReadonlyMap<string, string>): Text {
  switch (step.do) {
    case 'add': {
      const [on, name, items] = [spokenDay(day(step.gathering.startsAt)), gatheringKinds[step.gathering.kind].name, tagsSaid(step.tags)]
      return t(`在${on.zh}的${name.zh}加上：${items.zh}`, `Add to the ${gatheringSaid(step.gathering.kind)} on ${on.en}: ${items.en}`)
    }
    case 'call': {
      const { zh } = gatheringKinds[step.kind].name
      const group = asWritten(groups.get(step.group) ?? '')
      const items = tagsSaid(step.tags)
      const first = step.paysDebt ? debtFirst : nothing
      return t(
        `${step.isMakingUp ? '补开一次' : '开一次'}${group.zh}${zh}${items.zh && `，议题：${items.zh}`}${first.zh}`,
        `${step.isMakingUp ? 'Make up' : 'Hold'} ${aGathering(step.kind)}${group.en && ` of ${group.en}`}${items.en && ` with: ${items.en}`}${first.en}`,
      )
    }
    case 'evaluate':
      return step.isUnderWay
        ? t('把民主评议办完（说「评议」）', 'Finish the evaluation (say “evaluation”)')
        : t('开展民主评议（说「评议」）', 'Hold the evaluation (say “evaluation”)')
    case 'open':
      if (step.by === 'papers') return papersSaid(step.closes)
      if (step.by === 'pledges')
        return t('廉政承诺和检查办完（说「廉政检查」）', 'Have the integrity pledges and their check done (say “integrity”)')
      if (step.by === 'minutes') return t('把会议记录确认完（说「会议记录」）', 'Have the minutes confirmed (say “minutes”)')
      return t(
        `与 ${step.closes.length} 名积极分子谈心、填写考察意见（说「谈心」）`,
        `Talk with ${counted(step.closes.length, 'activist')} and file the appraisals (say “talk”)`,
      )
    case 'attest': {
      const names = [...new Set(step.closes.map(({ part }) => part))].map((part) => partOf(part).name)
      const said = listed(names.slice(0, 3))
      return names.length > 3
        ? t(`登记日期和依据：${said.zh}等 ${names.length} 项`, `Give date and reference: ${said.en} and ${names.length - 3} more`)
        : t(`登记日期和依据：${said.zh}`, `Give date and reference: ${said.en}`)
    }
    case 'put right':
      return t('补齐名单和职务（说「成员」）', 'Bring roster and seats up to date (say “member”)')
  }
}

const tagsSaid = (tags: readonly (keyof typeof agendaTagNames)[]): Text => listed(tags.map((tag) => agendaTagNames[tag]))

/** A plan and a summary have a command each. */
function papersSaid(closes: readonly Duty[]): Text {
  const said = listed([...new Set(closes.map(({ part }) => part))].map((part) => partOf(part).name))
  return t(`写好并通过：${said.zh}（说「计划」「总结」）`, `Write and adopt: ${said.en} (say “plan”, “summary”)`)
}
