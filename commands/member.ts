import { inDirectChat, say } from '../cards/home/say.ts'
import { people, person } from '../cards/roster/people.ts'
import { secretariesOf } from '../db/branches/answering.ts'
import type { Stage } from '../db/branches/members.ts'
import { type Branch, branchesOfUnit } from '../db/branches/units.ts'
import { type Db, lookUp, type Statement, statementOf } from '../db/client.ts'
import { refresh } from '../db/ledgers/refresh.ts'
import { openGatheringIds, peopleOfBranch, takenOff } from '../db/roster/people.ts'
import { failIfNoSecretary } from '../db/roster/person.ts'
import { addToBranch, type Joining, leaveBranch, personEver } from '../db/roster/roster.ts'
import { day } from '../src/calendar.ts'
import { branchHere } from '../src/chats/whereabouts.ts'
import { command } from '../src/command.ts'
import { type KnownContext, mayOrRefuse, memberOrRefuse, placeOf, reply } from '../src/context.ts'
import { refuse } from '../src/refusal.ts'
import { may, type SeatRole } from '../src/rules/branches/rights.ts'
import { seatNames, stageNames } from '../src/rules/roster/names.ts'
import { both, literal, nameFrom, t } from '../src/text.ts'

const usage = t('/成员 添加 @李华 正式 书记', '/member add @LiHua full secretary')

export const member = command({
  name: 'member',
  zh: '成员',
  part: 'branch',
  also: ['members', '党员'],
  summary: t(
    '支部的成员：单说是一览，可改阶段、职务、在岗或外出；「添加」「移除」群里的人',
    'The branch’s people: alone it lists them, to change stage, seats, away; “add” and “remove” people of the chat',
  ),
  usage,
  rights: ['seePeople', 'addMember', 'grantSeat', 'grantSecretary'],
  async answer(ctx, rest) {
    const here = memberOrRefuse(ctx)
    const [verb = '', ...words] = rest
      .replace(/@_user_\d+/g, ' ')
      .trim()
      .split(/\s+/)
      .filter(Boolean)
    const named = [...new Map(here.mentions.map((one) => [one.openId, one])).values()]
    const isAdding = /^(添加|加入|加|add)$/i.test(verb)
    const isRemoving = /^(移除|移出|删除|remove)$/i.test(verb)
    if (!isAdding && !isRemoving) return open(here, [verb, ...words].join(' '), named)
    const branch = await branchHere(here)
    mayOrRefuse(here.actor, 'addMember', placeOf(branch))
    if (named.length === 0) refuse(`请 @ 到具体的人，例如：${usage.zh}`, `Please @ the people meant, for example: ${usage.en}`)
    return isAdding ? add(here, branch, named, words) : remove(here, branch, named)
  },
})

/** The branch's people, or one named person's card, for the asker alone. */
async function open(here: KnownContext, said: string, named: Named) {
  const [branches] = said === '' ? [[]] : await lookUp(here.db, [branchesOfUnit(here.db, here.actor.unit)])
  const other = branches.find(({ name }) => name === said)
  const branch = other ?? (await branchHere(here))
  mayOrRefuse(here.actor, 'seePeople', placeOf(branch))
  const shown = await whatIsMeant(here, branch, other ? '' : said, named)
  return here.chat.isGroup ? inDirectChat(here, shown) : shown
}

async function whatIsMeant(here: KnownContext, branch: Branch, said: string, named: Named) {
  const list = people.args({ branch: branch.id })
  if (said === '' && named.length === 0) return list
  const [all, gone] = await lookUp(here.db, [peopleOfBranch(here.db, branch.id), takenOff(here.db, branch.id, here.now)])
  const isMeant = ({ name, openId }: { name: string; openId: string | null }) =>
    named.length > 0 ? named.some((one) => one.openId === openId) : name === said
  const listed = all.filter(isMeant)
  const [only, another] = listed.length > 0 ? listed : gone.filter(isMeant)
  if (another) return list
  if (only) return person.args({ unit: branch.unit, person: only.id, viewer: here.actor.id })
  return refuse(`可以说「添加」或「移除」，例如：${usage.zh}`, `Say “add” or “remove”, for example: ${usage.en}`)
}

type Named = KnownContext['mentions']

async function add(here: KnownContext, branch: Branch, named: Named, words: readonly string[]) {
  const { stage, role } = understand(words)
  if (role && !may(here.actor, 'grantSeat', placeOf(branch)))
    refuse('授予职务由书记或管理员来办。', 'Seats are granted by the secretary or an administrator.')
  const before = await membersHere(here, branch.id, named)
  const joining = named.map(({ openId, name }): Joining => {
    const known = before.get(openId)
    const isListed = known?.branch === branch.id
    return {
      member: known?.id ?? here.newId(),
      seat: here.newId(),
      openId,
      name: isListed || known?.isBack ? known.name : nameFrom(name, 30) || '未具名',
      stage: stage ?? known?.stage ?? 'full',
      role,
    }
  })
  if (role && joining.some((one) => one.stage !== 'full')) refuse('只有正式党员才能担任支部职务。', 'Only full members may hold a seat.')
  if (role === 'secretary') mayAppointSecretary(here, branch)
  await addToBranch(here.db, branch.id, joining, here.actor, here.now, day(here.now), [
    statementOf(reply(here, say.args(added(joining)))),
    ...(await headcountsAnew(here.db, branch, here.now)),
  ])
  return undefined
}

function mayAppointSecretary({ actor }: KnownContext, branch: Branch) {
  if (!may(actor, 'grantSecretary', placeOf(branch)))
    refuse('书记由上级党委考核人或管理员任免。', 'The secretary is appointed by the committee’s assessor or an administrator.')
}

