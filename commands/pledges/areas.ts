import { inDirectChat } from '../../cards/home/say.ts'
import * as messages from '../../db/pledges/board-messages.ts'
import { areasSubject } from '../../db/pledges/board-messages.ts'
import { branchHere } from '../../src/chats/whereabouts.ts'
import { command } from '../../src/command.ts'
import { mayOrRefuse, memberOrRefuse, placeOf } from '../../src/context.ts'
import { t } from '../../src/text.ts'

export const areas = command({
  name: 'areas',
  zh: '责任区',
  part: 'branch',
  also: ['党员责任区', '责任区检查', 'duty areas'],
  summary: t('党员责任区：谁负责哪里，每季度检查', 'Duty areas: who looks after what, checked every quarter'),
  usage: t('/责任区', '/areas'),
  rights: ['keepAreas'],
  async answer(ctx) {
    const here = memberOrRefuse(ctx)
    const branch = await branchHere(here)
    mayOrRefuse(here.actor, 'keepAreas', placeOf(branch))
    const shown = messages.areas({ subject: areasSubject(branch.id), branch: branch.id, viewer: here.actor.id })
    return here.chat.isGroup ? inDirectChat(here, shown) : shown
  },
})
