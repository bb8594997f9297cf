import * as z from 'zod'
import { type Db, lookUp, statementOf } from '../../db/client.ts'
import { confirmMarks, type VoterThere, votersThere } from '../../db/gatherings/in-room.ts'
import * as messages from '../../db/gatherings/messages.ts'
import { type GatheringAsItStands, gatheringAsItStands } from '../../db/gatherings/state.ts'
import { type Card, card, fitting, lines, note } from '../../src/card.ts'
import { memberOrRefuse } from '../../src/context.ts'
import { form, OPTION_BYTES, selectSeveral } from '../../src/form.ts'
import { id } from '../../src/id.ts'
import { press } from '../../src/press.ts'
import { refuse } from '../../src/refusal.ts'
import { gatheringKinds } from '../../src/rules/gatherings/gatherings.ts'
import { spokenSpan } from '../../src/spoken.ts'
import { asWritten, labelled, t } from '../../src/text.ts'
import { view } from '../../src/view.ts'

const OFFERED_BYTES = 12_000
const MOST_OFFERED = 90

const waitingFor = (there: readonly VoterThere[], scrutineer: string) => there.filter(({ waitsForId }) => waitsForId === scrutineer)

/** The scrutineer's own card: the people whom the host says are in the room. */
export function marksCard(it: GatheringAsItStands, waiting: readonly VoterThere[]): Card {
  const offered = fitting(waiting.slice(0, MOST_OFFERED), ({ name }) => name, OFFERED_BYTES, OPTION_BYTES)
  return card(
    labelled(t('监票：核对到会', 'Scrutineer: who is in the room'), gatheringKinds[it.kind].name, ' · '),
    [
      lines(spokenSpan(it.startsAt, it.endsAt)),
      ...(offered.length === 0
        ? [lines(t('没有等你核对的人。', 'Nobody waits for you.'))]
        : [
            lines(
              t(
                '主持人说这些人在场。请只选你也看到的人。',
                'The host says that these people are in the room. Choose only whom you see too.',
              ),
            ),
            form(
              'marks',
              [
                selectSeveral(
                  'people',
                  t('我看到在场的人', 'Whom I see in the room'),
                  offered.map(({ id, name }) => ({ label: t(name, name), value: id })),
                ),
              ],
              { label: t('确认在场', 'Confirm'), value: confirmMarksPress.value({ gathering: it.id }) },
            ),
          ]),
      note(
        t(
          '选举、接收、转正时，没输现场码的人由主持人标记、监票人核对，才算到会投票。',
          'In elections, admissions and conversions people without the room code count for the vote once the host and a scrutineer agree.',
        ),
      ),
    ],
    { colour: offered.length === 0 ? 'grey' : 'wathet', subtitle: asWritten(it.branchName) },
  )
}

const look = ({ db }: { db: Db }, { gathering }: { gathering: string }) =>
  [gatheringAsItStands(db, gathering), statementOf(votersThere(db, gathering))] as const

export const marks = view({
  message: messages.marks,
  async show(db, { gathering, viewer }) {
    const [it, there] = await lookUp(db, [...look({ db }, { gathering })])
    return it ? marksCard(it, waitingFor(there, viewer)) : null
  },
})

/** The host's choice gives the right: whoever was asked, and nobody else, confirms. */
export const confirmMarksPress = press({
  name: 'marks.confirm',
  rights: ['vote'],
  sends: z.object({ gathering: id }),
  fills: z.object({ people: z.array(z.string().max(40)).max(MOST_OFFERED).nullish() }),
  look: (ctx, sent) => look(ctx, sent),
  async answer(ctx, { gathering }, [it, there], { people }) {
    const { actor, db, now } = memberOrRefuse(ctx)
    const waiting = waitingFor(there, actor.id)
    if (!it || waiting.length === 0) refuse('没有等你核对的人。', 'Nobody waits for you.')
    const chosen = waiting.filter((one) => people?.includes(one.id))
    await confirmMarks(db, it, chosen, actor, now)
    const [after] = await lookUp(db, [statementOf(votersThere(db, gathering))])
    return {
      toast: t(`已确认 ${chosen.length} 人在场。`, `${chosen.length} confirmed.`),
      mood: 'success',
      card: marksCard(it, waitingFor(after, actor.id)),
    }
  },
})
