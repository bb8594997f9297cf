import type { ScoreSheet } from '../../db/scoreboard/score-sheet.ts'
import { day, type Period } from '../calendar.ts'
import { answerNames, answerOfWord } from '../rules/assessment/assessment.ts'
import { type CommitteeExcuse, type Duty, type DutyState, isProved, stateNames } from '../rules/duties/duty.ts'
import type { StandardScore } from '../rules/duties/scoring.ts'
import { type PartId, partOf } from '../rules/standards/standards.ts'
import { isProvisional } from '../rules/time/workdays.ts'
import { points, spokenDay, spokenPeriod } from '../spoken.ts'
import { asWritten, both, clipped, joined, labelled, listed, type Text, t } from '../text.ts'

/** A branch's duties, for cards and pages. People are counted here and never named. */
export type DutySheet = Pick<ScoreSheet, 'quarter' | 'groups'>
const nothing = t('', '')

/** The duties of one part, period by period; those of groups or activists stay together. */
export const periodsOf = (duties: readonly Duty[]): Duty[][] => [...Map.groupBy(duties, ({ period }) => period).values()]

export const isBehind = (duties: readonly Duty[]) => duties.some(({ state }) => state === 'missed' || state === 'overdue')

/** A duty that a person judges is never late. After its day it waits for that person, and the day says nothing. */
export function dueSaid({ state, dueOn, basis }: Duty): Text {
  if (state === 'due soon' && (basis === 'confirmed' || basis === 'upper')) return nothing
  if (state !== 'upcoming' && state !== 'due soon' && state !== 'overdue') return nothing
  const [due, unsure] = [spokenDay(dueOn), isProvisional(dueOn) ? t('，暂定', ', provisional') : nothing]
  return t(`（${due.zh}到期${unsure.zh}）`, ` (due ${due.en}${unsure.en})`)
}

export const marks: Record<DutyState, string> = {
  waiting: '…',
  met: '✓',
  'met late': '✓',
  missed: '✗',
  overdue: '!',
  upcoming: '○',
  'due soon': '○',
  'not applicable': '–',
  excused: '–',
}
const gravity: readonly DutyState[] = [
  'missed',
  'overdue',
  'waiting',
  'due soon',
  'upcoming',
  'met late',
  'met',
  'excused',
  'not applicable',
]
export const worst = (duties: readonly Duty[]): DutyState =>
  gravity.find((state) => duties.some((duty) => duty.state === state)) ?? 'upcoming'

/** Names a period, but not `within`: a quarter's card needs no mention of its quarter. A duty kept from an earlier period says so. */
export function periodSaid({ period, kept }: Pick<Duty, 'period' | 'kept'>, within: Period | null): Text {
  if (period === within) return nothing
  const said = spokenPeriod(period)
  return kept ? t(`沿用${said.zh}`, `as in ${said.en}`) : said
}

/** A card may hold hundreds of names; this many characters tell groups apart. */
const LONGEST_GROUP = 14

/**
 * Gives each duty a name that tells it from the others. A group's duty has the group's name, a person's only a number, because nobody is
 * named here.
 */
export function told(duties: readonly Duty[], names: ReadonlyMap<string, string>): { duty: Duty; name: Text }[] {
  const alike = Map.groupBy(duties, ({ part, period }) => `${part} ${period}`)
  return duties.map((duty) => {
    const { part, period, subject } = duty
    const [{ name, per }, when, same] = [partOf(part), spokenPeriod(period), alike.get(`${part} ${period}`) ?? []]
    const group = per === 'group' ? names.get(subject) : undefined
    const which = group
      ? asWritten(clipped(group, LONGEST_GROUP))
      : same.length > 1
        ? t(String(same.indexOf(duty) + 1), String(same.indexOf(duty) + 1))
        : nothing
    return { duty, name: both((l) => `${name[l]}${which[l] && ` ${which[l]}`} · ${when[l]}`) }
  })
}

