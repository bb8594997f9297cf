import * as z from 'zod'
import { type Missing, missingPeople } from '../db/attendance.ts'
import { type Db, lookUp, statementOf } from '../db/client.ts'
import { closeGathering, HeadcountMoved, markPresent } from '../db/conduct.ts'
import { type GatheringAsItStands, gatheringAsItStands } from '../db/standing.ts'
import { button, type Card, card, figures, form, lines, note, selectSeveral } from '../src/card.ts'
import { known, mayOrRefuse } from '../src/context.ts'
import { id, press } from '../src/press.ts'
import { refuse } from '../src/refusal.ts'
import { isLocked } from '../src/rules/attendance.ts'
import { gatheringKinds } from '../src/rules/gatherings.ts'
import { spokenSpan } from '../src/spoken.ts'
import { asWritten, both, literal, t } from '../src/text.ts'
import { view } from '../src/view.ts'

/** A card holds 200 elements; a list this long is told in full, but offers the first to be marked. */
const MOST_OFFERED = 90

/** The host's own card, in their direct chat: who is missing by name, marking people without a phone, ending the meeting. */
export function hostCard(it: GatheringAsItStands, missing: readonly Missing[], now: Date): Card {
  const mayMark = missing.length > 0 && !(it.closedAt && isLocked(it.closedAt, now))
  return card(
    both((l) => `${{ zh: '主持', en: 'Hosting' }[l]} · ${gatheringKinds[it.kind].name[l]}`),
    [
      lines(spokenSpan(it.startsAt, it.endsAt), it.place !== '' && asWritten(it.place)),
      figures(
        { figure: String(it.expected), of: t('应到', 'Expected') },
        { figure: String(it.present), of: t('实到', 'Present') },
        { figure: String(missing.length), of: t('未到', 'Missing') },
      ),
      lines(missing.length === 0 ? t('全部到齐。', 'Everybody is here.') : missingNames(missing)),
      mayMark ? markForm(it, missing) : null,
      it.closedAt
        ? note(t('会议已结束；24 小时内还可以补记到会。', 'Closed. Attendance can still be corrected for 24 hours.'))
        : button(t('结束会议', 'Close the meeting'), close.value({ gathering: it.id }), {
            type: 'default',
            wide: true,
            confirm: {
              title: t('结束会议？', 'Close the meeting?'),
              text: t('签到随之停止，到会人数将被记录。', 'Check-in ends and the headcount is recorded.'),
            },
          }),
      note(t('这张卡片只有你能看到；未到名单不会发到群里。', 'Only you see this card; the names of the missing never go to the group.')),
    ],
    { colour: it.closedAt ? 'grey' : 'wathet', subtitle: asWritten(it.branchName) },
  )
}

const missingNames = (missing: readonly Missing[]) =>
  both((l) => `${{ zh: '**未到**：', en: '**Missing**: ' }[l]}${missing.map(({ name }) => literal(name)).join(l === 'zh' ? '、' : ', ')}`)

const markForm = (it: GatheringAsItStands, missing: readonly Missing[]) =>
  form(
    'mark',
    [
      selectSeveral(
        'people',
        t('选出已到会但没有手机的人', 'Who is here without a phone'),
        missing.slice(0, MOST_OFFERED).map(({ id, name }) => ({ label: t(name, name), value: id })),
      ),
    ],
    { label: t('标记到会', 'Mark present'), value: mark.value({ gathering: it.id }) },
  )

export const host = view({
  name: 'host',
  takes: z.object({ subject: id }),
  async show(db, { subject }, now) {
    const [it, missing] = await lookUp(db, [gatheringAsItStands(db, subject), missingPeople(db, subject)])
    return it ? hostCard(it, missing, now) : null
  },
})

const look = ({ db }: { db: Db }, sent: { gathering: string }) =>
  [gatheringAsItStands(db, sent.gathering), statementOf(missingPeople(db, sent.gathering))] as const

export const mark = press({
  name: 'host.mark',
  sends: z.object({ gathering: id }),
  fills: z.object({ people: z.array(z.string()).max(MOST_OFFERED).nullish() }),
  look,
  async answer(ctx, _sent, [it, missing], { people }) {
    const { actor, db, now } = known(ctx)
    if (!it || it.unit !== actor.unit) refuse('这次会议已经不在了。', 'This meeting is no longer there.')
    mayOrRefuse(actor, 'markPresent', { unit: it.unit, branch: it.branch, lineage: it.lineage })

    const chosen = missing.filter((person) => people?.includes(person.id))
    const after = await markPresent(db, it, chosen, actor, now)
    const stillMissing = missing.filter((person) => !chosen.includes(person))
    return {
      toast: t(`已标记 ${chosen.length} 人到会。`, `${chosen.length} marked present.`),
      mood: 'success',
      card: hostCard(after, stillMissing, now),
    }
  },
})

export const close = press({
  name: 'host.close',
  sends: z.object({ gathering: id }),
  look,
  async answer(ctx, sent, [it, missing]) {
    const { actor, db, now } = known(ctx)
    if (!it || it.unit !== actor.unit) refuse('这次会议已经不在了。', 'This meeting is no longer there.')
    mayOrRefuse(actor, 'closeGathering', { unit: it.unit, branch: it.branch, lineage: it.lineage })

    const after = await closeGathering(db, it, actor, now).catch(async (error) => {
      if (!(error instanceof HeadcountMoved)) throw error
      const [fresh] = await lookUp(db, [gatheringAsItStands(db, sent.gathering)])
      return closeGathering(db, fresh ?? it, actor, now)
    })
    return {
      toast: t('会议已结束，到会人数已记录。', 'Closed; the headcount is recorded.'),
      mood: 'success',
      card: hostCard(after, missing, now),
    }
  },
})
