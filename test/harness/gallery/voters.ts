import { render } from '../../../src/bot.ts'
import { aMeetingThatVotes, fullMembers } from '../ballots/voting-meeting.ts'
import { type Hung, pages } from './gallery.ts'

/** The cards about who has a vote: on a person, before the assessor, and in a meeting that elects. */
export async function theVoters(): Promise<Hung[]> {
  const hung: Hung[] = []
  const keep = (as: string, card: Hung['card'] | undefined | null) => {
    if (!card) throw new Error(`“${as}” has no card`)
    hung.push({ name: as, card })
  }
  const it = await aMeetingThatVotes(fullMembers.slice(0, 5), {
    agenda: '选举支部委员会；接收钱进为预备党员',
    before: async (branch) => {
      const hang = async (name: string, args: Record<string, unknown>, as = name) =>
        keep(as, await render(branch.db, name, args, branch.now(), pages))
      const person = 'm_欧阳娜'
      for (const name of ['丁一', '欧阳娜']) await branch.press('李华', { press: 'place.away', person: `m_${name}` }, { form: {} })
      keep('a person: exclusion', (await branch.press('李华', { press: 'person.part', person, part: 'exclusion' })).card)
      const form = { scope: 'elections', reason: 'elsewhere', until: '2027-06-30 +0800' }
      keep('a person, excluded', (await branch.press('李华', { press: 'exclusion.ask', person }, { form })).card)
      const [row] = await branch.rows('select id from exclusions')
      const exclusion = String(row?.id)
      await hang('exclusionAsked', { subject: 's', exclusion, viewer: 'm_上级' })
      keep('exclusionAsked, confirmed', (await branch.press('上级', { press: 'exclusionAsked.confirm', exclusion })).card)
      await hang('exclusionAnswered', { exclusion, isOwn: false })
      await hang('exclusionAnswered', { exclusion, isOwn: true }, 'exclusionAnswered, to the member')
      keep('a person: suspension', (await branch.press('上级', { press: 'person.part', person: 'm_黄磊', part: 'suspension' })).card)
      await branch.press('上级', { press: 'suspension.enter', person: 'm_黄磊' }, { form: { kind: 'probation' } })
    },
  })
  const { gathering } = it
  const hang = async (name: string, args: Record<string, unknown>, as = name) => keep(as, await render(it.db, name, args, it.now(), pages))
  await it.press('李华', { press: 'place.away', person: 'm_陈晨' }, { form: {} })
  await it.press('李华', { press: 'host.mark', gathering }, { form: { people: ['m_周杰', 'm_陈晨'] } })
  await hang('gathering', { subject: gathering }, 'gathering that elects')
  await hang('host', { subject: gathering, viewer: 'm_李华' }, 'host of a meeting that elects')
  const form = { people: ['m_周杰'], scrutineer: 'm_赵敏' }
  await it.press('李华', { press: 'inRoom.ask', gathering }, { form })
  await hang('inRoom', { subject: gathering, viewer: 'm_李华' })
  await hang('marks', { subject: 's', gathering, viewer: 'm_赵敏' })
  await it.press('赵敏', { press: 'marks.confirm', gathering }, { form: { people: ['m_周杰'] } })
  await hang('marks', { subject: 's', gathering, viewer: 'm_赵敏' }, 'marks, all confirmed')
  return hung
}
