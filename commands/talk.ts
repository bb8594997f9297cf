import { say } from '../cards/home/say.ts'
import { talkCoverage } from '../cards/talks/coverage.ts'
import { plannerFor } from '../cards/talks/planner.ts'
import { talkOf } from '../cards/talks/talk.ts'
import { talkWhich } from '../cards/talks/which.ts'
import { committeeById } from '../db/branches/units.ts'
import { lookUp, statementOf, together } from '../db/client.ts'
import { enqueue } from '../db/ledgers/outbox.ts'
import { refuseUnlessUsed } from '../db/rulebook/used.ts'
import * as messages from '../db/talks/messages.ts'
import { talkSubject } from '../db/talks/messages.ts'
import { type TalkPerson, talkPeople, talkPeopleNamed, talkPeopleOf } from '../db/talks/people.ts'
import { liveTalk } from '../db/talks/state.ts'
import { day } from '../src/calendar.ts'
import { type Answer, command } from '../src/command.ts'
import { type KnownContext, mayOrRefuse, memberOrRefuse, reply } from '../src/context.ts'
import { refuse } from '../src/refusal.ts'
import { wrongWithDay } from '../src/rules/talks/days.ts'
import { isDisciplinary, kindsOf } from '../src/rules/talks/kind-of.ts'
import { nearestNames } from '../src/rules/talks/nearest.ts'
import { pairOf } from '../src/rules/talks/pair.ts'
import { type TalkSaid, talkSaid } from '../src/rules/talks/said.ts'
import { t } from '../src/text.ts'

const MOST_OFFERED = 4

export const talk = command({
  name: 'talk',
  zh: '谈心',
  part: 'branch',
  also: ['谈心谈话', '谈话', 'talks'],
  summary: t('登记谈心、看还没和谁谈；内容不写在这里', 'Register a talk, or see with whom to talk; what was said is not written here'),
  usage: t('/谈心 王芳 昨天', '/talk Wang Fang yesterday'),
  rights: ['talk', 'assess'],
  meant: [
    /^(?:我)?(?<rest>(?:[今昨前]天|上?周.|刚才?|刚刚)?)(?:已经)?(?:和|跟|与|找)(?<more>.{1,20}?)(?:谈|聊)(?:过|了)*(?:一次)?(?:心|话)(?:了|过)?[。.!！]?$/u,
    /^(?:我)?(?:和|跟|与|找)(?<rest>.{1,20}?)(?<more>(?:[今昨前]天|上?周.|刚才?|刚刚))(?:谈|聊)(?:过|了)*(?:一次)?(?:心|话)(?:了|过)?[。.!！]?$/u,
    /^(?:登记|记)一?(?:次|下|个)?(?:和|跟|与)(?<rest>.{1,30}?)的?谈心(?:谈话)?[。.]?$/u,
    /^(?:我)?(?:还)?(?:没|没有|该|要)(?:和|跟|找)?(?:谁|哪些人)(?:没)?谈心?(?:谈话)?[？?。]?$/u,
    /^(?:还有)?(?:谁|哪些人)(?:还)?没(?:有)?谈(?:过)?心?[？?]?$/u,
    /^(?:我)?想(?:找|和|跟)(?:书记|联系人|人)谈谈?(?:心|话)?[。.]?$/u,
    /^i (?:have )?(?:just )?(?:talked|spoke|had a (?:heart-to-heart )?talk) (?:to|with) (?<rest>.{1,40}?)[.!]?$/iu,
    /^(?:register|record) (?:a|my) talk with (?<rest>.{1,40}?)\.?$/iu,
    /^(?:who(?:m)? (?:have i|has) not (?:been )?talked to(?: yet)?|whom should i talk to)\??$/iu,
  ],
  async answer(ctx, rest): Promise<Answer> {
    const here = memberOrRefuse(ctx)
    const { actor, chat } = here
    const upper = chat.isGroup && rest.trim() === '' ? chat.bound?.committee : null
    if (upper) return coverageFor(here, upper)
    mayOrRefuse(actor, 'talk', { unit: actor.unit })
    await refuseUnlessUsed(here.db, 'talks', actor.branch, here.now)
    if (isDisciplinary(rest))
      refuse(
        '这类谈话按规定另行书面记录，不在这里登记。',
        'Talks of this kind are recorded in writing elsewhere, by their own rules, and are not registered here.',
      )
    const shown = await whatIsMeant(here, rest)
    return chat.isGroup ? inDirectChatOnly(here, shown) : shown
  },
})

