import type { Pledge } from '../../db/pledges/pledges.ts'
import { day, type Year } from '../../src/calendar.ts'
import { button, type Card, card, drawnThatFit, type Element, lines, note } from '../../src/card.ts'
import { fittingOptions, form, input, select, selectSeveral } from '../../src/form.ts'
import { REVIEW_WORKDAYS } from '../../src/rules/pledges/due.ts'
import { LONGEST_REASON } from '../../src/rules/pledges/points.ts'
import { addWorkdays } from '../../src/rules/time/workdays.ts'
import { spokenDay } from '../../src/spoken.ts'
import { asWritten, type Text, t } from '../../src/text.ts'
import { pointsSaid } from '../../src/words/pledges/points.ts'
import { acceptPledges, enterPledge, openPaperPledge, returnPledges } from './buttons.ts'
import { pointFields } from './parts.ts'

const SHOWN_BYTES = 18_000
const MOST_AT_ONCE = 10

export interface Reviewing {
  year: Year
  waiting: readonly Pledge[]
  /** Those who sit for organisation or publicity type the sheets of people without a phone. */
  typesSheets: boolean
}

function drawn({ memberName, isTyped, submittedAt, points }: Pledge): Element[] {
  const [who, until] = [asWritten(memberName), spokenDay(addWorkdays(day(submittedAt), REVIEW_WORKDAYS))]
  const typed: Text = isTyped ? t('　代录', '  typed from paper') : t('', '')
  return [lines(t(`**${who.zh}**${typed.zh}　${until.zh}前审`, `**${who.en}**${typed.en}  by ${until.en}`), ...pointsSaid({ points }))]
}

/** The pledges that wait for the reader. One press accepts those that were read. */
export function reviewCard({ year, waiting, typesSheets }: Reviewing): Card {
  const all = drawnThatFit(waiting.slice(0, MOST_AT_ONCE), drawn, SHOWN_BYTES)
  const shown = waiting.slice(0, all.length)
  const left = waiting.length - shown.length
  return card(
    t('审承诺', 'Pledges to look at'),
    [
      shown.length === 0 ? lines(t('没有等你审的承诺。', 'No pledge waits for you.')) : null,
      ...all.flat(),
      left > 0 ? note(t(`审完这些，还有 ${left} 份。`, `After these, ${left} more.`)) : null,
      shown.length > 0
        ? button(
            shown.length === waiting.length
              ? t('其余同意', 'The others are fine')
              : t(`同意这 ${shown.length} 份`, `These ${shown.length} are fine`),
            acceptPledges.value({ pledges: shown.map(({ id }) => id) }),
            { type: 'primary_filled', wide: true },
          )
        : null,
      shown.length > 0 ? sendingBack(year, shown) : null,
      typesSheets ? button(t('代录纸质承诺…', 'Type a paper sheet…'), openPaperPledge.value({ year }), { type: 'text' }) : null,
      note(
        t(
          '先退回要改的，再按「其余同意」。自己的由别人审。',
          'Send back first what is to be changed; the others are then accepted with one press. Another looks at your own.',
        ),
      ),
    ],
    { colour: 'blue' },
  )
}

const sendingBack = (year: Year, shown: readonly Pledge[]): Element =>
  form(
    'back',
    [
      selectSeveral(
        'back',
        t('退回哪几份', 'Which are sent back'),
        shown.map(({ id, memberName }) => ({ label: t(memberName, memberName), value: id })),
      ),
      input('because', t('为什么退回（一句话）', 'Why (a sentence)'), { most: LONGEST_REASON }),
    ],
    { label: t('退回…', 'Send back…'), value: returnPledges.value({ year }), type: 'default' },
  )

/** The points of a hand-written sheet, typed for somebody who is not in Feishu. */
export function paperPledgeCard(year: Year, people: readonly { id: string; name: string }[], id: string): Card {
  return card(
    t('代录纸质承诺', 'A paper sheet, typed'),
    people.length === 0
      ? [lines(t('支部里的人都在飞书里，各人自己写。', 'Everybody of the branch is in Feishu and writes their own.'))]
      : [
          form(
            'paper',
            [
              select(
                'member',
                t('是谁的', 'Whose it is'),
                fittingOptions(
                  people.map((one) => ({ label: t(one.name, one.name), value: one.id })),
                  12_000,
                ),
                { required: true },
              ),
              ...pointFields([]),
            ],
            { label: t('纸质已交', 'The sheet was handed in'), value: enterPledge.value({ year, pledge: id }) },
          ),
          note(
            t(
              '纸质原件和本人的同意由支部留存；照样要审。',
              'The branch keeps the sheet, with the person’s consent; it is looked at like the others.',
            ),
          ),
        ],
    { colour: 'turquoise' },
  )
}
