import { render } from '../../../src/bot.ts'
import { moment } from '../../../src/calendar.ts'
import { aVotingBranch, gradedBy } from '../ballots/ballots.ts'
import type { Hung } from './gallery.ts'
import { pages } from './gallery.ts'

/** The cards of ballots of each scale, before the vote, after it, and after the close. */
export async function theBallots(): Promise<Hung[]> {
  const it = await aVotingBranch()
  const hung: Hung[] = []
  const hang = async (name: string, args: Record<string, unknown>, as = name) => {
    const card = await render(it.db, name, args, it.now(), pages)
    if (!card) throw new Error(`“${as}” has nothing to show`)
    hung.push({ name: as, card })
  }
  const voter = (ballot: string, name = '王芳') => ({ subject: 's', ballot, member: `m_${name}` })

  await hang('ballotForm', { id: 'new', branch: 'branch', committee: null, title: '推荐年度先进个人' })
  await hang('ballotForm', { id: 'new', branch: 'branch', committee: null, title: '' }, 'ballotForm, its use')
  await hang('secrecy', {})
  const resolution = await it.opens()
  await hang('ballot', voter(resolution), 'ballot: a resolution')
  await hang('turnout', { subject: 's', ballot: resolution }, 'turnout, open')
  await hang('ballotHost', { subject: 's', ballot: resolution, viewer: 'm_李华' })
  await hang('ballotMore', { ballot: resolution })
  await hang('votes', { id: 'new', member: 'm_李华', branch: 'branch', committee: null, mayOpen: true })
  const voted = await it.votes('王芳', resolution, 'for')
  if (voted.card) hung.push({ name: 'ballot, just voted', card: voted.card })
  await hang('ballot', voter(resolution), 'ballot, voted')

  const evaluation = await it.opens({
    use: 'evaluation',
    title: '2026年民主评议',
    question: gradedBy(['李华', '王芳', '张伟', '赵敏', '孙丽', '周杰']),
  })
  await hang('ballot', voter(evaluation), 'ballot: an evaluation')
  await hang('ballotHost', { subject: 's', ballot: evaluation, viewer: 'm_李华' }, 'ballotHost, codes can be asked for')
  await hang('codesAsked', { ballot: evaluation, viewer: 'm_王芳' })
  const small = await it.opens({ electorate: 'committee' }, ['李华', '王芳', '张伟'])
  await hang('ballot', voter(small), 'ballot: a committee of three')
  const opinion = await it.opens({ electorate: 'chosen', closesAt: moment('2026-10-09', '16:00') }, [
    '李华',
    '王芳',
    '张伟',
    '赵敏',
    '孙丽',
  ])
  await it.press('李华', { press: 'ballotMore.add', ballot: opinion }, { form: { people: ['m_周杰'] } })
  await it.press('王芳', { press: 'ballotMore.extend', ballot: opinion }, { form: { closes: '2026-10-09 17:00 +0800' } })
  for (const name of ['李华', '王芳', '张伟', '赵敏', '孙丽']) await it.votes(name, opinion, 'for')
  await it.byCode(evaluation, 5, {})
  const award = await it.opens({
    use: 'award',
    title: '年度先进个人',
    isSecret: false,
    question: { scale: 'chosen', most: 2, subjects: ['李华', '王芳', '张伟'].map((name, nth) => ({ key: String(nth + 1), name })) },
  })
  await it.votes('李华', award, { chosen: ['1', '2'] })
  await hang('ballot', voter(award, '李华'), 'ballot: an award, voted by name')
  const pulse = await it.opens({
    use: 'pulse',
    title: '支部工作满意度',
    question: { scale: 'agreement', subjects: ['书记履职', '班子团结'].map((name, nth) => ({ key: String(nth + 1), name })) },
  })
  await hang('ballot', voter(pulse), 'ballot: a pulse')
  const scored = await it.opens({
    use: 'review',
    title: '创新项目评审',
    question: { scale: 'score', subjects: ['红色讲解队', '实验室开放日'].map((name, nth) => ({ key: String(nth + 1), name })) },
  })
  await hang('ballot', voter(scored), 'ballot: a review')
  const election = await it.opens({
    use: 'election',
    title: '支委会选举',
    question: {
      scale: 'stances',
      most: 2,
      writeIns: 2,
      subjects: ['李华', '王芳', '张伟'].map((name, nth) => ({ key: String(nth + 1), name })),
    },
  })
  await hang('ballot', voter(election), 'ballot: an election')
  for (const name of ['李华', '张伟', '赵敏', '孙丽', '周杰', '钱进']) {
    await it.votes(name, evaluation, { excellent: name === '张伟' ? ['2'] : ['3'], ...(name === '钱进' ? { excellent: [] } : {}) })
    await it.votes(name, pulse, { agreement_1: '5', agreement_2: name === '赵敏' ? '2' : '4' })
    await it.votes(name, scored, { score_1: '90', score_2: name === '赵敏' ? '60' : '85' })
  }
  const cancelled = await it.opens({ title: '换个时间' })
  await it.press('李华', { press: 'ballotMore.cancel', ballot: cancelled }, { form: { reason: '另行安排' } })
  await hang('turnout', { subject: 's', ballot: cancelled }, 'turnout, cancelled')
  const unsound = await it.opens({ title: '增补一名委员' })
  await it.votes('王芳', unsound, 'for')
  await it.store.client.execute(`insert into marks select ballot, 'again ' || key, sealed from marks where ballot = '${unsound}'`)
  await it.minute('2026-10-09', '17:01')
  for (const [name, ballot] of Object.entries({ resolution, evaluation, pulse, scored, election, award, opinion })) {
    await hang('ballotResult', { ballot, viewer: 'm_李华' }, `ballotResult: ${name}`)
    await hang('ballot', voter(ballot, '张伟'), `ballot, over: ${name}`)
  }
  await hang('turnout', { subject: 's', ballot: resolution }, 'turnout, over')
  await hang('ballotElectors', { ballot: opinion, viewer: 'm_王芳' })
  await hang('ballotUnsound', { subject: 's', ballot: unsound })
  return hung
}