/** Says the state of the duties of one part and period, with the day that shows it; several are counted. */
export function howItStands(duties: readonly Duty[], { groups }: Pick<DutySheet, 'groups'>): Text {
  const [first, ...others] = duties
  if (!first) return nothing
  if (others.length === 0 && partOf(first.part).per !== 'activist') return withWhose(first, withDebt(first, dutySaid(first)), groups)
  const counting = duties.filter(({ state }) => state !== 'not applicable' && state !== 'excused')
  if (counting.length === 0) return stateNames[first.state]
  const done = counting.filter(({ state }) => state === 'met' || state === 'met late')
  const open = counting.filter((duty) => !done.includes(duty))
  const names = listed(open.flatMap(({ subject }) => groups.get(subject) ?? []).map(asWritten))
  return t(
    `${done.length} / ${counting.length}${names.zh && `，还差${names.zh}`}`,
    `${done.length} of ${counting.length}${names.en && `, missing: ${names.en}`}`,
  )
}

function withWhose({ subject }: Duty, said: Text, groups: ReadonlyMap<string, string>): Text {
  const group = groups.get(subject)
  return group ? labelled(asWritten(group), said, ' ') : said
}

function dutySaid({ state, basis, evidence, attested, judged, proposed, gathered = [] }: Duty): Text {
  if (state === 'not applicable' || state === 'excused') return stateNames[state]
  if (judged) {
    const share = judged.permille % 10 === 0 ? String(judged.permille / 10) : points(judged.permille)
    const [zh, en] =
      basis === 'upper'
        ? ['上级评定', 'judged by the upper level']
        : judged.byUpper
          ? basis === 'confirmed'
            ? ['上级认定', 'decided by the upper level']
            : ['上级更正', 'corrected by the upper level']
          : ['自评', 'assessed by the branch']
    return t(`${zh} ${share}%`, `${en}, ${share}%`)
  }
  if (proposed) {
    const answer = answerOfWord(proposed)
    const said = answer ? answerNames[answer] : stateNames[proposed.verdict === 'points' ? 'met' : proposed.verdict]
    return t(`自评「${said.zh}」，待上级认定`, `the branch says “${said.en}”, to be decided by the upper level`)
  }
  if (evidence) {
    const on = spokenDay(day(evidence.at))
    if (basis === 'attested')
      return state === 'met' ? t(`${on.zh}办结`, `finished ${on.en}`) : t(`${on.zh}办结，逾期`, `finished ${on.en}, late`)
    return state === 'met' ? t(`${on.zh}召开`, `held ${on.en}`) : t(`${on.zh}补开`, `made up ${on.en}`)
  }
  if (attested) {
    const on = spokenDay(attested.on)
    if (!attested.isConfirmed) return t(`${on.zh}，待确认`, `${on.en}, to be confirmed`)
    if (state === 'missed') return t(`${on.zh}，已过补办期限`, `${on.en}, after the time for making up`)
    return state === 'met' ? t(`${on.zh}，已确认`, `${on.en}, confirmed`) : t(`${on.zh}补办，已确认`, `made up ${on.en}, confirmed`)
  }
  if (basis === 'confirmed' || basis === 'upper') {
    const [zh, en] = basis === 'upper' ? ['待上级评定', 'to be judged by the upper level'] : ['待自评', 'to be assessed by the branch']
    return gathered.length > 0 ? t(`${zh}（已收集 ${gathered.length} 次）`, `${en} (${gathered.length} gathered)`) : t(zh, en)
  }
  if (basis === 'roster' && state === 'met') return t('齐备', 'in order')
  return stateNames[state]
}

/** Over a quarter's edge the debt is paid first. The card says so, as the gathering alone would seem to be this period's. */
function withDebt(duty: Duty | undefined, said: Text): Text {
  if (!duty?.paysFirst) return said
  const [of, own] = [duty.paysFirst.period, duty.period].map(spokenPeriod) as [Text, Text]
  const on = duty.paysFirst.heldOn && spokenDay(duty.paysFirst.heldOn)
  return on
    ? t(`${said.zh}，${on.zh}的会先补了${of.zh}，${own.zh}要另开`, `${said.en}; ${on.en} made up ${of.en} first, ${own.en} needs its own`)
    : t(`${said.zh}，${of.zh}还欠一次，先开的补上`, `${said.en}; ${of.en} is still owed, and the next one held makes it up`)
}

