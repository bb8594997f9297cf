import { isProvable, provablePoints } from '../rules/standards/provable.ts'
import type { Cadence, DeclaredPart } from '../rules/standards/standard.ts'
import { callFor, type Part, standards } from '../rules/standards/standards.ts'

const cadences: Readonly<Record<Cadence, string>> = {
  month: '每月 · month',
  quarter: '每季度 · quarter',
  half: '每半年 · half-year',
  year: '每年 · year',
}

const intro = ({ proved, of }: { proved: number; of: number }) => `# 三十项标准 · The thirty standards

<!-- \`npm run docs\` writes this file from the standards' table; a test compares the two. -->

机器人自己的记录现在能证明 ${of} 分中的 ${proved} 分。The bot's own records prove ${proved} of ${of} points today.

- 证明 · proved: 机器人自己的记录 our own records. 登记 · attested: 日期和依据，上级确认 date and reference, confirmed by the assessor.
- 收集 · gathered: 机器人收集、上级评定 gathered by the bot, decided by the assessor. 上级 · upper: 上级评定 judged by the upper level.

| | 标准 · Standard | 分 · Weight | 事项 · Part | 周期 · Cadence | 怎样算 · How | 提醒 · Alert | 按钮 · Button |
|---|---|---|---|---|---|---|---|
`

const howOf = (part: DeclaredPart) => {
  if (isProvable(part)) return '证明 · proved'
  if (part.proof === 'attested') return '登记 · attested'
  return part.proof === 'confirmed' ? '收集 · gathered' : '上级 · upper'
}

const isAlerted = ({ proof, isGathered }: DeclaredPart) => (proof !== 'confirmed' && proof !== 'upper') || isGathered === true

function buttonOf(part: Part): string {
  if (part.id === '4.term') return '任期 · the term'
  if (part.proof === 'roster') return '成员和职务 · members and seats'
  if (part.by === 'evaluation') return '民主评议 · evaluation'
  if (part.by === 'papers') return '计划、总结 · plan, summary'
  if (part.by === 'pledges') return '廉政、登记 · integrity, or enter'
  if (part.by === 'talks') return '谈心、登记 · talks, or enter'
  if (part.by === 'voices') return '反映、登记 · voices, or enter'
  if (part.proof === 'attested') return part.onlyWith === 'development' ? '登记、本季度没有 · enter, or none' : '登记 · enter'
  if (!isAlerted(part)) return part.proof === 'upper' ? '–' : '自评卡 · self-assessment'
  return callFor(part.id)?.tag ? '召集或加议题 · call, or add an item' : '召集 · call'
}

/** The text of `src/rules/standards/README.md`: every part with its proof, its alert and its button. */
export const standardsTable = (): string =>
  intro(provablePoints()) +
  standards
    .flatMap(({ id, name, weight, parts }) =>
      (parts as readonly Part[]).map((part, nth) => {
        const [number, title, points] = nth === 0 ? [String(id), `${name.zh} · ${name.en}`, String(weight)] : ['', '', '']
        const alert = isAlerted(part) ? '有 · yes' : '–'
        const cells = [
          number,
          title,
          points,
          `${part.name.zh} · ${part.name.en}`,
          cadences[part.cadence],
          howOf(part),
          alert,
          buttonOf(part),
        ]
        return `| ${cells.join(' | ')} |\n`
      }),
    )
    .join('')
