import * as z from 'zod'
import { isQuarter } from '../../src/calendar.ts'
import { button } from '../../src/card.ts'
import { id } from '../../src/id.ts'
import { buttonOf } from '../../src/press.ts'
import type { Duty } from '../../src/rules/duties/duty.ts'
import { snoozes } from '../../src/rules/duties/snooze.ts'
import { gatheringKindNames } from '../../src/rules/gatherings/gatherings.ts'
import { t } from '../../src/text.ts'
import type { StepButtons } from '../../src/words/gains.ts'
import { openOrResume } from '../evaluation/buttons.ts'
import { addTagged, callForDuty } from '../gatherings/buttons.ts'
import { openPaper } from '../papers/buttons.ts'
import { openIntegrity } from '../pledges/buttons.ts'
import { showPeople } from '../roster/buttons.ts'
import { hadTalk, openOpinion, openPlanner } from '../talks/buttons.ts'
import { openMinutesList } from '../work/buttons.ts'

const quarter = z.string().refine(isQuarter)

export const openStandard = buttonOf('standard.open', z.object({ branch: id, quarter }))

/** A piece of evidence is a kind and an id; a form sends it as a field. */
export const openEvidence = buttonOf('standard.evidence', z.object({ branch: id, quarter, piece: z.string().max(90).optional() }))

/** The things that can be supposed: a gathering of a kind, or the year's evaluation. */
export const supposable = [...gatheringKindNames, 'evaluation'] as const

export const openWhatIf = buttonOf('whatIf.open', z.object({ branch: id, quarter, kind: z.enum(supposable).optional() }))

export const openAttest = buttonOf('attest.open', z.object({ branch: id, quarter: quarter.optional() }))

export const openTerm = buttonOf('term.open', z.object({ branch: id, quarter: quarter.optional() }))

/** A term is entered by its election, on a form of its own, for the period that is due first. */
export function termAsked(branch: string, open: readonly Pick<Duty, 'part' | 'period'>[]) {
  const asked = open.find(({ part }) => part === '4.term')
  return asked
    ? button(t('（4）任期：按选举登记', '(4) The term: by its election'), openTerm.value({ branch, quarter: asked.period }))
    : null
}

export const openCommitteeExcuse = buttonOf('committeeExcuse.open', z.object({ branch: id }))

/** Offered to the assessor where a branch has no committee of three and must have one. */
export const committeeToExcuse = (duties: readonly Pick<Duty, 'breaches'>[], branch: string) =>
  duties.some(({ breaches = [] }) => breaches.some(({ what }) => what === 'smallCommittee'))
    ? button(t('考核人：同意暂不设支委会…', 'Assessor: allow no committee…'), openCommitteeExcuse.value({ branch }))
    : null

export const openQuieting = buttonOf('quieting.open', z.object({ form: z.literal('quieting') }))

/** The buttons that close a duty in place, for every card that offers them. */
export const stepButtons: StepButtons = {
  call: (branch, { kind, group, tags }) => callForDuty.value({ branch, kind, group, tags: [...tags] }),
  add: (gathering, tag) => addTagged.value({ gathering, tag }),
  evaluate: (branch, period) => openOrResume.value({ branch, period }),
  talked: (activist) => hadTalk.value({ with: activist }),
  opinion: (talk) => openOpinion.value({ talk }),
  integrity: (branch) => openIntegrity.value({ branch }),
  minutes: (branch) => openMinutesList.value({ branch }),
  talks: () => openPlanner.value({ about: 'talks' }),
  paper: (branch, { part, period }) => openPaper.value({ branch, kind: part === '29.summary' ? 'summary' : 'plan', year: period }),
  attest: (branch) => openAttest.value({ branch }),
  putRight: (branch) => showPeople.value({ branch }),
}

export const digestLater = buttonOf('digest.later', z.object({ until: z.enum(snoozes) }))
