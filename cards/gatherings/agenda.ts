import * as z from 'zod'
import { type Db, lookUp, together } from '../../db/client.ts'
import { addItem, agendaSubject, removeItem, retagItem, rewordItem, settleAgenda } from '../../db/gatherings/agenda.ts'
import { type GatheringAsItStands, gatheringAsItStands } from '../../db/gatherings/state.ts'
import { enqueue } from '../../db/ledgers/outbox.ts'
import { type Card, card, fittingLines, lines, note, oneMain } from '../../src/card.ts'
import { foundOrRefuse, memberOrRefuse, placeOfGathering } from '../../src/context.ts'
import { form, input, select, selectSeveral } from '../../src/form.ts'
import { id } from '../../src/id.ts'
import { press } from '../../src/press.ts'
import { agendaTagNames, agendaTags, itemLine, MOST_ITEM_WORDS } from '../../src/rules/gatherings/agenda.ts'
import { isFixed } from '../../src/rules/gatherings/attendance.ts'
import { gatheringKinds } from '../../src/rules/gatherings/gatherings.ts'
import { spokenSpan } from '../../src/spoken.ts'
import { asWritten, clipped, labelled, t } from '../../src/text.ts'
import { view } from '../../src/view.ts'
import { addTagged } from './buttons.ts'

/** A card holds 30 KB: twelve items that are about everything are cut. */
const LISTED_BYTES = 14_000

/** The host adds an item, rewords one, and tags one whose words do not show its subject. */
export function agendaCard(it: GatheringAsItStands, now: Date): Card {
  const isFinal = it.cancelledAt !== null || isFixed(it, now)
  return card(
    labelled(t('议题', 'Agenda'), gatheringKinds[it.kind].name, ' · '),
    oneMain([
      lines(spokenSpan(it.startsAt, it.endsAt)),
      it.agenda.length > 0
        ? lines(
            ...fittingLines(
              it.agenda.map((item, i) => itemLine(item, i + 1, it.closedAt !== null)),
              LISTED_BYTES,
            ),
          )
        : lines(t('还没有议题。', 'There is no agenda yet.')),
      it.closedAt || it.cancelledAt ? null : addForm(it),
      it.agenda.length === 0 || isFinal ? null : retagForm(it),
      note(
        isFinal
          ? t('议题已锁定。', 'The agenda is locked.')
          : t(
              '灰字是议题的内容类别，按它计入各项标准。',
              'The words in grey are what an item is about; it counts for the standards by them.',
            ),
      ),
    ]),
    { colour: isFinal ? 'grey' : 'wathet', subtitle: asWritten(it.branchName) },
  )
}

const chooseTags = () =>
  selectSeveral(
    'tags',
    t('内容类别（不选则按文字识别）', 'What it is about (recognised by its words if left empty)'),
    agendaTags.map((tag) => ({ label: agendaTagNames[tag], value: tag })),
  )

const addForm = (it: GatheringAsItStands) =>
  form('more', [input('words', t('加一项议题', 'One more item'), { required: true, most: MOST_ITEM_WORDS }), chooseTags()], {
    label: t('加议题', 'Add'),
    value: addWords.value({ gathering: it.id }),
  })

/** An item can be reworded or removed until the close; afterwards only its subject can be corrected. */
const retagForm = (it: GatheringAsItStands) =>
  form(
    'retag',
    [
      select(
        'item',
        t('改哪一项', 'Change which item'),
        it.agenda.map(({ position, words }) => ({ label: t(clipped(words, 20), clipped(words, 20)), value: String(position) })),
        { required: true },
      ),
      ...(it.closedAt
        ? []
        : [
            select('what', t('怎么改', 'How'), [
              { label: t('改文字或类别', 'Change its words or what it is about'), value: 'change' },
              { label: t('删掉这一项', 'Take it off the agenda'), value: 'remove' },
            ]),
            input('reworded', t('改成的文字（不改就不填）', 'Its new words (leave empty to keep them)'), { most: MOST_ITEM_WORDS }),
          ]),
      selectSeveral(
        'about',
        t('类别改成（不选则没有；改了文字则按文字识别）', 'About (none if empty; recognised by new words)'),
        agendaTags.map((tag) => ({ label: agendaTagNames[tag], value: tag })),
      ),
    ],
    { label: t('改', 'Change'), value: retagItemPress.value({ gathering: it.id }) },
  )

export const agenda = view({
  name: 'agenda',
  takes: z.object({ subject: z.string(), gathering: id }),
  async show(db, { gathering }, now) {
    const [it] = await lookUp(db, [gatheringAsItStands(db, gathering)])
    return it ? agendaCard(it, now) : null
  },
})

