import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { helpParts, partNames } from '../../cards/home/help.ts'
import { commands } from '../../commands/index.ts'
import type { Command } from '../command.ts'
import { branchSeats, type Right, type Role, rights } from '../rules/branches/rights.ts'
import { seatNames } from '../rules/roster/names.ts'
import { joined, type Text, t } from '../text.ts'
import { standardsTable } from './standards-table.ts'

const intro = `# 能说什么 · What can be said

<!-- \`npm run docs\` writes this file from the commands; a test compares the two. -->

在群里先 @机器人，私聊直接说。带斜杠的（\`/签到\`）在哪里都认；不带斜杠的，要单独成句，或以中文名开头。说得不全，机器人会给出表单或例子。日期怎么说都行：周五 15:00、明晚7点半、12月5日。
平常的一句话也听：问的直接答，要办的先给填好的表单或一个按钮，按了才办；只有「签到」说了就签。

In a group, @ the bot first; in a direct chat, just say it. A line with a slash (\`/checkin\`) is always understood; one without is understood where it is the whole line or begins with a Chinese name.
Where a line says too little, the bot answers with a form or an example. Dates are taken as people say them: Fri 3pm, tomorrow 19:30, 5 Dec.
A plain sentence is read as well: a question is answered, a deed waits as a filled form or a button; only “checkin” is done when said.

“谁”后面是权限表（\`src/rules/branches/rights.ts\`）里的行；有职务的人只在自己的范围内可以做。

*Who* names rows of the table of rights (\`src/rules/branches/rights.ts\`); a seat counts for its own branch, group or committee.
`

/** The text of `commands/README.md`: every command with its names, its example and its rights, in both languages. */
export const commandsReadme = (): string => [intro, ...helpParts.map(partSaid)].join('\n')

function partSaid(part: Command['part']): string {
  const name = partNames[part]
  return [`## ${bilingual(name)}\n`, ...commands.filter((one) => one.part === part).map(commandSaid)].join('\n')
}

const commandSaid = ({ name, zh, also, summary, usage, rights: asked }: Command): string =>
  `${[
    `### \`${zh}\` · \`${name}\``,
    '',
    `${summary.zh}。${summary.en}.`,
    '',
    ...(also.length > 0 ? [`- 也可说 · Also: ${also.map((word) => `\`${word}\``).join(' ')}`] : []),
    `- 例 · Example: ${bilingual(usage)}`,
    ...asked.map((right) => `- 谁 · Who: \`${right}\` ${bilingual(whoMay(right))}`),
  ].join('\n')}\n`

const bilingual = ({ zh, en }: Text): string => (zh === en ? zh : `${zh} · ${en}`)

const roleNames: Partial<Record<Role, Text>> = {
  ...seatNames,
  assessor: t('上级党委考核人', 'the assessor of a committee above'),
  admin: t('管理员', 'administrator'),
  member: t('支部名单上的人', 'everyone on the branch’s roster'),
  known: t('本单位已登记的人', 'everyone the unit knows'),
  anyone: t('任何人', 'anyone'),
}

/** A whole committee is named as one; single seats are named only where not all of them may. */
function whoMay(right: Right): Text {
  const roles: readonly Role[] = rights[right]
  const isCommittee = branchSeats.every((seat) => roles.includes(seat))
  const others = isCommittee ? roles.filter((role) => !branchSeats.some((seat) => seat === role)) : roles
  const names = others.map((role) => roleNames[role] ?? t(role, role))
  return joined([...(isCommittee ? [t('支委会成员', 'the branch’s committee')] : []), ...names], '、', ', ')
}

if (import.meta.main) {
  writeFileSync(join(import.meta.dirname, '../../commands/README.md'), commandsReadme())
  writeFileSync(join(import.meta.dirname, '../rules/standards/README.md'), standardsTable())
}
