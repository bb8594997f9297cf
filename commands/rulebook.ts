import { inDirectChat } from '../cards/home/say.ts'
import { committeesOf, topCommittee } from '../db/branches/units.ts'
import { lookUp } from '../db/client.ts'
import { familyOf, lineageIn } from '../db/rulebook/versions.ts'
import { command } from '../src/command.ts'
import { type KnownContext, mayOrRefuse, memberOrRefuse } from '../src/context.ts'
import { refuse } from '../src/refusal.ts'
import { t } from '../src/text.ts'

export const rulebook = command({
  name: 'rules',
  zh: '规则',
  part: 'above',
  also: ['考核规则', '规则设置', 'rulebook'],
  summary: t('看和改党委的考核规则', 'See and change the committee’s rules of assessment'),
  usage: t('/规则', '/rules'),
  rights: ['editRulebook'],
  async answer(ctx, rest) {
    const here = memberOrRefuse(ctx)
    const committee = await committeeMeant(here, rest.trim())
    const [committees] = await lookUp(here.db, [familyOf(here.db, committee)])
    const lineage = lineageIn({ committees }, committee).map(({ id }) => id)
    mayOrRefuse(here.actor, 'editRulebook', { unit: committees.find(({ id }) => id === committee)?.unit ?? '', lineage })
    const { rulebook: rulebookView } = await import('../cards/rulebook/rulebook.ts')
    const shown = rulebookView.args({ committee })
    const isOwnChat = here.chat.bound?.committee === committee
    return here.chat.isGroup && !isOwnChat ? inDirectChat(here, shown) : shown
  },
})

/** The named committee, else the chat's, the person's own, or the unit's top one. */
async function committeeMeant({ db, actor, chat }: KnownContext, name: string): Promise<string> {
  if (name !== '') {
    const [all] = await lookUp(db, [committeesOf(db, actor.unit)])
    const found = all.find((one) => one.name === name)
    return (
      found?.id ??
      refuse(
        '没有这个名称的党委，请写全称，或在党委的群里说「/规则」。',
        'There is no committee of that name; please write it in full, or say “/rules” in its chat.',
      )
    )
  }
  const own = chat.bound?.committee ?? actor.seats.find(({ committee }) => committee !== null)?.committee
  const [[top]] = await lookUp(db, [topCommittee(db, actor.unit)])
  return (
    own ??
    top?.id ??
    refuse('单位还没有建立党委，请先由管理员认领。', 'The unit has no committee yet; an administrator must claim it first.')
  )
}
