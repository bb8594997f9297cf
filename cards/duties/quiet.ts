import * as z from 'zod'
import { type Db, lookUp, together } from '../../db/client.ts'
import { mute, mutedBy, unmuteAll } from '../../db/duties/quiet.ts'
import { enqueue } from '../../db/ledgers/outbox.ts'
import { button, type Card, card, lines, note } from '../../src/card.ts'
import { memberOrRefuse } from '../../src/context.ts'
import { form, select } from '../../src/form.ts'
import { press } from '../../src/press.ts'
import { type PartId, partIds, partOf } from '../../src/rules/standards/standards.ts'
import { listed, t } from '../../src/text.ts'
import { view } from '../../src/view.ts'
import { openQuieting } from './buttons.ts'

/** The duties somebody is not to be reminded of. They stay that person's duties, and stay under 我的. */
function quietingCard(parts: readonly PartId[], muted: readonly PartId[]): Card {
  const off = listed(muted.map((part) => partOf(part).name))
  return card(
    t('哪些不用提醒', 'What not to remind me of'),
    [
      parts.length > 0
        ? form(
            'mute',
            [
              select(
                'part',
                t('哪一项', 'Which one'),
                parts.map((part) => ({ label: partOf(part).name, value: part })),
                { required: true },
              ),
            ],
            { label: t('不再提醒这一项', 'Stop reminding me of it'), value: muteDuties.value({}) },
          )
        : null,
      parts.length + muted.length === 0 ? lines(t('眼下没有在提醒你的事。', 'You are not being reminded of anything.')) : null,
      muted.length > 0 ? lines(t(`**已关掉提醒**  ${off.zh}`, `**Not reminded of**  ${off.en}`)) : null,
      muted.length > 0 ? button(t('全部恢复提醒', 'Remind me of all again'), unmuteDuties.value({})) : null,
      note(
        t(
          '只关掉你自己的每日提醒；事情仍要办，说「我的」随时能看到。',
          'Only your own daily reminder is switched off; the duty stays, and “mine” always shows it.',
        ),
      ),
    ],
    { colour: 'grey' },
  )
}

async function quietingOf(db: Db, person: string, now: Date): Promise<Card> {
  const [muted] = await lookUp(db, [mutedBy(db, [person])])
  const { alarmsFor } = await import('./drawn.ts')
  const due = (await alarmsFor(db, person, now)).map(({ duty }) => duty.part)
  return quietingCard(
    [...new Set(due)].filter((part) => !muted.some(({ kind }) => kind === part)),
    muted.map(({ kind }) => kind),
  )
}

export const quieting = view({
  name: 'quieting',
  takes: z.object({ person: z.string() }),
  show: (db, { person }, now) => quietingOf(db, person, now),
})

export const openQuietingPress = press({
  button: openQuieting,
  rights: ['quieten'],
  async answer(ctx) {
    const { actor, db, now, eventId } = memberOrRefuse(ctx)
    const shown = quieting.args({ person: actor.openId })
    await together(db, [
      enqueue(db, { occasion: `quieting ${eventId}`, to: { person: actor.openId }, ...shown, dueAt: now, lane: 'answer' }),
    ])
    return { toast: t('已发在下面。', 'It is below.'), mood: 'success' }
  },
})

export const muteDuties = press({
  name: 'quieting.mute',
  rights: ['quieten'],
  sends: z.object({}),
  fills: z.object({ part: z.enum(partIds) }),
  async answer(ctx, _sent, _seen, { part }) {
    const { actor, db, now } = memberOrRefuse(ctx)
    await mute(db, actor, part, now)
    const { zh, en } = partOf(part).name
    return {
      toast: t(`不再提醒「${zh}」；说「我的」仍能看到。`, `No more reminders of “${en}”; “mine” still shows it.`),
      mood: 'success',
      card: await quietingOf(db, actor.openId, now),
    }
  },
})

export const unmuteDuties = press({
  name: 'quieting.unmute',
  rights: ['quieten'],
  sends: z.object({}),
  async answer(ctx) {
    const { actor, db, now } = memberOrRefuse(ctx)
    await unmuteAll(db, actor, now)
    return { toast: t('提醒已全部恢复。', 'All reminders are back.'), mood: 'success', card: await quietingOf(db, actor.openId, now) }
  },
})
