import type { SeatRole } from '../branches/rights.ts'

/** The offices that a cell states, and the group that it names for a leader. */
export interface Seats {
  roles: SeatRole[]
  group?: string
  /** Words that are no office of a branch, such as a job or a seat in a committee above. */
  others: string[]
}

const branch = '(?:本?(?:党?支部|支委会?)的?)?'
const seatWords: [RegExp, SeatRole][] = [
  [new RegExp(`^${branch}书记$|^(branch |party )*secretary$`), 'secretary'],
  [new RegExp(`^${branch}副书记$|^deputy( (branch |party )*secretary)?$`), 'deputy'],
  [new RegExp(`^${branch}组织(委员)?$|^organi[sz]ation( (committee )?member)?$`), 'organisation'],
  [new RegExp(`^${branch}(宣传|宣教)(委员)?$|^publicity( (committee )?member)?$`), 'publicity'],
  [new RegExp(`^${branch}(纪检|纪律检查|纪律)(委员)?$|^discipline( (committee )?member)?$`), 'discipline'],
  [new RegExp(`^${branch}(委员|支委|支部委员)$|^${branch}委员会?委员$|^支委会?(成员|委员)?$|^committee member$`), 'committeeMember'],
  [/^(党?小)?组(组)?长$|^(group )?leader$/, 'leader'],
]

/** 青年委员, 统战委员 and others are members of the committee. Those of a body above, the League or a class are not. */
const anyMember = new RegExp(`^${branch}(\\p{Script=Han}{2,8})委员$`, 'u')
const elsewhere =
  /党委|总支|党组|纪委|机关|(?<!群)团|班|工会|妇联|政协|人大|常务|居|村|监察|调解|评审|学术|体育|文艺|心理|劳动|[校院系]|管理/
const namedLeader = /^(第?[\p{Script=Han}\d]{1,12}?(?:党小组|小组))(?:的)?组?长$/u

const none = /^(无|-+|—+|\/|n\/?a|none|(普通|一般|正式|预备|中共)*(党员|群众|成员))$/

/** Undefined for an empty cell; no roles where the cell says that there are none. */
export function seatsIn(said: string): Seats | undefined {
  const text = said.toLowerCase().trim()
  if (text === '') return undefined
  if (none.test(text)) return { roles: [], others: [] }
  const seats: Seats = { roles: [], others: [] }
  const parts = text.split(/[、,，;；/和及&+\n]|兼任?|\band\b|(?<=书记|委员|组长)\s+|(?<=书记)(?=[组宣纪青统])/)
  for (const part of parts.map((one) => one.replace(/[(（].*$/, '').trim())) {
    if (part === '' || none.test(part)) continue
    const [, group] = namedLeader.exec(part) ?? []
    const role = group && !/^(党)?小组$/.test(group) ? 'leader' : roleOf(part)
    if (group && role === 'leader' && !/^(党)?小组$/.test(group)) seats.group = group
    if (!role) seats.others.push(part)
    else if (!seats.roles.includes(role)) seats.roles.push(role)
  }
  return seats
}

function roleOf(part: string): SeatRole | undefined {
  const plain = /\p{Script=Han}/u.test(part) ? part.replace(/\s+/g, '') : part
  const role = seatWords.find(([pattern]) => pattern.test(plain))?.[1]
  if (role) return role
  const [, kind] = anyMember.exec(plain) ?? []
  if (!kind || elsewhere.test(kind)) return undefined
  const known = seatWords.find(([pattern]) => pattern.test(kind))?.[1]
  return known ?? 'committeeMember'
}
