import type * as z from 'zod'
import { type Text, t } from '../../text.ts'
import { isUsed } from './modules.ts'
import { figures, ladder, type OwnRulebook, type Rulebook } from './rulebook.ts'

/** A figure as the form shows it, reads it and states its limits. */
export interface Figure {
  id: string
  name: Text
  unit?: Text
  limits: Text
  /** The choices, by the values of `show` and `read`. */
  choices?: Readonly<Record<string, Text>>
  show(rulebook: Rulebook): string
  /** Null for text that is not understood or is outside the limits. */
  read(text: string): unknown
  /** The committee's own value; undefined where it has none. */
  said(own: OwnRulebook): unknown
  put(own: OwnRulebook, value: unknown): OwnRulebook
}

type Plain =
  | 'graceWorkdays'
  | 'latePercent'
  | 'lastCountsFrom'
  | 'selfWorkdays'
  | 'reviewWorkdays'
  | 'appealWorkdays'
  | 'fiveGoodFrom'
  | 'lastTimes'
  | 'makeUpDays'
  | 'noteYears'
  | 'talkDays'

const without = <T extends object>(from: T | undefined, key: string): T =>
  Object.fromEntries(Object.entries(from ?? {}).filter(([each]) => each !== key)) as T
const withSaid = <T extends object>(from: T | undefined, key: string, value: unknown): T =>
  value === undefined ? without(from, key) : ({ ...from, [key]: value } as T)

const parsed = (schema: z.ZodType, value: unknown) => {
  const result = schema.safeParse(value)
  return result.success ? result.data : null
}

const wholeNumber = (text: string) => (/^\d{1,6}$/.test(text) ? Number(text) : null)
const numbers = (text: string) => {
  const all = text.split(/[、,;\s]+/).filter((one) => one !== '')
  return all.every((one) => /^\d{1,6}$/.test(one)) ? all.map(Number) : null
}

const number = (id: Plain, zh: string, en: string, unit: Text): Figure => {
  const { minValue: least, maxValue: most } = figures[id] as unknown as { minValue: number; maxValue: number }
  return {
    id,
    name: t(zh, en),
    unit,
    limits: t(
      `${least} 到 ${most} 的整数${unit.zh ? `（${unit.zh}）` : ''}`,
      `a whole number from ${least} to ${most}${unit.en ? ` (${unit.en})` : ''}`,
    ),
    show: (rulebook) => String(rulebook[id]),
    read: (text) => parsed(figures[id], wholeNumber(text)),
    said: (own) => own[id],
    put: (own, value) => withSaid(own, id, value),
  }
}

/** Reminder steps: each day once, the furthest first before the due day and the nearest first after it. */
const steps = (id: 'before' | 'after', zh: string, en: string): Figure => ({
  id,
  name: t(zh, en),
  limits: t('最多 6 个 1 到 60 的整数，用顿号隔开；不提醒填 0', 'at most 6 whole numbers from 1 to 60, with commas; 0 for none'),
  show: (rulebook) => rulebook.ladder[id].join('、') || '0',
  read(text) {
    const all = text === '0' ? [] : numbers(text)
    return (
      all &&
      parsed(
        ladder.shape[id],
        [...new Set(all)].sort((a, b) => (id === 'before' ? b - a : a - b)),
      )
    )
  },
  said: (own) => own.ladder?.[id],
  put: (own, value) => withLadder(own, withSaid(own.ladder, id, value)),
})

const yesAndNo = { yes: t('是', 'yes'), no: t('否', 'no') }

const yesOrNoIn = (text: string) => (text === 'yes' ? true : text === 'no' ? false : null)

const yesOrNo = (id: 'probationersVote' | 'electionsByCard', zh: string, en: string): Figure => ({
  id,
  name: t(zh, en),
  limits: t('「是」或「否」', '“yes” or “no”'),
  choices: yesAndNo,
  show: (rulebook) => (rulebook[id] ? 'yes' : 'no'),
  read: yesOrNoIn,
  said: (own) => own[id],
  put: (own, value) => withSaid(own, id, value),
})

/** A whole module, used or not. */
const moduleFigure = (id: keyof Rulebook['modules'], zh: string, en: string): Figure => ({
  id,
  name: t(zh, en),
  limits: t('「是」或「否」', '“yes” or “no”'),
  choices: yesAndNo,
  show: (rulebook) => (isUsed(id, rulebook) ? 'yes' : 'no'),
  read: yesOrNoIn,
  said: (own) => own.modules?.[id],
  put(own, value) {
    const modules = withSaid(own.modules, id, value)
    return Object.keys(modules).length === 0 ? without(own, 'modules') : { ...own, modules }
  },
})

