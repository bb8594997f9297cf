import type { ElectionThere } from '../../db/gatherings/votes-held.ts'
import type { Element } from '../../src/card.ts'
import { input } from '../../src/form.ts'
import { isRunOff } from '../../src/rules/meeting-votes/elections.ts'
import { votesField } from '../../src/rules/meeting-votes/votes-field.ts'
import { clipped, t } from '../../src/text.ts'

/** A card holds 30 KB, and twenty people may stand. */
const LONGEST_LABEL = 12
const example = t('5 1 0', '5 1 0')

/** The tellers' report in the order of their sheet, filled in with figures entered before. */
export function tallyFields(one: ElectionThere, all: readonly ElectionThere[]): Element[] {
  const { sheet, nominees, presentVoters } = one
  const number = (name: string, zh: string, en: string, value: number | undefined) =>
    input(name, t(zh, en), { value: value === undefined ? undefined : String(value), required: true, most: 6 })
  return [
    number('handedOut', '发出选票（张）', 'Ballots handed out', sheet?.handedOut ?? presentVoters),
    number('returned', '收回选票（张）', 'Ballots returned', sheet?.returned),
    number('invalid', '其中废票（张）', 'Of these invalid', sheet?.invalid ?? 0),
    ...nominees.map(({ name }, nth) => {
      const votes = sheet?.votes[nth]
      const called = clipped(name, LONGEST_LABEL)
      return input(votesField(nth), t(`${called}：赞成 不赞成 弃权`, `${called}: for against abstained`), {
        hint: example,
        value: votes && `${votes.for} ${votes.against} ${votes.abstain}`,
        most: 20,
      })
    }),
    ...(isRunOff(one, all)
      ? []
      : [
          input('writeIns', t('另选他人，一行一个：姓名 票数', 'Written in, one a line: name votes'), {
            value: sheet?.writeIns.map(({ name, for: votes }) => `${name} ${votes}`).join('\n'),
            rows: 2,
            most: 600,
          }),
        ]),
  ]
}