const sends = z.object({ gathering: id })
const look = ({ db }: { db: Db }, sent: { gathering: string }) => [gatheringAsItStands(db, sent.gathering)] as const
const tagsChosen = (tags: readonly string[] | null | undefined) => agendaTags.filter((tag) => tags?.includes(tag))

export const openAgenda = press({
  name: 'agenda.open',
  rights: ['setAgenda'],
  sends,
  look,
  async answer(ctx, { gathering }, [found]) {
    const { actor, db, now, eventId } = memberOrRefuse(ctx)
    foundOrRefuse(actor, 'setAgenda', found, placeOfGathering)
    const shown = agenda.args({ subject: agendaSubject(gathering), gathering })
    await together(db, [enqueue(db, { occasion: `agenda ${eventId}`, to: { person: actor.openId }, ...shown, dueAt: now, lane: 'answer' })])
    return { toast: t('已发在下面。', 'It is below.'), mood: 'success' }
  },
})

/** One tap adds an item, from any card that knows what a coming gathering lacks. */
export const addTaggedPress = press({
  button: addTagged,
  rights: ['setAgenda'],
  look: (ctx, sent) => look(ctx, sent),
  async answer(ctx, { tag }, [found]) {
    const { actor, db, now } = memberOrRefuse(ctx)
    const it = foundOrRefuse(actor, 'setAgenda', found, placeOfGathering)
    const { zh, en } = agendaTagNames[tag]
    await addItem(db, it, { words: zh, tags: [tag] }, actor, now)
    return { toast: t(`议程已加「${zh}」。`, `Added to the agenda: ${en}.`), mood: 'success' }
  },
})

export const addWords = press({
  name: 'agenda.addWords',
  rights: ['setAgenda'],
  sends,
  fills: z.object({ words: z.string().max(500).nullish(), tags: z.array(z.string()).max(50).nullish() }),
  look,
  async answer(ctx, _sent, [found], { words, tags }) {
    const { actor, db, now } = memberOrRefuse(ctx)
    const it = foundOrRefuse(actor, 'setAgenda', found, placeOfGathering)
    const after = await addItem(db, it, { words: words ?? '', tags: tagsChosen(tags) }, actor, now)
    return { toast: t('已加议题。', 'Added.'), mood: 'success', card: agendaCard(after, now) }
  },
})

export const retagItemPress = press({
  name: 'agenda.retag',
  rights: ['setAgenda'],
  sends,
  fills: z.object({
    item: z.string().max(10).nullish(),
    what: z.string().max(10).nullish(),
    reworded: z.string().max(500).nullish(),
    about: z.array(z.string()).max(50).nullish(),
  }),
  look,
  async answer(ctx, _sent, [found], { item, what, reworded, about }) {
    const { actor, db, now } = memberOrRefuse(ctx)
    const it = foundOrRefuse(actor, 'setAgenda', found, placeOfGathering)
    const [position, tags, said] = [Number(item), tagsChosen(about), reworded?.trim() ?? '']
    if (what === 'remove') {
      const after = await removeItem(db, it, position, actor, now)
      return { toast: t('已删掉这一项。', 'Taken off the agenda.'), mood: 'success', card: agendaCard(after, now) }
    }
    const after =
      said === ''
        ? await retagItem(db, it, { position, tags }, actor, now)
        : await rewordItem(db, it, { position, words: said, tags }, actor, now)
    return { toast: t('已改。', 'Changed.'), mood: 'success', card: agendaCard(after, now) }
  },
})

/** The host's card holds this button, and the deed brings that card up to date. */
export const settleItem = press({
  name: 'agenda.settle',
  rights: ['setAgenda'],
  sends,
  fills: z.object({ struck: z.array(z.string().max(10)).max(50).nullish() }),
  look,
  async answer(ctx, _sent, [found], { struck }) {
    const { actor, db, now } = memberOrRefuse(ctx)
    const it = foundOrRefuse(actor, 'setAgenda', found, placeOfGathering)
    const chosen = it.agenda.map(({ position }) => position).filter((position) => struck?.includes(String(position)))
    await settleAgenda(db, it, chosen, actor, now)
    return {
      toast:
        chosen.length > 0
          ? t(`已记下：${chosen.length} 项没进行。`, `Noted: ${chosen.length} not held.`)
          : t('已记下：议题都照开。', 'Noted: all items stand.'),
      mood: 'success',
    }
  },
})
