import * as z from 'zod'
import { type Actor, actorById } from '../../db/branches/members.ts'
import { type Db, lookUp, type Statement, statementOf, together } from '../../db/client.ts'
import {
  type Absentee,
  absenteesOf,
  confirmerOf,
  type MakeUp,
  makeUpDaysOf,
  makeUpSubject,
  makeUpsOf,
  makeUpsOfMember,
  makeUpsSubject,
} from '../../db/gatherings/make-ups.ts'
import * as messages from '../../db/gatherings/messages.ts'
import { confirmMadeUp, excuseMakeUp, sayMadeUp, takeBackMadeUp } from '../../db/gatherings/settle-make-ups.ts'
import { type GatheringAsItStands, gatheringAsItStands } from '../../db/gatherings/state.ts'
import { enqueue } from '../../db/ledgers/outbox.ts'
import { addMinutes, type Day, day } from '../../src/calendar.ts'
import { button, type Card, card, type Element, fitting, form, lines, note, OPTION_BYTES, select, selectSeveral } from '../../src/card.ts'
import { foundOrRefuse, mayOrRefuse, memberOrRefuse, placeOfGathering } from '../../src/context.ts'
import { id } from '../../src/id.ts'
import { press } from '../../src/press.ts'
import { refuse } from '../../src/refusal.ts'
import { may } from '../../src/rules/branches/rights.ts'
import { gatheringKinds } from '../../src/rules/gatherings/gatherings.ts'
import { excuseNames, excuses, makeUpWayNames, makeUpWays } from '../../src/rules/gatherings/make-ups.ts'
import { courteousFrom } from '../../src/rules/time/courtesy.ts'
import { spokenDay, spokenMoment, spokenSpan } from '../../src/spoken.ts'
import { asWritten, both, literal, type Text, t } from '../../src/text.ts'
import { view } from '../../src/view.ts'
import { dueSaid } from '../../src/words/make-ups.ts'
import { openMakeUp } from './buttons.ts'

/** A card holds 30 KB; the oldest come first. */
const MOST_SHOWN = 8

/** What I missed and make up, in my own direct chat. */
export function makeUpCard(owed: readonly MakeUp[], today: Day): Card {
  const rest = owed.length - MOST_SHOWN
  return card(
    t('补课', 'Make-ups'),
    [
      ...owed.slice(0, MOST_SHOWN).flatMap((one, i) => [lines(saidOf(one, today)), one.way ? waiting(one) : doneForm(one, i)]),
      rest > 0 ? note(t(`另有 ${rest} 次，补完依次显示。`, `${rest} more follow as these are done.`)) : null,
      owed.length === 0 ? lines(t('没有要补的课。', 'There is nothing to make up.')) : null,
      owed.length > 0
        ? note(
            t('主持人确认后就了结；有特殊情况请和主持人说。', 'The host’s word settles it; if something stands in the way, tell the host.'),
          )
        : null,
    ],
    { colour: 'wathet' },
  )
}

const saidOf = (one: MakeUp, today: Day): Text =>
  both((l) => {
    const held = `**${gatheringKinds[one.kind].name[l]}** ${spokenDay(day(one.startsAt))[l]} · ${asWritten(one.branchName)[l]}`
    return `${held}\n${dueSaid(one, today)[l]}`
  })

const doneForm = ({ gathering }: MakeUp, nth: number): Element =>
  form(
    `done${nth}`,
    [
      select(
        // A name stands once on a card, whichever form it is in.
        `way${nth}`,
        t('怎么补的', 'How'),
        makeUpWays.map((way) => ({ label: makeUpWayNames[way], value: way })),
        { required: true },
      ),
    ],
    { label: t('已补课', 'Done'), value: done.value({ gathering }) },
  )

const waiting = ({ gathering, way }: MakeUp): Element => {
  const how = makeUpWayNames[way ?? 'minutes']
  return button(t(`${how.zh}，等确认；点此撤回`, `${how.en}; to be confirmed. Take back`), takeBack.value({ gathering }), { type: 'text' })
}

export const makeUp = view({
  name: 'makeUp',
  takes: z.object({ subject: z.string(), member: id }),
  async show(db, { member }, now) {
    const [owed] = await lookUp(db, [makeUpsOfMember(db, member, now, await makeUpDaysOf(db, member, now))])
    return makeUpCard(owed, day(now))
  },
})

