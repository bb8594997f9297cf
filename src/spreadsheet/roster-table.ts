import { dateFields, dateNames, seatNames, stageNames } from '../rules/roster/names.ts'
import type { OnRoster } from '../rules/roster/roster-plan.ts'
import { writeTable } from './write.ts'

/** A branch’s roster as a spreadsheet that can be sent back. */
export function rosterTable(branch: string, roster: readonly OnRoster[]): Promise<Uint8Array> {
  return writeTable({
    name: '名单',
    title: `${branch} 名单`,
    hint: '「姓名」必填，新加的人还要写「阶段」；空着的格子表示不改；改好后私聊发给机器人，先预览再导入',
    blanks: 10,
    columns: [
      { heading: '姓名', width: 16 },
      { heading: '阶段', width: 12, choices: Object.values(stageNames).map(({ zh }) => zh) },
      { heading: '职务', width: 20 },
      { heading: '党小组', width: 14 },
      { heading: '在岗', width: 10, choices: ['在岗', '外出'] },
      ...dateFields.map((field) => ({ heading: dateNames[field].zh, width: 14 })),
    ],
    rows: roster.map((member) => [
      member.name,
      member.stage && stageNames[member.stage].zh,
      member.seats.map(({ role }) => seatNames[role]?.zh).join('、'),
      member.group,
      member.isAway ? '外出' : '在岗',
      ...dateFields.map((field) => member[field]),
    ]),
  })
}
