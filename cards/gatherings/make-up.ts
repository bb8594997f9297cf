import * as z from 'zod'
import { type Db, lookUp, statementOf, together } from '../../db/client.ts'
import { confirmerOf, type MakeUp, makeUpDaysOf, makeUpSubject, makeUpsOf, makeUpsOfMember } from '../../db/gatherings/make-ups.ts'
import { sayMadeUp, takeBackMadeUp } from '../../db/gatherings/settle-make-ups.ts'
import { enqueue } from '../../db/ledgers/outbox.ts'
import { type Day, day } from '../../src/calendar.ts'
import { button, type Card, card, type Element, form, lines, note, select } from '../../src/card.ts'
import { mayOrRefuse, memberOrRefuse } from '../../src/context.ts'
import { id } from '../../src/id.ts'
import { press } from '../../src/press.ts'
import { refuse } from '../../src/refusal.ts'
import { gatheringKinds } from '../../src/rules/gatherings/gatherings.ts'
import { makeUpWayNames, makeUpWays } from '../../src/rules/gatherings/make-ups.ts'
import { spokenDay } from '../../src/spoken.ts'
import { asWritten, both, type Text, t } from '../../src/text.ts'
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
    { label: t('已补课', 'Done'), value: sayDone.value({ gathering }) },
  )

const waiting = ({ gathering, way }: MakeUp): Element => {
  const how = makeUpWayNames[way ?? 'minutes']
  return button(t(`${how.zh}，等确认；点此撤回`, `${how.en}; to be confirmed. Take back`), takeBackDone.value({ gathering }), {
    type: 'text',
  })
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

const lookOwn = ({ db, openId, now }: { db: Db; openId: string; now: Date }, { gathering }: { gathering: string }) =>
  [makeUpsOf(db, openId, now), statementOf(confirmerOf(db, gathering, openId))] as const

function owedHere(owed: readonly MakeUp[], gathering: string, member: string): MakeUp {
  const found = owed.find((one) => one.gathering === gathering && one.member === member)
  return found ?? refuse('这次会议你不用补课，或已经了结。', 'You have nothing to make up for this meeting, or it is settled.')
}

export const sayDone = press({
  name: 'makeUp.done',
  rights: ['makeUp'],
  sends: z.object({ gathering: id }),
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

export const takeBackDone = press({
  name: 'makeUp.takeBack',
  rights: ['makeUp'],
  sends: z.object({ gathering: id }),
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
