import * as z from 'zod'
import { type Db, lookUp, together } from '../../db/client.ts'
import * as messages from '../../db/gatherings/messages.ts'
import { isAt, refuseBegun, reschedule, rescheduleSubject, type TimeAndPlace } from '../../db/gatherings/reschedule.ts'
import { type GatheringAsItStands, gatheringAsItStands } from '../../db/gatherings/state.ts'
import { enqueue } from '../../db/ledgers/outbox.ts'
import { asPicked, pickedMoment } from '../../src/calendar.ts'
import { type Card, card, lines, note, sentence } from '../../src/card.ts'
import { foundOrRefuse, memberOrRefuse, placeOfGathering } from '../../src/context.ts'
import { form, input, pickDateTime } from '../../src/form.ts'
import { id } from '../../src/id.ts'
import { press } from '../../src/press.ts'
import { refuse } from '../../src/refusal.ts'
import { gatheringKinds } from '../../src/rules/gatherings/gatherings.ts'
import { spokenMoment, spokenSpan } from '../../src/spoken.ts'
import { asWritten, joined, labelled, nameFrom, type Text, t } from '../../src/text.ts'
import { view } from '../../src/view.ts'
import { type Caution, cautionLines } from '../../src/words/gatherings/caution.ts'

const LONGEST_PLACE = 60

/** The parts of a line that were understood; the form asks for the rest. */
const understood = z.object({
  /** The meeting's time when the line was said. If it has moved since, the form shows the newer time. */
  since: z.number(),
  startsAt: z.string().optional(),
  place: z.string().optional(),
  why: z.object({ zh: z.string(), en: z.string() }).optional(),
})
type Understood = z.infer<typeof understood>

/** Until the start the host can change time and place; everything else stays as it was called. */
function rescheduleCard(it: GatheringAsItStands, now: Date, said?: Understood, cautions: readonly Caution[] = []): Card {
  const isOpen = !it.cancelledAt && !it.closedAt && now < it.startsAt
  const asked = said?.since === it.startsAt.getTime() ? said : undefined
  return card(
    labelled(t('改期', 'Reschedule'), gatheringKinds[it.kind].name, ' · '),
    [
      lines(labelled(t('**目前安排**', '**Scheduled**'), spokenSpan(it.startsAt, it.endsAt), '  '), it.place !== '' && asWritten(it.place)),
      asked?.why ? lines(asked.why) : null,
      isOpen && cautions.length > 0 ? lines(...cautionLines(cautions), anyway) : null,
      isOpen
        ? form(
            'reschedule',
            [
              pickDateTime('starts', t('改到什么时间', 'New time'), { chosen: asked?.startsAt ?? asPicked(it.startsAt), required: true }),
              input('place', t('地点', 'Where'), { value: asked?.place ?? it.place, most: LONGEST_PLACE }),
            ],
            {
              label: t('改好了，告诉大家', 'Change it and tell everybody'),
              value: submitReschedule.value({ gathering: it.id, ...seenIn(cautions) }),
            },
          )
        : lines(t('会议已经开始或取消，不能再改。', 'It has begun or is cancelled, and can no longer be changed.')),
      isOpen
        ? note(
            t(
              '群里的卡片随之更新，并说一次改了什么；签到、请假、提醒都按新时间。改错了再改一次就行。',
              'The group’s card changes with it, and one post says what is new; check-in, leave and reminders go by the new time. A mistake is put right by changing it again.',
            ),
          )
        : null,
    ],
    { colour: isOpen ? 'wathet' : 'grey', subtitle: asWritten(it.groupName ? `${it.branchName} · ${it.groupName}` : it.branchName) },
  )
}

const anyway = t('要改就在下面改；还是改到这个时间就再按一次。', 'Change it below, or press again to keep this time all the same.')
const seenIn = (cautions: readonly Caution[]) => (cautions.length > 0 ? { seen: cautions.map(({ code }) => code) } : {})

/** A rest day, a holiday or a clash of the new time. The present time is no news. */
export async function cautionsOfMove(db: Db, it: GatheringAsItStands, to: TimeAndPlace, now: Date): Promise<Caution[]> {
  if (isAt(it, to) || to.startsAt <= now) return []
  const { id, branch, group, kind } = it
  const { cautionsAbout } = await import('../../src/words/gatherings/cautions.ts')
  return cautionsAbout(db, { id, branch, group, kind, ...to }, now)
}

