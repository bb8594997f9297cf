import * as z from 'zod'
import { gatheringAsItStands } from '../../db/gatherings/state.ts'
import { answerForWriteIn } from '../../db/meeting-votes/count-election.ts'
import { press } from '../../src/press.ts'
import { refuse } from '../../src/refusal.ts'
import { t } from '../../src/text.ts'
import { answerWriteIn } from './buttons.ts'
import { held, shownAnew } from './election.ts'

/** The host enters the tellers' word on a written-in name that nobody else can match. */
export const answerWriteInPress = press({
  button: answerWriteIn,
  rights: ['holdVote'],
  fills: z.object({ who: z.string().max(40).nullish() }),
  look: ({ db }, { gathering }) => [gatheringAsItStands(db, gathering)] as const,
  async answer(ctx, { election, name }, [found], { who }) {
    const { actor, db, now, it, one, pressedOn } = held(ctx, found, election)
    const answer = who === 'ineligible' || who === 'unread' ? who : electable(one, who)
    const after = await answerForWriteIn(db, it, one, { name, answer }, actor, now, pressedOn)
    return { toast: t('已记下。', 'Noted.'), mood: 'success', ...(await shownAnew(ctx, after, election)) }
  },
})

function electable({ standers, nominees }: ReturnType<typeof held>['one'], who: string | null | undefined) {
  const found = standers?.find(({ id, mayStand }) => id === who && mayStand)
  if (!found || nominees.some(({ member }) => member === found.id)) refuse('请选这个名字是谁。', 'Please choose who is meant.')
  return { member: found.id }
}
