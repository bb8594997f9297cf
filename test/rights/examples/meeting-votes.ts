import { sql } from 'drizzle-orm'
import { resolutions } from '../../../db/meeting-votes/tables.ts'
import { press, type Stage, says } from '../stage.ts'
import { aMeeting } from './gatherings.ts'

const full = ['secretary', 'deputy', 'organisation', 'publicity', 'discipline', 'committeeMember', 'leader', 'member', 'former secretary']

/** A voter who is in the room, as an election asks. */
async function inRoom(stage: Stage, name: string, sent: { gathering: string }) {
  await stage.deed(name, 'gathering.checkIn', sent)
  await cameByCode(stage, name)
}

/** The arrival stands as if by the room code. The stage writes it itself, beside the gate: it is no deed. */
export const cameByCode = (stage: Stage, name: string) => stage.db.run(sql`update arrivals set way = 'code' where member = ${`m ${name}`}`)

/** A general meeting that begins with that many of the nine full members there. */
export const present = async (stage: Stage, people = full.length) => {
  const sent = await aMeeting(stage)
  for (const name of full.slice(0, people)) await inRoom(stage, name, sent)
  stage.at('2026-10-08', '09:15')
  return sent
}
const allPresent = (stage: Stage) => present(stage)

const byHands = async (stage: Stage) => {
  const sent = await present(stage)
  const resolution = stage.newId()
  await stage.deed('secretary', 'hands.enter', { ...sent, id: resolution }, { words: '选派一人', hands_for: '5' })
  return { ...sent, resolution }
}

const electionForm = { title: '委员', seats: '1', nominees: ['m deputy', 'm publicity'], scrutineers: ['m member'], tellers: ['m leader'] }

const anElection = async (stage: Stage, people = full.length, form: object = {}) => {
  const sent = await present(stage, people)
  const election = stage.newId()
  await stage.deed('secretary', 'electionForm.submit', { ...sent, id: election, after: null }, { ...electionForm, ...form })
  return { ...sent, election }
}
const openElection = (stage: Stage) => anElection(stage)

/** One more voter comes behind the opening. */
const joinedLater = async (stage: Stage) => {
  const sent = await anElection(stage, 8)
  await inRoom(stage, 'former secretary', sent)
  return sent
}

/** Three have more than half of the votes for two seats, and as many as each other. */
const tied = async (stage: Stage) => {
  const sent = await anElection(stage, full.length, { seats: '2', nominees: ['m deputy', 'm publicity', 'm discipline'] })
  const votes = { votes_0: '5 4 0', votes_1: '5 4 0', votes_2: '5 4 0' }
  await stage.deed('secretary', 'election.count', sent, { handedOut: '9', returned: '9', invalid: '0', ...votes })
  return sent
}

const admission = { words: '钱进', matter: 'admission' }

/** Everybody but the last is there. */
const inTheRoom = (stage: Stage) => present(stage, full.length - 1)

const prepared = async (stage: Stage) => {
  const sent = await inTheRoom(stage)
  const resolution = stage.newId()
  await stage.deed('secretary', 'resolve.submit', { ...sent, id: resolution }, { ...admission, views: 'some' })
  return { ...sent, resolution }
}

const oneView = { people: ['m former secretary'], views_for: '1' }

const handedIn = async (stage: Stage) => {
  const sent = await prepared(stage)
  await stage.deed('secretary', 'writtenViews.enter', sent, oneView)
  return { resolution: sent.resolution }
}

const onPaper = async (stage: Stage) => {
  const sent = await inTheRoom(stage)
  const resolution = stage.newId()
  await stage.deed('secretary', 'resolve.submit', { ...sent, id: resolution }, { ...admission, way: 'paper' })
  return { ...sent, resolution }
}

const count = { handedOut: '8', returned: '8', invalid: '0', votes_0: '7 1 0', scrutineer: 'm member' }

