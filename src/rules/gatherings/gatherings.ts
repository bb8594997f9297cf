import { type Text, t } from '../../text.ts'
import { branchSeats } from '../branches/rights.ts'

export const gatheringKindNames = [
  'general',
  'committee',
  'group',
  'lecture',
  'committeeStudy',
  'memberStudy',
  'life',
  'themeDay',
  'talkGathering',
  'integrity',
  'activity',
] as const
export type GatheringKind = (typeof gatheringKindNames)[number]

interface KindOfGathering {
  name: Text
  /** Full names, understood anywhere in a line. */
  words: readonly string[]
  /** Short names mean a gathering only at the beginning of a line. Elsewhere they may be a place or a topic. */
  short: readonly string[]
  roster: 'committee' | 'branch' | 'group' | 'open'
  defaultMinutes: number
  /** People who miss it must make it up. */
  rigid: boolean
}

export const gatheringKinds: Readonly<Record<GatheringKind, KindOfGathering>> = {
  general: {
    name: t('支部党员大会', 'General meeting'),
    words: ['支部党员大会', '全体党员大会', '党员大会', '支部大会', 'branch general meeting', 'general meeting', "members' meeting"],
    short: ['大会', 'general'],
    roster: 'branch',
    defaultMinutes: 90,
    rigid: true,
  },
  committee: {
    name: t('支委会', 'Committee meeting'),
    words: ['支部委员会会议', '支部委员会', '支委会会议', '支委会议', '支委会', 'branch committee meeting', 'committee meeting'],
    short: ['支委', 'branch committee', 'committee'],
    roster: 'committee',
    defaultMinutes: 60,
    rigid: true,
  },
  group: {
    name: t('党小组会', 'Group meeting'),
    words: ['党小组会议', '党小组会', 'party group meeting', 'group meeting'],
    short: ['党小组', '小组会议', '小组会', 'party group', 'group'],
    roster: 'group',
    defaultMinutes: 60,
    rigid: true,
  },
  lecture: {
    name: t('党课', 'Party lecture'),
    words: ['专题党课', '微党课', '党课', 'party lecture', 'party lesson'],
    short: ['lecture', 'lesson'],
    roster: 'branch',
    defaultMinutes: 60,
    rigid: true,
  },
  committeeStudy: {
    name: t('班子学习', 'Committee study'),
    words: ['班子理论学习', '班子集中学习', '班子学习', '支委学习', 'committee study'],
    short: [],
    roster: 'committee',
    defaultMinutes: 60,
    rigid: false,
  },
  memberStudy: {
    name: t('党员学习', 'Members’ study'),
    words: ['党员集中学习', '党员集体学习', '党员学习', '集中学习', '集体学习', "members' study", 'member study'],
    short: ['学习', 'study'],
    roster: 'branch',
    defaultMinutes: 60,
    rigid: false,
  },
  life: {
    name: t('组织生活会', 'Life meeting'),
    words: [
      '民主生活会',
      '组织生活会',
      'organisation life meeting',
      'organization life meeting',
      'democratic life meeting',
      'life meeting',
    ],
    short: ['生活会', 'life'],
    roster: 'branch',
    defaultMinutes: 120,
    rigid: true,
  },
  themeDay: {
    name: t('主题党日', 'Theme day'),
    words: ['主题党日活动', '主题党日', '党日活动', 'party theme day', 'theme day'],
    short: ['党日', 'theme'],
    roster: 'branch',
    defaultMinutes: 120,
    rigid: false,
  },
  talkGathering: {
    name: t('谈心会', 'Talk gathering'),
    words: ['谈心谈话会', '谈心会', 'talk gathering', 'heart-to-heart gathering'],
    short: ['heart-to-heart'],
    roster: 'branch',
    defaultMinutes: 90,
    rigid: false,
  },
  integrity: {
    name: t('廉政教育', 'Integrity education'),
    words: ['党风党纪教育', '党风廉政教育', '廉政教育', '廉洁教育', '警示教育', 'integrity education'],
    short: ['integrity'],
    roster: 'branch',
    defaultMinutes: 60,
    rigid: false,
  },
  activity: {
    name: t('活动与志愿服务', 'Activity or volunteer work'),
    words: ['志愿者活动', '志愿服务', '志愿活动', '党员活动', 'branch activity', 'volunteer work', 'volunteering'],
    short: ['活动', 'activity'],
    roster: 'open',
    defaultMinutes: 120,
    rigid: false,
  },
}