async function coverageFor(here: KnownContext, committee: string): Promise<Answer> {
  const [[found]] = await lookUp(here.db, [committeeById(here.db, committee)])
  const place = { unit: found?.unit ?? '', lineage: found?.lineage ?? [] }
  mayOrRefuse(here.actor, 'assess', place)
  return talkCoverage.args({ committee })
}

/** A group learns nothing, not even the name that was said. */
async function inDirectChatOnly({ actor, db, eventId, now, ...here }: KnownContext, shown: Shown): Promise<undefined> {
  const ctx = { actor, db, eventId, now, ...here }
  await together(db, [
    enqueue(db, { occasion: `direct ${eventId}`, to: { person: actor.openId }, ...shown, dueAt: now, lane: 'answer' }),
    statementOf(
      reply(ctx, say.args(t('谈心请私聊我，不在群里说。', 'About talks please write to me in a direct chat, not in the group.'))),
    ),
  ])
}

type Shown = ReturnType<typeof talkOf>

/** The planner where nobody is named; else the line read back, or the people who could be meant. */
async function whatIsMeant(here: KnownContext, words: string): Promise<Shown> {
  const { actor, db, now, mentions } = here
  const line = words.replace(/@_user_\d+/g, ' ').trim()
  if (line === '' && mentions.length === 0) return actor.branch === null ? lineFor(here, null, emptyLine) : plannerFor(actor.id)
  const [people] = actor.branch === null ? [[]] : await lookUp(db, [talkPeopleOf(db, actor.branch)])
  const said = talkSaid(
    line,
    people.map(({ name }) => name),
    now,
  )
  if (mentions.length === 0 && said.name === '') return lineFor(here, null, said)
  const openIds = mentions.map(({ openId }) => openId)
  const inBranch = people.filter(({ name, openId }) => (openIds.length > 0 ? openIds.includes(openId ?? '') : sameName(name, said.name)))
  const others = inBranch.length > 0 ? [] : (await lookUp(db, [talkPeopleNamed(db, actor.unit, { name: said.name, openIds })]))[0]
  const found = inBranch.length > 0 ? inBranch : others
  if (found.some(({ id }) => id === actor.id) && found.length === 1) refuse('不能和自己谈心。', 'Nobody talks to themself.')
  const [only, another] = found.filter(({ id }) => id !== actor.id)
  const isSure = only !== undefined && !another && (inBranch.length > 0 || openIds.length > 0 || actor.branch === null)
  if (isSure) return lineFor(here, only, said)
  if (only) return offered(here, found, false, said)
  const near = nearestNames(
    said.name,
    people.filter(({ id }) => id !== actor.id),
    MOST_OFFERED,
  )
  return near.length > 0 ? offered(here, near, true, said) : lineFor(here, null, said)
}

const sameName = (one: string, other: string) => one.toLowerCase() === other.toLowerCase()

const emptyLine: TalkSaid = { name: '', kind: null, on: null, isUnclear: false, hasMore: false }

const offered = ({ actor, now }: KnownContext, people: readonly TalkPerson[], isNear: boolean, { on, kind }: TalkSaid): Shown =>
  talkWhich.args({
    member: actor.id,
    among: people
      .filter(({ id }) => id !== actor.id)
      .slice(0, MOST_OFFERED)
      .map(({ id }) => id),
    isNear,
    on: on ?? day(now),
    ...(kind ? { kind } : {}),
  })

/** The line as a card: read back with one button, or as a form where something is missing or unclear. */
async function lineFor(here: KnownContext, other: TalkPerson | null, said: TalkSaid): Promise<Shown> {
  const { actor, db, now, newId } = here
  const on = said.on ?? day(now)
  if (other) {
    const [live, [own]] = await lookUp(db, [liveTalk(db, pairOf(actor.id, other.id), on), talkPeople(db, [actor.id])])
    if (live) return talkOf(live.id, actor.id)
    if (own && kindsOf(own, other, on).length === 0) refuse('谈心至少有一方是党员。', 'At least one of the two has to be a member.')
  }
  const wrong = wrongWithDay(on, day(now))
  if (wrong === 'to come') refuse('这一天还没到，谈过以后再登记。', 'That day is still to come; register the talk when it has taken place.')
  if (wrong) refuse('只能登记 30 天以内的谈心。', 'A talk can be registered within 30 days only.')
  const talk = newId()
  const isOpen = other === null || said.isUnclear
  return messages.talk({
    subject: talkSubject(talk),
    talk,
    member: actor.id,
    on,
    ...(other ? { to: other.id } : {}),
    ...(said.kind ? { kind: said.kind } : {}),
    ...(isOpen ? { isOpen } : {}),
    ...(said.isUnclear ? { isUnclear: true } : {}),
    ...(said.hasMore ? { hasMore: true } : {}),
  })
}
