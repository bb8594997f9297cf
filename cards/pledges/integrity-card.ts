import type { Officer } from '../../db/pledges/integrity.ts'
import { type Day, day, type Year } from '../../src/calendar.ts'
import { button, type Card, card, fittingLines, lines, note } from '../../src/card.ts'
import { form, input } from '../../src/form.ts'
import { integrityDueOn, LONGEST_INTEGRITY_TEXT } from '../../src/rules/pledges/integrity.ts'
import { spokenDay } from '../../src/spoken.ts'
import { asWritten, labelled, type Text, t } from '../../src/text.ts'
import { pledgeIntegrity, readProblem, setIntegrityText } from './buttons.ts'

export interface IntegrityShown {
  branch: string
  branchName: string
  year: Year
  /** The year's text; where the reader pledged, the words as they were then. */
  words: Text
  officers: readonly Officer[]
  reader: string
  /** The reader's own problems of the year that are not put right. */
  problems: readonly { finding: string; half: string }[]
}

const dueOf = ({ seatedAt }: Officer, year: Year): Day => integrityDueOn(day(seatedAt), year)

function officerSaid(one: Officer, year: Year): Text {
  const name = asWritten(one.name)
  const on = spokenDay(one.pledgedAt ? day(one.pledgedAt) : dueOf(one, year))
  return one.pledgedAt
    ? t(`${name.zh}　${on.zh}已承诺`, `${name.en}  pledged on ${on.en}`)
    : t(`${name.zh}　${on.zh}前`, `${name.en}  by ${on.en}`)
}

/** An officer's card: the unit's text of the year, and one press. */
export function integrityCard({ branch, branchName, year, words, officers, reader, problems }: IntegrityShown): Card {
  const own = officers.find(({ id }) => id === reader)
  const open = own && !own.pledgedAt
  return card(
    labelled(t('廉政承诺', 'Integrity pledge'), t(`${year}年`, year), ' · '),
    [
      lines(words),
      open ? button(t('我承诺', 'I pledge'), pledgeIntegrity.value({ branch, year }), { type: 'primary_filled', wide: true }) : null,
      ...problems.slice(0, 4).map((one) => button(t('检查发现的问题…', 'What the check found…'), readProblem.value({ branch, ...one }))),
      lines(
        t('**支委和党小组长**', '**The committee and the leaders of groups**'),
        ...fittingLines(
          officers.map((one) => officerSaid(one, year)),
          8_000,
        ),
      ),
      note(t('每半年检查一次，自己的由别人检查。', 'Checked once a half-year; another checks your own.')),
    ],
    { colour: open ? 'turquoise' : 'green', subtitle: asWritten(branchName) },
  )
}

/** The text of a year, for the committee that sets it. */
export function integrityTextCard(committee: string, name: string, year: Year, words: Text, isOwn: boolean): Card {
  return card(
    labelled(t('廉政承诺的内容', 'The text of the integrity pledge'), t(`${year}年`, year), ' · '),
    [
      lines(words),
      form(
        'text',
        [
          input('words', t(`改成（${LONGEST_INTEGRITY_TEXT} 字以内）`, `Change it to (at most ${LONGEST_INTEGRITY_TEXT} characters)`), {
            required: true,
            most: LONGEST_INTEGRITY_TEXT,
            rows: 6,
          }),
        ],
        { label: t('就用这个', 'Use this'), value: setIntegrityText.value({ committee, year }) },
      ),
      note(
        isOwn
          ? t('这是本级定的；已经承诺的，按当时的内容。', 'Set by this committee. Who has pledged did so in the words of that day.')
          : t('本级没有另定，用的是常用内容。', 'This committee has set none; the usual words are used.'),
      ),
    ],
    { colour: 'turquoise', subtitle: asWritten(name) },
  )
}
