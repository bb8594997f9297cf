import { isAccepted, isWaiting, type Pledge, type PledgePoint } from '../../db/pledges/pledges.ts'
import type { Year } from '../../src/calendar.ts'
import { day } from '../../src/calendar.ts'
import { button, type Card, card, coloured, type Element, lines, note, row } from '../../src/card.ts'
import { form, input } from '../../src/form.ts'
import { LONGEST_REASON } from '../../src/rules/pledges/points.ts'
import { spokenDay } from '../../src/spoken.ts'
import { asWritten, type Text, t } from '../../src/text.ts'
import { pointSaid, pointsSaid } from '../../src/words/pledges/points.ts'
import { askNotKept, sayKept, submitPledge, writePledge } from './buttons.ts'
import { pointFields } from './parts.ts'

/** Everything that a person's own card shows. */
export interface OwnPledge {
  year: Year
  /** All versions of the year, the oldest first. */
  versions: readonly Pledge[]
  /** The points of last year that were not kept. */
  unkept: readonly string[]
  /** The year is over, and nothing is changed any more. */
  isFrozen: boolean
}

interface Asking {
  /** The words of the form, as they were typed. */
  typed: readonly string[]
  /** The id that the pledge will have: a card pressed twice submits one. */
  id: string
  /** The points that tell little, by their place. */
  vague?: readonly number[]
}

const title = (year: Year): Text => t(`${year}年承诺`, `Pledge of ${year}`)

/** The form, filled in as far as it was typed. Hints stand above it and refuse nothing. */
export function pledgeFormCard({ year, unkept }: Pick<OwnPledge, 'year' | 'unkept'>, { typed, id, vague = [] }: Asking): Card {
  return card(
    title(year),
    [
      vague.length > 0 ? lines(coloured('orange', vagueSaid(vague))) : null,
      unkept.length > 0 && typed.length === 0
        ? button(t('接着去年的', 'Go on from last year'), writePledge.value({ year, isAgain: true }))
        : null,
      form(
        'pledge',
        pointFields(typed),
        {
          label: vague.length > 0 ? t('改好了，提交', 'Hand in, changed') : t('提交', 'Hand in'),
          value: submitPledge.value({ year, pledge: id, isSure: false }),
        },
        vague.length > 0
          ? { label: t('就这样提交', 'Hand in as it is'), value: submitPledge.value({ year, pledge: id, isSure: true }) }
          : undefined,
      ),
      note(
        t(
          '一到五条，写得具体：做什么、到什么时候。支委会审过以后，本支部党员看得到。',
          'One to five points, each with what is done and by when. Once the committee has looked at it, the branch’s members see it.',
        ),
      ),
    ],
    { colour: 'turquoise' },
  )
}

function vagueSaid(vague: readonly number[]): Text {
  const which = vague.map((nth) => nth + 1)
  return t(
    `第 ${which.join('、')} 条写清做什么、到什么时候，大家更好监督。`,
    `Point ${which.join(', ')}: say what will be done and by when, so that others can follow it.`,
  )
}

/** A person's own pledge: what stands, what waits, and why something came back. */
export function pledgeCard(own: OwnPledge, asks: number | null = null): Card {
  const inForce = own.versions.findLast(isAccepted)
  const waiting = own.versions.findLast(isWaiting)
  const last = own.versions.at(-1)
  const back = last && last.returnedBecause !== null ? last : undefined
  const changed = own.versions.filter(isAccepted).length > 1 && inForce ? inForce : null
  return card(
    title(own.year),
    [
      ...(inForce ? standing(inForce, own, asks) : []),
      changed ? note(changedSaid(changed)) : null,
      waiting ? lines(t('**等支委会审**', '**The committee is to look at it**'), ...pointsSaid(waiting)) : null,
      back ? lines(coloured('orange', returnedSaid(back)), ...pointsSaid(back)) : null,
      !inForce && !waiting && !back ? lines(t('这一年没有承诺。', 'There is no pledge of that year.')) : null,
      asks === null && !own.isFrozen ? changeButton(own.year, Boolean(waiting || back), Boolean(inForce)) : null,
      own.isFrozen ? note(t('这一年已经过去，不再改。', 'That year is over; nothing is changed any more.')) : null,
    ],
    { colour: back ? 'orange' : inForce ? 'green' : 'turquoise' },
  )
}

function changedSaid({ submittedAt }: Pledge): Text {
  const on = spokenDay(day(submittedAt))
  return t(`${on.zh}调整过。`, `Changed on ${on.en}.`)
}

function returnedSaid({ returnedBecause }: Pledge): Text {
  const why = asWritten(returnedBecause ?? '')
  return t(`**退回修改**：${why.zh}`, `**Sent back**: ${why.en}`)
}

const changeButton = (year: Year, isOpen: boolean, isInForce: boolean): Element =>
  button(isOpen ? t('改一改', 'Change it') : t('调整承诺…', 'Change the pledge…'), writePledge.value({ year }), {
    type: isOpen && !isInForce ? 'primary' : 'text',
  })

function standing(it: Pledge, { isFrozen }: OwnPledge, asks: number | null): Element[] {
  if (isFrozen) return [lines(...pointsSaid(it))]
  return it.points.flatMap((point) => [
    lines(pointSaid(point)),
    ...(asks === null ? [keeping(it.id, point)] : asks === point.nth ? [notKeptForm(it.id, point.nth)] : []),
  ])
}

const keeping = (pledge: string, { nth, isKept }: PledgePoint): Element =>
  isKept === null
    ? row(
        button(t('做到了', 'Kept'), sayKept.value({ pledge, nth, isKept: true })),
        button(t('没做到…', 'Not kept…'), askNotKept.value({ pledge, nth })),
      )
    : row(button(t('还在做', 'Going on after all'), sayKept.value({ pledge, nth, isKept: null }), { type: 'text' }))

const notKeptForm = (pledge: string, nth: number): Element =>
  form(
    'kept',
    [input('because', t('为什么没做到（一句话）', 'Why it was not kept (a sentence)'), { required: true, most: LONGEST_REASON })],
    {
      label: t('记下', 'Note it'),
      value: sayKept.value({ pledge, nth, isKept: false }),
    },
  )
