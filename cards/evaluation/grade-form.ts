import { button, type Card, card, drawnThatFit, type Element, lines, note } from '../../src/card.ts'
import { form, input } from '../../src/form.ts'
import { type Grade, gradeNames } from '../../src/rules/ballots/uses.ts'
import { clipped, labelled, literal, type Text, t } from '../../src/text.ts'
import type { GradeReasons } from './buttons.ts'

/** A person whose grade differs from the proposed one. */
export interface Differing {
  key: string
  name: string
  /** The proposed grade; null where none was proposed and everybody starts as qualified. */
  from: Grade | null
  to: Grade
  /** The reason as it was written before. */
  reason: string
}

const LONGEST_REASON = 100
const FIELDS_BYTES = 16_000
/** A field takes three of the platform's 200 elements. */
const MOST_FIELDS = 40

const oneSentence = t('一句话', 'One sentence')
const changeSaid = ({ name, from, to }: Differing): Text => {
  const who = clipped(name, 12)
  return labelled(t(who, who), from ? labelled(gradeNames[from], gradeNames[to], ' → ') : gradeNames[to])
}
const fieldFor = (one: Differing): Element =>
  input(`r_${one.key}`, changeSaid(one), { value: one.reason, required: true, most: LONGEST_REASON, hint: oneSentence })

/** The number of people with a field of their own. Among many long names the rest share one field. */
const withField = (differing: readonly Differing[]): number =>
  drawnThatFit(differing.slice(0, MOST_FIELDS), (one) => [fieldFor(one)], FIELDS_BYTES).length

interface ReasonsCard {
  title: Text
  subtitle: Text
  asks: Text
  /** The grade of people who are not listed, in words. */
  rest: Text
  differing: readonly Differing[]
  submit: { label: Text; value: object }
  back: object
}

/** The second half of the form asks for a reason for each person whose grade differs. */
export function reasonsCard({ title, subtitle, asks, rest, differing, submit, back }: ReasonsCard): Card {
  const own = withField(differing)
  const others = differing.slice(own)
  return card(
    title,
    [
      lines(asks),
      form(
        'reasons',
        [
          ...differing.slice(0, own).map(fieldFor),
          ...(others.length > 0
            ? [
                input('r_rest', t(`其余 ${others.length} 人的理由（共同）`, `For the other ${others.length}, together`), {
                  required: true,
                  most: LONGEST_REASON,
                }),
              ]
            : []),
        ],
        submit,
      ),
      button(t('返回重选', 'Choose again'), back),
      note(rest),
    ],
    { subtitle },
  )
}

/** The reason written for each person; people without a field of their own have the common words. */
export function reasonsIn(differing: readonly Differing[], written: GradeReasons): Map<string, string> {
  const own = withField(differing)
  return new Map(differing.map(({ key }, nth) => [key, clipped((nth < own ? written[`r_${key}`] : written.r_rest) ?? '', LONGEST_REASON)]))
}

/** `王芳、李华`, and how many more. */
export function namesSaid(names: readonly string[], most = 12): Text {
  const shown = names.slice(0, most).map((name) => literal(clipped(name, 12)))
  const more = names.length - shown.length
  return t(`${shown.join('、')}${more > 0 ? `等 ${names.length} 人` : ''}`, `${shown.join(', ')}${more > 0 ? ` and ${more} more` : ''}`)
}
