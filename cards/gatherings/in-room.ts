import * as z from 'zod'
import { actorById } from '../../db/branches/members.ts'
import { type Db, lookUp, statementOf, together } from '../../db/client.ts'
import { baseChanges, noteAdoption } from '../../db/gatherings/base-changes.ts'
import { askScrutineer, startRoomCode, type VoterThere, votersThere } from '../../db/gatherings/in-room.ts'
import * as messages from '../../db/gatherings/messages.ts'
import { type GatheringAsItStands, gatheringAsItStands } from '../../db/gatherings/state.ts'
import { enqueue } from '../../db/ledgers/outbox.ts'
import { button, type Card, card, type Element, fitting, lines, note } from '../../src/card.ts'
import { type Context, foundOrRefuse, memberOrRefuse, placeOfGathering } from '../../src/context.ts'
import { form, OPTION_BYTES, select, selectSeveral } from '../../src/form.ts'
import { id } from '../../src/id.ts'
import { press } from '../../src/press.ts'
import { refuse } from '../../src/refusal.ts'
import { may } from '../../src/rules/branches/rights.ts'
import { isFixed } from '../../src/rules/gatherings/attendance.ts'
import { gatheringKinds } from '../../src/rules/gatherings/gatherings.ts'
import { asWritten, both, labelled, literal, type Text, t } from '../../src/text.ts'
import { type Pages, view } from '../../src/view.ts'
import { type BaseChanges, baseLines } from './base-lines.ts'
import { openInRoom } from './buttons.ts'
import { retiredCard } from './retired.ts'
import { codeRows, lookAtCode, type RoomShown, roomShown } from './room-code.ts'
import { inRoomNote, voterLines } from './voter-lines.ts'

/** A card holds 30 KB. */
const BASE_BYTES = 6_000
const NAMED_BYTES = 2_000
const OFFERED_BYTES = 7_000
const MOST_OFFERED = 90

type Shown = BaseChanges & { there: readonly VoterThere[]; room: RoomShown; now: Date; viewer: string }

/** The host sees who is in the room and what moved the bases. A scrutineer is asked to confirm the others. */
export function inRoomCard(it: GatheringAsItStands, { there, out, late, room, now, viewer }: Shown): Card {
  const isFinal = it.cancelledAt !== null || isFixed(it, now)
  const apart = there.filter(({ isInRoom, waitsFor }) => !isInRoom && waitsFor === null)
  const waiting = there.filter(({ waitsFor }) => waitsFor !== null)
  return card(
    labelled(t('到会核对', 'Who is in the room'), gatheringKinds[it.kind].name, ' · '),
    [
      lines(...voterLines(it)),
      ...(it.votesInRoom ? [note(inRoomNote)] : []),
      ...(isFinal ? [] : codeSteps(it, room)),
      ...(apart.length > 0 ? [lines(named(t('**签了到、没核对在场**：', '**Checked in, not confirmed in the room**: '), apart))] : []),
      ...(waiting.length > 0 ? [lines(named(t('**等监票人核对**：', '**Waiting for the scrutineer**: '), waiting))] : []),
      ...(isFinal ? [] : askForm(it, there, viewer)),
      baseLines({ out, late }, BASE_BYTES),
      ...(isFinal ? [] : adoptionRow(it, out)),
    ],
    { colour: isFinal ? 'grey' : 'wathet', subtitle: asWritten(it.branchName) },
  )
}

function codeSteps(it: GatheringAsItStands, room: RoomShown): Element[] {
  if (it.closedAt) return []
  if (it.roomSecret) return codeRows(it, room, showCodeInRoom.value({ gathering: it.id }), true)
  return [
    button(t('启用现场码', 'Start the room code'), startCode.value({ gathering: it.id }), {
      type: it.votesInRoom ? 'primary' : 'default',
      wide: true,
    }),
  ]
}

