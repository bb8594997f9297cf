import { render } from '../../../src/bot.ts'
import { aMeetingThatVotes, fullMembers } from '../ballots/voting-meeting.ts'
import { type Hung, pages } from './gallery.ts'

const ids = (...names: string[]) => names.map((name) => `m_${name}`)

/** The cards about papers in a meeting: written views of absent voters, a count on paper, and names written in. */
export async function thePapers(): Promise<Hung[]> {
  const hung: Hung[] = []
  const it = await aMeetingThatVotes(fullMembers.slice(0, 8))
  const { gathering } = it
  const hang = async (name: string, args: Record<string, unknown>, as = name) => {
    const card = await render(it.db, name, args, it.now(), pages)
    if (!card) throw new Error(`“${as}” has nothing to show`)
    hung.push({ name: as, card })
  }
  const press = (what: string, more: object, form: Record<string, unknown> = {}, by = '李华') =>
    it.press(by, { press: what, gathering, ...more }, { form })
  const views = (as?: string) => hang('writtenViews', { subject: 's', gathering, resolution: 'vote', viewer: 'm_李华' }, as)
  const own = (name: string, as?: string) => hang('ownView', { subject: 's', resolution: 'vote', member: `m_${name}` }, as)
  const count = (as?: string) => hang('paperCount', { subject: 's', gathering, resolution: 'vote', viewer: 'm_李华' }, as)
  const confirm = (as?: string) => hang('paperConfirm', { subject: 's', gathering, resolution: 'vote', viewer: 'm_赵敏' }, as)

  await it.resolves({ words: '钱进', matter: 'admission', views: 'some' }, { id: 'vote' })
  await views('writtenViews, none yet')
  await press('writtenViews.enter', { resolution: 'vote' }, { people: ids('丁一', '欧阳娜'), views_for: '2' })
  await views()
  await own('丁一')
  await hang('resolve', { gathering, id: 'new', words: '' }, 'resolve, views handed in')
  await it.press('丁一', { press: 'ownView.object', resolution: 'vote', objects: true })
  await own('丁一', 'ownView, objected')
  await views('writtenViews, one objected')
  await press('writtenViews.enter', { resolution: 'vote' }, { people: ids('欧阳娜'), views_for: '1' })
  await press('writtenViews.open', { resolution: 'vote', manner: 'paper' })
  await own('欧阳娜', 'ownView, counted')
  await views('writtenViews, the vote is open')
  await count()
  const figures = { handedOut: '8', returned: '8', invalid: '1', votes_0: '6 1 0', scrutineer: 'm_赵敏' }
  await press('paperCount.enter', { resolution: 'vote' }, figures)
  await count('paperCount, waiting')
  await confirm()
  const entered = (await it.state()).resolutions[0]?.paper?.at ?? 0
  await press('paperConfirm.answer', { resolution: 'vote', entered, isRight: true }, {}, '赵敏')
  await confirm('paperConfirm, confirmed')
  await count('paperCount, confirmed')
  await hang('resolve', { gathering, id: 'new', words: '' }, 'resolve, counted on paper')

  const stands = { title: '委员', seats: '1', nominees: ids('王芳', '张伟'), scrutineers: ids('周杰'), tellers: ids('陈晨') }
  await press('electionForm.submit', { id: 'e', after: null }, stands)
  const box = { handedOut: '8', returned: '8', invalid: '0', votes_0: '2 6 0', votes_1: '1 7 0', writeIns: '小丁 3\n郑凯 1' }
  await press('election.count', { election: 'e' }, box)
  await hang('election', { subject: 's', gathering, election: 'e' }, 'election, a name asked of the tellers')
  await press('writeIns.answer', { election: 'e', name: '小丁' }, { who: 'm_丁一' })
  await hang('election', { subject: 's', gathering, election: 'e' }, 'election, the tellers have answered')
  return hung
}
