import { render } from '../../../src/bot.ts'
import { aMeetingThatVotes, fullMembers } from '../ballots/voting-meeting.ts'
import { rule } from '../rulebook.ts'
import type { Hung } from './gallery.ts'
import { pages } from './gallery.ts'

const ids = (...names: string[]) => names.map((name) => `m_${name}`)

/** The cards of a meeting that resolves and elects, from the form to the second round. */
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
  const sheet = (election: string, as: string) => hang('election', { subject: 's', gathering, election }, as)
  const form = (after: string | null, as: string) => hang('electionForm', { gathering, id: 'new', title: '支部委员会委员', after }, as)

  await hang('resolve', { gathering, id: 'new', words: '选派李华参加培训' })
  keep('hands', (await it.resolves({ words: '选派李华参加培训', way: 'hands' })).card)
  keep(
    'resolve, hands entered',
    (await it.raises({ words: '选派李华参加培训', hands_for: '6', hands_against: '2', hands_abstain: '1' })).card,
  )
  await it.resolves({ words: '钱进', matter: 'conversion', way: 'secret' }, { id: 'conversion' })
  await hang('ballotHost', { subject: 's', ballot: 'conversion', viewer: 'm_李华' }, 'ballotHost, in a meeting')
  await hang('resolve', { gathering, id: 'new', words: '' }, 'resolve, a vote open')
  const [raised] = (await it.state()).resolutions
  keep('hands, to be corrected', (await it.press('李华', { press: 'hands.correct', gathering, resolution: raised?.id })).card)
  for (const name of fullMembers.slice(0, 7)) await it.votes(name, 'conversion', name === '赵敏' ? 'against' : 'for')
  await it.press('李华', { press: 'ballotHost.close', ballot: 'conversion' })
  await it.count_()

  await rule(it.store.client, { electionsByCard: true })
  await form(null, 'electionForm')
  const asked = {
    title: '支部委员会委员',
    seats: '2',
    nominees: ids('黄磊', '王芳', '张伟'),
    scrutineers: ids('周杰'),
    tellers: ids('陈晨', '孙丽'),
  }
  await it.press('李华', { press: 'electionForm.submit', gathering, id: 'first', after: null }, { form: asked })
  await sheet('first', 'election, to be counted')
  const tied = { handedOut: '9', returned: '9', invalid: '0', votes_0: '8 1 0', votes_1: '5 3 1', votes_2: '5 4 0' }
  await it.press('李华', { press: 'election.count', gathering, election: 'first' }, { form: tied })
  await sheet('first', 'election, tied')
  keep('election, to be corrected', (await it.press('李华', { press: 'election.correct', gathering, election: 'first' })).card)
  await it.press('李华', { press: 'electionAgain.begin', gathering, election: 'first' })
  const second = (await it.state()).elections.at(-1)?.id ?? ''
  await sheet(second, 'election, between those who tied')
  const decided = { handedOut: '9', returned: '9', invalid: '0', votes_0: '5 4 0', votes_1: '4 5 0' }
  await it.press('李华', { press: 'election.count', gathering, election: second }, { form: decided })
  await sheet(second, 'election, decided')
  await sheet('first', 'election, voted again')

  const few = {
    ...asked,
    title: '纪检委员',
    seats: '2',
    nominees: ids('赵敏', '孙丽', '黄磊'),
    scrutineers: ids('周杰'),
    tellers: ids('陈晨'),
  }
  await it.press('李华', { press: 'electionForm.submit', gathering, id: 'few', after: null }, { form: few })
  const oneElected = {
    handedOut: '9',
    returned: '9',
    invalid: '0',
    votes_0: '8 1 0',
    votes_1: '4 3 2',
    votes_2: '3 4 2',
    writeIns: '周杰 1',
  }
  await it.press('李华', { press: 'election.count', gathering, election: 'few' }, { form: oneElected })
  await sheet('few', 'election, seats left')
  await form('few', 'electionForm, for the seats left')
  const spoilt = { ...few, title: '书记', seats: '1', nominees: ids('王芳', '张伟') }
  await it.press('李华', { press: 'electionForm.submit', gathering, id: 'spoilt', after: null }, { form: spoilt })
  await it.press('李华', { press: 'election.count', gathering, election: 'spoilt' }, { form: { handedOut: '9', returned: '10' } })
  await sheet('spoilt', 'election, void')
  await it.press('李华', { press: 'electionForm.submit', gathering, id: 'card', after: null }, { form: { ...spoilt, way: 'card' } })
  await sheet('card', 'election, by card')
  await hang('ballot', { subject: 's', ballot: 'card', member: 'm_王芳' }, 'ballot: an election in a meeting')
  for (const name of fullMembers.slice(0, 9)) await it.votes(name, 'card', { for: [name === '张伟' ? '2' : '1'] })
  await it.press('李华', { press: 'ballotHost.close', ballot: 'card' })
  await it.count_()
  await sheet('card', 'election, by card, counted')
  await hang('ballotResult', { ballot: 'card' }, 'ballotResult: an election in a meeting')

  await hang('host', { subject: gathering, viewer: 'm_李华' }, 'host, votes held')
  await hang('gathering', { subject: gathering }, 'gathering, votes held')
  it.at('2026-10-09', '15:50')
  await it.press('李华', { press: 'corrections.unmark', gathering }, { form: { people: ids('李华', '周杰', '孙丽', '王芳') } })
  await it.closes()
  await hang('gathering', { subject: gathering }, 'gathering, votes that do not stand')
  await hang('resolve', { gathering, id: 'new', words: '' }, 'resolve, closed')
  await form(null, 'electionForm, closed')
  return hung
}
