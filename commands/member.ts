import { say } from '../cards/say.ts'
import { lookUp, statementOf } from '../db/client.ts'
import type { Stage } from '../db/members.ts'
import { addToBranch, type Joining, personInUnit } from '../db/roster.ts'
import { day } from '../src/calendar.ts'
import { command } from '../src/command.ts'
import { type KnownContext, known, mayOrRefuse, placeOf, reply } from '../src/context.ts'
import { refuse } from '../src/refusal.ts'
import { may, type SeatRole } from '../src/rules/rights.ts'
import { both, clipped, literal, t } from '../src/text.ts'
import { branchHere } from '../src/whereabouts.ts'

const usage = t('/成员 添加 @李华 正式 书记', '/member add @LiHua full secretary')

export const member = command({
  name: 'member',
  zh: '成员',
  also: ['members', '党员'],
  summary: t('把群里的人加进支部名单，可带阶段和职务', 'Put people of the chat on the roster, with stage and seat'),
  usage,
  rights: ['addMember', 'grantSeat'],
  async answer(ctx, rest) {
    const here = known(ctx)
    const branch = await branchHere(here)
    mayOrRefuse(here.actor, 'addMember', placeOf(branch))
    const line = rest
      .replace(/@_user_\d+/g, ' ')
      .trim()
      .split(/\s+/)
      .filter(Boolean)
    const [verb, ...words] = line
    if (!verb || !/^(添加|加入|加|add)$/i.test(verb) || here.mentions.length === 0)
      refuse(`请 @ 要添加的人，例如：${usage.zh}`, `Please @ the people to add, for example: ${usage.en}`)

    const { stage, role } = understand(words)
    if (role && stage !== 'full') refuse('只有正式党员才能担任支部职务。', 'Only full members may hold a seat.')
    if (role && !may(here.actor, 'grantSeat', placeOf(branch)))
      refuse('授予职务由书记或管理员来办。', 'Seats are granted by the secretary or an administrator.')
    const named = [...new Map(here.mentions.map((one) => [one.openId, one])).values()]
    const before = await membersHere(here, branch.id, named)
    const people = named.map(
      (one): Joining => ({
        member: before.get(one.openId) ?? here.newId(),
        seat: here.newId(),
        openId: one.openId,
        name: clipped(one.name, 30) || '未具名',
        stage,
        role,
      }),
    )
    await addToBranch(here.db, branch.id, people, here.actor, here.now, day(here.now), [statementOf(reply(here, say.args(added(people))))])
    return undefined
  },
})

/** Those whom we know already, by open_id. A member belongs to one branch: moving between branches is not a line in a chat. */
async function membersHere({ db, actor }: KnownContext, branch: string, named: readonly { openId: string }[]) {
  const before = new Map<string, string>()
  for (const { openId } of named) {
    const [[person]] = await lookUp(db, [personInUnit(db, actor.unit, openId)])
    if (!person) continue
    if (person.branch && person.branch !== branch)
      refuse(
        `${literal(person.name)} 已在别的支部的名单上，请先由原支部转出。`,
        `${literal(person.name)} is on another branch’s roster and must leave it first.`,
      )
    before.set(openId, person.id)
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

function understand(words: readonly string[]): { stage: Stage; role: SeatRole | null } {
  let stage: Stage = 'full'
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

const stageNames = {
  full: t('正式党员', 'full member'),
  probationer: t('预备党员', 'probationer'),
  prospect: t('发展对象', 'prospect'),
  activist: t('积极分子', 'activist'),
  applicant: t('申请人', 'applicant'),
}

const added = (people: readonly Joining[]) =>
  both((l) => {
    const names = people.map(({ name }) => literal(name)).join(l === 'zh' ? '、' : ', ')
    const stage = people[0] ? stageNames[people[0].stage][l] : ''
    return l === 'zh' ? `已加入名单：${names}（${stage}）。` : `On the roster now: ${names} (${stage}).`
  })
