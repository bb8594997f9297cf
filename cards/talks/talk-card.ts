import type { Party, TalkAsItStands } from '../../db/talks/state.ts'
import { activistOf, otherOf } from '../../db/talks/state.ts'
import { button, type Card, card, coloured, type Element, lines, note, row } from '../../src/card.ts'
import { stateOfTalk, type TalkState } from '../../src/rules/talks/state.ts'
import { literal, type Text, t } from '../../src/text.ts'
import { talkSaidAs } from '../../src/words/talks.ts'
import { answerNo, answerYes, askPaper, keepTalk, openNote, openOpinion, openWorry, takeBack } from './buttons.ts'

/** A talk as one of the two sees it: how it stands, and what they can do now. */
export function talkCard(it: TalkAsItStands, member: string, now: Date): Card {
  const [other, state, isOwnClaim] = [otherOf(it, member), stateOfTalk(it, now), it.claimedBy === member]
  return card(
    t(`和${other.name}谈心`, `Talk with ${other.name}`),
    [
      lines(talkSaidAs(it)),
      lines(...stateSaid(it, other, state, isOwnClaim)),
      ...buttonsFor(it, member, other, state, isOwnClaim),
      noteFor(state, isOwnClaim),
    ],
    { colour: colours[state] },
  )
}

const colours: Record<TalkState, 'blue' | 'green' | 'orange' | 'grey'> = {
  claimed: 'blue',
  confirmed: 'green',
  fixed: 'green',
  denied: 'orange',
  lapsed: 'grey',
  withdrawn: 'grey',
}

function stateSaid(it: TalkAsItStands, other: Party, state: TalkState, isOwnClaim: boolean): Text[] {
  const name = literal(other.name)
  switch (state) {
    case 'claimed':
      return [
        isOwnClaim
          ? waiting(other)
          : t(`**${name}说这天和你谈过心，谈过吗？**`, `**${name} says that you two talked on that day. Did you?**`),
      ]
    case 'denied':
      return [
        isOwnClaim
          ? coloured(
              'orange',
              t('对方说没有谈过，有出入请当面说。', 'The other says that there was no talk; please speak about it in person.'),
            )
          : t('你说没有谈过，不计数。', 'You said that there was no talk; it does not count.'),
      ]
    case 'withdrawn':
      return [t('已撤回，不计数。', 'Taken back; it does not count.')]
    case 'lapsed':
      return [t('30 天没有回应，不计数。', 'Unanswered for 30 days; it does not count.')]
    default:
      return [it.attestedBy ? attested(it) : t('**双方都已确认。**', '**Confirmed by both.**'), ...undoSaid(it, other)]
  }
}

/** The answer to whoever has just registered a talk. */
export const claimedSaid = ({ confirmedAt }: TalkAsItStands, { name, isReachable }: { name: string; isReachable: boolean }): Text => {
  if (confirmedAt) return t('双方都已确认。', 'Confirmed by both.')
  return isReachable
    ? t(`已登记，等${name}确认。`, `Registered; ${name} has yet to confirm.`)
    : t('已登记，还要看双方签字。', 'Registered; the signed paper is yet to be seen.')
}

const waiting = ({ name, isReachable }: Party): Text =>
  isReachable
    ? t(`已登记，等${literal(name)}确认；确认后才算数。`, `Registered; it counts when ${literal(name)} confirms it.`)
    : t(
        `已登记，但${literal(name)}收不到飞书消息：两人在纸上签字，支委看过就算数。现在可以请支委看；不按的话，下个工作日自动提醒。`,
        `Registered, but ${literal(name)} gets no messages in Feishu: both sign a paper, and it counts once somebody of the committee has seen it. Ask them now, or they are told on the next working day.`,
      )

const attested = ({ attestedReference }: TalkAsItStands): Text =>
  t(`**凭签字登记**：${literal(attestedReference ?? '')}`, `**By signed paper**: ${literal(attestedReference ?? '')}`)

function undoSaid({ undoAskedBy }: TalkAsItStands, other: Party): Text[] {
  if (undoAskedBy === null) return []
  const name = literal(other.name)
  return [
    undoAskedBy === other.id
      ? coloured('orange', t(`${name}请你同意撤回这次登记。`, `${name} asks you to agree to taking this back.`))
      : t(`已请${name}同意撤回。`, `${name} is asked to agree to taking this back.`),
  ]
}

function buttonsFor(it: TalkAsItStands, member: string, other: Party, state: TalkState, isOwnClaim: boolean): Element[] {
  const sent = { talk: it.id }
  if (state === 'claimed' && !isOwnClaim) return [answerButtons(it)]
  if (state === 'claimed')
    return [
      row(
        ...(other.isReachable || it.kind === 'care'
          ? []
          : [button(t('凭签字登记…', 'By signed paper…'), askPaper.value(sent), { type: 'primary' })]),
        button(t('撤回', 'Withdraw'), takeBack.value(sent)),
      ),
    ]
  if (state !== 'confirmed' && state !== 'fixed') return []
  if (it.undoAskedBy !== null && it.undoAskedBy !== member) return [undoButtons(it)]
  const filesOpinion = activistOf(it)?.id === other.id && it.filers.includes(member)
  return [
    ...(filesOpinion ? [button(t('填考察意见…', 'File the appraisal…'), openOpinion.value(sent), { type: 'primary', wide: true })] : []),
    row(
      button(t('记一笔…', 'A note…'), openNote.value(sent)),
      ...(other.isReachable ? [button(t('提出一件事…', 'Raise something…'), openWorry.value(sent))] : []),
    ),
    ...(it.undoAskedBy === member
      ? []
      : [
          button(
            state === 'confirmed' ? t('撤回（24 小时内）', 'Take back (24 h)') : t('登记错了…', 'Registered wrongly…'),
            takeBack.value(sent),
            { type: 'text' },
          ),
        ]),
  ]
}

/** The answer to a claim, on the card of one talk and on the list. */
export const answerButtons = (it: Pick<TalkAsItStands, 'id'>, isList?: true): Element => {
  const sent = { talk: it.id, ...(isList ? { isList } : {}) }
  return row(
    button(t('是，谈过', 'Yes, we talked'), answerYes.value(sent), { type: 'primary' }),
    button(t('没有', 'No'), answerNo.value(sent)),
  )
}

export const undoButtons = ({ id }: Pick<TalkAsItStands, 'id'>): Element =>
  row(
    button(t('同意撤回', 'Agree'), takeBack.value({ talk: id }), { type: 'primary' }),
    button(t('保留', 'Keep it'), keepTalk.value({ talk: id })),
  )

function noteFor(state: TalkState, isOwnClaim: boolean): Element | null {
  if (state === 'claimed' && !isOwnClaim)
    return note(t('谈了什么只有你们知道，这里只记有没有谈。', 'What was said is yours alone; only whether you talked is kept here.'))
  if (state === 'denied' && !isOwnClaim)
    return note(
      t(
        '按错了？说「/谈心」加名字和日期，由你来登记。',
        'Pressed wrongly? Say “/talk” with the name and the day, and register it yourself.',
      ),
    )
  if (state === 'confirmed' || state === 'fixed')
    return note(
      t(
        '谈话内容不上报；「记一笔」只给自己看，或两人共享。',
        'What was said goes nowhere; a note is for yourself, or shared between you two.',
      ),
    )
  return null
}
