import { cadenceNames, scaleHeadings, scaleOf, switchNames, usedNames } from '../rules/rulebook/file.ts'
import { isUsed, moduleNames, modulesToLeaveOut } from '../rules/rulebook/modules.ts'
import type { Rulebook } from '../rules/rulebook/rulebook.ts'
import { parts, standardOf } from '../rules/standards/standards.ts'
import { writeTable } from './write.ts'

/** A committee’s weights, cadences and switches as a spreadsheet that can be sent back. */
export function rulebookTable(committee: string, rulebook: Rulebook): Promise<Uint8Array> {
  return writeTable({
    name: '考核规则',
    title: `${committee} 考核规则`,
    hint: '三十项权重合计须为 100；空着的格子表示不改；改好后私聊发给机器人，先预览再保存',
    columns: [
      { heading: scaleHeadings.part, width: 16, isHidden: true },
      { heading: scaleHeadings.name, width: 60 },
      { heading: scaleHeadings.weight, width: 8 },
      { heading: scaleHeadings.cadence, width: 10, choices: Object.values(cadenceNames).map(({ zh }) => zh) },
      { heading: scaleHeadings.atLeast, width: 8 },
      {
        heading: scaleHeadings.switch,
        width: 10,
        choices: [...Object.values(switchNames), ...Object.values(usedNames)].map(({ zh }) => zh),
      },
    ],
    rows: [
      ...parts.map((part, index) => {
        const { weight, cadence, atLeast, switch: state } = scaleOf(rulebook, part)
        const isFirst = parts[index - 1]?.standard !== part.standard
        const name = `（${part.standard}）${standardOf(part.standard).name.zh} · ${part.name.zh}`
        return [part.id, name, isFirst ? String(weight) : null, cadenceNames[cadence].zh, String(atLeast), switchNames[state].zh]
      }),
      ...modulesToLeaveOut.map((module) => [
        module,
        `${moduleNames[module].zh}（整个功能）`,
        null,
        null,
        null,
        usedNames[`${isUsed(module, rulebook)}`].zh,
      ]),
    ],
  })
}
