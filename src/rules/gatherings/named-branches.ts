/** The other branches that a line invites, and the rest of the line. */
interface NamedBranches<B> {
  branches: B[]
  rest: string
  /** The line plainly speaks of another branch, but none of these bears the name. */
  isUnclear: boolean
}

const AND = '\\s*(?:[、,，&和与及]|以及|(?<![a-z])and(?![a-z]))\\s*'
const WITH = '(?:联合|会同|和|与|同|跟|(?<![a-z])(?:jointly\\s+with|joint\\s+with|together\\s+with|with)(?![a-z]))'
const TOGETHER = '(?:\\s*(?:一起|一同|共同|联合)(?:召开|举行|举办|开|上)?)?'
/** These words speak of branches and nothing else; a 联合会 has rooms. */
const PLAINLY = /联合(?!会)|会同|(?<![a-z])joint(?:ly)?(?![a-z])|[和与跟同].{2,20}(?:一起|一同)/iu

/** Understands 联合学生第二支部、第三支部; 和第三支部一起; jointly with B and C. */
export function branchesNamed<B extends { name: string }>(line: string, branches: readonly B[]): NamedBranches<B> {
  const nothing = { branches: [], rest: line, isUnclear: branches.length > 0 && PLAINLY.test(line) }
  const known = branches.filter(({ name }) => [...name.trim()].length > 1).sort((a, b) => b.name.length - a.name.length)
  if (known.length === 0) return nothing
  const one = `(?:${known.map(({ name }) => said(name)).join('|')})`
  const found = new RegExp(`[,，;；]?\\s*${WITH}[:：]?\\s*(${one}(?:${AND}${one})*)${TOGETHER}`, 'iu').exec(line)
  if (!found) return nothing
  const rest = `${line.slice(0, found.index)} ${line.slice(found.index + found[0].length)}`.replace(/\s+/gu, ' ').trim()
  const named = found[1] ?? ''
  let left = named
  const meant = known.filter(({ name }) => {
    const without = left.replace(new RegExp(said(name), 'iu'), '\0')
    const isNamed = without !== left
    left = without
    return isNamed
  })
  return { branches: meant, rest, isUnclear: PLAINLY.test(rest) }
}

/** People also say 第二党支部 for 第二支部. */
const said = (name: string) =>
  name
    .trim()
    .replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
    .replace(/党?支部/gu, '党?支部')
    .replace(/\s+/gu, '\\s*')