/** For the digest and for 我的. */
export const openMakeUpPress = press({
  button: openMakeUp,
  rights: ['mine'],
  async answer(ctx) {
    const { actor, db, now, eventId } = memberOrRefuse(ctx)
    mayOrRefuse(actor, 'mine', { unit: actor.unit })
    const shown = makeUp.args({ subject: makeUpSubject(actor.id), member: actor.id })
    await together(db, [enqueue(db, { occasion: `makeUp ${eventId}`, to: { person: actor.openId }, ...shown, dueAt: now, lane: 'answer' })])
    return { toast: t('补课单已私聊发给你。', 'Your make-ups are in our direct chat.'), mood: 'success' }
  },
})

const sends = z.object({ gathering: id })
const lookOwn = ({ db, openId, now }: { db: Db; openId: string; now: Date }, { gathering }: { gathering: string }) =>
  [makeUpsOf(db, openId, now), statementOf(confirmerOf(db, gathering, openId))] as const

function owedHere(owed: readonly MakeUp[], gathering: string, member: string): MakeUp {
  const found = owed.find((one) => one.gathering === gathering && one.member === member)
  return found ?? refuse('这次会议你不用补课，或已经了结。', 'You have nothing to make up for this meeting, or it is settled.')
}

export const done = press({
  name: 'makeUp.done',
  rights: ['makeUp'],
  sends,
  fills: z.record(z.string(), z.unknown()),
  look: lookOwn,
  async answer(ctx, { gathering }, [owed, [host]], filled) {
    const { actor, db, now } = memberOrRefuse(ctx)
    const one = owedHere(owed, gathering, actor.id)
    const said = Object.entries(filled).find(([name]) => /^way\d?$/.test(name))?.[1]
    const way = makeUpWays.find((known) => known === said)
    if (!way) refuse('请选择怎么补的。', 'Please choose how it was made up.')
    await sayMadeUp(db, one, way, host, actor, now)
    return {
      toast: host?.isHost
        ? t('已记下，等主持人确认。', 'Noted; the host has yet to confirm.')
        : t('已记下，等另一位委员确认。', 'Noted; another of the committee has yet to confirm.'),
      mood: 'success',
      card: makeUpCard(
        owed.map((other) => (other === one ? { ...one, way } : other)),
        day(now),
      ),
    }
  },
})

export const takeBack = press({
  name: 'makeUp.takeBack',
  rights: ['makeUp'],
  sends,
  look: lookOwn,
  async answer(ctx, { gathering }, [owed]) {
    const { actor, db, now } = memberOrRefuse(ctx)
    const one = owedHere(owed, gathering, actor.id)
    if (!one.way) refuse('你还没有报补课，不用撤回。', 'You have not said that it is done; there is nothing to take back.')
    await takeBackMadeUp(db, gathering, [actor.id], actor, now)
    return {
      toast: t('已撤回。', 'Taken back.'),
      mood: 'success',
      card: makeUpCard(
        owed.map((other) => (other === one ? { ...one, way: null } : other)),
        day(now),
      ),
    }
  },
})

const MOST_OFFERED = 60
const OFFERED_BYTES = 5_000
const NAMED_BYTES = 3_000

/** The host's card of one meeting: who made it up and waits for a word, and who need not. Nobody settles their own. */
export function makeUpsCard(it: GatheringAsItStands, absentees: readonly Absentee[], viewer: string | null = null): Card {
  const said = absentees.filter(({ way, isSettled }) => way && !isSettled)
  const owing = absentees.filter(({ isSettled }) => !isSettled)
  const settled = absentees.filter(({ isSettled }) => isSettled)
  const others = (people: readonly Absentee[]) => people.filter(({ id }) => id !== viewer)
  return card(
    both((l) => `${{ zh: '补课', en: 'Make-ups' }[l]} · ${gatheringKinds[it.kind].name[l]}`),
    [
      lines(
        spokenSpan(it.startsAt, it.endsAt),
        t(`缺席 ${absentees.length} 人，已了结 ${settled.length} 人`, `${absentees.length} absent, ${settled.length} settled`),
      ),
      said.length > 0 ? lines(...fitting(said, ({ name }) => literal(name).repeat(2), NAMED_BYTES, 120).map(sayingOf)) : null,
      others(said).length > 0 ? confirmForm(it, others(said)) : null,
      others(owing).length > 0 ? excuseForm(it, others(owing)) : null,
      said.length + settled.length > 0 ? sendBackForm(it, [...said, ...settled]) : null,
      owing.length === 0 ? lines(t('都了结了。', 'All is settled.')) : null,
      others(owing).length < owing.length ? note(t('自己的补课由另一位委员确认。', 'Another of the committee confirms your own.')) : null,
      note(t('这张卡片只有你能看到；补课情况不会发到群里。', 'Only you see this card; nothing of it goes to the group.')),
    ],
    { colour: owing.length > 0 ? 'wathet' : 'grey', subtitle: asWritten(it.branchName) },
  )
}

