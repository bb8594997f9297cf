import { literal, t } from '../../text.ts'
import type { Listed, Wrong } from './roster-file.ts'

/** People write a branch longer or shorter than the roster: without 党支部, or with its unit in front. */
const plain = (name: string) =>
  name
    .normalize('NFKC')
    .replace(/\s+/g, '')
    .replace(/(中共|中国共产党)/g, '')
    .replace(/(党支部|支部)(委员会)?$/, '')

/** A list may hold several branches. People of another are not added to this one. One name alone is taken as this branch's. */
export function otherBranches(people: readonly Listed[], branch: string): { ours: Listed[]; others: Wrong[] } {
  const own = plain(branch)
  const isOwn = (name: string) => plain(name) === own || plain(name).endsWith(own) || own.endsWith(plain(name))
  const named = new Set(people.flatMap((one) => (one.branch ? [plain(one.branch)] : [])))
  if (named.size < 2) return { ours: [...people], others: [] }
  const isOther = (one: Listed) => one.branch !== undefined && !isOwn(one.branch)
  return {
    ours: people.filter((one) => !isOther(one)),
    others: people.filter(isOther).map(({ row, name, branch: other = '' }) => {
      const said = literal([...other].slice(0, 20).join(''))
      return { row, name, why: t(`写的是「${said}」，不是本支部`, `is of “${said}”, not of this branch`) }
    }),
  }
}
