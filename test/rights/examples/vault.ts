import { together } from '../../../db/client.ts'
import { contacts, talks } from '../../../db/talks/tables.ts'
import { press, type Stage } from '../stage.ts'

const PAIR = ['leader', 'activist']
const isOfPair = ({ name }: { name: string }) => PAIR.includes(name)
const isLeader = ({ name }: { name: string }) => name === 'leader'

/** The leader is the activist's contact, and both have confirmed their talk. */
const talked = async (stage: Stage) => {
  const talk = stage.newId()
  await together(stage.db, [
    stage.db.insert(contacts).values({
      id: `contact ${talk}`,
      branch: 'home',
      member: 'm activist',
      contact: 'm leader',
      fromOn: '2026-01-01',
      setBy: 'm secretary',
      setAt: stage.now(),
    }),
    stage.db.insert(talks).values({
      id: talk,
      unit: 'unit',
      branch: 'home',
      a: 'm activist',
      b: 'm leader',
      kind: 'activist',
      onDay: '2026-10-08',
      claimedBy: 'm leader',
      claimedAt: stage.now(),
      confirmedAt: stage.now(),
      opinionDueOn: '2026-10-22',
    }),
  ])
  return { talk }
}

const noted = async (stage: Stage) => {
  const { talk } = await talked(stage)
  for (const name of PAIR) await stage.deed(name, 'note.save', { talk }, { words: '一句话', shared: 'both' })
  return { talk }
}

const filed = async (stage: Stage) => {
  const { talk } = await talked(stage)
  await stage.deed('leader', 'opinion.submit', { talk }, { verdict: 'goOn', opinion: '入党动机端正' })
  return { opinion: await stage.latest('opinions') }
}

const asked = async (stage: Stage) => {
  const { talk } = await talked(stage)
  await stage.deed('leader', 'worry.ask', { talk }, { worry: '食堂关得太早' })
  return { talk, version: stage.now().getTime() }
}

export const vaultExamples = [
  press('note.open', 'talk', { card: '谈心记录', given: noted, at: 'unit', if: isOfPair }),
  press('note.save', 'talk', { deed: 'note.write', given: talked, form: { words: '一句话' }, at: 'unit', if: isOfPair }),
  press('note.read', 'talk', { deed: 'note.read', given: noted, at: 'unit', if: isOfPair }),
  press('note.delete', 'talk', { deed: 'note.delete', given: noted, at: 'unit', if: isOfPair }),
  press('opinion.open', 'talk', { card: '考察意见', given: talked, at: 'unit', if: isLeader }),
  press('opinion.submit', 'talk', {
    deed: 'opinion.file',
    given: talked,
    form: { verdict: 'goOn', opinion: '入党动机端正' },
    at: 'unit',
    if: isLeader,
  }),
  press('opinions.open', 'readOpinions', { card: '考察意见', given: filed, sends: { branch: 'home' } }),
  press('opinions.read', 'readOpinions', { deed: 'opinion.read', given: filed }),
  press('worry.open', 'talk', { card: '提出一件事', given: talked, at: 'unit', if: isOfPair }),
  press('worry.ask', 'talk', { view: 'worryAsked', given: talked, form: { worry: '食堂关得太早' }, at: 'unit', if: isOfPair }),
  press('worryAsked.answer', 'talk', {
    card: '已提出',
    given: asked,
    sends: { answer: 'unsigned' },
    at: 'unit',
    if: ({ name }) => name === 'activist',
  }),
]
