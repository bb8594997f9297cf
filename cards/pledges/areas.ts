import * as z from 'zod'
import { type Branch, branchById } from '../../db/branches/units.ts'
import { type Db, lookUp, statementOf, together } from '../../db/client.ts'
import {
  addArea as add,
  areaById,
  areaCheckOf,
  areasOf,
  checkAreas as check,
  endArea as end,
  manArea as man,
} from '../../db/pledges/areas.ts'
import * as messages from '../../db/pledges/board-messages.ts'
import { areasSubject } from '../../db/pledges/board-messages.ts'
import { peopleOfBranch } from '../../db/roster/people.ts'
import { day, quarter } from '../../src/calendar.ts'
import { type Card, card, lines } from '../../src/card.ts'
import { type Context, foundOrRefuse, memberOrRefuse, placeOf, privately, reply } from '../../src/context.ts'
import { id } from '../../src/id.ts'
import { press } from '../../src/press.ts'
import { refuse } from '../../src/refusal.ts'
import { spokenDay, spokenQuarter } from '../../src/spoken.ts'
import { asWritten, labelled, t } from '../../src/text.ts'
import { view } from '../../src/view.ts'
import { areaCard, areasCard } from './areas-card.ts'
import { addArea, checkAreas, endArea, manArea, pickArea } from './buttons.ts'

async function shownFor(db: Db, branch: Branch, now: Date): Promise<Card> {
  const [all, [done], people] = await lookUp(db, [
    areasOf(db, branch.id),
    areaCheckOf(db, branch.id, quarter(now)),
    peopleOfBranch(db, branch.id),
  ])
  return areasCard({ branch, all, check: done, people }, now)
}

export const areas = view({
  message: messages.areas,
  async show(db, { branch: of }, now) {
    const [[branch]] = await lookUp(db, [branchById(db, of)])
    return branch ? shownFor(db, branch, now) : null
  },
})

export const area = view({
  message: messages.area,
  async show(db, { area: of }) {
    const [[it]] = await lookUp(db, [areaById(db, of)])
    if (!it) return null
    const [people] = await lookUp(db, [peopleOfBranch(db, it.branch)])
    return areaCard(it, people)
  },
})

export const areaFacts = view({
  message: messages.areaFacts,
  async show(db, { branch: of, quarter: asked }) {
    const [[branch], [done], all] = await lookUp(db, [
      statementOf(branchById(db, of)),
      statementOf(areaCheckOf(db, of, asked)),
      areasOf(db, of),
    ])
    if (!branch || !done) return null
    return card(
      t('党员责任区检查', 'Check of the duty areas'),
      [
        lines(
          labelled(t('**检查**', '**Checked**'), spokenDay(day(done.at)), '  '),
          labelled(t('**检查人**', '**By**'), asWritten(done.byName), '  '),
          done.note !== null && labelled(t('**情况**', '**Found**'), asWritten(done.note), '  '),
          t(`现在有 ${all.length} 个责任区。`, `There are ${all.length} areas now.`),
        ),
      ],
      { colour: 'turquoise', subtitle: labelled(asWritten(branch.name), spokenQuarter(asked), ' · ') },
    )
  },
})

const look = ({ db }: { db: Db }, { branch }: { branch: string }) => [statementOf(branchById(db, branch))] as const

function keeperOf(ctx: Context, [found]: readonly Branch[]) {
  const here = memberOrRefuse(ctx)
  return { ...here, branch: foundOrRefuse(here.actor, 'keepAreas', found, placeOf) }
}

const chosen = z.array(id).max(200).nullish()

export const addAreaPress = press({
  button: addArea,
  rights: ['keepAreas'],
  isPersonal: true,
  fills: z.object({ name: z.string().max(500).nullish(), place: z.string().max(500).nullish(), people: chosen }),
  look: (ctx, sent) => look(ctx, sent),
  async answer(ctx, _sent, [found], { name, place, people }) {
    const { db, now, actor, newId, branch } = keeperOf(ctx, found)
    await add(db, branch, { id: newId(), name: name ?? '', place: place ?? '', people: [...new Set(people ?? [])] }, actor, now)
    return { toast: t('已新设。', 'Added.'), mood: 'success', card: await shownFor(db, branch, now) }
  },
})

export const checkAreasPress = press({
  button: checkAreas,
  rights: ['keepAreas'],
  isPersonal: true,
  fills: z.object({ note: z.string().max(2_000).nullish() }),
  look: (ctx, sent) => look(ctx, sent),
  async answer(ctx, _sent, [found], { note }) {
    const { db, now, actor, branch } = keeperOf(ctx, found)
    await check(db, branch, note ?? '', actor, now)
    return { toast: t('已记下本季度检查过了。', 'This quarter’s check is noted.'), mood: 'success', card: await shownFor(db, branch, now) }
  },
})

export const pickAreaPress = press({
  button: pickArea,
  rights: ['keepAreas'],
  fills: z.object({ area: id.nullish() }),
  look: (ctx, sent) => look(ctx, sent),
  async answer(ctx, _sent, [found], { area: of }) {
    const { db, actor, branch } = keeperOf(ctx, found)
    const [[it]] = await lookUp(db, [areaById(db, of ?? '')])
    if (it?.branch !== branch.id) refuse('请先选一个责任区。', 'Please choose an area first.')
    await together(db, [reply(privately(ctx), messages.area({ subject: areasSubject(branch.id), area: it.id, viewer: actor.id }))])
    return { toast: t('已私聊发给你。', 'It is in our direct chat.'), mood: 'success' }
  },
})

const placeOfArea = (it: { branch: string; unit: string; lineage: readonly string[] }) => placeOf({ ...it, id: it.branch })

export const manAreaPress = press({
  button: manArea,
  rights: ['keepAreas'],
  isPersonal: true,
  fills: z.object({ people: chosen }),
  look: ({ db }, { area: of }) => [statementOf(areaById(db, of))] as const,
  async answer(ctx, { area: of }, [[found]], { people }) {
    const { db, now, actor } = memberOrRefuse(ctx)
    const it = foundOrRefuse(actor, 'keepAreas', found, placeOfArea)
    await man(db, it, [...new Set(people ?? [])], actor, now)
    const [[after], all] = await lookUp(db, [statementOf(areaById(db, of)), peopleOfBranch(db, it.branch)])
    return { toast: t('已保存。', 'Saved.'), mood: 'success', ...(after ? { card: areaCard(after, all) } : {}) }
  },
})

export const endAreaPress = press({
  button: endArea,
  rights: ['keepAreas'],
  isPersonal: true,
  look: ({ db }, { area: of }) => [statementOf(areaById(db, of))] as const,
  async answer(ctx, _sent, [[found]]) {
    const { db, now, actor } = memberOrRefuse(ctx)
    const it = foundOrRefuse(actor, 'keepAreas', found, placeOfArea)
    await end(db, it, actor, now)
    return {
      toast: t('已撤销。', 'Ended.'),
      mood: 'success',
      card: card(asWritten(it.name), [lines(t('这个责任区已撤销。', 'This area has ended.'))], { colour: 'grey' }),
    }
  },
})
