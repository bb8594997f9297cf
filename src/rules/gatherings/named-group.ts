/** A group and the line without it: “第一党小组会 周五” names 第一党小组 and leaves `党小组会 周五`. */
interface NamedGroup<G> {
  group: G
  rest: string
}

/** Returns the group that a line names. Null when it names none or several: somebody is asked then. */
export function groupNamed<G extends { name: string }>(line: string, groups: readonly G[]): NamedGroup<G> | null {
  const named = groups.flatMap((group) => {
    const rest = line.replace(nameOf(group.name), ' 党小组会 ')
    return rest === line ? [] : [{ group, rest }]
  })
  const [only] = named
  return only && named.length === 1 ? only : null
}

/**
 * Matches 第一党小组, also said 第一小组 or 第一组, with the meeting that may follow. A room of that name does not match, nor does the 12 of “Group
 * 1”.
 */
function nameOf(name: string): RegExp {
  const [, core = name] = /^(.+?)(?:党?小组|组)$/u.exec(name.trim()) ?? []
  if ([...name.trim()].length < 2) return NEVER
  const said = core === name ? escaped(name.trim()) : `${escaped(core)}(?:党?小组|组)`
  return new RegExp(
    `(?<![a-z0-9])${said}(?!(?<=[a-z0-9])[a-z0-9])(?:\\s*的)?(?:\\s*(?:党小组|小组)?会议?(?![议室厅场]))?(?:\\s*(?:party\\s+)?(?:group\\s+)?meeting\\b)?(?!(?:活动|会议|学习|办公)?[室厅场])`,
    'iu',
  )
}

/** A single letter or character occurs in half of all lines. */
const NEVER = /(?!)/u

const escaped = (words: string) => words.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
