import type { RecordAsked, ShortRecord, witnessesFor } from '../../db/papers/records.ts'
import { button, type Card, card, type Element, lines, note, oneMain, row } from '../../src/card.ts'
import { fittingOptions, form, input, pickDay, select } from '../../src/form.ts'
import { LONGEST_RECORD, partOfTopic, type Topic, topicNames, topics } from '../../src/rules/papers/topics.ts'
import { partOf } from '../../src/rules/standards/standards.ts'
import { spokenDay } from '../../src/spoken.ts'
import { asWritten, type Text, t } from '../../src/text.ts'
import { answerRecord, withdrawRecord, writeRecord } from './buttons.ts'

const OPTIONS_BYTES = 16_000

type Witness = Awaited<ReturnType<typeof witnessesFor>>[number]

interface Filled {
  record: string
  topic: Topic | undefined
  on: string
  words: string
}

/** The form of a record, filled in as far as its line was understood. */
export function recordFormCard(
  { record, topic, on, words }: Filled,
  witnesses: readonly Witness[],
  asked: readonly RecordAsked[] = [],
): Card {
  if (witnesses.length === 0)
    return card(t('记一笔', 'A short record'), [
      lines(t('支部里没有另一位党员能确认，先不用登记。', 'There is no other member of the branch who could confirm it.')),
    ])
  return card(
    t('记一笔', 'A short record'),
    oneMain([
      ...asked.flatMap((one) => [lines(askedSaid(one)), answers(one.id)]),
      form(
        'record',
        [
          select(
            'topic',
            t('哪一方面', 'What it is about'),
            topics.map((one) => ({ label: topicNames[one], value: one })),
            { required: true, ...(topic ? { chosen: topic } : {}) },
          ),
          pickDay('on', t('哪一天', 'Which day'), { chosen: on, required: true }),
          input('words', t(`做了什么（最多 ${LONGEST_RECORD} 字）`, `What was done (at most ${LONGEST_RECORD} characters)`), {
            value: words,
            required: true,
            most: LONGEST_RECORD,
          }),
          select(
            'asked',
            t('请谁确认属实', 'Who confirms it'),
            fittingOptions(
              witnesses.map(({ id, name }) => ({ label: t(name, name), value: id })),
              OPTIONS_BYTES,
            ),
            { required: true },
          ),
        ],
        { label: t('登记', 'Write it down'), value: writeRecord.value({ record }) },
      ),
      note(
        t(
          '对方按「属实」才算数；记得多不加分，只是评定时的依据。',
          'It stands once the other confirms it. Many records give no more points; they are shown when the standard is judged.',
        ),
      ),
    ]),
    { colour: 'turquoise' },
  )
}

/** The two words that the one who is asked may say. */
const answers = (record: string): Element =>
  row(
    button(t('属实', 'It is so'), answerRecord.value({ record, isTrue: true }), { type: 'primary' }),
    button(t('我不清楚', 'I do not know'), answerRecord.value({ record, isTrue: false })),
  )

function askedSaid(one: RecordAsked): Text {
  const [writer, what] = [asWritten(one.byName), said(one)]
  return t(`**${writer.zh}请你确认**　${what.zh}`, `**${writer.en} asks you to confirm**  ${what.en}`)
}

const said = ({ topic, on, words }: Pick<ShortRecord, 'topic' | 'on' | 'words'>): Text => {
  const [what, when, done] = [topicNames[topic], spokenDay(on), asWritten(words)]
  return t(`**${what.zh}**　${when.zh}\n${done.zh}`, `**${what.en}**  ${when.en}\n${done.en}`)
}

/** The record for one of the two. The one who is asked answers; the writer may take it back. */
export function recordCard(it: ShortRecord, member: string): Card {
  const isOpen = !it.confirmedAt && !it.declinedAt && !it.withdrawnAt
  const isAsked = isOpen && member === it.asked
  return card(
    isAsked ? t('请确认一笔记录', 'Please confirm a record') : t('记一笔', 'A short record'),
    [
      lines(said(it)),
      lines(stateSaid(it, member)),
      isAsked ? answers(it.id) : null,
      !it.withdrawnAt && member === it.by
        ? button(t('撤回', 'Take back'), withdrawRecord.value({ record: it.id }), { type: 'text' })
        : null,
    ],
    { colour: it.confirmedAt && !it.withdrawnAt ? 'green' : isOpen ? 'turquoise' : 'grey', subtitle: asWritten(it.branchName) },
  )
}

function stateSaid({ confirmedAt, declinedAt, withdrawnAt, byName, askedName, topic, asked }: ShortRecord, member: string): Text {
  const [writer, other] = [asWritten(byName), asWritten(askedName)]
  if (withdrawnAt) return t('已撤回。', 'Taken back.')
  if (confirmedAt) {
    const { standard } = partOf(partOfTopic[topic])
    return t(
      `${writer.zh}登记，${other.zh}确认属实；标准（${standard}）评定时作依据。`,
      `Written by ${writer.en}, confirmed by ${other.en}; it is shown when standard (${standard}) is judged.`,
    )
  }
  if (declinedAt)
    return t(
      `${other.zh}说不清楚这件事。知道的人不同，就撤回再记一次。`,
      `${other.en} does not know of it. Take it back and ask somebody who does.`,
    )
  return member === asked
    ? t(`${writer.zh}登记，请你确认是不是有这件事。`, `${writer.en} wrote this down and asks you whether it is so.`)
    : t(`等${other.zh}确认。`, `Waiting for ${other.en}.`)
}
