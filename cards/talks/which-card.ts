import { type Db, lookUp, together } from '../../db/client.ts'
import * as messages from '../../db/talks/messages.ts'
import { talkSubject } from '../../db/talks/messages.ts'
import { talkPeople } from '../../db/talks/people.ts'
import { button, type Card, card, lines } from '../../src/card.ts'
import { type Context, mayOrRefuse, memberOrRefuse, privately, reply } from '../../src/context.ts'
import type { PressAnswer } from '../../src/press.ts'
import { refuse } from '../../src/refusal.ts'
import type { TalkKind } from '../../src/rules/talks/kinds.ts'
import { t } from '../../src/text.ts'
import { whoSaid } from '../../src/words/talks.ts'
import { chooseWho } from './buttons.ts'

interface Offered {
  member: string
  among: readonly string[]
  isNear: boolean
  on: string
  kind?: TalkKind
}

/** Two of one name, or the names nearest to one that nobody bears: the person meant is a button. */
export async function shownWhich(db: Db, { member, among, isNear, on, kind }: Offered): Promise<Card | null> {
  const [people] = await lookUp(db, [talkPeople(db, [member, ...among])])
  const own = people.find((one) => one.id === member)
  const inOrder = among.flatMap((one) => people.find(({ id }) => id === one) ?? [])
  if (inOrder.length === 0) return null
  return card(t('和谁谈心', 'Whom did you talk with'), [
    lines(
      isNear
        ? t('本支部名单上没有这个名字，是不是：', 'Nobody of that name is on your branch’s roster. Do you mean:')
        : t('请看是不是这位：', 'Please choose who is meant:'),
    ),
    ...inOrder.map((one) =>
      button(
        whoSaid({ ...one, branchName: one.branch === own?.branch ? null : one.branchName }),
        chooseWho.value({ with: one.id, on, ...(kind ? { kind } : {}) }),
        { wide: true },
      ),
    ),
  ])
}

/** The line goes on with the person who was meant. */
export async function choseWho(ctx: Context, { with: to, on, kind }: { with: string; on: string; kind?: TalkKind }): Promise<PressAnswer> {
  const { actor, db, newId } = memberOrRefuse(ctx)
  mayOrRefuse(actor, 'talk', { unit: actor.unit })
  const [people] = await lookUp(db, [talkPeople(db, [to])])
  if (people[0]?.unit !== actor.unit) refuse('这个人已经不在名单上。', 'This person is on no roster any more.')
  const talk = newId()
  const shown = messages.talk({ subject: talkSubject(talk), talk, member: actor.id, to, on, ...(kind ? { kind } : {}) })
  await together(db, [reply(privately(ctx), shown)])
  return { toast: t('请看下面的卡片。', 'Please see the card below.'), mood: 'success' }
}
