import { inDirectChat } from '../../cards/home/say.ts'
import { refuseUnlessUsed } from '../../db/rulebook/used.ts'
import { branchHere } from '../../src/chats/whereabouts.ts'
import { type Answer, command } from '../../src/command.ts'
import { mayOrRefuse, memberOrRefuse, placeOf } from '../../src/context.ts'
import { t } from '../../src/text.ts'

export const integrity = command({
  name: 'integrity',
  zh: '廉政检查',
  part: 'branch',
  also: ['廉政承诺检查', 'integrity check'],
  summary: t('半年查一次廉政承诺', 'The half-year’s check of the integrity pledges'),
  usage: t('廉政检查；自己的廉政承诺说「承诺 廉政」', 'integrity; your own integrity pledge: pledge integrity'),
  rights: ['checkIntegrity'],
  async answer(ctx): Promise<Answer> {
    const here = memberOrRefuse(ctx)
    const branch = await branchHere(here)
    mayOrRefuse(here.actor, 'checkIntegrity', placeOf(branch))
    await refuseUnlessUsed(here.db, 'pledges', branch.id, here.now)
    const [messages, { runningHalf }] = await Promise.all([
      import('../../db/pledges/messages.ts'),
      import('../../src/rules/pledges/integrity.ts'),
    ])
    const shown = messages.integrityCheck({
      subject: messages.integritySubject(branch.id),
      branch: branch.id,
      half: runningHalf(here.now),
      viewer: here.actor.id,
    })
    return here.chat.isGroup ? inDirectChat(here, shown) : shown
  },
})
