import type { Actor } from '../../db/branches/members.ts'
import { type MinutesAsTheyStand, minutesAsTheyStand } from '../../db/work/minutes.ts'
import * as messages from '../../db/work/minutes-messages.ts'
import { asker, askForMinutes, provideMinutes } from '../../db/work/minutes-provide.ts'
import { placeOfMinutes } from '../../db/work/minutes-readers.ts'
import { button, type Card, card, lines, note, sentence } from '../../src/card.ts'
import { memberOrRefuse } from '../../src/context.ts'
import { press } from '../../src/press.ts'
import { refuse } from '../../src/refusal.ts'
import { may } from '../../src/rules/branches/rights.ts'
import { gatheringKinds } from '../../src/rules/gatherings/gatherings.ts'
import { spokenSpan } from '../../src/spoken.ts'
import { asWritten, literal, t } from '../../src/text.ts'
import { view } from '../../src/view.ts'
import { askMinutes, giveMinutes } from './buttons.ts'
import { minutesOrRefuse } from './minutes-guards.ts'

/** The secretary decides whether the level above gets the minutes of one meeting. */
export const minutesAskedCard = ({ it, own }: MinutesAsTheyStand, by: Actor): Card =>
  card(
    t('上级想看会议记录', 'The level above asks for minutes'),
    [
      lines(
        t(`**${literal(by.name)}**想看这次会的会议记录：`, `**${literal(by.name)}** asks for the minutes of this meeting:`),
        gatheringKinds[it.kind].name,
        spokenSpan(it.startsAt, it.endsAt),
      ),
      button(t('提供', 'Provide'), giveMinutes.value({ gathering: it.id, branch: own.id, by: by.id }), {
        type: 'primary_filled',
        wide: true,
      }),
      note(
        t(
          '提供的是确认了的 Word 文档，留痕。不提供就不用按。',
          'They get the confirmed minutes as a document, which is recorded. To keep them, press nothing.',
        ),
      ),
    ],
    { subtitle: asWritten(own.name) },
  )

export const minutesAsked = view({
  message: messages.minutesAsked,
  async show(db, { gathering, branch, by, viewer }) {
    const [seen, one, reader] = await Promise.all([minutesAsTheyStand(db, gathering, branch), asker(db, by), asker(db, viewer)])
    return seen && one && may(reader ?? null, 'provideMinutes', placeOfMinutes(seen)) ? minutesAskedCard(seen, one) : null
  },
})

export const askMinutesPress = press({
  button: askMinutes,
  rights: ['assess'],
  async answer(ctx, sent) {
    const { actor, db, now } = memberOrRefuse(ctx)
    const seen = await minutesOrRefuse(db, sent, actor, 'assess')
    await askForMinutes(db, seen, actor, now)
    return {
      toast: t('已请支部书记提供，提供了会私聊发给你。', 'The secretary is asked; what they provide comes to your direct chat.'),
      mood: 'success',
    }
  },
})

export const giveMinutesPress = press({
  button: giveMinutes,
  rights: ['provideMinutes'],
  isPersonal: true,
  async answer(ctx, sent) {
    const { actor, db, now } = memberOrRefuse(ctx)
    const seen = await minutesOrRefuse(db, sent, actor, 'provideMinutes')
    const by = await asker(db, sent.by)
    if (!by || !may(by, 'assess', placeOfMinutes(seen)))
      refuse('请求的人现在不是上级考核人，不能提供。', 'Whoever asked is no assessor of this branch now; nothing was provided.')
    await provideMinutes(db, seen, by, actor, now)
    const said = t('已提供给上级考核人。', 'Provided to the assessor.')
    return { toast: said, mood: 'success', card: sentence(said) }
  },
})
