import { countBallots } from '../../../src/jobs/count-ballots.ts'
import type { Townsman } from '../../harness/town.ts'
import { press, type Stage, says } from '../stage.ts'
import { present } from './meeting-votes.ts'

/** The full members of `home`: they have a vote. */
export const isElector = ({ branch, stage, member }: Townsman) => member !== null && branch === 'home' && stage === 'full'
const electors = [
  'secretary',
  'deputy',
  'organisation',
  'publicity',
  'discipline',
  'committeeMember',
  'leader',
  'member',
  'former secretary',
]

const form = { use: 'resolution', title: '选派一人', closes: '2026-11-24 15:00 +0800' }

/** A resolution on which the branch votes by card. */
const aBallot = async (stage: Stage) => {
  const ballot = stage.newId()
  await stage.deed('secretary', 'ballotForm.submit', { id: ballot, branch: 'home', committee: null }, form)
  return { ballot }
}

/** The vote of an evaluation, the use in which the public takes part. */
const anEvaluation = async (stage: Stage) => {
  const evaluation = stage.newId()
  await stage.deed('secretary', 'evaluationForm.submit', { id: evaluation, branch: 'home' }, { period: '2026' })
  await stage.deed('secretary', 'evaluationVote.submit', { evaluation }, { closes: '2026-11-24 15:00 +0800' })
  return { ballot: await stage.latest('ballots') }
}

/** A probationer becomes a full member while it is open. */
const withOneMore = async (stage: Stage) => {
  const sent = await aBallot(stage)
  await stage.deed('secretary', 'stage.change', { person: 'm probationer' }, { stage: 'full', on: '2026-10-01' })
  return sent
}

const votedOn = async (stage: Stage) => {
  const sent = await aBallot(stage)
  for (const name of electors) await stage.deed(name, 'ballot.vote', { ...sent, stance: 'for' })
  return sent
}

const counted = async (stage: Stage) => {
  const sent = await votedOn(stage)
  await stage.deed('secretary', 'ballotHost.close', sent)
  await countBallots({ db: stage.db, box: stage.box, clock: stage.now, log: () => {} })
  return sent
}

/** Somebody put pieces into the box twice. */
const unsound = async (stage: Stage) => {
  const sent = await votedOn(stage)
  await stage.deed('secretary', 'ballotHost.close', sent)
  await stage.db.run("insert into marks select ballot, 'again ' || key, sealed from marks")
  await countBallots({ db: stage.db, box: stage.box, clock: stage.now, log: () => {} })
  return sent
}

/** A vote by card among those who are there. */
const inMeeting = async (stage: Stage) => {
  const { gathering } = await present(stage, 8)
  await stage.deed('secretary', 'resolve.submit', { gathering, id: stage.newId() }, { words: '选派一人', way: 'secret' })
  return { gathering, ballot: await stage.latest('ballots') }
}

/** One more comes while it is open. */
const withOneLater = async (stage: Stage) => {
  const sent = await inMeeting(stage)
  await stage.deed('former secretary', 'gathering.checkIn', sent)
  return sent
}

export const ballots = [
  says('ballot', 'vote', '投票', { view: 'votes', at: 'own unit' }),
  says('ballot', 'openBallot', '/投票 选派一人参加培训', { view: 'ballotForm' }),
  press('ballot.vote', 'vote', { deed: 'ballot.vote', given: aBallot, sends: { stance: 'for' }, at: 'own unit', if: isElector }),
  press('ballot.open', 'vote', { view: 'ballot', given: aBallot, at: 'own unit', if: isElector }),
  press('secrecy.open', 'vote', { view: 'secrecy', sends: { about: 'secrecy' }, at: 'own unit' }),
  press('ballotForm.open', 'openBallot', {
    view: 'ballotForm',
    sends: (stage) => ({ id: stage.newId(), branch: 'home', committee: null }),
  }),
  press('ballotForm.use', 'openBallot', {
    card: 'ballotForm.submit',
    sends: (stage) => ({ id: stage.newId(), branch: 'home', committee: null, title: '', use: 'award' }),
  }),
  press('ballotForm.submit', 'openBallot', {
    deed: 'ballot.open',
    sends: (stage) => ({ id: stage.newId(), branch: 'home', committee: null }),
    form,
  }),
  press('votes.run', 'openBallot', { view: 'ballotHost', given: aBallot }),
  press('ballotMore.open', 'openBallot', { view: 'ballotMore', given: aBallot }),
  press('ballotMore.extend', 'openBallot', { deed: 'ballot.extend', given: aBallot, form: { closes: '2026-11-25 15:00 +0800' } }),
  press('ballotMore.add', 'openBallot', { deed: 'ballot.addElector', given: withOneMore, form: { people: ['m probationer'] } }),
  press('ballotMore.cancel', 'openBallot', { deed: 'ballot.cancel', given: aBallot, form: { reason: '改期' } }),
  press('ballotHost.close', 'openBallot', { deed: 'ballot.close', given: votedOn }),
  press('electors.open', 'vote', { view: 'ballotElectors', given: counted, at: 'own unit', if: isElector }),
  press('codes.ask', 'openBallot', { view: 'codesAsked', given: anEvaluation }),
  press('ballotResult.export', 'openBallot', { view: 'ballotExport', given: counted }),
  press('ballotUnsound.endInquiry', 'endInquiry', { deed: 'ballot.endInquiry', given: unsound, at: 'unit' }),
  press('inMeeting.longer', 'openBallot', { deed: 'ballot.extend', given: inMeeting }),
  press('inMeeting.addPresent', 'openBallot', { deed: 'ballot.addElector', given: withOneLater }),
]
