import type { Answer, takersOf, Voice } from '../../db/voices/inbox.ts'
import { button, type Card, card, lines, note, row, words } from '../../src/card.ts'
import { form, input, pickDay, select } from '../../src/form.ts'
import { outcomeNames, outcomes, themeNames, themes, UPPER_WORKDAYS, voiceKindNames } from '../../src/rules/voices/kinds.ts'
import { LONGEST_ANSWER, LONGEST_PUBLISHED } from '../../src/rules/voices/words.ts'
import { spokenDay } from '../../src/spoken.ts'
import { asWritten, both, t } from '../../src/text.ts'
import { answerVoice, backToInbox, handVoice, leaveVoice, takeVoice } from './buttons.ts'
import { answerNote, answerShown, typedLines } from './lines.ts'

type Takers = Awaited<ReturnType<typeof takersOf>>

/** One voice, for whoever answers it. The answer is the form's one main button. */
export function voiceCard(it: Voice, said: string, answers: readonly Answer[], takers: Takers, me: string): Card {
  const others = takers.filter(({ id }) => id !== it.takenBy && id !== me)
  const chosen = ({ id, name }: { id: string; name: string }) => ({ value: id, label: asWritten(name) })
  return card(
    both(
      (l) =>
        `${voiceKindNames[it.kind][l]} · ${{ zh: `${spokenDay(it.promisedOn).zh}前答复`, en: `answer by ${spokenDay(it.promisedOn).en}` }[l]}`,
    ),
    [
      words(typedLines(said)),
      answerNote(it),
      ...answers.flatMap(answerShown),
      answers.length > 0 ? note(t('提的人说还没有解决。', 'The author says that it is not solved.')) : null,
      it.takenByName ? lines(t(`在办：${asWritten(it.takenByName).zh}`, `With ${asWritten(it.takenByName).en}`)) : null,
      it.takenBy === me ? null : button(t('我来办', 'I take it'), takeVoice.value({ voice: it.id })),
      form(
        'answer',
        [
          select(
            'outcome',
            t('结果', 'The outcome'),
            outcomes.map((value) => ({ value, label: outcomeNames[value] })),
            { required: true },
          ),
          input('words', t(`答复（最多 ${LONGEST_ANSWER} 字）`, `The answer (at most ${LONGEST_ANSWER} characters)`), {
            required: true,
            most: LONGEST_ANSWER,
            rows: 3,
            hint: t('怎样办的，或为什么不采纳、不办', 'How it is settled, or why it is not adopted or set aside'),
          }),
          select(
            'theme',
            t('属于哪个主题（分析时只计数）', 'Its theme, for the numbers of the analysis'),
            themes.map((value) => ({ value, label: themeNames[value] })),
            it.theme ? { chosen: it.theme } : {},
          ),
          input('published', t('一句话写办什么：公布、立任务都用它', 'What is done, in one line: it is published, and names the task'), {
            most: LONGEST_PUBLISHED,
            hint: t('可不写；不写姓名', 'Optional; no names'),
          }),
          ...(it.kind === 'tool' || takers.length === 0
            ? []
            : [
                select('owner', t('采纳并立任务：谁办（可不选）', 'Make it a task of (optional)'), takers.map(chosen)),
                pickDay('due', t('哪天办完', 'Done by')),
              ]),
        ],
        { label: t('答复', 'Answer'), value: answerVoice.value({ voice: it.id, nth: answers.length + 1 }) },
      ),
      others.length > 0
        ? form('hand', [select('to', t('交给谁', 'To whom'), others.map(chosen), { required: true })], {
            label: t('交给别人', 'Hand it over'),
            value: handVoice.value({ voice: it.id }),
            type: 'default',
          })
        : null,
      row(
        ...(it.decidesAbove || it.kind === 'tool'
          ? []
          : [
              button(
                t(`要上级定（${UPPER_WORKDAYS} 个工作日）`, `The level above decides (${UPPER_WORKDAYS} working days)`),
                leaveVoice.value({ voice: it.id }),
              ),
            ]),
        button(t('返回', 'Back'), backToInbox.value({ about: 'voices' })),
      ),
    ],
    { colour: 'wathet', subtitle: asWritten(it.branchName) },
  )
}
