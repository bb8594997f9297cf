import type { TalkPerson } from '../../db/talks/people.ts'
import { type Day, day, daysBetween } from '../../src/calendar.ts'
import { button, type Card, card, coloured, lines, note, row } from '../../src/card.ts'
import { form, pickDay, select, selectPerson } from '../../src/form.ts'
import { isBackdated } from '../../src/rules/talks/days.ts'
import { kindsOf } from '../../src/rules/talks/kind-of.ts'
import { type TalkKind, talkKindNames } from '../../src/rules/talks/kinds.ts'
import { spokenDay } from '../../src/spoken.ts'
import { asWritten, both, literal, type Text, t } from '../../src/text.ts'
import { claimLine, editLine, sendTalk, submitLine } from './buttons.ts'

/** A line that was said, before anything is registered. */
export interface Line {
  /** The id that the talk will have. */
  talk: string
  own: TalkPerson
  /** Null where nobody is named yet. */
  other: TalkPerson | null
  on: Day
  /** Null takes the likeliest kind. */
  kind: TalkKind | null
  /** The people of the branch who can be picked, by open_id. */
  pickable: readonly string[]
  /** Talks of the same two that count already; their notes are read from there. */
  earlier?: readonly { id: string; onDay: Day }[]
}

/** More of the line was typed than is kept. */
export interface Doubts {
  hasMore?: boolean
  isUnclear?: boolean
}

export function kindMeant({ own, other, on, kind }: Pick<Line, 'own' | 'other' | 'on' | 'kind'>): TalkKind | null {
  const kinds = other ? kindsOf(own, other, on) : []
  return kind && kinds.includes(kind) ? kind : (kinds[0] ?? null)
}

/** Reads the line back with one button, or shows it as a form. */
export function lineCard(line: Line, now: Date, isOpen: boolean, doubts: Doubts = {}): Card {
  const { talk, other, on } = line
  const kind = kindMeant(line)
  const sent = { talk, on, ...(other ? { with: other.id } : {}), ...(kind ? { kind } : {}) }
  return card(
    other ? t(`和${other.name}谈心`, `Talk with ${other.name}`) : t('登记一次谈心', 'Register a talk'),
    [
      doubts.isUnclear
        ? lines(coloured('orange', t('日期没看懂，请选一下是哪天。', 'I did not understand the day; please choose it.')))
        : null,
      ...(isOpen || !other || !kind ? [lineForm(line, kind, sent)] : readBack(line, kind, sent, now)),
      doubts.hasMore
        ? note(
            t(
              '后面的话没有保存：谈话内容不写在这里，确认后可以「记一笔」。',
              'The rest was not kept: what was said is not written here; once it is confirmed you can make a note.',
            ),
          )
        : null,
    ],
    { colour: 'blue' },
  )
}

type Sent = Parameters<typeof claimLine.value>[0]

const readBack = ({ other, on, earlier = [] }: Line, kind: TalkKind, sent: Sent, now: Date) => [
  lines(dayLine(on, now), t(`类别：${talkKindNames[kind].zh}`, `Kind: ${talkKindNames[kind].en}`)),
  row(
    button(t('谈过了', 'We talked'), claimLine.value(sent), { type: 'primary_filled' }),
    button(t('改日期、类别…', 'Change the day or kind…'), editLine.value(sent)),
  ),
  other ? note(howItCounts(other)) : null,
  ...(earlier.length > 0 ? [lines(t('之前谈过：', 'Earlier talks:')), row(...earlier.map(earlierButton))] : []),
]

function earlierButton({ id, onDay }: { id: string; onDay: Day }) {
  return button(spokenDay(onDay), sendTalk.value({ talk: id }), { type: 'text' })
}

const howItCounts = ({ name, isReachable }: TalkPerson): Text =>
  isReachable
    ? t(
        `按下后${literal(name)}会收到一张卡片，也按「是，谈过」才算数。`,
        `${literal(name)} then gets a card, and it counts when they press “Yes, we talked”.`,
      )
    : t(
        `${literal(name)}收不到飞书消息：两人在纸上签字，支委看过就算数。`,
        `${literal(name)} gets no messages in Feishu: both sign a paper, and it counts once somebody of the committee has seen it.`,
      )

const agoNames: Record<number, Text> = { 0: t('今天', 'today'), 1: t('昨天', 'yesterday'), 2: t('前天', 'two days ago') }

function dayLine(on: Day, now: Date): Text {
  const ago = agoNames[daysBetween(on, day(now))]
  const mark = isBackdated(on, now) ? t('（补记）', ' (registered late)') : t('', '')
  return both((l) => `**${spokenDay(on)[l]}**${ago ? { zh: `，${ago.zh}`, en: `, ${ago.en}` }[l] : ''}${mark[l]}`)
}

function lineForm({ own, other, on, pickable }: Line, kind: TalkKind | null, sent: Sent) {
  const kinds = other ? kindsOf(own, other, on) : []
  return form(
    'talk',
    [
      other
        ? lines(t(`和谁：**${asWritten(other.name).zh}**`, `With: **${asWritten(other.name).en}**`))
        : selectPerson('person', t('和谁谈的', 'With whom'), pickable),
      pickDay('on', t('哪天谈的', 'On which day'), { chosen: on, required: true }),
      // Without a person the kind follows from whom they pick.
      select(
        'kind',
        t('类别（不选就按对方身份）', 'Kind (else by who they are)'),
        (other ? kinds : (['care'] as const)).map((one) => ({ label: talkKindNames[one], value: one })),
        { chosen: kind ?? undefined },
      ),
    ],
    { label: t('谈过了', 'We talked'), value: submitLine.value(sent) },
  )
}