function withLadder(own: OwnRulebook, said: OwnRulebook['ladder']): OwnRulebook {
  return Object.keys(said ?? {}).length === 0 ? without(own, 'ladder') : { ...own, ladder: said }
}

const workdays = t('工作日', 'working days')

const rankings: Readonly<Record<Rulebook['ranking'], Text>> = {
  committee: t('仅党委', 'the committee alone'),
  everyone: t('全体支部', 'all branches'),
}

/** The common figures, in the order of the form. Weights, cadences and switches go by file. */
export const commonFigures: readonly Figure[] = [
  number('graceWorkdays', '补办宽限', 'Grace', workdays),
  number('latePercent', '补办计分', 'A duty made up counts', t('%', '%')),
  steps('before', '到期前提醒（提前几个工作日）', 'Reminders, working days before'),
  steps('after', '逾期后提醒（逾期几个工作日）', 'Reminders, working days after'),
  {
    id: 'ranking',
    name: t('名次给谁看', 'Who sees the order'),
    limits: t('「仅党委」或「全体支部」', '“committee” or “everyone”'),
    choices: rankings,
    show: ({ ranking }) => ranking,
    read: (text) => parsed(figures.ranking, text),
    said: (own) => own.ranking,
    put: (own, value) => withSaid(own, 'ranking', value),
  },
  number('lastCountsFrom', '满几个支部才计末位', 'The last place counts from', t('个支部', 'branches')),
  number('lastTimes', '一年几次末位列入研究', 'Last so often in a year is an item', t('次', 'times')),
  number('selfWorkdays', '支部自评期限', 'For self-assessment', workdays),
  number('reviewWorkdays', '上级评定期限', 'For the upper level', workdays),
  number('appealWorkdays', '申诉期限', 'For appeals', workdays),
  number('fiveGoodFrom', '五好党支部分数线', 'Five-Good from', t('分', 'points')),
  {
    id: 'tiers',
    name: t('等次分数线（优、良、中）', 'Scores that part the tiers'),
    limits: t('三个从高到低的整数（1 到 100），如 90、80、60', 'three whole numbers from 1 to 100, falling, such as 90, 80, 60'),
    show: ({ tiers }) => tiers.join('、'),
    read: (text) => parsed(figures.tiers, numbers(text)),
    said: (own) => own.tiers,
    put: (own, value) => withSaid(own, 'tiers', value),
  },
  number('makeUpDays', '缺席补课期限', 'To make up an absence', t('天，0 为不要求', 'days, 0 for none')),
  number('talkDays', '谈心登记期限', 'A talk is registered within', t('天', 'days')),
  number('noteYears', '谈心记录保存', 'Notes of talks are kept', t('年', 'years')),
  yesOrNo('probationersVote', '预备党员参加测评投票', 'Probationers vote in evaluations'),
  yesOrNo('electionsByCard', '支委会选举可用卡片投票', 'Committees may be elected by card'),
  moduleFigure('talks', '使用谈心谈话', 'Talks are used'),
  moduleFigure('papers', '使用计划、总结和报告', 'Plans, summaries and reports are used'),
  moduleFigure('pledges', '使用承诺', 'Pledges are used'),
]

const figureText = (text: string) => text.normalize('NFKC').trim()

/**
 * Returns the committee's own rulebook after it filled in the form. A field left as shown stays its own or inherited; an emptied field is
 * inherited again. The first figure outside its limits is refused by name.
 */
export function filledIn(
  own: OwnRulebook,
  shown: Rulebook,
  filled: Readonly<Record<string, unknown>>,
): { own: OwnRulebook; changed: Figure[] } | { wrong: Figure } {
  let said = own
  const changed: Figure[] = []
  for (const figure of commonFigures) {
    const typed = filled[figure.id]
    if (typeof typed !== 'string') continue
    const text = figureText(typed)
    if (text === figure.show(shown)) continue
    const value = text === '' ? undefined : figure.read(text)
    if (value === null) return { wrong: figure }
    if (value === undefined && figure.said(said) === undefined) continue
    said = figure.put(said, value)
    changed.push(figure)
  }
  return { own: said, changed }
}
