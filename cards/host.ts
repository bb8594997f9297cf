import * as z from 'zod'
import { type Missing, missingPeople } from '../db/attendance.ts'
import { type Db, lookUp, statementOf } from '../db/client.ts'
import { closeGathering, HeadcountMoved, markPresent } from '../db/conduct.ts'
import type { Actor } from '../db/members.ts'
import { type GatheringAsItStands, gatheringAsItStands } from '../db/standing.ts'
import { button, type Card, card, figures, fitting, form, lines, note, OPTION_BYTES, selectSeveral } from '../src/card.ts'
import { known, placeOf, theirs } from '../src/context.ts'
import { id, press } from '../src/press.ts'
import { refuse } from '../src/refusal.ts'
import { isLocked } from '../src/rules/attendance.ts'
import { gatheringKinds } from '../src/rules/gatherings.ts'
import { spokenSpan } from '../src/spoken.ts'
import { asWritten, both, literal, t } from '../src/text.ts'
import { view } from '../src/view.ts'

/** A card holds 30 KB: of very many missing the first are named, and fewer offered to be marked. */
const MOST_OFFERED = 90
const OFFERED_BYTES = 12_000
const NAMED_BYTES = 4_000

/** The host's own card, in their direct chat: who is missing by name, marking people without a phone, ending the meeting. */
export function hostCard(it: GatheringAsItStands, missing: readonly Missing[], now: Date): Card {
  const isFinal = isLocked(it.closedAt, now)
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
      missing.length > 0 && !isFinal ? markForm(it, missing) : null,
      it.closedAt
        ? note(
            isFinal
              ? t('会议已结束，考勤已锁定。', 'Closed; attendance is locked.')
              : t('会议已结束；24 小时内还可以补记到会。', 'Closed. Attendance can still be corrected for 24 hours.'),
          )
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

function missingNames(missing: readonly Missing[]) {
  const named = fitting(missing, ({ name }) => literal(name), NAMED_BYTES, 0)
  const rest = missing.length - named.length
  return both((l) => {
    const names = named.map(({ name }) => literal(name)).join(l === 'zh' ? '、' : ', ')
    const more = { zh: `，另有 ${rest} 人`, en: ` and ${rest} more` }[l]
    return `${{ zh: '**未到**：', en: '**Missing**: ' }[l]}${names}${rest > 0 ? more : ''}`
  })
}

const markForm = (it: GatheringAsItStands, missing: readonly Missing[]) =>
  form(
    'mark',
    [
      selectSeveral(
        'people',
        t('选出已到会但没有手机的人', 'Who is here without a phone'),
        fitting(missing.slice(0, MOST_OFFERED), ({ name }) => name, OFFERED_BYTES, OPTION_BYTES).map(({ id, name }) => ({
          label: t(name, name),
          value: id,
        })),
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
  rights: ['markPresent'],
  sends: z.object({ gathering: id }),
  fills: z.object({ people: z.array(z.string()).max(MOST_OFFERED).nullish() }),
  look,
  async answer(ctx, _sent, [found, missing], { people }) {
    const { actor, db, now } = known(ctx)
    const it = theirs(actor, 'markPresent', found, hostedAt)

    const chosen = missing.filter((person) => people?.includes(person.id))
    if (chosen.length === 0 && people && people.length > 0)
      refuse('选出的人都已经签到或标记过了，不用再按。', 'Everybody you chose is already recorded; no need to press again.')
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
  rights: ['closeGathering'],
  sends: z.object({ gathering: id }),
  look,
  async answer(ctx, _sent, [found, missing]) {
    const { actor, db, now } = known(ctx)
    const it = theirs(actor, 'closeGathering', found, hostedAt)
    const closed = await closeAsItStands(db, it, missing, actor, now)
    return {
      toast: t('会议已结束，到会人数已记录。', 'Closed; the headcount is recorded.'),
      mood: 'success',
      card: hostCard(closed.gathering, closed.missing, now),
    }
  },
})

const hostedAt = ({ branch, unit, lineage }: GatheringAsItStands) => placeOf({ id: branch, unit, lineage })

/** People keep arriving while the host closes: whoever came between the look and the close is counted in another go. */
const MOST_TRIES = 8

async function closeAsItStands(db: Db, gathering: GatheringAsItStands, missing: readonly Missing[], host: Actor, now: Date, tries = 1) {
  try {
    return { gathering: await closeGathering(db, gathering, host, now), missing }
  } catch (error) {
    if (!(error instanceof HeadcountMoved)) throw error
    if (tries === MOST_TRIES) refuse('大家还在签到，请过一会儿再结束。', 'People are still checking in; please close it in a moment.')
    const [fresh, stillMissing] = await lookUp(db, look({ db }, { gathering: gathering.id }))
    return closeAsItStands(db, fresh ?? gathering, stillMissing, host, now, tries + 1)
  }
}
