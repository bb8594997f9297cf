import { button, type Element, lines, row } from '../../card.ts'
import { spokenDay } from '../../spoken.ts'
import { asWritten, t } from '../../text.ts'

interface Asked {
  id: string
  on: string
  words: string
  byName: string
}

/** The short records that wait for a person's word, each with the two answers. */
export const recordsAskedShown = (all: readonly Asked[], answer: (record: string, isTrue: boolean) => object): Element[] =>
  all.flatMap(({ id, on, words, byName }) => {
    const [writer, when, what] = [asWritten(byName), spokenDay(on), asWritten(words)]
    return [
      lines(t(`**${writer.zh}请你确认** ${when.zh} ${what.zh}`, `**${writer.en} asks you to confirm** ${when.en} ${what.en}`)),
      row(button(t('属实', 'It is so'), answer(id, true)), button(t('我不清楚', 'I do not know'), answer(id, false))),
    ]
  })
