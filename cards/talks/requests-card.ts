import { otherOf, type TalkAsItStands } from '../../db/talks/state.ts'
import { button, type Card, card, type Element, lines, note } from '../../src/card.ts'
import { literal, type Text, t } from '../../src/text.ts'
import { talkSaidAs } from '../../src/words/talks.ts'
import { openTalk } from './buttons.ts'
import { answerButtons, undoButtons } from './talk-card.ts'

const MOST_SHOWN = 12

/** All that waits for one person's yes or no, and below it what they have just answered. */
export function requestsCard(waiting: readonly TalkAsItStands[], answered: readonly TalkAsItStands[], member: string): Card {
  const shown = waiting.slice(0, MOST_SHOWN)
  return card(
    waiting.length > 0 ? t(`${waiting.length} 次谈心等你确认`, `${waiting.length} talks wait for you`) : t('谈心确认', 'Talks to confirm'),
    [
      ...shown.flatMap((it) => asked(it, member)),
      waiting.length > shown.length
        ? note(t(`另有 ${waiting.length - shown.length} 次，答完再看。`, `And ${waiting.length - shown.length} more, after these.`))
        : null,
      ...answered.slice(0, MOST_SHOWN).flatMap((it) => done(it, member)),
      waiting.length + answered.length === 0 ? lines(t('没有等你确认的谈心。', 'No talk waits for you.')) : null,
      note(t('谈了什么只有你们知道，这里只记有没有谈。', 'What was said is yours alone; only whether you talked is kept here.')),
    ],
    { colour: waiting.length > 0 ? 'blue' : 'grey' },
  )
}

function asked(it: TalkAsItStands, member: string): Element[] {
  const name = literal(otherOf(it, member).name)
  const said = talkSaidAs(it)
  if (it.confirmedAt)
    return [lines(t(`**${name}**请你同意撤回：${said.zh}`, `**${name}** asks you to agree to taking back: ${said.en}`)), undoButtons(it)]
  return [lines(t(`**${name}**说和你谈过心：${said.zh}`, `**${name}** says that you talked: ${said.en}`)), answerButtons(it, true)]
}

function done(it: TalkAsItStands, member: string): Element[] {
  const name = literal(otherOf(it, member).name)
  const state: Text = it.confirmedAt ? t('已确认', 'confirmed') : t('你说没有谈过', 'you said no')
  return [
    lines(t(`${name}　${talkSaidAs(it).zh} — ${state.zh}`, `${name}  ${talkSaidAs(it).en} — ${state.en}`)),
    ...(it.confirmedAt ? [button(t('打开', 'Open'), openTalk.value({ talk: it.id }))] : []),
  ]
}
