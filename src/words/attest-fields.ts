import * as z from 'zod'
import type { Given } from '../../db/assessment/self-assessment.ts'
import { type Day, day, isDay } from '../calendar.ts'
import { type Element, lines } from '../card.ts'
import { input, pickDay } from '../form.ts'
import { refuse } from '../refusal.ts'
import { attestableDays } from '../rules/duties/attestable.ts'
import { type Duty, dutyKey } from '../rules/duties/duty.ts'
import { partOf } from '../rules/standards/standards.ts'
import { spokenDay, spokenPeriod } from '../spoken.ts'
import { asWritten, clipped, type Text, t } from '../text.ts'

const LONGEST_REFERENCE = 80
export const filledFields = z.record(z.string(), z.string().nullish())

/** Each duty gets one line: its name, the day, and a reference for looking it up. */
export const fieldsFor = (duties: readonly Duty[], names: ReadonlyMap<string, string>): Element[] =>
  duties.flatMap((duty, i) => [
    lines(dutyNamed(duty, names)),
    pickDay(`on${i}`, t('日期', 'Date')),
    input(`ref${i}`, t('依据（如：会议记录第 3 号）', 'Reference (say: minutes no. 3)'), { most: LONGEST_REFERENCE }),
  ])

export function dutyNamed({ part, period, subject }: Pick<Duty, 'part' | 'period' | 'subject'>, names: ReadonlyMap<string, string>): Text {
  const [{ name, standard }, spoken] = [partOf(part), spokenPeriod(period)]
  const whose = names.get(subject)
  const who = whose ? asWritten(whose) : t('', '')
  return t(
    `（${standard}）${name.zh}${who.zh && `：${who.zh}`} · ${spoken.zh}`,
    `(${standard}) ${name.en}${who.en && `: ${who.en}`} · ${spoken.en}`,
  )
}

/** Reads the form back for the duties that it showed; a half-filled line counts as empty. */
export function readGiven(
  sent: readonly string[],
  filled: Record<string, string | null | undefined>,
  open: readonly Duty[],
  now: Date,
  newId: () => string,
): Given[] {
  return sent.flatMap((key, i) => {
    const [on, reference] = [(filled[`on${i}`] ?? '').slice(0, 10), clipped(filled[`ref${i}`] ?? '', LONGEST_REFERENCE)]
    if (on === '' && reference === '') return []
    const duty = open.find((one) => dutyKey(one) === key)
    if (!duty) return []
    refuseHalf(duty, on, reference, now)
    const { part, subject, period } = duty
    return [{ id: newId(), part, subject, period, on, reference, replaces: null }]
  })
}

function refuseHalf(duty: Duty, on: Day, reference: string, now: Date) {
  const [{ zh, en }, { from, until }] = [partOf(duty.part).name, attestableDays(duty)]
  if (!isDay(on) || reference === '') refuse(`「${zh}」的日期和依据都要填。`, `“${en}” needs both a date and a reference.`)
  if (on > day(now))
    refuse(`「${zh}」的日期在今天之后，办过以后再登记。`, `The date of “${en}” is after today; please enter it when it is done.`)
  if (on >= from && on <= until) return
  const [first, last] = [spokenDay(from), spokenDay(until)]
  refuse(
    `「${zh}」算在${spokenPeriod(duty.period).zh}的，日期应在${first.zh}到${last.zh}之间，请核对。`,
    `“${en}” for ${spokenPeriod(duty.period).en} is done between ${first.en} and ${last.en}; please check the date.`,
  )
}
