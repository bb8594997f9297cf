import { isPress, type Press } from '../src/press.ts'
import { type FileView, isFileView, isView, type View } from '../src/view.ts'
import { assessmentCards } from './assessment/index.ts'
import { ballotsCards } from './ballots/index.ts'
import { dutiesCards } from './duties/index.ts'
import { gatheringsCards } from './gatherings/index.ts'
import { homeCards } from './home/index.ts'
import { rhythmsCards } from './rhythms/index.ts'
import { rosterCards } from './roster/index.ts'
import { scoreboardCards } from './scoreboard/index.ts'

/** Everything that can be asked for by name: cards and files that are sent, buttons that are pressed. */
interface Cards {
  views: View[]
  files: FileView[]
  presses: Press<never>[]
}

function cardsOf(files: readonly object[]): Cards {
  const exported: unknown[] = files.flatMap((file) => Object.values(file))
  return { views: exported.filter(isView), files: exported.filter(isFileView), presses: exported.filter(isPress) }
}

const atStart = cardsOf([
  ...assessmentCards,
  ...ballotsCards,
  ...dutiesCards,
  ...gatheringsCards,
  ...homeCards,
  ...rhythmsCards,
  ...rosterCards,
  ...scoreboardCards,
])

/**
 * Folders that are loaded when one of their names is first asked for. A new feature then costs the edge’s start nothing. A name’s first
 * part, before its dot, tells the folder.
 */
const later: readonly { firstParts: readonly string[]; load(): Promise<readonly object[]> }[] = [
  {
    firstParts: [
      'electionAgain',
      'electionForm',
      'election',
      'hands',
      'ownView',
      'paperConfirm',
      'paperCount',
      'resolve',
      'writeIns',
      'writtenViews',
    ],
    load: async () => (await import('./meeting-votes/index.ts')).meetingVotesCards,
  },
  {
    firstParts: ['rulebook', 'rulebookPreview', 'rulebookTemplate', 'holidays', 'holidayPreview'],
    load: async () => (await import('./rulebook/index.ts')).rulebookCards,
  },
  {
    firstParts: ['exclusionAsked', 'exclusionAnswered'],
    load: async () => (await import('./voters/index.ts')).votersCards,
  },
  {
    firstParts: [
      'evaluation',
      'evaluationForm',
      'evaluationReading',
      'evaluationVote',
      'selfView',
      'groupView',
      'grading',
      'ownGrade',
      'gradeAppeal',
      'steps',
      'goOn',
    ],
    load: async () => (await import('./evaluation/index.ts')).evaluationCards,
  },
  {
    firstParts: [
      'talk',
      'talkRequests',
      'talkPaper',
      'talkPlanner',
      'talkAsked',
      'talkWhich',
      'talkContacts',
      'talkCoverage',
      'talkFacts',
      'note',
      'opinion',
      'opinions',
      'worry',
      'worryAsked',
    ],
    load: async () => (await import('./talks/index.ts')).talksCards,
  },
  {
    firstParts: ['adopted', 'analysis', 'harvest', 'inbox', 'suggest', 'voiceAnswered', 'voiceFacts', 'worries'],
    load: async () => (await import('./voices/index.ts')).voicesCards,
  },
  {
    firstParts: [
      'report',
      'reportRead',
      'reportQuestion',
      'workReportDraft',
      'workReportRead',
      'recordForm',
      'record',
      'records',
      'paper',
      'paperRead',
      'systems',
    ],
    load: async () => (await import('./papers/index.ts')).papersCards,
  },
  {
    firstParts: ['areas', 'area', 'areaFacts', 'board', 'boardPeople', 'screen'],
    load: async () => (await import('./pledges/board-index.ts')).boardCards,
  },
  {
    firstParts: [
      'pledge',
      'pledgeReview',
      'pledgesCalled',
      'branchPledges',
      'integrity',
      'integrityCheck',
      'integrityFacts',
      'integrityText',
    ],
    load: async () => (await import('./pledges/index.ts')).pledgesCards,
  },
  {
    firstParts: [
      'decisions',
      'problems',
      'task',
      'taskLine',
      'ownTasks',
      'branchTasks',
      'tasksGiven',
      'minutes',
      'minutesAsked',
      'minutesList',
      'minutesFile',
    ],
    load: async () => (await import('./work/index.ts')).workCards,
  },
]

type Named = { [Kind in keyof Cards]: Map<string, Cards[Kind][number]> }

const named = ({ views, files, presses }: Cards): Named => ({
  views: new Map(views.map((one) => [one.name, one])),
  files: new Map(files.map((one) => [one.name, one])),
  presses: new Map(presses.map((one) => [one.name, one])),
})

const namedAtStart = named(atStart)
const loaded = new Map<number, Promise<Named>>()

async function find<Kind extends keyof Cards>(kind: Kind, name: string): Promise<Cards[Kind][number] | undefined> {
  const known = namedAtStart[kind].get(name)
  if (known) return known
  const [first = ''] = name.split('.')
  const nth = later.findIndex(({ firstParts }) => firstParts.includes(first))
  const folder = later[nth]
  if (!folder) return undefined
  const cards = loaded.get(nth) ?? folder.load().then((files) => named(cardsOf(files)))
  loaded.set(nth, cards)
  // A file that could not be read now is asked for again the next time.
  cards.catch(() => loaded.delete(nth))
  return (await cards)[kind].get(name)
}

export const viewNamed = (name: string) => find('views', name)
export const fileNamed = (name: string) => find('files', name)
export const pressNamed = (name: string) => find('presses', name)

/** All cards at once, for tests and tools. */
export async function allCards(): Promise<Cards> {
  const folders = [atStart, ...(await Promise.all(later.map(async ({ load }) => cardsOf(await load()))))]
  return {
    views: folders.flatMap(({ views }) => views),
    files: folders.flatMap(({ files }) => files),
    presses: folders.flatMap(({ presses }) => presses),
  }
}
