import { together } from '../../../db/client.ts'
import { talks } from '../../../db/talks/tables.ts'
import { press, type Stage, says } from '../stage.ts'

const PAIR = ['member', 'secretary']
const isOfPair = ({ name }: { name: string }) => PAIR.includes(name)

/** The secretary says that they talked with the member, whose branch has an activist as well. */
const claimed = async (stage: Stage) => {
  const talk = stage.newId()
  await stage.deed('secretary', 'talk.claim', { talk, with: 'm member', on: '2026-10-08' })
  return { talk }
}

const confirmed = async (stage: Stage) => {
  const { talk } = await claimed(stage)
  await stage.deed('member', 'talk.yes', { talk })
  return { talk }
}

/** A day later both have to agree. */
const asked = async (stage: Stage) => {
  const { talk } = await confirmed(stage)
  stage.at('2026-10-10', '09:00')
  await stage.deed('secretary', 'talk.takeBack', { talk })
  return { talk }
}

/** Somebody of the branch who has no Feishu was talked to. */
const onPaper = async (stage: Stage) => {
  const { talk } = await claimed(stage)
  await stage.client.execute("update members set open_id = null where id = 'm member'")
  return { talk }
}

/** The deputy saw the paper of a talk that is to be taken back. */
const attestedAndAsked = async (stage: Stage) => {
  const talk = stage.newId()
  const [at, later] = [stage.now(), new Date(stage.now().getTime() + 1)]
  await together(stage.db, [
    stage.db.insert(talks).values({
      id: talk,
      unit: 'unit',
      branch: 'home',
      a: 'm member',
      b: 'm secretary',
      kind: 'committeeMember',
      onDay: '2026-10-08',
      claimedBy: 'm secretary',
      claimedAt: at,
      confirmedAt: later,
      attestedBy: 'm deputy',
      attestedReference: '3 号',
      undoAskedBy: 'm secretary',
    }),
  ])
  stage.at('2026-10-10', '09:00')
  return { talk }
}

const line = (stage: Stage) => ({ talk: stage.newId(), with: 'm leader', on: '2026-10-08' })
const isNotLeader = ({ name }: { name: string }) => name !== 'leader'

export const talksExamples = [
  says('talk', 'talk', '/谈心 昨天', { view: 'talk', at: 'own unit' }),
  says('talk', 'assess', '/谈心', { view: 'talkCoverage', chat: 'oc_first', at: 'committee' }),
  press('talk.claim', 'talk', { deed: 'talk.claim', sends: line, at: 'unit', if: isNotLeader }),
  press('talk.edit', 'talk', { card: 'talk_form', sends: line, at: 'unit', if: isNotLeader }),
  press('talk.submit', 'talk', {
    deed: 'talk.claim',
    sends: line,
    form: { on: '2026-10-07 +0800' },
    at: 'unit',
    if: isNotLeader,
  }),
  press('talk.send', 'talk', { view: 'talk', given: confirmed, at: 'unit', if: isOfPair }),
  press('talk.open', 'talk', { card: 'talk.takeBack', given: confirmed, at: 'unit', if: isOfPair }),
  press('talkWhich.choose', 'talk', { view: 'talk', sends: { with: 'm leader', on: '2026-10-08' }, at: 'unit' }),
  press('talk.yes', 'talk', { deed: 'talk.confirm', given: claimed, at: 'unit', if: ({ name }) => name === 'member' }),
  press('talk.no', 'talk', { deed: 'talk.deny', given: claimed, at: 'unit', if: ({ name }) => name === 'member' }),
  press('talk.takeBack', 'talk', { deed: 'talk.takeBack', given: confirmed, at: 'unit', if: isOfPair }),
  press('talk.keep', 'talk', { deed: 'talk.keep', given: asked, at: 'unit', if: isOfPair }),
  press('talkRequests.open', 'talk', {
    view: 'talkRequests',
    given: async (stage) => {
      await claimed(stage)
      return {}
    },
    sends: { about: 'talks' },
    at: 'unit',
    if: ({ name }) => name === 'member',
  }),
  press('talkPaper.ask', 'talk', { view: 'talkPaper', given: onPaper, at: 'unit', if: ({ name }) => name === 'secretary' }),
  press('talkPaper.open', 'attestTalk', { view: 'talkPaper', given: onPaper, if: ({ name }) => name !== 'secretary' }),
  press('talkPaper.attest', 'attestTalk', {
    deed: 'talk.attest',
    given: onPaper,
    form: { reference: '3 号' },
    if: ({ name }) => name !== 'secretary',
  }),
  press('talkPaper.takeBack', 'attestTalk', { deed: 'talk.takeBack', given: attestedAndAsked, if: ({ name }) => name === 'deputy' }),
  press('talkPlanner.open', 'talk', {
    view: 'talkPlanner',
    sends: { about: 'talks' },
    at: 'own unit',
    if: ({ branch }) => branch !== null,
  }),
  press('talkPlanner.had', 'talk', { deed: 'talk.claim', sends: { with: 'm leader' }, at: 'unit', if: isNotLeader }),
  press('talkPlanner.form', 'talk', { view: 'talk', sends: { with: 'm leader' }, at: 'unit', if: isNotLeader }),
  press('talkPlanner.ask', 'talk', {
    view: 'talkAsked',
    sends: { with: 'm secretary' },
    at: 'unit',
    if: ({ branch, name }) => branch === 'home' && name !== 'secretary',
  }),
  press('talkPlanner.all', 'planTalks', { card: '党员，', sends: { branch: 'home' } }),
  press('talkContacts.open', 'keepContacts', { view: 'talkContacts', sends: { branch: 'home' } }),
  press('talkContacts.save', 'keepContacts', {
    deed: 'contact.set',
    sends: { branch: 'home' },
    form: { member: 'm activist', contacts: ['m member'] },
  }),
]
