import { render } from '../../../src/bot.ts'
import { aTalkingBranch } from '../../talks/company.ts'
import { type Hung, pages } from './gallery.ts'

/** The cards of talks, as each of the two sees them in each state, and the lists around them. */
export async function theTalks(): Promise<Hung[]> {
  const it = await aTalkingBranch()
  const hung: Hung[] = []
  const keep = (as: string, card: Hung['card'] | undefined | null) => {
    if (!card) throw new Error(`“${as}” has no card`)
    hung.push({ name: as, card })
  }
  const hang = async (name: string, args: Record<string, unknown>, as = name) => keep(as, await render(it.db, name, args, it.now(), pages))
  const read = await it.say('李华', '/谈心 孙丽 9月30日 还说了别的', { dm: true })
  keep('talk, read back', read?.card)
  keep('talk, as a form', (await it.press('李华', it.buttonFor(read?.card, 'talk.edit'))).card)
  keep('talk, of nobody', (await it.say('李华', '/谈心 周末', { dm: true }))?.card)
  keep('talkWhich', (await it.say('李华', '/谈心 王方', { dm: true }))?.card)
  await it.press('李华', { press: 'talkContacts.save', branch: 'branch' }, { form: { member: 'm_孙丽', contacts: ['m_李华', 'm_赵敏'] } })
  await hang('talkContacts', { branch: 'branch', viewer: 'm_李华' })
  const claimed = await it.press('李华', it.buttonFor(read?.card, 'talk.claim'))
  keep('talk, claimed', claimed.card)
  const { talk } = it.buttonFor(claimed.card, 'talk.takeBack')
  await hang('talk', { subject: 's', talk, member: 'm_孙丽' }, 'talk, to be answered')
  await it.claims('王芳', '/谈心 孙丽')
  await hang('talkRequests', { subject: 'talkRequests m_孙丽', member: 'm_孙丽' })
  const answered = await it.press('孙丽', { press: 'talk.yes', talk, isList: true })
  keep('talkRequests, one answered', answered.card)
  await hang('talk', { subject: 's', talk, member: 'm_李华' }, 'talk, confirmed')
  await it.claims('张伟', '/谈心 赵敏')
  await it.answers('赵敏', false)
  const denied = (await it.talks()).at(-1)?.id
  await hang('talk', { subject: 's', talk: denied, member: 'm_张伟' }, 'talk, denied')
  for (const name of ['李华', '赵敏', '孙丽']) await hang('talkPlanner', { subject: 's', member: `m_${name}` }, `talkPlanner, ${name}`)
  await hang('talkAsked', { member: 'm_李华', from: 'm_孙丽' })
  await hang('talkFacts', { branch: 'branch', quarter: '2026Q4', viewer: 'm_李华' })
  await hang('talkCoverage', { committee: 'committee' })
  await it.change('周一鸣', { openId: null })
  const paper = await it.claims('李华', '/谈心 周一鸣')
  keep('talk, on paper', paper.card)
  await hang('talkPaper', { subject: 's', talk: it.buttonFor(paper.card, 'talkPaper.ask').talk, viewer: 'm_王芳' })
  it.at('2026-10-10', '09:00')
  await it.press('李华', { press: 'talk.takeBack', talk })
  await hang('talk', { subject: 's', talk, member: 'm_孙丽' }, 'talk, to be taken back')
  return hung
}
