import { type Db, lookUp } from '../db/client.ts'
import { type Branch, branchById, branchesOfUnit } from '../db/units.ts'
import type { KnownContext } from './context.ts'
import { refuse } from './refusal.ts'

/** The branch that is spoken of: the chat's own, else the person's. An administrator of a unit with a single branch means that one. */
export async function branchHere({ db, chat, actor }: KnownContext): Promise<Branch> {
  const id = chat.bound?.branch ?? actor.branch ?? actor.seats.find(({ branch }) => branch !== null)?.branch
  if (id) {
    const [[branch]] = await lookUp(db, [branchById(db, id)])
    if (branch) return branch
  }
  const [all] = await lookUp(db, [branchesOfUnit(db, actor.unit)])
  const [only] = all
  if (only && all.length === 1 && !chat.isGroup) return only
  return chat.isGroup
    ? refuse('本群还没有绑定支部，请先说「/绑定」。', 'This chat is not bound to a branch yet; please say “/bind” first.')
    : refuse('请在支部的群里说，我才知道是哪个支部。', 'Please say it in the branch’s group, so that I know which branch is meant.')
}

/** A branch named by its id: what is not there and what is another unit's look alike. */
export async function branchOrRefuse(db: Db, branch: string, unit: string) {
  const [[found]] = await lookUp(db, [branchById(db, branch)])
  if (!found || found.unit !== unit) refuse('没有找到这个支部。', 'There is no such branch here.')
  return found
}
