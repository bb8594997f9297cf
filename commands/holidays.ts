import { inDirectChat } from '../cards/home/say.ts'
import { together } from '../db/client.ts'
import { learnHolidays } from '../db/rulebook/holidays.ts'
import { command } from '../src/command.ts'
import { mayOrRefuse, memberOrRefuse, reply } from '../src/context.ts'
import { t } from '../src/text.ts'

export const holidays = command({
  name: 'holidays',
  zh: '节假日',
  part: 'above',
  also: ['放假', '调休', 'holiday'],
  summary: t('导入一年的放假和调休安排', 'Bring in a year’s public holidays'),
  usage: t('/节假日 2027 放假 1.1-1.3 2.5-2.11 上班 1.30', '/holidays 2027 off 1.1-1.3 2.5-2.11 work 1.30'),
  rights: ['importHolidays'],
  async answer(ctx, rest) {
    const here = memberOrRefuse(ctx)
    mayOrRefuse(here.actor, 'importHolidays', { unit: here.actor.unit })
    const { holidayPreview, holidays: holidaysView } = await import('../cards/rulebook/holidays.ts')
    if (rest.trim() === '') return here.chat.isGroup ? inDirectChat(here, holidaysView.args({})) : holidaysView.args({})
    const { draftOf, keptDraft } = await import('../cards/rulebook/drawn.ts')
    await learnHolidays(here.db)
    const draft = draftOf(ctx, rest)
    await together(here.db, [...keptDraft(here, draft), reply(here, holidayPreview.args({ draft: draft.id }))])
    return undefined
  },
})
