import { together } from '../../../db/client.ts'
import { keepRulebookDraft } from '../../../db/rulebook/drafts.ts'
import { press, type Stage, says } from '../stage.ts'

/** A list that weighs two standards otherwise, previewed for the committee `first`. */
async function aPreview({ db, newId, now }: Stage) {
  const draft = newId()
  await together(db, [
    keepRulebookDraft(db, {
      id: draft,
      file: draft,
      committee: 'first',
      by: 'm assessor',
      madeAt: now(),
      quarter: '2027Q1',
      after: 0,
      said: { weights: { 1: 5, 2: 3 } },
      changes: [{ part: '1.judged', what: { zh: '权重 4 → 5', en: 'weight 4 → 5' } }],
      wrong: [],
      sum: 100,
    }),
  ])
  return { draft }
}

const notice = '2027 放假 1.1-1.3 2.5-2.11 5.1-5.5 10.1-10.7'

const aNotice = async (stage: Stage) => {
  await stage.deed('admin', 'holidays.read', {}, { text: notice })
  return { draft: await stage.latest('holiday_drafts') }
}

export const rulebook = [
  says('rules', 'editRulebook', '/规则', { view: 'rulebook', chat: 'oc_first', at: 'committee' }),
  press('rulebook.save', 'editRulebook', {
    deed: 'rulebook.change',
    sends: { committee: 'first', quarter: '2027Q1', after: 0 },
    form: { graceWorkdays: '6' },
    at: 'committee',
  }),
  press('rulebookTemplate.send', 'editRulebook', { view: 'rulebookTemplate', sends: { committee: 'first' }, at: 'committee' }),
  press('rulebookPreview.save', 'editRulebook', { deed: 'rulebook.change', given: aPreview, sends: { from: 'next' }, at: 'committee' }),
  says('holidays', 'importHolidays', '/节假日', { view: 'holidays', at: 'own unit' }),
  press('holidays.read', 'importHolidays', { deed: 'holidays.read', form: { text: notice }, at: 'own unit' }),
  press('holidays.import', 'importHolidays', { deed: 'holidays.import', given: aNotice, at: 'unit' }),
]
