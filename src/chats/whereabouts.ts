import { type Branch, branchById, branchesOfUnit, committeeLineage, groupById } from '../../db/branches/units.ts'
import { lookUp } from '../../db/client.ts'
import { type KnownContext, mayOrRefuse } from '../context.ts'
import { refuse } from '../refusal.ts'

/** The branch that is meant: the chat’s own, else the person’s. An administrator of a unit with one branch means that one. */
export async function branchHere({ db, chat, actor }: KnownContext): Promise<Branch> {
  const [[ofGroup]] = chat.bound?.group ? await lookUp(db, [groupById(db, chat.bound.group)]) : [[]]
  const id = chat.bound?.branch ?? ofGroup?.branch ?? actor.branch ?? actor.seats.find(({ branch }) => branch !== null)?.branch
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

/** A bound chat is bound anew only by a person who could have bound it to its present owner. */
export async function mayTakeOver({ db, chat: { bound }, actor }: KnownContext) {
  if (!bound) return
  const { unit, branch, committee, group } = bound
  const [[ofGroup]] = await lookUp(db, [groupById(db, group ?? '')])
  const owner = branch ?? ofGroup?.branch
  const [[own], above] = await lookUp(db, [branchById(db, owner ?? ''), committeeLineage(db, committee ?? '')])
  const lineage = own?.lineage ?? above.map(({ id }) => id)
  mayOrRefuse(actor, committee ? 'bindCommittee' : 'bindBranch', { unit, branch: owner, group: group ?? undefined, lineage })
}
