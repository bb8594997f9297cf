import { branchById } from '../../db/branches/units.ts'
import { type Db, lookUp, statementOf, together } from '../../db/client.ts'
import { type GatheringAsItStands, gatheringAsItStands } from '../../db/gatherings/state.ts'
import * as messages from '../../db/voices/messages.ts'
import { harvest } from '../../db/voices/speak.ts'
import { type Card, card, note, sentence } from '../../src/card.ts'
import { type Context, foundOrRefuse, memberOrRefuse, placeOfGathering, privately, reply } from '../../src/context.ts'
import { form, input } from '../../src/form.ts'
import type { PressAnswer } from '../../src/press.ts'
import { Refusal, refuse } from '../../src/refusal.ts'
import { harvestFrom, MOST_HARVESTED } from '../../src/rules/voices/words.ts'
import { spokenMoment } from '../../src/spoken.ts'
import { asWritten, t } from '../../src/text.ts'
import { saveHarvest } from './buttons.ts'

/** The platform takes no more into one field. */
const LONGEST_LINES = 1_000

const harvestCard = (it: GatheringAsItStands): Card =>
  card(
    t('记下大家说的', 'Note what people said'),
    [
      form(
        'harvest',
        [
          input('lines', t(`一行一条，最多 ${MOST_HARVESTED} 条`, `One a line, at most ${MOST_HARVESTED}`), {
            required: true,
            most: LONGEST_LINES,
            rows: 6,
            hint: t('写事，不写是谁说的', 'What it is, not who said it'),
          }),
        ],
        { label: t('记下', 'Note'), value: saveHarvest.value({ gathering: it.id }) },
      ),
      note(
        t(
          '每条都进「反映」，10 个工作日内答复，办好可以公布。',
          'Each goes to the voices, is answered within 10 working days, and may be published.',
        ),
      ),
    ],
    { colour: 'turquoise', subtitle: asWritten(`${it.branchName} ${spokenMoment(it.startsAt).zh}`) },
  )

async function hostOrRefuse(ctx: Context, gathering: string) {
  const known = memberOrRefuse(ctx)
  const [it] = await lookUp(ctx.db, [gatheringAsItStands(ctx.db, gathering)])
  const found = foundOrRefuse(known.actor, 'closeGathering', it ?? undefined, placeOfGathering)
  if (found.kind !== 'talkGathering') refuse('只有谈心谈话会可以这样记。', 'That is for a talk gathering.')
  if (!found.closedAt) refuse('会议结束后再记。', 'Please note it after the meeting.')
  return { ...known, it: found }
}

export async function openedHarvest(ctx: Context, { gathering }: { gathering: string }): Promise<PressAnswer> {
  const { db, actor, it } = await hostOrRefuse(ctx, gathering)
  await together(db, [
    statementOf(reply(privately(ctx), messages.harvest({ subject: `harvest ${it.id}`, gathering: it.id, viewer: actor.id }))),
  ])
  return { toast: t('已私聊发给你。', 'It is in our direct chat.'), mood: 'success' }
}

export async function harvestShown(db: Db, { gathering }: { gathering: string; viewer: string }): Promise<Card | null> {
  const [it] = await lookUp(db, [gatheringAsItStands(db, gathering)])
  return it ? harvestCard(it) : null
}

export async function savedHarvest(
  ctx: Context,
  { gathering }: { gathering: string },
  filled: { lines?: string | null | undefined },
): Promise<PressAnswer> {
  const { db, actor, now, box, it } = await hostOrRefuse(ctx, gathering)
  const said = harvestFrom(filled.lines ?? '')
  if ('wrong' in said) throw new Refusal(said.wrong)
  const [[branch]] = await lookUp(db, [branchById(db, it.branch)])
  if (!branch) refuse('没有找到这个支部。', 'There is no such branch.')
  const ids = said.lines.map(() => ctx.newId())
  await harvest(db, await box.sealing.vault(), branch, { gathering: it.id, lines: said.lines, ids }, actor, now)
  const noted = t(`已记下 ${said.lines.length} 条，在「反映」里答复。`, `${said.lines.length} noted; they are answered in the voices.`)
  return { toast: noted, mood: 'success', card: sentence(noted) }
}