/** Says what proves a standard. An attested duty is never called proved. */
export function basisOf(duties: readonly Duty[]): Text {
  const counting = duties.filter(({ state }) => state !== 'not applicable' && state !== 'excused')
  const is = (one: (duty: Duty) => boolean, name: Text) => (counting.some(one) ? [name] : [])
  return joined(
    [
      ...is(isProved, t('已证明', 'proved')),
      ...is(({ judged, attested }) => !judged && attested?.isConfirmed === true, t('登记经确认', 'attested and confirmed')),
      ...is(
        ({ judged, attested }) => !judged && attested?.isConfirmed === false,
        t('已登记（待确认）', 'attested, waiting to be confirmed'),
      ),
      ...is(({ judged, basis }) => judged !== undefined && !judged.byUpper && basis !== 'upper', t('自评确认', 'confirmed by the branch')),
      ...is(({ judged, proposed }) => proposed !== undefined && !judged, t('自评（待上级认定）', 'the branch’s answer, to be decided')),
      ...is(({ judged, basis }) => judged !== undefined && basis === 'upper', t('上级评定', 'judged by the upper level')),
      ...is(({ judged, basis }) => judged?.byUpper === true && basis === 'confirmed', t('上级认定', 'decided by the upper level')),
      ...is(
        ({ judged, basis }) => judged?.byUpper === true && basis !== 'upper' && basis !== 'confirmed',
        t('上级更正', 'corrected by the upper level'),
      ),
    ],
    '、',
    '; ',
  )
}

/** Explains a standard's points; `**` marks the important figures. */
export function formulaOf({ weight, parts, percentTenths, earnedTenths }: StandardScore<Duty>, latePercent: number): Text[] {
  const counting = parts.filter(({ counted }) => counted > 0)
  if (percentTenths === null || earnedTenths === null)
    return [
      t(
        '还没有到期或评定的事项，不计入总分，其余标准按比例折算。',
        'Nothing of it is due or judged yet: it is left out, and the others are scaled.',
      ),
    ]
  const shares = counting.map(({ part, duties, percentTenths: share }) => {
    const count = (...states: DutyState[]) => duties.filter(({ state, judged }) => states.includes(state) && !judged).length
    const judged = duties.filter((one) => one.judged && (one.state === 'met' || one.state === 'missed')).length
    const [met, late, not] = [count('met'), count('met late'), count('missed', 'overdue')]
    const terms = listed([
      ...(met > 0 ? [t(`按期 ${met} × 100%`, `${met} met × 100%`)] : []),
      ...(late > 0 ? [t(`补办 ${late} × ${latePercent}%`, `${late} late × ${latePercent}%`)] : []),
      ...(not > 0 ? [t(`未办 ${not} × 0%`, `${not} not met × 0%`)] : []),
      ...(judged > 0 ? [t(`评定 ${judged} 项`, `${judged} judged`)] : []),
    ])
    const { name } = partOf(part as PartId)
    return t(`${name.zh}：${terms.zh}，平均 ${points(share ?? 0)}%`, `${name.en}: ${terms.en}; mean ${points(share ?? 0)}%`)
  })
  const zeroed = percentTenths === 0 && counting.some(({ earned }) => earned > 0)
  return [
    ...shares,
    zeroed ? t('查实弄虚作假，本项记零分。', 'A record was proved false: the standard counts zero.') : nothing,
    t(
      `${counting.length > 1 ? '各部分平均 ' : ''}${points(percentTenths)}% × ${weight} 分 = **${points(earnedTenths)} 分**`,
      `${counting.length > 1 ? 'Mean of the parts ' : ''}${points(percentTenths)}% × ${weight} = **${points(earnedTenths)} points**`,
    ),
  ].filter(({ zh }) => zh !== '')
}

/** Said where a part is left out, or met, by an excuse alone; null anywhere else. The reason is no public's to read. */
export function excuseSaid(excuse: CommitteeExcuse | undefined, part: PartId, isOpenly = false): Text | null {
  if (!excuse || !(partOf(part).onlyWith === 'committee' || part === '4.seats')) return null
  const [until, why] = [spokenDay(excuse.until), asWritten(excuse.reason)]
  const said = t(`上级同意暂不设支委会，到${until.zh}为止`, `No committee until ${until.en}, as the upper level allows`)
  return isOpenly ? said : t(`${said.zh}。理由：${why.zh}`, `${said.en}. Reason: ${why.en}`)
}