const sayingOf = ({ name, way }: Absentee): Text => {
  const how = makeUpWayNames[way ?? 'minutes']
  return t(`**${literal(name)}** ${how.zh}`, `**${literal(name)}** ${how.en}`)
}

const offered = (people: readonly Absentee[]) =>
  fitting(people.slice(0, MOST_OFFERED), ({ name }) => name, OFFERED_BYTES, OPTION_BYTES).map(({ id, name }) => ({
    label: t(name, name),
    value: id,
  }))

const confirmForm = (it: GatheringAsItStands, said: readonly Absentee[]) =>
  form('confirm', [selectSeveral('people', t('确认谁补了课（不选则全部）', 'Confirm whose (all if none chosen)'), offered(said))], {
    label: t('确认补课', 'Confirm'),
    value: confirm.value({ gathering: it.id }),
  })

const sendBackForm = (it: GatheringAsItStands, said: readonly Absentee[]) =>
  form('back', [selectSeveral('undone', t('谁其实还要补（点错了也可退回）', 'Who still has to (also to undo)'), offered(said))], {
    label: t('退回', 'Send back'),
    value: sendBack.value({ gathering: it.id }),
    type: 'default',
  })

const excuseForm = (it: GatheringAsItStands, owing: readonly Absentee[]) =>
  form(
    'excuse',
    [
      select('person', t('谁不用补', 'Who need not'), offered(owing), { required: true }),
      select(
        'why',
        t('原因', 'Reason'),
        excuses.map((one) => ({ label: excuseNames[one], value: one })),
        { required: true },
      ),
    ],
    { label: t('不用补', 'Not needed'), value: excuse.value({ gathering: it.id }), type: 'default' },
  )

export const makeUps = view({
  message: messages.makeUps,
  async show(db, { gathering, viewer }, now) {
    const [it, absentees, [actor]] = await lookUp(db, [
      gatheringAsItStands(db, gathering),
      absenteesOf(db, gathering, now),
      actorById(db, viewer ?? ''),
    ])
    if (!it) return null
    return viewer && !mayStill(actor, it) ? retiredCard(it) : makeUpsCard(it, absentees, viewer)
  },
})

const mayStill = (actor: Actor | undefined, it: GatheringAsItStands) => may(actor ?? null, 'confirmMakeUp', placeOfGathering(it))

/** What was one person's by their seat names nobody once the seat is another's. */
export const retiredCard = (it: GatheringAsItStands): Card =>
  card(
    gatheringKinds[it.kind].name,
    [
      lines(spokenSpan(it.startsAt, it.endsAt)),
      note(t('这次会议现在由别的委员负责，这张卡片不再更新。', 'Others look after this meeting now; this card is not kept up to date.')),
    ],
    { colour: 'grey', subtitle: asWritten(it.branchName) },
  )

const look = ({ db, now }: { db: Db; now: Date }, { gathering }: { gathering: string }) =>
  [gatheringAsItStands(db, gathering), statementOf(absenteesOf(db, gathering, now)) as Statement<Absentee[]>] as const

export const openMakeUps = press({
  name: 'makeUps.open',
  rights: ['confirmMakeUp'],
  sends,
  look,
  async answer(ctx, { gathering }, [found]) {
    const { actor, db, now, eventId } = memberOrRefuse(ctx)
    const it = foundOrRefuse(actor, 'confirmMakeUp', found, placeOfGathering)
    if (!it.closedAt) refuse('会议还没有结束，结束后再办补课。', 'The meeting is not closed yet; make-ups come after it.')
    const shown = makeUps.args({ subject: makeUpsSubject(gathering), gathering, viewer: actor.id })
    const begins = addMinutes(it.closedAt, 24 * 60)
    if (now < begins) {
      const dueAt = courteousFrom(begins)
      await together(db, [
        enqueue(db, { occasion: `makeUps ${gathering} begin ${actor.id}`, to: { person: actor.openId }, ...shown, dueAt }),
      ])
      const at = spokenMoment(dueAt)
      return {
        toast: t(
          `会后 24 小时内还可以更正到会，补课单${at.zh}发给你。`,
          `Attendance can be corrected for 24 hours; the make-ups come to you ${at.en}.`,
        ),
        mood: 'success',
      }
    }
    await together(db, [
      enqueue(db, { occasion: `makeUps ${eventId}`, to: { person: actor.openId }, ...shown, dueAt: now, lane: 'answer' }),
    ])
    return { toast: t('已发在下面。', 'It is below.'), mood: 'success' }
  },
})

