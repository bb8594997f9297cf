import { type Text, t } from '../../text.ts'
import { type Grade, grades, type ScaleName, scales } from './uses.ts'

/** A subject of the vote: a person to be graded, a nominee, a project, a question, or the motion itself. */
export interface Subject {
  key: string
  name: string
  /** The member whom this subject is, who does not mark it. */
  member?: string
  /** The branch that owns this subject; none of its people mark it. */
  branch?: string
}

/** The keys of one ballot are equally long. The length of a request must not tell which of them was chosen. */
export const subjectsNamed = (names: readonly string[]): Subject[] =>
  names.map((name, nth) => ({ key: String(nth + 1).padStart(String(names.length).length, '0'), name }))

/** One card can offer this many to be graded. Each appears in three lists, and every entry counts towards the platform's 200 elements. */
export const MOST_GRADED = 60

export interface Question {
  scale: ScaleName
  subjects: readonly Subject[]
  /** The most subjects that one voter may approve or choose. */
  most?: number
  /** The number of names that one voter may write in. */
  writeIns?: number
  /** A run-off between tied nominees: more votes are enough, half is not required. */
  isRunOff?: true
}

/** One voter's mark for one subject. Each mark is sealed and kept alone. */
interface Mark {
  subject: string
  value: string
}

export interface Cast {
  marks: readonly Mark[]
  /** As many as the question allows, unused ones empty: every ballot then has the same number of pieces. */
  writeIns: readonly string[]
}

export interface Voter {
  member: string | null
  branch: string | null
}

/** Nobody marks themselves or a subject of their own branch. */
export const isOwn = (subject: Subject, { member, branch }: Voter): boolean =>
  (subject.member !== undefined && subject.member === member) || (subject.branch !== undefined && subject.branch === branch)

export const LONGEST_WRITE_IN = 20

export type Filled = Readonly<Record<string, unknown>>
export type Understood = Cast | { wrong: Text }

/** Checks a filled form as a whole. A refused form leaves nothing behind. */
export function castOf(question: Question, filled: Filled, voter: Voter): Understood {
  const asked = question.subjects.filter((subject) => !isOwn(subject, voter))
  const own = question.subjects.find((subject) => isOwn(subject, voter) && isNamed(question, filled, subject.key))
  if (own) return { wrong: t('不能评自己，请去掉自己的名字。', 'Nobody marks themselves; please take your own name out.') }
  return readers[question.scale](question, asked, filled)
}

const isNamed = ({ scale }: Question, filled: Filled, key: string) =>
  Object.entries(filled).some(([name, value]) =>
    Array.isArray(value) ? value.includes(key) : name === fieldOf(scale, key) && value !== '' && value !== undefined && value !== null,
  )

export const fieldOf = (scale: ScaleName, subject: string) => `${scale}_${subject}`

type Reader = (question: Question, asked: readonly Subject[], filled: Filled) => Understood

/** The organisation department's guidance: excellent generally at most a third of those graded. The comparison needs no division. */
export const isWithinThird = (excellent: number, graded: number): boolean => 3 * excellent <= graded

/** Returns each person's grade; people in no list are qualified. */
export function gradesPicked(asked: readonly Subject[], filled: Filled): Map<string, Grade> | { wrong: Text } {
  const picked = grades.filter((grade) => grade !== 'qualified').map((grade) => [grade, chosenIn(filled[grade], asked)] as const)
  const all = picked.flatMap(([, keys]) => keys)
  const twice = asked.find(({ key }) => all.filter((one) => one === key).length > 1)
  if (twice)
    return {
      wrong: t(`${twice.name}选进了两个等次，请只留一个。`, `${twice.name} is under two grades; please leave one.`),
    }
  const of = new Map(picked.flatMap(([grade, keys]) => keys.map((key) => [key, grade] as const)))
  return new Map(asked.map(({ key }) => [key, of.get(key) ?? 'qualified']))
}

/** Returns the refusal for too many excellent grades, or null. */
export function overThird(excellent: number, graded: number): Text | null {
  if (isWithinThird(excellent, graded)) return null
  const most = Math.floor(graded / 3)
  return t(
    `优秀不超过参评人数的三分之一（最多 ${most} 人），你选了 ${excellent} 人。`,
    `Excellent is at most a third of those graded (${most}); you chose ${excellent}.`,
  )
}

const readGrades: Reader = ({ subjects }, asked, filled) => {
  const picked = gradesPicked(asked, filled)
  if ('wrong' in picked) return picked
  const wrong = overThird([...picked.values()].filter((grade) => grade === 'excellent').length, subjects.length)
  return wrong ? { wrong } : { marks: [...picked].map(([subject, value]) => ({ subject, value })), writeIns: [] }
}