/** The kinds that can be called, in the order of the form. */
export const callable = gatheringKindNames

/** Everybody who comes from the branch is present, and nobody is expected. */
export const isOpen = (kind: GatheringKind): boolean => gatheringKinds[kind].roster === 'open'

/**
 * Several branches can hold it together. A committee's or group's meeting is its own, and a general meeting's votes belong to one branch.
 */
export const isJoinable = (kind: GatheringKind): boolean => kind !== 'general' && ['branch', 'open'].includes(gatheringKinds[kind].roster)

/** The holders of these seats are expected at committee meetings. */
export const committeeRoles = branchSeats

/** Returns the kind that a line names, and the rest of the line. Null when a line names two kinds or none: the form asks then. */
export function kindOf(words: string): { kind: GatheringKind; rest: string } | null {
  const said = new Set<GatheringKind>()
  const take = (match: string, zh: string | undefined, en: string | undefined) => {
    const kind = kindByWord.get(spoken(zh ?? en ?? ''))
    if (!kind) return match
    said.add(kind)
    return GAP
  }
  const rest = words.replace(fullNames, take).replace(shortNames, take)
  const [kind] = said
  return kind && said.size === 1 ? { kind, rest: tidied(rest) } : null
}

/** A sentence means a meeting only by its full name: 学习 and 活动 are said of many things. */
export const namesKindInFull = (words: string): boolean => words.search(fullNames) >= 0

/** A space would let the words after a leading full name count as the beginning of the line. */
const GAP = '\0'

const tidied = (text: string) =>
  text
    .replaceAll(GAP, ' ')
    .replace(/\s+/gu, ' ')
    .replace(/^[\s,，、;；:：。]+|[\s,，、;；:：。]+$/gu, '')

/** One spelling for the look-up: `Members’  Study` becomes `members study`. */
const spoken = (word: string) => word.toLowerCase().replace(/['’]/gu, '').replace(/\s+/gu, ' ')

const allWords = (which: 'words' | 'short') =>
  gatheringKindNames.flatMap((kind) => gatheringKinds[kind][which].map((word) => ({ word, kind })))
const kindByWord = new Map([...allWords('words'), ...allWords('short')].map(({ word, kind }) => [spoken(word), kind]))

const fullNames = new RegExp(pattern('words'), 'giu')
const shortNames = new RegExp(`^\\s*${pattern('short')}`, 'iu')

/** A room may be named after a meeting: 三楼大会议室, 党员活动室 and "committee room" are places and stay in the line. */
function pattern(which: 'words' | 'short'): string {
  const longestFirst = allWords(which)
    .map(({ word }) => word)
    .sort((a, b) => b.length - a.length)
  const zh = longestFirst.filter((word) => !/[a-z]/u.test(word)).join('|')
  const en = longestFirst
    .filter((word) => /[a-z]/u.test(word))
    .map((word) => word.replaceAll("'", "['’]?").replaceAll(' ', '\\s+'))
    .join('|')
  const zhVerb = '(?:召开|举行|(?<!公)开|(?<![早晚])上)?(?:一次|个)?'
  const enVerb = '(?:(?:call|hold|have)\\s+)?(?:(?:an?|the|our)\\s+)?'
  return (
    `(?:${zhVerb}(${zh})(?!会?议?[室厅场]|教室|中心|礼?堂)` +
    `|(?<![a-z0-9])${enVerb}(${en})(?![a-z0-9])(?!\\s+(?:meeting\\s+)?(?:rooms?|hall|office|cent(?:re|er)|theat(?:re|er)|building)\\b))`
  )
}
