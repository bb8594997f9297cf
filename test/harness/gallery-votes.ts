import { render } from '../../src/bot.ts'
import type { Hung } from './gallery.ts'
import { pages } from './gallery.ts'
import { aMeetingThatVotes, fullMembers } from './voting-meeting.ts'

const ids = (...names: string[]) => names.map((name) => `m_${name}`)

/** The cards of a meeting that resolves, from the form to the close. */
export async function theVotes(): Promise<Hung[]> {
  const it = await aMeetingThatVotes(fullMembers.slice(0, 9))
  const { gathering } = it
  const hung: Hung[] = []
  const hang = async (name: string, args: Record<string, unknown>, as = name) => {
    const card = await render(it.db, name, args, it.now(), pages)
    if (!card) throw new Error(`“${as}” has nothing to show`)
    hung.push({ name: as, card })
  }
  const keep = (as: string, card: Hung['card'] | undefined) => {
    if (!card) throw new Error(`“${as}” has no card`)
    hung.push({ name: as, card })
  }

  await hang('resolve', { gathering, id: 'new', words: '选派李华参加培训' })
  keep('hands', (await it.resolves({ words: '选派李华参加培训', way: 'hands' })).card)
  keep(
    'resolve, hands entered',
    (await it.raises({ words: '选派李华参加培训', hands_for: '6', hands_against: '2', hands_abstain: '1' })).card,
  )
  await it.resolves({ words: '钱进', matter: 'conversion', way: 'secret' }, { id: 'conversion' })
  await hang('ballotHost', { subject: 's', ballot: 'conversion', viewer: 'm_李华' }, 'ballotHost, in a meeting')
  await hang('resolve', { gathering, id: 'new', words: '' }, 'resolve, a vote open')
  const [raised] = (await it.standing()).resolutions
  keep('hands, to be corrected', (await it.press('李华', { press: 'hands.correct', gathering, resolution: raised?.id })).card)
  for (const name of fullMembers.slice(0, 7)) await it.votes(name, 'conversion', name === '赵敏' ? 'against' : 'for')
  await it.press('李华', { press: 'ballotHost.close', ballot: 'conversion' })
  await it.count_()

  await hang('host', { subject: gathering, viewer: 'm_李华' }, 'host, votes held')
  await hang('gathering', { subject: gathering }, 'gathering, votes held')
  it.at('2026-10-09', '15:50')
  await it.press('李华', { press: 'corrections.unmark', gathering }, { form: { people: ids('李华', '周杰', '孙丽', '王芳') } })
  await it.closes()
  await hang('gathering', { subject: gathering }, 'gathering, votes that do not stand')
  await hang('resolve', { gathering, id: 'new', words: '' }, 'resolve, closed')
  return hung
}