const readStances: Reader = ({ most, writeIns = 0 }, asked, filled) => {
  const only = asked.length === 1 ? asked[0] : undefined
  if (only && most === undefined) {
    const stance = String(filled.stance ?? '')
    if (!scales.stances.values.includes(stance)) return { wrong: t('请选择赞成、不赞成或弃权。', 'Please choose for, against or abstain.') }
    return { marks: [{ subject: only.key, value: stance }], writeIns: [] }
  }
  const [approved, rejected] = [chosenIn(filled.for, asked), chosenIn(filled.against, asked)]
  const twice = asked.find(({ key }) => approved.includes(key) && rejected.includes(key))
  if (twice)
    return { wrong: t(`${twice.name}同时选了赞成和不赞成，请只留一个。`, `${twice.name} is both for and against; please leave one.`) }
  const written = Array.from({ length: writeIns }, (_, nth) => nameWritten(filled[`write_${nth}`])).filter((name) => name !== '')
  const long = written.find((name) => [...name].length > LONGEST_WRITE_IN)
  if (long !== undefined)
    return { wrong: t(`另选人姓名最多 ${LONGEST_WRITE_IN} 个字。`, `A written-in name has at most ${LONGEST_WRITE_IN} characters.`) }
  const known = written.find((name) => asked.some((one) => one.name === name))
  if (known !== undefined) return { wrong: t(`${known}已经是候选人，请直接在上面选。`, `${known} is a nominee; please choose them above.`) }
  if (new Set(written).size < written.length) return { wrong: t('另选人写了两次同一个名字。', 'The same name is written in twice.') }
  const chosen = approved.length + written.length
  if (most !== undefined && chosen > most)
    return {
      wrong: t(
        `最多选 ${most} 人，你选了 ${chosen} 人，多选是废票。`,
        `At most ${most} may be chosen; you chose ${chosen}, which would be void.`,
      ),
    }
  const stanceOn = (key: string) => (approved.includes(key) ? 'for' : rejected.includes(key) ? 'against' : 'abstain')
  return {
    marks: asked.map(({ key }) => ({ subject: key, value: stanceOn(key) })),
    writeIns: Array.from({ length: writeIns }, (_, nth) => written[nth] ?? ''),
  }
}

const readChosen: Reader = ({ most = 1 }, asked, filled) => {
  const chosen = chosenIn(filled.chosen, asked)
  if (chosen.length === 0) return { wrong: t('请至少选一个。', 'Please choose at least one.') }
  if (chosen.length > most)
    return { wrong: t(`最多选 ${most} 个，你选了 ${chosen.length} 个。`, `At most ${most} may be chosen; you chose ${chosen.length}.`) }
  return { marks: asked.map(({ key }) => ({ subject: key, value: chosen.includes(key) ? 'chosen' : 'passed' })), writeIns: [] }
}

const readEach: Reader = ({ scale }, asked, filled) => {
  const marks = asked.map(({ key }) => ({
    subject: key,
    value: String(filled[fieldOf(scale, key)] ?? '')
      .normalize('NFKC')
      .trim(),
  }))
  const gap = marks.find(({ value }) => !scales[scale].values.includes(value))
  if (!gap) return { marks, writeIns: [] }
  const name = asked.find(({ key }) => key === gap.subject)?.name ?? ''
  return {
    wrong:
      scale === 'score'
        ? t(`请给「${name}」打 0 到 100 的整数分。`, `Please give “${name}” a whole number from 0 to 100.`)
        : t(`请回答「${name}」。`, `Please answer “${name}”.`),
  }
}

const readers: Record<ScaleName, Reader> = {
  grades: readGrades,
  stances: readStances,
  chosen: readChosen,
  agreement: readEach,
  score: readEach,
}

/** Values that are no subject of this ballot are dropped: an old card may still send them. */
const chosenIn = (value: unknown, asked: readonly Subject[]): string[] => {
  const keys = Array.isArray(value) ? value : typeof value === 'string' ? [value] : []
  return asked.map(({ key }) => key).filter((key) => keys.includes(key))
}

/**
 * 「王 芳」 and 「王芳」 are one name; names in other scripts keep their blanks. Invisible characters are removed: they would not fit when
 * sealed.
 */
export const nameWritten = (value: unknown) =>
  typeof value === 'string'
    ? value
        .normalize('NFKC')
        .replace(/(?!\s)[\p{Cc}\p{Cf}\p{Cs}]/gu, '')
        .replace(/(?<=\p{Script=Han})\s+(?=\p{Script=Han})/gu, '')
        .replace(/\s+/gu, ' ')
        .trim()
    : ''
