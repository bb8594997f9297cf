import * as messages from '../../db/pledges/board-messages.ts'
import { screenSubject } from '../../db/pledges/board-messages.ts'
import { branchHere } from '../../src/chats/whereabouts.ts'
import { command } from '../../src/command.ts'
import { mayOrRefuse, memberOrRefuse, placeOf } from '../../src/context.ts'
import { may } from '../../src/rules/branches/rights.ts'
import { clipped, t } from '../../src/text.ts'

export const screen = command({
  name: 'screen',
  zh: '屏',
  part: 'branch',
  also: ['大屏', '标语', '上屏', 'slogans'],
  summary: t('展板上的标语和通知：写一条，另一位同意就显示', 'Slogans and notices on the board: written by one, approved by another'),
  usage: t('/屏 安全生产 人人有责 12月1日-7日', '/screen Safety is everybody’s task 12/1-12/7'),
  rights: ['keepScreen', 'approveScreen'],
  async answer(ctx, rest) {
    const here = memberOrRefuse(ctx)
    const { actor, chat, now } = here
    const branch = await branchHere(here)
    const line = rest.trim()
    mayOrRefuse(actor, line === '' && !may(actor, 'keepScreen', placeOf(branch)) ? 'approveScreen' : 'keepScreen', placeOf(branch))
    const shown = { subject: screenSubject(branch.id), branch: branch.id, viewer: actor.id, ...(chat.isGroup ? { isShared: true } : {}) }
    if (line === '') return messages.screen(shown)
    const { lineSaid } = await import('../../src/rules/pledges/line-said.ts')
    const { words, fromOn, untilOn } = lineSaid(line, now)
    return messages.screen({
      ...shown,
      words: clipped(words, 200),
      ...(fromOn ? { fromOn } : {}),
      ...(untilOn ? { untilOn } : {}),
    })
  },
})
