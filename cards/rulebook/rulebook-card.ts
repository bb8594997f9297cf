import type { Statement } from '../../db/client.ts'
import {
  changeRulebook,
  type Family,
  inQuarter,
  originsOf,
  placeIn,
  type rulesAsked,
  rulesOf,
  versionFrom,
} from '../../db/rulebook/versions.ts'
import { addQuarters, day, periodStart, type Quarter, quarter as quarterAt } from '../../src/calendar.ts'
import { button, type Card, card, type Element, folded, lines, note, strong } from '../../src/card.ts'
import { type Context, foundOrRefuse, memberOrRefuse } from '../../src/context.ts'
import { form, input, select } from '../../src/form.ts'
import type { PressAnswer } from '../../src/press.ts'
import { commonFigures, type Figure, filledIn } from '../../src/rules/rulebook/figures.ts'
import { type Rulebook, sumOfWeights } from '../../src/rules/rulebook/rulebook.ts'
import { spokenDay, spokenQuarter } from '../../src/spoken.ts'
import { asWritten, counted, joined, literal, type Text, t } from '../../src/text.ts'
import { saveFigures } from './buttons.ts'
import { sendRulebookTemplate } from './list.ts'

type Filled = Readonly<Record<string, unknown>>

const starts = { this: t('本季度起', 'From this quarter on'), next: t('下季度起', 'From the next quarter on') } as const

interface Shown {
  closed: Quarter | null
  /** A refused form is shown again as it was filled in. */
  filled?: Filled
}

export function rulebookCard(family: Family, committee: string, now: Date, { closed, filled = {} }: Shown): Card {
  const [current, next] = [quarterAt(now), addQuarters(quarterAt(now), 1)]
  const [before, after] = [inQuarter(family, committee, current), inQuarter(family, committee, next)]
  const name = family.committees.find((one) => one.id === committee)?.name ?? ''
  return card(
    t('考核规则', 'Rules of assessment'),
    [
      note(t(`下面是${spokenQuarter(next).zh}的数字`, `The figures of ${spokenQuarter(next).en}`)),
      lines(...commonFigures.map((figure) => figureLine(figure, before.rulebook, after.rulebook, originsOf(family, committee, next)))),
      lines(weightLine(before.rulebook, after.rulebook)),
      folded(t('历次修改', 'Versions'), [lines(...historyOf(family, committee))]),
      strongLine(t('修改', 'Change')),
      form('rulebook', fieldsOf(after.rulebook, filled, closed === null || closed < current), {
        label: t('保存', 'Save'),
        value: saveFigures.value({ committee, quarter: next, after: after.version }),
      }),
      button(t('用表格改权重、周期和开关', 'Change weights, cadences and switches by file'), sendRulebookTemplate.value({ committee })),
      note(
        t(
          '没有改动的数字照旧（自己的还是自己的，继承的仍然继承）；清空一格就恢复为上级的。已结账的季度不受影响。',
          'What you leave stays as it is, own or inherited; an emptied field is inherited again. Closed quarters stay as they are.',
        ),
      ),
    ],
    { subtitle: asWritten(name) },
  )
}

const strongLine = (text: Text) => lines(strong(text))

/** The figure's value, its origin, and the value until then where that differs. */
function figureLine(figure: Figure, before: Rulebook, after: Rulebook, origins: ReturnType<typeof originsOf>): Text {
  const origin = origins.find(({ said }) => figure.said(said) !== undefined)
  const from = !origin
    ? t('默认', 'default')
    : origin.isOwn
      ? t('本级', 'own')
      : t(`继承自${literal(origin.name)}`, `from ${literal(origin.name)}`)
  const [was, is] = [figureIn(figure, before), figureIn(figure, after)]
  const now = was.zh === is.zh ? t('', '') : t(`，本季度 ${was.zh}`, `, this quarter ${was.en}`)
  const unit = figure.unit ? t(` ${figure.unit.zh}`, ` ${figure.unit.en}`) : t('', '')
  return t(
    `${figure.name.zh}：**${is.zh}**${unit.zh} · ${from.zh}${now.zh}`,
    `${figure.name.en}: **${is.en}**${unit.en} · ${from.en}${now.en}`,
  )
}

function figureIn(figure: Figure, of: Rulebook): Text {
  const shown = figure.show(of)
  return figure.choices?.[shown] ?? t(shown, shown.replaceAll('、', ', '))
}

function weightLine(before: Rulebook, after: Rulebook): Text {
  const differ =
    JSON.stringify([before.weights, before.cadences, before.atLeast, before.switches]) !==
    JSON.stringify([after.weights, after.cadences, after.atLeast, after.switches])
  const off = Object.values(after.switches).filter((state) => state !== 'on').length
  const without = off > 0 ? t(`，${off} 个部分改为登记或不考核`, `; ${counted(off, 'part is', 'parts are')} attested or off`) : t('', '')
  return t(
    `权重合计 **${sumOfWeights(after)}**${without.zh}${differ ? '（下季度起有变）' : ''}`,
    `Weights sum to **${sumOfWeights(after)}**${without.en}${differ ? ' (changes next quarter)' : ''}`,
  )
}

