import { t } from '../text.ts'
import type { Cast } from './cast.ts'

const names = [
  ['李华', t('书记（管理员）', 'secretary (administrator)')],
  ['王芳', t('组织委员', 'organisation')],
  ['张伟', t('宣传委员', 'publicity')],
  ['赵敏', t('党员', 'member')],
  ['钱进', t('党员', 'member')],
  ['周洁', t('预备党员', 'probationer')],
] as const

const openIds = names.map((_, index) => `ou_${String(index + 1).padStart(32, '0')}`)

/** A branch's people and two group chats. Who they are to the bot is for the visitor to tell it. */
export const sampleCast: Cast = {
  people: names.map(([name, role], index) => ({ name, role, openId: openIds[index] as string })),
  groups: [
    { chatId: `oc_${'1'.padStart(32, '0')}`, name: '教工第一支部', members: openIds },
    { chatId: `oc_${'2'.padStart(32, '0')}`, name: '机关党委工作群', members: openIds.slice(0, 2) },
  ],
}
