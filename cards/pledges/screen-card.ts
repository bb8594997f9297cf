import type { ScreenLine } from '../../db/pledges/screen.ts'
import { type Day, day } from '../../src/calendar.ts'
import { button, type Card, card, coloured, drawnThatFit, type Element, lines, note, row } from '../../src/card.ts'
import { form, input, pickDay } from '../../src/form.ts'
import { MOST_LINE } from '../../src/rules/pledges/showing.ts'
import { spokenDay } from '../../src/spoken.ts'
import { asWritten, listed, type Text, t } from '../../src/text.ts'
import { approveLine, pullLine, submitLine } from './buttons.ts'

const MOST_BYTES = 18_000
const MOST_SHOWN = 20

/** A line that somebody is writing. `named` are the members whose names stand in it. */
export interface Draft {
  words?: string | undefined
  fromOn?: Day | null | undefined
  untilOn?: Day | null | undefined
  named?: readonly string[]
}

const daysOf = ({ fromOn, untilOn }: ScreenLine): Text => {
  const [from, until] = [spokenDay(fromOn), spokenDay(untilOn)]
  return fromOn === untilOn ? from : t(`${from.zh}至${until.zh}`, `${from.en} to ${until.en}`)
}

function stateOf({ approvedAt, fromOn, byName }: ScreenLine, today: Day): Text {
  const by = asWritten(byName)
  if (!approvedAt) return coloured('orange', t(`${by.zh}提交，等另一位同意`, `handed in by ${by.en}; another has to approve it`))
  return fromOn > today ? t('到日子就显示', 'shown when its day comes') : coloured('green', t('正在显示', 'shown now'))
}

interface Reader {
  /** Keeps the screen: writes lines and takes them down. */
  isKeeper: boolean
  /** Absent on a card that stands in a group. */
  id?: string | undefined
}

const drawn = (one: ScreenLine, today: Day, { isKeeper, id }: Reader): Element[] => {
  const words = asWritten(one.words)
  const mayApprove = !one.approvedAt && one.by !== id
  const buttons = [
    ...(mayApprove ? [button(t('同意上屏', 'Approve'), approveLine.value({ line: one.id }), { type: 'primary' })] : []),
    ...(isKeeper ? [button(one.approvedAt ? t('撤下', 'Take down') : t('不用了', 'Drop it'), pullLine.value({ line: one.id }))] : []),
  ]
  return [
    lines(t(`**${words.zh}**`, `**${words.en}**`), daysOf(one), stateOf(one, today)),
    ...(buttons.length > 0 ? [row(...buttons)] : []),
  ]
}

/** The slogans and notices of a branch, the waiting ones first. */
export function screenCard(
  branch: { id: string; name: string },
  all: readonly ScreenLine[],
  reader: Reader,
  now: Date,
  draft: Draft = {},
): Card {
  const today = day(now)
  const shown = drawnThatFit(all.slice(0, MOST_SHOWN), (one) => drawn(one, today, reader), MOST_BYTES)
  const left = all.length - shown.length
  const isWaiting = all.some(({ approvedAt, by }) => !approvedAt && by !== reader.id)
  return card(
    t('展板上的标语和通知', 'Slogans and notices on the board'),
    [
      ...(reader.isKeeper && draft.words !== undefined ? [writing(branch.id, draft, 'primary_filled')] : []),
      all.length === 0 ? lines(t('现在没有标语和通知。', 'There is no slogan or notice now.')) : null,
      ...shown.flat(),
      left > 0 ? note(t(`另有 ${left} 条。`, `And ${left} more.`)) : null,
      reader.isKeeper && draft.words === undefined ? writing(branch.id, draft, isWaiting ? 'default' : 'primary_filled') : null,
      note(t('由另一位同意后才显示。', 'A line is shown once another has approved it.')),
    ],
    { colour: isWaiting ? 'orange' : 'turquoise', subtitle: asWritten(branch.name) },
  )
}

function writing(branch: string, { words, fromOn, untilOn, named = [] }: Draft, type: 'primary_filled' | 'default'): Element {
  const isAsked = named.length > 0
  const who = listed(named.map(asWritten))
  return form(
    'line',
    [
      ...(isAsked ? [lines(coloured('orange', t(`写了姓名（${who.zh}），本人同意了吗？`, `It names ${who.en}. Have they agreed?`)))] : []),
      input('words', t(`新的一条（最多 ${MOST_LINE} 个字）`, `A new one (at most ${MOST_LINE} characters)`), {
        required: true,
        most: MOST_LINE,
        ...(words ? { value: words } : {}),
      }),
      pickDay('from', t('从哪天', 'From'), { required: true, ...(fromOn ? { chosen: fromOn } : {}) }),
      pickDay('until', t('到哪天', 'Until'), { required: true, ...(untilOn ? { chosen: untilOn } : {}) }),
    ],
    {
      label: isAsked ? t('本人同意了，提交', 'They agreed; hand it in') : t('提交', 'Hand it in'),
      value: submitLine.value({ branch, isAsked }),
      type,
    },
  )
}
