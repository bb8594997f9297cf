import * as z from 'zod'
import { lookUp, together } from '../../db/client.ts'
import * as messages from '../../db/talks/messages.ts'
import { talkSubject } from '../../db/talks/messages.ts'
import { talkPeople } from '../../db/talks/people.ts'
import { button, card, lines } from '../../src/card.ts'
import { mayOrRefuse, memberOrRefuse, privately, reply } from '../../src/context.ts'
import { id } from '../../src/id.ts'
import { press } from '../../src/press.ts'
import { refuse } from '../../src/refusal.ts'
import { talkKinds } from '../../src/rules/talks/kinds.ts'
import { t } from '../../src/text.ts'
import { view } from '../../src/view.ts'
import { whoSaid } from '../../src/words/talks.ts'

const rest = { on: z.string().max(10), kind: z.enum(talkKinds).optional() }

/** Two of one name, or the names nearest to one that nobody bears: the person meant is a button. */
export const talkWhich = view({
  name: 'talkWhich',
  takes: z.object({ member: id, among: z.array(id).max(6), isNear: z.boolean(), ...rest }),
  async show(db, { member, among, isNear, on, kind }) {
    const [people] = await lookUp(db, [talkPeople(db, [member, ...among])])
    const own = people.find((one) => one.id === member)
    const inOrder = among.flatMap((one) => people.find(({ id }) => id === one) ?? [])
    if (inOrder.length === 0) return null
    return card(t('和谁谈心', 'Whom did you talk with'), [
      lines(
        isNear
          ? t('本支部名单上没有这个名字，是不是：', 'Nobody of that name is on your branch’s roster. Do you mean:')
          : t('有同名的人，是哪一位：', 'There are several of that name. Which one:'),
      ),
      ...inOrder.map((one) =>
        button(
          whoSaid({ ...one, branchName: one.branch === own?.branch ? null : one.branchName }),
          chooseWho.value({ with: one.id, on, ...(kind ? { kind } : {}) }),
          { wide: true },
        ),
      ),
    ])
  },
})

/** The line goes on with the person who was meant. */
export const chooseWho = press({
  name: 'which.choose',
  rights: ['talk'],
  sends: z.object({ with: id, ...rest }),
  async answer(ctx, { with: to, on, kind }) {
    const { actor, db, newId } = memberOrRefuse(ctx)
    mayOrRefuse(actor, 'talk', { unit: actor.unit })
    const [people] = await lookUp(db, [talkPeople(db, [to])])
    if (people[0]?.unit !== actor.unit) refuse('这个人已经不在名单上。', 'This person is on no roster any more.')
    const talk = newId()
    const shown = messages.talk({ subject: talkSubject(talk), talk, member: actor.id, to, on, ...(kind ? { kind } : {}) })
    await together(db, [reply(privately(ctx), shown)])
    return { toast: t('请看下面的卡片。', 'Please see the card below.'), mood: 'success' }
  },
})