function named(title: Text, people: readonly VoterThere[]): Text {
  const shown = fitting(people, ({ name, waitsFor }) => literal(`${name}${waitsFor ?? ''}`).repeat(2), NAMED_BYTES, 10)
  const left = people.length - shown.length
  return both((l) => {
    const names = shown.map(
      ({ name, waitsFor }) => literal(name) + (waitsFor ? t(`（${literal(waitsFor)}）`, ` (${literal(waitsFor)})`)[l] : ''),
    )
    return `${title[l]}${names.join(l === 'zh' ? '、' : ', ')}${left > 0 ? t(`，另有 ${left} 人`, ` and ${left} more`)[l] : ''}`
  })
}

const optionsOf = (people: readonly VoterThere[]) =>
  fitting(people.slice(0, MOST_OFFERED), ({ name }) => name, OFFERED_BYTES, OPTION_BYTES).map(({ id, name }) => ({
    label: t(name, name),
    value: id,
  }))

/** The scrutineer is in the room, has an account, and is neither the host nor a nominee. */
function mayScrutinise(it: GatheringAsItStands, { id, isInRoom, openId }: VoterThere, host: string): boolean {
  const stands = it.elections.some(({ nominees }) => nominees.some(({ member }) => member === id))
  return isInRoom && openId !== null && id !== it.calledBy && id !== host && !stands
}

function askForm(it: GatheringAsItStands, there: readonly VoterThere[], host: string): Element[] {
  const unconfirmed = there.filter(({ isInRoom }) => !isInRoom)
  if (unconfirmed.length === 0) return []
  const scrutineers = there.filter((one) => mayScrutinise(it, one, host))
  if (scrutineers.length === 0)
    return [
      note(
        t(
          '还没有人能当监票人：要有一位用现场码签到、不是主持人也不是候选人的党员。',
          'Nobody can be scrutineer yet: it takes somebody who entered the room code and is neither host nor nominee.',
        ),
      ),
    ]
  return [
    form(
      'askScrutineer',
      [
        selectSeveral('people', t('你看到在场、但没输现场码的人', 'Whom you see in the room without the code'), optionsOf(unconfirmed)),
        select('scrutineer', t('请哪位监票人核对', 'Which scrutineer confirms'), optionsOf(scrutineers), { required: true }),
      ],
      { label: t('请监票人核对', 'Ask the scrutineer'), value: askScrutineerPress.value({ gathering: it.id }), type: 'default' },
    ),
  ]
}

function adoptionRow(it: GatheringAsItStands, out: BaseChanges['out']): Element[] {
  const open = out.filter(({ scope, counts, isAdopted }) => scope !== null && counts && !isAdopted)
  if (open.length === 0) return []
  return [
    button(t('记下：大会已通过不计入名单', 'Note: the meeting adopted the exclusions'), adopt.value({ gathering: it.id }), { wide: true }),
    note(t('不记也不影响：不计入以上级确认为准。', 'It changes nothing: an exclusion is in force by the assessor’s word.')),
  ]
}

const look = ({ db }: { db: Db }, { gathering }: { gathering: string }) =>
  [gatheringAsItStands(db, gathering), statementOf(votersThere(db, gathering)), ...baseChanges(db, gathering)] as const

export const inRoom = view({
  message: messages.inRoom,
  async show(db, { subject, viewer }, now, pages) {
    const [[actor]] = await lookUp(db, [actorById(db, viewer)])
    const shown = await found(db, subject, viewer, now, pages)
    return shown && (may(actor ?? null, 'markPresent', placeOfGathering(shown.it)) ? inRoomCard(shown.it, shown) : retiredCard(shown.it))
  },
})

async function found(db: Db, gathering: string, viewer: string, now: Date, pages: Pages) {
  const [it, there, excluded, suspended, late] = await lookUp(db, [...look({ db }, { gathering })])
  return it ? { it, there, out: [...excluded, ...suspended], late, room: await roomShown(db, pages, it, viewer, now), now, viewer } : null
}

const sends = z.object({ gathering: id })
const rights = ['markPresent'] as const

/** The meeting that a press names; refuses an actor who does not look after its attendance. */
function hosting(ctx: Context, found: GatheringAsItStands | undefined) {
  const here = memberOrRefuse(ctx)
  return { ...here, it: foundOrRefuse(here.actor, 'markPresent', found, placeOfGathering) }
}

