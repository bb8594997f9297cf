import type { ScoreSheet } from '../../../db/scoreboard/score-sheet.ts'
import type { Duty } from '../../rules/duties/duty.ts'
import type { StandardScore } from '../../rules/duties/scoring.ts'
import { pointsIn, type StandardGroup } from '../../rules/duties/standard-groups.ts'
import { type PartId, partOf } from '../../rules/standards/standards.ts'
import { points } from '../../spoken.ts'
import { plainly, type Text, t } from '../../text.ts'
import { breachesSaid } from '../../words/behind.ts'
import { basisOf, dueSaid, excuseSaid, formulaOf, howItStands, isBehind, marks, periodSaid, periodsOf, worst } from '../../words/duties.ts'
import { named } from '../../words/score.ts'
import { closesSaid, stepSaid, worthSaid } from '../../words/steps.ts'
import type { Frame, Visit } from '../visit.ts'

type Props = { visit: Visit; sheet: ScoreSheet }

/** A group's standards. Each opens to its duties with evidence, the rule, the formula and the steps that would raise it. */
export function GroupOfStandards({ visit, sheet, group }: Props & { group: StandardGroup }) {
  const { say } = visit
  const ours = sheet.score.standards.filter(({ standard }) => group.standards.some(({ id }) => id === standard))
  const earned = pointsIn(group, ours)
  return (
    <>
      <h3>
        {say(group.name)} <span class="got">{earned ? `${points(earned.tenths)} / ${earned.weight}` : say(notScored)}</span>
      </h3>
      {ours.map((one) => (
        <Standard visit={visit} sheet={sheet} scored={one} />
      ))}
    </>
  )
}

const notScored = t('未计分', 'not scored yet')

function Standard({ visit, sheet, scored }: Props & { scored: StandardScore<Duty> }) {
  const { say } = visit
  const { standard, weight, earnedTenths, parts } = scored
  const asked = parts.filter(({ duties }) => duties.length > 0)
  const all = asked.flatMap(({ duties }) => duties)
  const basis = say(basisOf(all))
  const gains = sheet.gains.filter(({ step }) => step.closes.some((duty) => duty.standard === standard))
  return (
    <details class={isBehind(all) ? 'behind' : undefined}>
      <summary>
        <span class="name">{say(named(standard))}</span>{' '}
        <span class="got">{earnedTenths === null ? say(notScored) : `${points(earnedTenths)} / ${weight}`}</span>
        {basis && <small>{basis}</small>}
      </summary>
      {asked.length === 0 && <p>{say(t('本单位不考核这一项，或不适用。', 'This unit does not assess it, or it does not apply.'))}</p>}
      {asked.map(({ part, duties }) => (
        <Part visit={visit} sheet={sheet} part={part as PartId} duties={duties} />
      ))}
      <p class="sub">{say(t('怎么算的', 'How it is worked out'))}</p>
      {formulaOf(scored, sheet.account.rulebook.latePercent).map((text) => (
        <p>
          <Rich text={text} frame={visit} />
        </p>
      ))}
      {gains.length > 0 && <p class="sub">{say(t('怎样提高', 'What would raise it'))}</p>}
      {gains.map((gain) => (
        <p>
          {say(stepSaid(gain.step, sheet.groups))} · {say(worthSaid(gain, sheet.score))} · {say(closesSaid(gain.step))}
        </p>
      ))}
    </details>
  )
}

function Part({ visit, sheet, part, duties }: Props & { part: PartId; duties: readonly Duty[] }) {
  const { say } = visit
  const excuse = excuseSaid(sheet.account.excuse, part, true)
  const isCorrected = duties.some(({ judged }) => judged?.byUpper && judged.reason)
  return (
    <>
      <p class="sub">{say(partOf(part).name)}</p>
      <ul class="duties">
        {periodsOf(duties).map((some) => (
          <li class={isBehind(some) ? 'behind' : undefined}>
            <span aria-hidden="true">{marks[worst(some)]}</span>{' '}
            {some[0] && `${say(periodSaid(some[0], null))}${say(t('：', ': '))}${say(howItStands(some, sheet))}${say(dueSaid(some[0]))}`}
          </li>
        ))}
      </ul>
      {breachesSaid(duties).map((why) => (
        <p class="rule">{say(why)}</p>
      ))}
      {excuse && <p class="rule">{say(excuse)}</p>}
      {isCorrected && <p class="rule">{say(t('理由见飞书里这一项的卡片。', 'The reason stands on this standard’s card in Feishu.'))}</p>}
      <p class="rule">{say(partOf(part).rule)}</p>
    </>
  )
}

/** `**` in our own words marks the important; in text that a person typed it is escaped. */
export const Rich = ({ text, frame: { language } }: { text: Text; frame: Frame }) => (
  <>
    {text[language].split('**').map((words, nth) => {
      const said = plainly(t(words, words))[language]
      return nth % 2 === 1 ? <strong>{said}</strong> : said
    })}
  </>
)