export const confirm = press({
  name: 'makeUps.confirm',
  rights: ['confirmMakeUp'],
  sends,
  fills: z.object({ people: z.array(z.string()).max(MOST_OFFERED).nullish() }),
  look,
  async answer(ctx, { gathering }, [found, absentees], filled) {
    const { actor, db, now } = memberOrRefuse(ctx)
    const it = foundOrRefuse(actor, 'confirmMakeUp', found, placeOfGathering)
    const all = sayingSo(absentees).filter(({ id }) => id !== actor.id)
    const chosen = filled.people?.length ? all.filter(({ id }) => filled.people?.includes(id)) : all
    if (chosen.length === 0 && sayingSo(absentees).some(({ id }) => id === actor.id)) refuseOwn()
    if (chosen.length === 0) refuseNobody()
    await confirmMadeUp(db, gathering, idsOf(chosen), actor, now)
    const settled = (one: Absentee) => (chosen.includes(one) ? { ...one, isSettled: true } : one)
    return {
      toast: t(`已确认 ${chosen.length} 人补课。`, `Confirmed: ${chosen.length}.`),
      mood: 'success',
      card: makeUpsCard(it, absentees.map(settled), actor.id),
    }
  },
})

export const sendBack = press({
  name: 'makeUps.sendBack',
  rights: ['confirmMakeUp'],
  sends,
  fills: z.object({ undone: z.array(z.string()).max(MOST_OFFERED).nullish() }),
  look,
  async answer(ctx, { gathering }, [found, absentees], filled) {
    const { actor, db, now } = memberOrRefuse(ctx)
    const it = foundOrRefuse(actor, 'confirmMakeUp', found, placeOfGathering)
    const chosen = absentees.filter(({ id, way, isSettled }) => (way || isSettled) && filled.undone?.includes(id))
    if (chosen.length === 0) refuseNobody()
    await takeBackMadeUp(db, gathering, idsOf(chosen), actor, now, 'settled too')
    return {
      toast: t(`已退回 ${chosen.length} 人。`, `Sent back: ${chosen.length}.`),
      mood: 'success',
      card: makeUpsCard(
        it,
        absentees.map((one) => (chosen.includes(one) ? { ...one, way: null, isSettled: false } : one)),
        actor.id,
      ),
    }
  },
})

export const excuse = press({
  name: 'makeUps.excuse',
  rights: ['confirmMakeUp'],
  sends,
  fills: z.object({ person: z.string().nullish(), why: z.string().nullish() }),
  look,
  async answer(ctx, { gathering }, [found, absentees], { person, why }) {
    const { actor, db, now } = memberOrRefuse(ctx)
    const it = foundOrRefuse(actor, 'confirmMakeUp', found, placeOfGathering)
    const one = absentees.find(({ id, isSettled }) => id === person && !isSettled)
    const reason = excuses.find((known) => known === why)
    if (!one) refuse('请选择还没了结的人。', 'Please choose somebody who is not settled.')
    if (one.id === actor.id) refuseOwn()
    if (!reason) refuse('请选择原因。', 'Please choose the reason.')
    await excuseMakeUp(db, gathering, one.id, reason, actor, now)
    return {
      toast: t(`${one.name} 不用补课。`, `${one.name} need not make it up.`),
      mood: 'success',
      card: makeUpsCard(
        it,
        absentees.map((other) => (other === one ? { ...one, excuse: reason, isSettled: true } : other)),
        actor.id,
      ),
    }
  },
})

const sayingSo = (absentees: readonly Absentee[]) => absentees.filter(({ way, isSettled }) => way && !isSettled)
const idsOf = (people: readonly Absentee[]) => people.map(({ id }) => id)

function refuseOwn(): never {
  return refuse('自己的补课请另一位委员确认。', 'Another of the committee has to confirm your own.')
}

function refuseNobody(): never {
  return refuse('请先选出报了补课的人。', 'Choose somebody who says that it is done first.')
}
