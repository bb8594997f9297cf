import { inDirectChat, say } from '../cards/home/say.ts'
import { groupNameIn } from '../cards/roster/group-card.ts'
import { groupsView } from '../cards/roster/groups.ts'
import { type Branch, groupsOf } from '../db/branches/units.ts'
import { lookUp, statementOf } from '../db/client.ts'
import { makeGroup, movePeople, setLeader } from '../db/roster/change-groups.ts'
import { type GroupAsItStands, groupAsItStands, type InGroup } from '../db/roster/groups.ts'
import { branchHere } from '../src/chats/whereabouts.ts'
import { command } from '../src/command.ts'
import { type KnownContext, mayOrRefuse, memberOrRefuse, placeOf, reply } from '../src/context.ts'
import { refuse } from '../src/refusal.ts'
import { listed, literal, type Text, t } from '../src/text.ts'

const usage = t('/党小组 第一党小组 组长 @李华（或：加入、移出、新建）', '/groups Group One leader @LiHua (or: add, remove, new)')

export const groups = command({
  name: 'groups',
  zh: '党小组',
  part: 'branch',
  also: ['分组', '小组'],
  summary: t('党小组：新建、改名、定组长、调人', 'The branch’s groups: make, rename, set a leader, move people'),
  usage,
  rights: ['manageGroups', 'grantSeat'],
  async answer(ctx, rest) {
    const here = memberOrRefuse(ctx)
    const branch = await branchHere(here)
    mayOrRefuse(here.actor, 'manageGroups', placeOf(branch))
    const line = rest.replace(/@_user_\d+/g, '@').trim()
    if (line !== '') return byWords(here, branch, line)
    return shown(here, branch)
  },
  /** A plain sentence shows the groups, where one presses. */
  async ask(ctx) {
    const here = memberOrRefuse(ctx)
    const branch = await branchHere(here)
    mayOrRefuse(here.actor, 'manageGroups', placeOf(branch))
    return shown(here, branch)
  },
})

function shown(here: KnownContext, branch: Branch) {
  const list = groupsView.args({ branch: branch.id })
  return here.chat.isGroup ? inDirectChat(here, list) : list
}

async function byWords(here: KnownContext, branch: Branch, line: string): Promise<undefined> {
  const { db, actor, now, newId } = here
  const [all] = await lookUp(db, [groupsOf(db, branch.id)])
  const { groupMeantBy } = await import('../src/rules/roster/group-words.ts')
  const meant = groupMeantBy(line, all)
  const saying = (said: Text) => [statementOf(reply(here, say.args(said)))]
  if (meant.does === 'list' || meant.does === 'unclear') return refuseUnclear(all)
  if (meant.does === 'make') {
    const name = groupNameIn(meant.name)
    await makeGroup(db, newId(), branch.id, name, actor, now, saying(t(`已新建「${literal(name)}」。`, `“${literal(name)}” is made.`)))
    return undefined
  }
  const [it] = await lookUp(db, [groupAsItStands(db, meant.group.id)])
  if (!it) refuseUnclear(all)
  const people = peopleSaid(here, it, line)
  if (meant.does === 'lead') {
    mayOrRefuse(actor, 'grantSeat', placeOf(branch))
    const leader = leaderOf(it, people)
    const said = t(`「${literal(it.name)}」组长：${literal(leader.name)}。`, `“${literal(it.name)}” is led by ${literal(leader.name)}.`)
    await setLeader(db, it, leader.id, newId(), actor, now, saying(said))
    return undefined
  }
  const isIn = meant.does === 'in'
  const moving = people.filter(({ id }) => (isIn ? it.others : it.people).some((one) => one.id === id))
  if (moving.length === 0) refuse('他们已经是这样，没有改动。', 'They stand so already; nothing has changed.')
  const names = listed(moving.map(({ name }) => t(literal(name), literal(name))))
  const said = isIn
    ? t(`已调入「${literal(it.name)}」：${names.zh}。`, `Moved into “${literal(it.name)}”: ${names.en}.`)
    : t(`已调出「${literal(it.name)}」：${names.zh}。`, `Moved out of “${literal(it.name)}”: ${names.en}.`)
  await movePeople(db, it, moving, isIn ? it.id : null, newId(), actor, now, saying(said))
  return undefined
}

/** The people of the branch who are mentioned, or whose names are typed. */
function peopleSaid({ mentions }: KnownContext, it: GroupAsItStands, line: string): InGroup[] {
  const all = [...it.people, ...it.others]
  const named = all.filter(({ name, openId }) =>
    mentions.length > 0 ? mentions.some((one) => one.openId === openId) : line.toLowerCase().includes(name.toLowerCase()),
  )
  if (named.length === 0) refuse(`请 @ 本支部的同志，例如：${usage.zh}`, `Please @ somebody of the branch, for example: ${usage.en}`)
  return named
}

function leaderOf(it: GroupAsItStands, people: readonly InGroup[]): InGroup {
  const [leader, another] = people
  if (!leader || another) refuse('组长只能有一位。', 'A group has one leader.')
  const name = literal(leader.name)
  if (!it.people.some(({ id }) => id === leader.id))
    refuse(
      `${name} 还不在「${literal(it.name)}」，请先说：/党小组 ${it.name} 加入 @${name}`,
      `${name} is not in “${literal(it.name)}” yet; first say: /groups ${it.name} add @${name}`,
    )
  return leader
}

function refuseUnclear(all: readonly { name: string }[]): never {
  const names = listed(all.map(({ name }) => t(`「${literal(name)}」`, `“${literal(name)}”`)))
  return refuse(
    `没看懂。${names.zh && `现有党小组：${names.zh}。`}例如：${usage.zh}`,
    `I did not understand.${names.en && ` There are: ${names.en}.`} For example: ${usage.en}`,
  )
}