/** The card after the deed. */
async function shownAnew({ db, now, pages }: Context, gathering: string, viewer: string) {
  const shown = await found(db, gathering, viewer, now, pages)
  return shown ? { card: inRoomCard(shown.it, shown) } : {}
}

export const openInRoomPress = press({
  button: openInRoom,
  rights,
  look: (ctx, sent) => [gatheringAsItStands(ctx.db, sent.gathering)] as const,
  async answer(ctx, { gathering }, [found]) {
    const { actor, db, now, eventId } = hosting(ctx, found)
    await together(db, [
      enqueue(db, {
        occasion: `inRoom ${eventId}`,
        to: { person: actor.openId },
        ...messages.inRoom({ subject: gathering, viewer: actor.id }),
        dueAt: now,
        lane: 'answer',
      }),
    ])
    return { toast: t('已发在下面。', 'It is below.'), mood: 'success' }
  },
})

export const startCode = press({
  name: 'inRoom.startCode',
  rights,
  sends,
  look: ({ db }, { gathering }) => [gatheringAsItStands(db, gathering)] as const,
  async answer(ctx, { gathering }, [found]) {
    const { actor, db, now, newId, it } = hosting(ctx, found)
    await startRoomCode(db, it, `${newId()}${newId()}`, actor, now)
    return {
      toast: t(
        '现场码已启用；签过到的人再按一次「签到」输入。',
        'The code is on; those who checked in press “Check in” once more to enter it.',
      ),
      mood: 'success',
      ...(await shownAnew(ctx, gathering, actor.id)),
    }
  },
})

export const showCodeInRoom = press({
  name: 'inRoom.code',
  rights,
  sends,
  isPersonal: true,
  look: ({ db }, { gathering }) => [gatheringAsItStands(db, gathering)] as const,
  async answer(ctx, { gathering }, [found]) {
    const { said } = await lookAtCode(ctx, found)
    return { toast: said, mood: 'success', ...(await shownAnew(ctx, gathering, memberOrRefuse(ctx).actor.id)) }
  },
})

export const askScrutineerPress = press({
  name: 'inRoom.ask',
  rights,
  sends,
  fills: z.object({ people: z.array(z.string().max(40)).max(MOST_OFFERED).nullish(), scrutineer: z.string().max(40).nullish() }),
  look: (ctx, sent) => [gatheringAsItStands(ctx.db, sent.gathering), statementOf(votersThere(ctx.db, sent.gathering))] as const,
  async answer(ctx, { gathering }, [found, there], { people, scrutineer }) {
    const { actor, db, now, it } = hosting(ctx, found)
    const chosen = there.filter(({ id, isInRoom }) => !isInRoom && people?.includes(id))
    const asked = there.find((one) => one.id === scrutineer)
    if (!asked || !mayScrutinise(it, asked, actor.id))
      refuse('请选一位在场、不是主持人也不是候选人的监票人。', 'Please choose a scrutineer in the room who is neither host nor nominee.')
    await askScrutineer(db, it, chosen, asked, actor, now)
    return {
      toast: t(`已请${asked.name}核对 ${chosen.length} 人。`, `${asked.name} is asked about ${chosen.length}.`),
      mood: 'success',
      ...(await shownAnew(ctx, gathering, actor.id)),
    }
  },
})

export const adopt = press({
  name: 'inRoom.adopt',
  rights,
  sends,
  look: ({ db }, { gathering }) => [gatheringAsItStands(db, gathering), baseChanges(db, gathering)[0]] as const,
  async answer(ctx, { gathering }, [found, excluded]) {
    const { actor, db, now, it } = hosting(ctx, found)
    const open = excluded.filter(({ counts, isAdopted }) => counts && !isAdopted)
    if (open.length === 0) refuse('没有要记的不计入名单。', 'There is no exclusion to note.')
    await noteAdoption(db, it, open, actor, now)
    return { toast: t('已记下。', 'Noted.'), mood: 'success', ...(await shownAnew(ctx, gathering, actor.id)) }
  },
})
