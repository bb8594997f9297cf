import { inDirectChat } from '../../cards/home/say.ts'
import { refuseUnlessUsed } from '../../db/rulebook/used.ts'
import * as messages from '../../db/work/minutes-messages.ts'
import { branchHere } from '../../src/chats/whereabouts.ts'
import { command } from '../../src/command.ts'
import { mayOrRefuse, memberOrRefuse, placeOf } from '../../src/context.ts'
import { t } from '../../src/text.ts'

export const minutes = command({
  name: 'minutes',
  zh: '会议记录',
  part: 'branch',
  also: ['记录', '会议纪要', '纪要'],
  summary: t('记会议记录、送确认、看确认了的', 'Write a meeting’s minutes, have them confirmed, read them'),
  usage: t('/会议记录', '/minutes'),
  rights: ['readMinutes'],
  async answer(ctx) {
    const here = memberOrRefuse(ctx)
    const { actor, chat, db, now } = here
    const branch = await branchHere(here)
    mayOrRefuse(actor, 'readMinutes', placeOf(branch))
    await refuseUnlessUsed(db, 'minutes', branch.id, now)
    const shown = messages.minutesList({ branch: branch.id, viewer: actor.id })
    return chat.isGroup ? inDirectChat(here, shown) : shown
  },
})
