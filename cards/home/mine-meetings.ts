import type { Actor } from '../../db/branches/members.ts'
import { unitById } from '../../db/branches/units.ts'
import { type Db, lookUp } from '../../db/client.ts'
import { ownPart } from '../../db/gatherings/attendance.ts'
import { openGatherings } from '../../db/gatherings/state.ts'
import { punctualityNames } from '../../src/rules/gatherings/attendance.ts'
import { gatheringKinds, isOpen } from '../../src/rules/gatherings/gatherings.ts'
import { spokenMoment } from '../../src/spoken.ts'
import { asWritten, both, type Text, t } from '../../src/text.ts'

interface Expected {
  said: Text
  /** A person who has neither come nor asked may still be excused. */
  excuse: { id: string; label: Text } | null
}

/** The meetings that expect a person, each with how they stand. */
export async function meetingsOf(db: Db, member: Actor, now: Date): Promise<Expected[]> {
  const open = member.branch ? await openGatherings(db, member.branch, now) : []
  const [[unit]] = await lookUp(db, [unitById(db, member.unit)])
  const expected: Expected[] = []
  for (const one of open) {
    const [own] = await lookUp(db, [ownPart(db, one.id, { tenantKey: unit?.tenantKey ?? '', openId: member.openId })])
    if (!own.isExpected) continue
    const state = own.punctuality ? punctualityNames[own.punctuality] : own.leave ? leaveSaid(own.leave) : t('未签到', 'not checked in')
    const [when, { name }] = [spokenMoment(one.startsAt), gatheringKinds[one.kind]]
    const said = both((l) => `· ${when[l]} ${name[l]}${one.place ? ` · ${asWritten(one.place)[l]}` : ''} — ${state[l]}`)
    const mayExcuse = !own.punctuality && !own.leave && one.startsAt > now && !isOpen(one.kind)
    const label = t(`请假：${when.zh} ${name.zh}`, `Ask for leave: ${name.en}, ${when.en}`)
    expected.push({ said, excuse: mayExcuse ? { id: one.id, label } : null })
  }
  return expected
}

const leaveSaid = ({ isConfirmed }: { isConfirmed: boolean }): Text =>
  isConfirmed ? t('已请假', 'on leave') : t('已请假，等主持人确认', 'leave asked for')