const MOST_VERSIONS = 8

function historyOf({ versions }: Family, committee: string): Text[] {
  const own = versions.filter((one) => one.committee === committee)
  if (own.length === 0) return [t('还没有改过，全部继承或用默认。', 'Never changed: all is inherited, or the default.')]
  return own
    .toSorted((a, b) => b.version - a.version)
    .slice(0, MOST_VERSIONS)
    .map(({ version, from, at, byName }) => {
      const [since, made] = [spokenDay(from), spokenDay(day(at))]
      const by = literal(byName ?? '')
      return t(
        `第 ${version} 版 · ${from.slice(0, 4)}年${since.zh}起 · ${made.zh}${by}修改`,
        `v${version} · from ${since.en} ${from.slice(0, 4)} · by ${by} on ${made.en}`,
      )
    })
}

function fieldsOf(of: Rulebook, filled: Filled, mayBeNow: boolean): Element[] {
  const said = (figure: Figure) => (typeof filled[figure.id] === 'string' ? String(filled[figure.id]) : figure.show(of))
  const fields = commonFigures.flatMap((figure) =>
    figure.choices
      ? chosenBelow(
          figure.name,
          select(
            figure.id,
            figure.name,
            Object.entries(figure.choices).map(([value, label]) => ({ value, label })),
            { chosen: said(figure) },
          ),
        )
      : [input(figure.id, labelOf(figure), { value: said(figure), most: 40 })],
  )
  const options = (mayBeNow ? (['next', 'this'] as const) : (['next'] as const)).map((value) => ({ value, label: starts[value] }))
  const when = t('何时起生效', 'From when on')
  const chosen = filled.from === 'this' && mayBeNow ? 'this' : 'next'
  return [...fields, ...chosenBelow(when, select('from', when, options, { chosen }))]
}

/** A select with a value hides its placeholder, so the label stands above it. */
const chosenBelow = (label: Text, choice: Element): Element[] => [lines(label), choice]

const labelOf = ({ name, unit }: Figure): Text => (unit ? t(`${name.zh}（${unit.zh}）`, `${name.en} (${unit.en})`) : name)

interface Sent {
  committee: string
  quarter: Quarter
  after: number
}

type RowsOf<Asked> = { [K in keyof Asked]: Asked[K] extends Statement<infer Rows> ? Rows : never }

export async function savedFigures(
  ctx: Context,
  sent: Sent,
  [committees, versions, [last]]: RowsOf<ReturnType<typeof rulesAsked>>,
  filled: Filled,
): Promise<PressAnswer> {
  const { actor, db, now } = memberOrRefuse(ctx)
  const family = { committees, versions }
  const { committee } = sent
  foundOrRefuse(
    actor,
    'editRulebook',
    committees.find((one) => one.id === committee),
    () => placeIn(family, committee),
  )
  const shown = inQuarter(family, committee, sent.quarter)
  const again = (toast: Text) => ({
    toast,
    mood: 'warning' as const,
    card: rulebookCard(family, committee, now, { closed: last?.quarter ?? null, filled }),
  })
  if (shown.version !== sent.after)
    return again(t('规则刚刚被别人改过，请核对后再保存。', 'Somebody has just changed the rules; please check them and save again.'))
  const quarter = filled.from === 'this' ? quarterAt(now) : addQuarters(quarterAt(now), 1)
  const read = filledIn(inQuarter(family, committee, quarter).own, shown.rulebook, filled)
  // A change from this quarter on also reaches the next quarter's version, where there is one.
  const later = versionFrom(family, committee, sent.quarter)
  const follows = later && quarter < sent.quarter ? filledIn(later.said, shown.rulebook, filled) : null
  if ('wrong' in read)
    return again(
      t(
        `「${read.wrong.name.zh}」应为${read.wrong.limits.zh}，请改后再保存。`,
        `“${read.wrong.name.en}” should be ${read.wrong.limits.en}; please correct it and save again.`,
      ),
    )
  if (read.changed.length === 0) return again(t('没有改动，没有保存。', 'Nothing was changed, so nothing was saved.'))
  const added = [
    { from: day(periodStart(quarter)), said: read.own },
    ...(follows && 'own' in follows ? [{ from: day(periodStart(sent.quarter)), said: follows.own }] : []),
  ]
  await changeRulebook(db, family, { committee, added, after: sent.after }, actor, now)
  const saved = await rulesOf(db, committee)
  const names = joined(
    read.changed.map(({ name }) => name),
    '、',
    ', ',
  )
  return {
    toast: t(`已保存，${spokenQuarter(quarter).zh}起生效：${names.zh}`, `Saved, from ${spokenQuarter(quarter).en} on: ${names.en}`),
    mood: 'success',
    card: rulebookCard(saved.family, committee, now, { closed: saved.closed }),
  }
}
