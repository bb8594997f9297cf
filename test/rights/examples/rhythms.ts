import { prepareDrafts } from '../../../src/jobs/prepare-drafts.ts'
import { ranOnce } from '../../harness/jobs.ts'
import { press, type Stage, says } from '../stage.ts'

const aRhythm = async (stage: Stage) => {
  const rhythm = stage.newId()
  await stage.deed(
    'secretary',
    'rhythm.set',
    { branch: 'home', rhythm },
    { kind: 'lecture', every: 'month', which: 'date 20', time: '15:00' },
  )
  return { rhythm }
}

const stopped = async (stage: Stage) => {
  const sent = await aRhythm(stage)
  await stage.deed('secretary', 'rhythms.stop', sent)
  return sent
}

/** The clock prepares what comes round on the 20th. */
const aDraft = async (stage: Stage) => {
  const sent = await aRhythm(stage)
  stage.at('2026-10-14', '10:00')
  await ranOnce(prepareDrafts, { db: stage.db, now: stage.now(), slot: stage.now(), isLate: false })
  return { ...sent, on: '2026-10-20' }
}

const skipped = async (stage: Stage) => {
  const sent = await aDraft(stage)
  await stage.deed('secretary', 'draft.skip', sent)
  return sent
}

export const rhythms = [
  says('rhythm', 'setRhythm', '/例会 支委会 每月第一个周五 15:00', { deed: 'rhythm.set' }),
  press('rhythm.set', 'setRhythm', {
    deed: 'rhythm.set',
    sends: (stage) => ({ branch: 'home', rhythm: stage.newId() }),
    form: { kind: 'committee', every: 'month', which: 'date 10', time: '15:00' },
  }),
  press('rhythm.new', 'setRhythm', { view: 'rhythmForm', sends: { branch: 'home' }, at: 'group' }),
  press('rhythm.change', 'setRhythm', { view: 'rhythmForm', given: aRhythm }),
  press('rhythms.stop', 'setRhythm', { deed: 'rhythm.stop', given: aRhythm }),
  press('rhythms.resume', 'setRhythm', { deed: 'rhythm.resume', given: stopped }),
  press('draft.call', 'callGathering', { deed: 'rhythm.call', given: aDraft }),
  press('draft.change', 'callGathering', { view: 'callForm', given: aDraft }),
  press('draft.skip', 'callGathering', { deed: 'rhythm.skip', given: aDraft }),
  press('draft.unskip', 'callGathering', { deed: 'rhythm.unskip', given: skipped }),
]
