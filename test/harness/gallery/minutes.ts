import { render } from '../../../src/bot.ts'
import { aClosedMeeting } from '../../work/meeting.ts'
import { type Hung, pages } from './gallery.ts'

/** The minutes of a meeting in each state, as those whose turn it is see them. */
export async function theMinutes(): Promise<Hung[]> {
  const it = await aClosedMeeting()
  const hung: Hung[] = []
  const keep = (name: string, card: Hung['card'] | undefined | null) => {
    if (!card) throw new Error(`“${name}” has no card`)
    hung.push({ name, card })
  }
  const ofMinutes = (name: string) => ({ subject: 's', gathering: it.gathering, branch: 'branch', viewer: `m_${name}` })
  const hang = async (as: string, name: string) => keep(as, await render(it.db, 'minutes', ofMinutes(name), it.now(), pages))
  const list = async (as: string, name: string) =>
    keep(as, await render(it.db, 'minutesList', { branch: 'branch', viewer: `m_${name}` }, it.now(), pages))
  await list('minutesList, to be begun', '李华')
  await it.does('李华', 'open')
  keep('minutes, the points of an item', (await it.does('王芳', 'write', undefined, { position: 1 })).card)
  await it.does('王芳', 'save', { words: '领学半小时，两人发言。' }, { position: 1 })
  await hang('minutes, a draft', '王芳')
  await it.does('王芳', 'submit')
  await hang('minutes, to be confirmed', '李华')
  keep('minutes, to be sent back', (await it.does('李华', 'askReturn')).card)
  await it.does('李华', 'sendBack', { reason: '补上讨论活动室的要点' })
  await hang('minutes, sent back', '王芳')
  await it.does('王芳', 'submit')
  await it.does('李华', 'confirm')
  await hang('minutes, confirmed', '赵敏')
  await list('minutesList, for members', '赵敏')
  await list('minutesList, for the assessor', '上级')
  keep(
    'minutesAsked',
    await render(it.db, 'minutesAsked', { gathering: it.gathering, branch: 'branch', by: 'm_上级', viewer: 'm_李华' }, it.now(), pages),
  )
  await it.reopen('漏记一人')
  await hang('minutes, re-opened', '李华')
  return hung
}