/** The roster decides who is expected, so the cards of called meetings follow it. */
async function headcountsAnew(db: Db, branch: Branch, now: Date): Promise<Statement[]> {
  const [open] = await lookUp(db, [openGatheringIds(db, branch.id)])
  return open.map(({ id }) => refresh(db, { subject: id, at: now, afterPress: false }))
}

/** Removed people keep their past meetings and lose their seats in the branch. Their card can undo it for a day. */
async function remove(here: KnownContext, branch: Branch, named: Named) {
  mayOrRefuse(here.actor, 'grantSeat', placeOf(branch))
  const before = await membersHere(here, branch.id, named)
  const listed = [...before.values()].filter((one) => one.branch === branch.id)
  if (listed.length === 0) refuse('他们不在本支部的名单上。', 'They are not on this branch’s roster.')
  if (listed.some(({ id }) => id === here.actor.id))
    refuse('不能移除自己，请让管理员来办。', 'You cannot remove yourself; please ask an administrator.')
  const leaving = listed.map(({ id }) => ({ id, change: here.newId() }))
  await leaveBranch(here.db, branch.id, leaving, here.actor, here.now, day(here.now), [
    statementOf(reply(here, say.args(removed(listed)))),
    ...(await headcountsAnew(here.db, branch, here.now)),
    ...(await withSuccessor(here, branch, named)),
  ])
  return undefined
}

async function withSuccessor(here: KnownContext, branch: Branch, named: Named): Promise<Statement[]> {
  const [leading] = await lookUp(here.db, [secretariesOf(here.db, branch.id)])
  if (!leading.some(({ openId, role }) => role === 'secretary' && named.some((one) => one.openId === openId))) return []
  mayAppointSecretary(here, branch)
  return here.actor.seats.some(({ role }) => role === 'admin') ? [] : [failIfNoSecretary(here.db, branch.id)]
}

interface KnownPerson {
  id: string
  name: string
  branch: string | null
  stage: Stage | null
  /** The person was on this roster before. */
  isBack: boolean
}

/** The known people among those named, by open_id. A member belongs to one branch; a line in a chat does not move them between branches. */
async function membersHere({ db, actor }: KnownContext, branch: string, named: Named) {
  const before = new Map<string, KnownPerson>()
  for (const { openId } of named) {
    const [[person]] = await lookUp(db, [personEver(db, actor.unit, openId)])
    if (!person) continue
    const isGone = person.leftOn !== null
    if (!isGone && person.branch && person.branch !== branch)
      refuse(
        `${literal(person.name)} 已在别的支部的名单上，请先由原支部移除。`,
        `${literal(person.name)} is on another branch’s roster, which must remove them first.`,
      )
    before.set(openId, { ...person, branch: isGone ? null : person.branch, isBack: isGone && person.branch === branch })
  }
  return before
}

const stageWords: [RegExp, Stage][] = [
  [/^(正式|正式党员|党员|full|member)$/i, 'full'],
  [/^(预备|预备党员|probationer)$/i, 'probationer'],
  [/^(发展对象|prospect)$/i, 'prospect'],
  [/^(积极分子|入党积极分子|activist)$/i, 'activist'],
  [/^(申请人|入党申请人|applicant)$/i, 'applicant'],
]
const roleWords: [RegExp, SeatRole][] = [
  [/^(书记|支部书记|secretary)$/i, 'secretary'],
  [/^(副书记|deputy)$/i, 'deputy'],
  [/^(组织委员|organisation|organization)$/i, 'organisation'],
  [/^(宣传委员|publicity)$/i, 'publicity'],
  [/^(纪检委员|discipline)$/i, 'discipline'],
  [/^(委员|支委|committee)$/i, 'committeeMember'],
]

/** Without a stage in the line, a known person keeps theirs and a new one becomes a full member. */
function understand(words: readonly string[]): { stage: Stage | null; role: SeatRole | null } {
  let stage: Stage | null = null
  let role: SeatRole | null = null
  for (const word of words) {
    const saidStage = stageWords.find(([pattern]) => pattern.test(word))?.[1]
    const saidRole = roleWords.find(([pattern]) => pattern.test(word))?.[1]
    if (!saidStage && !saidRole)
      refuse(
        `没看懂「${literal(word)}」，阶段可说：正式、预备、发展对象、积极分子、申请人；职务可说：书记、副书记、组织委员、宣传委员、纪检委员、委员。`,
        `I did not understand “${literal(word)}”. Stages: full, probationer, prospect, activist, applicant; seats: secretary, deputy, organisation, publicity, discipline, committee.`,
      )
    stage = saidStage ?? stage
    role = saidRole ?? role
  }
  return { stage, role }
}

const added = (people: readonly Joining[]) =>
  both((l) => {
    const each = people.map(({ name, stage, role }) => {
      const seat = role ? seatNames[role]?.[l] : undefined
      const what = [stageNames[stage][l], seat].filter(Boolean).join(l === 'zh' ? '，' : ', ')
      return l === 'zh' ? `${literal(name)}（${what}）` : `${literal(name)} (${what})`
    })
    return l === 'zh' ? `已加入名单：${each.join('、')}。` : `On the roster now: ${each.join(', ')}.`
  })

const removed = (people: readonly KnownPerson[]) =>
  both((l) => {
    const names = people.map(({ name }) => literal(name)).join(l === 'zh' ? '、' : ', ')
    return l === 'zh'
      ? `已移出名单：${names}。如是误操作，一天内说「/成员」可以撤销。`
      : `Off the roster: ${names}. A mistake can be undone within a day: say “/member”.`
  })