const counted = async (stage: Stage) => {
  const sent = await onPaper(stage)
  await stage.deed('secretary', 'paperCount.enter', sent, count)
  const [row] = await stage.db.select({ at: resolutions.paperAt }).from(resolutions).where(sql`${resolutions.id} = ${sent.resolution}`)
  return { ...sent, entered: row?.at?.getTime() ?? 0 }
}

/** A name that nobody in the branch bears. */
const withUnknown = async (stage: Stage) => {
  const sent = await openElection(stage)
  const figures = { handedOut: '9', returned: '9', invalid: '0', votes_0: '4 5 0', votes_1: '4 5 0', writeIns: '某人 1' }
  await stage.deed('secretary', 'election.count', sent, figures)
  return sent
}

const withId = (stage: Stage) => ({ id: stage.newId() })

export const meetingVotes = [
  says('resolve', 'holdVote', '/表决 选派一人', { view: 'resolve', given: allPresent }),
  press('resolve.open', 'holdVote', { view: 'resolve', given: allPresent }),
  press('resolve.submit', 'holdVote', {
    deed: 'resolution.open',
    given: allPresent,
    sends: withId,
    form: { words: '选派一人', way: 'secret' },
  }),
  press('hands.enter', 'holdVote', {
    deed: 'resolution.hands',
    given: allPresent,
    sends: withId,
    form: { words: '选派一人', hands_for: '5' },
  }),
  press('hands.correct', 'holdVote', { card: '更正', given: byHands }),
  press('hands.amend', 'holdVote', { deed: 'resolution.correct', given: byHands, form: { words: '选派二人', hands_for: '5' } }),
  says('election', 'holdVote', '/选举 委员', { view: 'electionForm', given: allPresent }),
  press('electionForm.open', 'holdVote', { view: 'electionForm', given: allPresent, sends: { after: null } }),
  press('electionForm.submit', 'holdVote', {
    deed: 'election.open',
    given: allPresent,
    sends: (stage) => ({ ...withId(stage), after: null }),
    form: electionForm,
  }),
  press('election.open', 'holdVote', { view: 'election', given: openElection }),
  press('election.count', 'holdVote', {
    deed: 'election.count',
    given: openElection,
    form: { handedOut: '9', returned: '9', invalid: '0', votes_0: '5 4 0', votes_1: '4 5 0' },
  }),
  press('election.correct', 'holdVote', { card: '更正计票结果', given: tied }),
  press('election.recount', 'holdVote', { deed: 'election.recount', given: joinedLater }),
  press('election.withdraw', 'holdVote', { deed: 'election.withdraw', given: openElection }),
  press('writeIns.answer', 'holdVote', {
    deed: 'election.answerWriteIn',
    given: withUnknown,
    sends: { name: '某人' },
    form: { who: 'unread' },
  }),
  press('writtenViews.show', 'holdVote', { view: 'writtenViews', given: prepared }),
  press('writtenViews.enter', 'holdVote', { deed: 'resolution.handInViews', given: prepared, form: oneView }),
  press('writtenViews.open', 'holdVote', { deed: 'resolution.open', given: prepared, sends: { manner: 'card' } }),
  press('writtenViews.withdraw', 'holdVote', { deed: 'resolution.withdraw', given: prepared }),
  press('ownView.object', 'vote', {
    deed: 'writtenView.object',
    given: handedIn,
    sends: { objects: true },
    if: ({ member }) => member === 'm former secretary',
  }),
  press('paperCount.show', 'holdVote', { view: 'paperCount', given: onPaper }),
  press('paperCount.enter', 'holdVote', { deed: 'resolution.enterPaper', given: onPaper, form: count }),
  press('paperConfirm.answer', 'vote', {
    deed: 'resolution.confirmPaper',
    given: counted,
    sends: { isRight: true },
    if: ({ member }) => member === 'm member',
  }),
  press('electionAgain.begin', 'holdVote', { deed: 'election.open', given: tied }),
]
