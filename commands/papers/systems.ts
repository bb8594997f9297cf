import { inDirectChat } from '../../cards/home/say.ts'
import * as messages from '../../db/papers/messages.ts'
import { paperSubject } from '../../db/papers/messages.ts'
import { refuseUnlessUsed } from '../../db/rulebook/used.ts'
import { branchHere } from '../../src/chats/whereabouts.ts'
import { type Answer, command } from '../../src/command.ts'
import { mayOrRefuse, memberOrRefuse, placeOf } from '../../src/context.ts'
import { t } from '../../src/text.ts'

export const systems = command({
  name: 'systems',
  zh: '制度',
  part: 'branch',
  also: ['规章制度', '制度清单'],
  summary: t('支部的制度和标准放在哪里，多久没看过', 'Where the branch’s systems and standards lie, and when they were last looked at'),
  usage: t('/制度', '/systems'),
  rights: ['keepPapers'],
  async answer(ctx): Promise<Answer> {
    const here = memberOrRefuse(ctx)
    const branch = await branchHere(here)
    mayOrRefuse(here.actor, 'keepPapers', placeOf(branch))
    await refuseUnlessUsed(here.db, 'papers', branch.id, here.now)
    const shown = messages.systems({ subject: paperSubject(branch.id), branch: branch.id, viewer: here.actor.id })
    return here.chat.isGroup ? inDirectChat(here, shown) : shown
  },
})
