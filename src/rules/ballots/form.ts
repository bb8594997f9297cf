import { type Text, t, withoutFormat } from '../../text.ts'
import { type Question, subjectsNamed } from './marks.ts'
import { type BallotUse, uses } from './uses.ts'

/** The general form opens these; evaluations and elections have their own ways. */
export const formUses = ['resolution', 'award', 'pulse', 'review'] as const satisfies readonly BallotUse[]
export type FormUse = (typeof formUses)[number]

const suggested: readonly [RegExp, FormUse][] = [
  [/满意|测评|民意|survey|satisf|opinion poll|pulse/iu, 'pulse'],
  [/评审|打分|评分|review|score/iu, 'review'],
  [/推荐|评优|评选|先进|优秀|最佳|award|best|recommend/iu, 'award'],
]

/** The use that a title suggests. Most titles are matters to resolve, and an empty one suggests nothing. */
export const useOf = (title: string): FormUse | undefined =>
  title === '' ? undefined : (suggested.find(([words]) => words.test(title))?.[1] ?? 'resolution')

export const LONGEST_TITLE = 60
const LONGEST_SUBJECT = 40
/** A ballot is one card, which limits how many subjects it holds. */
const MOST_SUBJECTS: Readonly<Record<FormUse, number>> = { resolution: 1, award: 40, pulse: 10, review: 20 }

/** Returns the question of a filled form, or one sentence about what is missing. Each line holds one subject. */
export function questionOf(use: FormUse, title: string, lines: string, mostSaid: string): Question | { wrong: Text } {
  if (title === '') return { wrong: t('请写明投什么。', 'Please say what is voted on.') }
  if ([...title].length > LONGEST_TITLE)
    return { wrong: t(`题目最多 ${LONGEST_TITLE} 个字。`, `The title has at most ${LONGEST_TITLE} characters.`) }
  const scale = uses[use].scale
  if (use === 'resolution') return { scale, subjects: [{ key: '1', name: title }] }
  const names = linesOf(lines)
  const asked = use === 'pulse' && names.length === 0 ? [title] : names
  const wrong = wrongSubjects(use, asked)
  if (wrong) return { wrong }
  const subjects = subjectsNamed(asked)
  if (use !== 'award') return { scale, subjects }
  const most = mostSaid === '' ? 1 : /^\d{1,2}$/.test(mostSaid) ? Number(mostSaid) : 0
  if (most < 1 || most >= subjects.length)
    return {
      wrong: t(
        `最多选几个，请填 1 到 ${subjects.length - 1} 的整数。`,
        `How many may be chosen: a whole number from 1 to ${subjects.length - 1}.`,
      ),
    }
  return { scale, subjects, most }
}

const linesOf = (text: string) =>
  text
    .split(/[\n；;]/)
    .map((line) => withoutFormat(line).normalize('NFKC').replace(/\s+/gu, ' ').trim())
    .filter((line) => line !== '')

function wrongSubjects(use: FormUse, names: readonly string[]): Text | null {
  const least = use === 'award' ? 2 : 1
  if (names.length < least)
    return use === 'award'
      ? t('请至少写两个候选，一行一个。', 'Please write at least two candidates, one a line.')
      : t('请写出要评的项目，一行一个。', 'Please write what is to be scored, one a line.')
  if (names.length > MOST_SUBJECTS[use])
    return t(`一次最多 ${MOST_SUBJECTS[use]} 项，请分几次投。`, `At most ${MOST_SUBJECTS[use]} at once; please use several ballots.`)
  const long = names.find((name) => [...name].length > LONGEST_SUBJECT)
  if (long !== undefined)
    return t(
      `「${long.slice(0, 10)}…」太长，每项最多 ${LONGEST_SUBJECT} 个字。`,
      `“${long.slice(0, 10)}…” is too long: at most ${LONGEST_SUBJECT} characters each.`,
    )
  const twice = names.find((name, nth) => names.indexOf(name) !== nth)
  return twice === undefined ? null : t(`「${twice}」写了两次。`, `“${twice}” is there twice.`)
}
