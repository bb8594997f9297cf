import { groupNamed } from '../gatherings/named-group.ts'

/** The deed that the words behind 「/党小组」 ask for. */
export type GroupMeant<G> =
  | { does: 'list' }
  | { does: 'make'; name: string }
  | { does: 'lead' | 'in' | 'out'; group: G }
  /** A verb without a known group, or a group without a verb. */
  | { does: 'unclear'; names: G | null }

const MAKE = /^(?:新建|建立|成立|新增|new|make)\s*[:：]?\s*(?<name>.+)$/iu
const LEAD = /组长|负责人|(?<![a-z])(?:leader|lead|led by)(?![a-z])/iu
const OUT = /移出|移除|调出|退出|去掉|(?<![a-z])(?:remove|out)(?![a-z])/iu
const IN = /加入|调入|调到|添加|增加|编入|加(?=\s*@)|(?<![a-z])(?:add|join|in)(?![a-z])/iu

/** 第一党小组 组长 @李华: the group by name, then the verb. People are found by their mentions. */
export function groupMeantBy<G extends { name: string }>(line: string, groups: readonly G[]): GroupMeant<G> {
  const said = line.trim()
  if (said === '') return { does: 'list' }
  const { name } = MAKE.exec(said)?.groups ?? {}
  if (name) return { does: 'make', name }
  const exact = groups.filter((one) => said.toLowerCase().includes(one.name.toLowerCase())).sort((a, b) => b.name.length - a.name.length)[0]
  const named = exact ? { group: exact, rest: said.toLowerCase().replace(exact.name.toLowerCase(), ' ') } : groupNamed(said, groups)
  const rest = named?.rest.replace('党小组会', ' ') ?? said
  const verb = LEAD.test(rest) ? 'lead' : OUT.test(rest) ? 'out' : IN.test(rest) ? 'in' : null
  return named && verb ? { does: verb, group: named.group } : { does: 'unclear', names: named?.group ?? null }
}
