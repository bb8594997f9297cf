import * as z from 'zod'
import { type Actor, actorById } from '../../db/branches/members.ts'
import { type Db, lookUp, type Statement, statementOf, together } from '../../db/client.ts'
import { type Absentee, absenteesOf, makeUpsSubject } from '../../db/gatherings/make-ups.ts'
import * as messages from '../../db/gatherings/messages.ts'
import { confirmMadeUp, excuseMakeUp, takeBackMadeUp } from '../../db/gatherings/settle-make-ups.ts'
import { type GatheringAsItStands, gatheringAsItStands } from '../../db/gatherings/state.ts'
import { enqueue } from '../../db/ledgers/outbox.ts'
import { addMinutes } from '../../src/calendar.ts'
import { type Card, card, fitting, form, lines, note, OPTION_BYTES, select, selectSeveral } from '../../src/card.ts'
import { foundOrRefuse, memberOrRefuse, placeOfGathering } from '../../src/context.ts'
import { id } from '../../src/id.ts'
import { press } from '../../src/press.ts'
import { refuse } from '../../src/refusal.ts'
import { may } from '../../src/rules/branches/rights.ts'
import { gatheringKinds } from '../../src/rules/gatherings/gatherings.ts'
import { excuseNames, excuses, makeUpWayNames } from '../../src/rules/gatherings/make-ups.ts'
import { courteousFrom } from '../../src/rules/time/courtesy.ts'
import { spokenMoment, spokenSpan } from '../../src/spoken.ts'
import { asWritten, both, literal, type Text, t } from '../../src/text.ts'
import { view } from '../../src/view.ts'
import { retiredCard } from './retired.ts'

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

const MOST_OFFERED = 60

const OFFERED_BYTES = 5_000

const confirmForm = (it: GatheringAsItStands, said: readonly Absentee[]) =>
  form('confirm', [selectSeveral('people', t('确认谁补了课（不选则全部）', 'Confirm whose (all if none chosen)'), offered(said))], {
    label: t('确认补课', 'Confirm'),
    value: confirmMakeUps.value({ gathering: it.id }),
  })

const sendBackForm = (it: GatheringAsItStands, said: readonly Absentee[]) =>
  form('back', [selectSeveral('undone', t('谁其实还要补（点错了也可退回）', 'Who still has to (also to undo)'), offered(said))], {
    label: t('退回', 'Send back'),
    value: sendBackMakeUps.value({ gathering: it.id }),
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
    { label: t('不用补', 'Not needed'), value: excuseFromMakeUp.value({ gathering: it.id }), type: 'default' },
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

const look = ({ db, now }: { db: Db; now: Date }, { gathering }: { gathering: string }) =>
  [gatheringAsItStands(db, gathering), statementOf(absenteesOf(db, gathering, now)) as Statement<Absentee[]>] as const

const sends = z.object({ gathering: id })

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

export const confirmMakeUps = press({
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

export const sendBackMakeUps = press({
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

export const excuseFromMakeUp = press({
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
