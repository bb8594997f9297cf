import type { Late, OutOfBase } from '../../db/gatherings/base-changes.ts'
import { type Element, fittingLines, lines } from '../../src/card.ts'
import { exclusionReasonNames, exclusionScopeNames } from '../../src/rules/voters/exclusions.ts'
import { spokenMoment } from '../../src/spoken.ts'
import { asWritten, both, type Text, t } from '../../src/text.ts'

export interface BaseChanges {
  out: readonly OutOfBase[]
  late: readonly Late[]
}

/** The changes that move a base of this meeting, and those that came too late: each with who and when. */
export function baseLines({ out, late }: BaseChanges, most: number): Element | null {
  const all = [...out.map(outSaid), ...late.map(lateSaid)]
  if (all.length === 0) return null
  const shown = fittingLines(all, most)
  const left = all.length - shown.length
  return lines(
    t('**应到的变动**', '**What moved the bases**'),
    ...shown,
    left > 0 && t(`另有 ${left} 项，见「到会核对…」`, `${left} more: see “Who is in the room…”`),
  )
}

const done = (by: string, at: Date, what: Text): Text => both((l) => `${asWritten(by)[l]} ${spokenMoment(at)[l]} ${what[l]}`)

function outSaid({ name, scope, reason, counts, by, at, confirmedBy, confirmedAt }: OutOfBase): Text {
  const who = asWritten(name)
  if (!scope || !reason) {
    const entered = done(by, at, t('登记', 'entered'))
    return counts
      ? t(`· ${who.zh}：表决权中止，不计入（${entered.zh}）`, `· ${who.en}: voting right suspended, in no base (${entered.en})`)
      : t(
          `· ${who.zh}：会议开始后才登记中止表决权，这次仍计入（${entered.zh}）`,
          `· ${who.en}: suspension entered after the start, still counted this time (${entered.en})`,
        )
  }
  const [what, why] = [exclusionScopeNames[scope], exclusionReasonNames[reason]]
  const asked = done(by, at, t('提出', 'asked'))
  if (!confirmedBy || !confirmedAt)
    return t(
      `· ${who.zh}：不计入${what.zh}应到还没有上级确认，这次仍计入（${asked.zh}）`,
      `· ${who.en}: exclusion from ${what.en} not confirmed, still counted this time (${asked.en})`,
    )
  const confirmed = done(confirmedBy, confirmedAt, t('确认', 'confirmed'))
  return counts
    ? t(
        `· ${who.zh}：不计入${what.zh}应到，${why.zh}（${asked.zh}，${confirmed.zh}）`,
        `· ${who.en}: out of the base of ${what.en}, ${why.en} (${asked.en}, ${confirmed.en})`,
      )
    : t(
        `· ${who.zh}：召集后才确认不计入${what.zh}应到，这次仍计入（${asked.zh}，${confirmed.zh}）`,
        `· ${who.en}: exclusion from ${what.en} confirmed after the call, still counted this time (${asked.en}, ${confirmed.en})`,
      )
}

const lateDeeds: Readonly<Record<string, Text>> = {
  'member.away': t('召集后记为外出，这次不变', 'marked away after the call, no change this time'),
  'member.back': t('召集后记为回来，这次不变', 'marked back after the call, no change this time'),
  'member.stage': t('会议开始后改了阶段，这次不变', 'stage changed after the start, no change this time'),
  'roster.remove': t('会议开始后移出名单，这次仍计入', 'taken off the roster after the start, still counted this time'),
}

function lateSaid({ name, deed, by, at }: Late): Text {
  const [who, hand, on, what] = [asWritten(name), asWritten(by), spokenMoment(at), lateDeeds[deed]]
  return t(`· ${who.zh}：${what?.zh ?? ''}（${hand.zh} ${on.zh}）`, `· ${who.en}: ${what?.en ?? ''} (${hand.en} ${on.en})`)
}