export const rescheduleForm = view({
  name: 'reschedule',
  takes: z.object({ subject: z.string(), gathering: id, said: understood.optional() }),
  async show(db, { gathering, said }, now) {
    const [it] = await lookUp(db, [gatheringAsItStands(db, gathering)])
    if (!it) return null
    const startsAt = said?.since === it.startsAt.getTime() ? pickedMoment(said.startsAt) : null
    const cautions = startsAt ? await cautionsOfMove(db, it, { startsAt, place: said?.place ?? it.place }, now) : []
    return rescheduleCard(it, now, said, cautions)
  },
})

export const rescheduleOf = (gathering: string, said?: Understood) =>
  rescheduleForm.args({ subject: rescheduleSubject(gathering), gathering, ...(said ? { said } : {}) })

const sends = z.object({ gathering: id })
const look = ({ db }: { db: Db }, sent: { gathering: string }) => [gatheringAsItStands(db, sent.gathering)] as const

export const openReschedule = press({
  name: 'reschedule.open',
  rights: ['callGathering'],
  sends,
  look,
  async answer(ctx, { gathering }, [found]) {
    const { actor, db, now, eventId } = memberOrRefuse(ctx)
    refuseBegun(foundOrRefuse(actor, 'callGathering', found, placeOfGathering), now)
    await together(db, [
      enqueue(db, {
        occasion: `reschedule ${eventId}`,
        to: { person: actor.openId },
        ...rescheduleOf(gathering),
        dueAt: now,
        lane: 'answer',
      }),
    ])
    return { toast: t('已发在下面。', 'It is below.'), mood: 'success' }
  },
})

export const submitReschedule = press({
  name: 'reschedule.submit',
  rights: ['callGathering'],
  sends: sends.extend({ seen: z.array(z.string().max(100)).max(20).optional() }),
  fills: z.object({ starts: z.string().max(40).nullish(), place: z.string().max(500).nullish() }),
  look: (ctx, sent) => look(ctx, sent),
  async answer(ctx, { seen }, [found], { starts, place }) {
    const { actor, db, now } = memberOrRefuse(ctx)
    const it = foundOrRefuse(actor, 'callGathering', found, placeOfGathering)
    const startsAt = pickedMoment(starts)
    if (!startsAt) refuse('请选择日期和时间。', 'Please choose a date and a time.')
    const to = { startsAt, place: nameFrom(place ?? '', LONGEST_PLACE) }
    refuseBegun(it, now)
    const cautions = await cautionsOfMove(db, it, to, now)
    const [unseen] = cautions.filter(({ code }) => !seen?.includes(code))
    if (unseen) {
      const said = { since: it.startsAt.getTime(), startsAt: asPicked(startsAt), place: to.place }
      return { toast: unseen.says, mood: 'warning', card: rescheduleCard(it, now, said, cautions) }
    }
    const after = await reschedule(db, it, to, actor, now)
    return { toast: t('已改，群里会说明。', 'Changed; the group is told.'), mood: 'success', card: rescheduleCard(after, now) }
  },
})

const timeAndPlace = z.object({ startsAt: z.number(), place: z.string() })

/** One post for each change. Null where the meeting was changed again or called off before the post went out. */
export const rescheduled = view({
  message: messages.rescheduled,
  async show(db, { gathering, was, is }) {
    const [it] = await lookUp(db, [gatheringAsItStands(db, gathering)])
    const [before, after] = [momentOf(was), momentOf(is)]
    if (!it || it.cancelledAt || it.closedAt || !isAt(it, after)) return null
    const { name } = gatheringKinds[it.kind]
    const whose = it.groupName ? asWritten(it.groupName) : t('', '')
    const said = changesSaid(before, after)
    return sentence(
      t(`${whose.zh && `${whose.zh} `}${name.zh}改期：${said.zh}。`, `${whose.en && `${whose.en}, `}${name.en} rescheduled: ${said.en}.`),
    )
  },
})

const momentOf = ({ startsAt, place }: z.infer<typeof timeAndPlace>): TimeAndPlace => ({ startsAt: new Date(startsAt), place })

/** The new value in bold, the old one after it. */
export function changesSaid(was: TimeAndPlace, is: TimeAndPlace): Text {
  const [from, to] = [spokenMoment(was.startsAt), spokenMoment(is.startsAt)]
  const [there, here] = [placeSaid(was.place), placeSaid(is.place)]
  const time = from.zh === to.zh ? null : t(`时间改为**${to.zh}**（原定${from.zh}）`, `now **${to.en}** (was ${from.en})`)
  const place = there.zh === here.zh ? null : t(`地点改为**${here.zh}**（原定${there.zh}）`, `at **${here.en}** (was ${there.en})`)
  return joined(
    [time, place].filter((one) => one !== null),
    '，',
    ', ',
  )
}

const placeSaid = (place: string): Text => (place === '' ? t('待定', 'to be announced') : asWritten(place))
