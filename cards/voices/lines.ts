import type { Answer, Voice } from '../../db/voices/inbox.ts'
import { day } from '../../src/calendar.ts'
import { type Element, lines, note, words } from '../../src/card.ts'
import { outcomeNames } from '../../src/rules/voices/kinds.ts'
import { spokenDay } from '../../src/spoken.ts'
import { asWritten, both, literal, type Text, t } from '../../src/text.ts'

/** Words with their own line breaks. */
export const typedLines = (typed: string): Text => {
  const all = typed.split('\n').map(literal).join('\n')
  return t(all, all)
}

export const answerShown = ({ outcome, words: said, at }: Answer): Element[] => [
  lines(both((l) => `**${outcomeNames[outcome][l]}** · ${spokenDay(day(at))[l]}`)),
  words(typedLines(said)),
]

export const answerNote = (it: Voice) => note(it.author ? signed(it) : unsigned(it))

function signed(it: Voice): Text {
  const who = asWritten(it.authorName ?? '')
  return it.about === 'report'
    ? t(`署名：${who.zh}，问的是支委会报告。`, `Signed: ${who.en}, about the committee’s report.`)
    : t(`署名：${who.zh}`, `Signed: ${who.en}`)
}

const unsigned = (it: Voice): Text =>
  it.about === 'gathering'
    ? t('谈心谈话会上记下的。', 'Noted at a talk gathering.')
    : t('没有署名，请不要打听是谁。', 'Unsigned; please do not ask whose it is.')
