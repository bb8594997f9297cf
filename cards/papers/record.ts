import * as z from 'zod'
import { actorById } from '../../db/branches/members.ts'
import { branchById } from '../../db/branches/units.ts'
import { lookUp } from '../../db/client.ts'
import { confirmedRecords, MOST_RECORDS } from '../../db/papers/facts.ts'
import * as messages from '../../db/papers/messages.ts'
import {
  answerRecord as answered,
  recordById,
  recordsAsked,
  withdrawRecord as withdrawn,
  witnessesFor,
  writeRecord as written,
} from '../../db/papers/records.ts'
import { refuseUnlessUsed } from '../../db/rulebook/used.ts'
import { day, firstDayOf, periodEnd, pickedDay } from '../../src/calendar.ts'
import { card, fittingLines, lines, note, strong } from '../../src/card.ts'
import { type Context, mayOrRefuse, memberOrRefuse, placeOf } from '../../src/context.ts'
import { press } from '../../src/press.ts'
import { refuse } from '../../src/refusal.ts'
import { may } from '../../src/rules/branches/rights.ts'
import { LONGEST_RECORD, topicNames, topics } from '../../src/rules/papers/topics.ts'
import { spokenDay, spokenQuarter } from '../../src/spoken.ts'
import { asWritten, clipped, labelled, t } from '../../src/text.ts'
import { view } from '../../src/view.ts'
import { answerRecord, withdrawRecord, writeRecord } from './buttons.ts'
import { recordCard, recordFormCard } from './record-card.ts'

export const recordForm = view({
  message: messages.recordForm,
  async show(db, { member, record, topic, on, words = '' }, now) {
    const [[writer]] = await lookUp(db, [actorById(db, member)])
    if (!writer?.branch) return null
    const [witnesses, asked] = await lookUp(db, [witnessesFor(db, writer.branch, member), recordsAsked(db, member)])
    return recordFormCard({ record, topic, on: on ?? day(now), words }, witnesses, asked)
  },
})

export const record = view({
  message: messages.record,
  async show(db, { record: id, member }) {
    const [[it]] = await lookUp(db, [recordById(db, id)])
    return it ? recordCard(it, member) : null
  },
})

const LISTED_BYTES = 20_000

/** The records of a quarter: the newest of each topic, and how many more. */
export const records = view({
  message: messages.records,
  async show(db, { branch: of, quarter }) {
    const last = day(new Date(periodEnd(quarter).getTime() - 1))
    const [[branch], all] = await lookUp(db, [branchById(db, of), confirmedRecords(db, of, firstDayOf(quarter), last)])
    if (!branch) return null
    const shown = [...Map.groupBy(all, ({ topic }) => topic)].flatMap(([topic, some]) => {
      const more = some.length - MOST_RECORDS
      return [
        strong(topicNames[topic]),
        ...some.slice(0, MOST_RECORDS).map(({ on, words }) => labelled(spokenDay(on), asWritten(words))),
        ...(more > 0 ? [t(`另有 ${more} 笔。`, `And ${more} more.`)] : []),
      ]
    })
    return card(
      labelled(t('记一笔', 'Short records'), spokenQuarter(quarter), ' · '),
      [
        shown.length > 0 ? lines(...fittingLines(shown, LISTED_BYTES)) : lines(t('这个季度没有。', 'There are none in this quarter.')),
        note(t('每一笔都有另一位党员确认；多少不计分。', 'Another member confirmed each of them; their number gives no points.')),
      ],
      { colour: 'turquoise', subtitle: asWritten(branch.name) },
    )
  },
})

async function writerOf(ctx: Context) {
  const here = memberOrRefuse(ctx)
  const { actor, db, now } = here
  const [[branch]] = actor.branch ? await lookUp(db, [branchById(db, actor.branch)]) : [[]]
  if (!branch) refuse('你不在支部的名单上，不用记。', 'You are on no branch’s roster.')
  mayOrRefuse(actor, 'record', placeOf(branch))
  await refuseUnlessUsed(db, 'papers', branch.id, now)
  return { ...here, branch }
}

export const writeRecordPress = press({
  button: writeRecord,
  rights: ['record'],
  fills: z.object({
    topic: z.enum(topics).nullish().catch(null),
    on: z.string().max(40).nullish(),
    words: z.string().max(2_000).nullish(),
    asked: z.string().max(40).nullish(),
  }),
  async answer(ctx, { record: id }, _seen, filled) {
    const { actor, db, now, branch } = await writerOf(ctx)
    const on = pickedDay(filled.on)
    if (!filled.topic || !on) refuse('请选哪一方面和哪一天。', 'Please choose what it is about, and the day.')
    const words = clipped(filled.words ?? '', LONGEST_RECORD)
    const [[known]] = await lookUp(db, [recordById(db, id)])
    if (known?.by === actor.id)
      return { toast: t('已经登记了。', 'It is written down already.'), mood: 'info', card: recordCard(known, actor.id) }
    const it = await written(db, branch.id, { id, topic: filled.topic, on, words, asked: filled.asked ?? '' }, actor, now)
    return {
      toast: t(`已登记，等${it.askedName}确认。`, `Written down; ${it.askedName} is asked.`),
      mood: 'success',
      card: recordCard(it, actor.id),
    }
  },
})

async function ownRecord(ctx: Context, id: string) {
  const here = memberOrRefuse(ctx)
  const [[it]] = await lookUp(ctx.db, [recordById(ctx.db, id)])
  const isTheirs = it !== undefined && (it.by === here.actor.id || it.asked === here.actor.id)
  const place = it ? placeOf({ id: it.branch, unit: it.unit, lineage: it.lineage }) : { unit: here.actor.unit }
  if (!it || !isTheirs || !may(here.actor, 'record', place))
    refuse('没有这一笔，或者不归你确认。', 'There is no such record, or it is not yours to confirm.')
  return { ...here, it }
}

export const answerRecordPress = press({
  button: answerRecord,
  rights: ['record'],
  isPersonal: true,
  async answer(ctx, { record: id, isTrue }) {
    const { db, actor, now, it } = await ownRecord(ctx, id)
    const after = await answered(db, it, isTrue, actor, now)
    return {
      toast: isTrue ? t('已确认属实。', 'Confirmed.') : t('已告诉登记的人。', 'The writer’s card says so.'),
      mood: 'success',
      card: recordCard(after, actor.id),
    }
  },
})

export const withdrawRecordPress = press({
  button: withdrawRecord,
  rights: ['record'],
  isPersonal: true,
  async answer(ctx, { record: id }) {
    const { db, actor, now, it } = await ownRecord(ctx, id)
    return { toast: t('已撤回。', 'Taken back.'), mood: 'success', card: recordCard(await withdrawn(db, it, actor, now), actor.id) }
  },
})
