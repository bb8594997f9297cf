import * as z from 'zod'
import { type Branch, branchById } from '../../db/branches/units.ts'
import { type Db, lookUp, statementOf } from '../../db/client.ts'
import * as messages from '../../db/papers/messages.ts'
import { addSystem as add, lookAtSystems as lookAt, type Paper, paperById, systemsOf, withdrawPaper } from '../../db/papers/papers.ts'
import { refuseUnlessUsed } from '../../db/rulebook/used.ts'
import { type Day, day, pickedDay } from '../../src/calendar.ts'
import { type Card, card, coloured, fittingLines, lines, note } from '../../src/card.ts'
import { type Context, foundOrRefuse, memberOrRefuse, placeOf } from '../../src/context.ts'
import { fittingOptions, form, input, pickDay, select, selectSeveral } from '../../src/form.ts'
import { press } from '../../src/press.ts'
import { refuse } from '../../src/refusal.ts'
import { isStale, LONGEST_PLACE, LONGEST_TITLE, paperNames, systemKinds } from '../../src/rules/papers/kinds.ts'
import { spokenDate } from '../../src/spoken.ts'
import { asWritten, clipped, type Text, t } from '../../src/text.ts'
import { view } from '../../src/view.ts'
import { addSystem, lookAtSystems, withdrawSystem } from './buttons.ts'

const LISTED_BYTES = 9_000
const OPTIONS_BYTES = 4_000

function systemLine({ title, place, on, kind }: Paper, today: Day): Text {
  const [name, where, what] = [asWritten(title), asWritten(place), paperNames[kind]]
  const looked = spokenDate(on ?? today)
  const line = t(
    `· ${what.zh}：${name.zh}（${where.zh}），${looked.zh}看过`,
    `· ${what.en}: ${name.en} (${where.en}), looked at ${looked.en}`,
  )
  return on && isStale(on, today) ? coloured('orange', line) : line
}

/** The systems and standards in force, the longest unseen first. Amber is what nobody has looked at for three years. */
export function systemsCard(branch: Branch, all: readonly Paper[], today: Day): Card {
  const options = fittingOptions(
    all.map(({ id, title }) => ({ label: t(clipped(title, 30), clipped(title, 30)), value: id })),
    OPTIONS_BYTES,
  )
  return card(
    t('制度和标准', 'Systems and standards'),
    [
      all.length > 0
        ? lines(
            ...fittingLines(
              all.map((one) => systemLine(one, today)),
              LISTED_BYTES,
            ),
          )
        : lines(t('还没有登记制度和标准。', 'No system or standard is registered yet.')),
      all.length > 0
        ? form('looked', [selectSeveral('looked', t('今天看过哪几项', 'Which were looked at today'), options)], {
            label: t('记下看过了', 'Note that they were'),
            value: lookAtSystems.value({ branch: branch.id }),
          })
        : null,
      form(
        'system',
        [
          select(
            'kind',
            t('制度还是标准', 'A system or a standard'),
            systemKinds.map((one) => ({ label: paperNames[one], value: one })),
            { chosen: 'system', required: true },
          ),
          input('title', t('登记一项：标题', 'Register one: its title'), { required: true, most: LONGEST_TITLE }),
          input('place', t('放在哪里', 'Where it lies'), { required: true, most: LONGEST_PLACE }),
          pickDay('on', t('最近一次看的日期', 'The day of the last look'), { chosen: today, required: true }),
        ],
        {
          label: t('登记', 'Register'),
          value: addSystem.value({ branch: branch.id }),
          type: all.length > 0 ? 'default' : 'primary_filled',
        },
      ),
      all.length > 0
        ? form('gone', [select('gone', t('拿掉哪一项', 'Take which one off'), options, { required: true })], {
            label: t('拿掉', 'Take it off'),
            value: withdrawSystem.value({ branch: branch.id }),
            type: 'default',
          })
        : null,
      note(
        t('橙色的三年没人看过，看看还用不用、要不要改。', 'Orange: nobody has looked at it for three years; see whether it still holds.'),
      ),
    ],
    { colour: 'turquoise', subtitle: asWritten(branch.name) },
  )
}

const shownFor = async (db: Db, branch: Branch, now: Date): Promise<Card> => {
  const [all] = await lookUp(db, [systemsOf(db, branch.id)])
  return systemsCard(branch, all, day(now))
}

export const systems = view({
  message: messages.systems,
  async show(db, { branch: of }, now) {
    const [[branch]] = await lookUp(db, [branchById(db, of)])
    return branch ? shownFor(db, branch, now) : null
  },
})

const look = ({ db }: { db: Db }, { branch }: { branch: string }) => [statementOf(branchById(db, branch))] as const

async function committeeOf(ctx: Context, [found]: readonly Branch[]) {
  const here = memberOrRefuse(ctx)
  const branch = foundOrRefuse(here.actor, 'keepPapers', found, placeOf)
  await refuseUnlessUsed(here.db, 'papers', branch.id, here.now)
  return { ...here, branch }
}

export const addSystemPress = press({
  button: addSystem,
  rights: ['keepPapers'],
  isPersonal: true,
  fills: z.object({
    kind: z.enum(systemKinds).nullish().catch(null),
    title: z.string().max(2_000).nullish(),
    place: z.string().max(2_000).nullish(),
    on: z.string().max(40).nullish(),
  }),
  look: (ctx, sent) => look(ctx, sent),
  async answer(ctx, _sent, [found], { kind, title, place, on }) {
    const { db, now, actor, newId, branch } = await committeeOf(ctx, found)
    const looked = pickedDay(on)
    if (!looked) refuse('请选日期。', 'Please choose the day.')
    const named = { title: clipped(title ?? '', LONGEST_TITLE), place: clipped(place ?? '', LONGEST_PLACE) }
    await add(db, branch, { id: newId(), kind: kind ?? 'system', ...named, on: looked }, actor, now)
    return { toast: t('已登记。', 'Registered.'), mood: 'success', card: await shownFor(db, branch, now) }
  },
})

export const lookAtSystemsPress = press({
  button: lookAtSystems,
  rights: ['keepPapers'],
  isPersonal: true,
  fills: z.object({ looked: z.array(z.string().max(40)).max(200).nullish() }),
  look: (ctx, sent) => look(ctx, sent),
  async answer(ctx, _sent, [found], { looked }) {
    const { db, now, actor, branch } = await committeeOf(ctx, found)
    await lookAt(db, branch, looked ?? [], actor, now)
    return { toast: t('已记下今天看过。', 'Noted as looked at today.'), mood: 'success', card: await shownFor(db, branch, now) }
  },
})

export const withdrawSystemPress = press({
  button: withdrawSystem,
  rights: ['keepPapers'],
  isPersonal: true,
  fills: z.object({ gone: z.string().max(40).nullish() }),
  look: (ctx, sent) => look(ctx, sent),
  async answer(ctx, _sent, [found], { gone }) {
    const { db, now, actor, branch } = await committeeOf(ctx, found)
    const [[it]] = await lookUp(db, [paperById(db, gone ?? '')])
    if (it?.branch !== branch.id || it.year !== null) refuse('请先选一项。', 'Please choose one first.')
    await withdrawPaper(db, it, actor, now)
    return { toast: t('已拿掉。', 'Taken off.'), mood: 'success', card: await shownFor(db, branch, now) }
  },
})
