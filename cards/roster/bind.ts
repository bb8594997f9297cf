import * as z from 'zod'
import { chatById } from '../../db/branches/chats.ts'
import { type Actor, actorById } from '../../db/branches/members.ts'
import { branchById, branchesOfUnit, committeeById, committeesWithLineage, topCommittee, unitByTenant } from '../../db/branches/units.ts'
import { type Db, lookUp, type Statement, statementOf } from '../../db/client.ts'
import * as messages from '../../db/gatherings/messages.ts'
import { openGatherings } from '../../db/gatherings/state.ts'
import { enqueue } from '../../db/ledgers/outbox.ts'
import { bindToBranch, putUnder } from '../../db/roster/bind.ts'
import { peopleOfBranch } from '../../db/roster/people.ts'
import { day } from '../../src/calendar.ts'
import { type Card, card, fitting, lines, note, sentence } from '../../src/card.ts'
import { mayTakeOver } from '../../src/chats/whereabouts.ts'
import { type Context, foundOrRefuse, mayOrRefuse, memberOrRefuse, placeOf } from '../../src/context.ts'
import { fittingOptions, form, input, OPTION_BYTES, select } from '../../src/form.ts'
import { id } from '../../src/id.ts'
import { press } from '../../src/press.ts'
import { refuse } from '../../src/refusal.ts'
import { may } from '../../src/rules/branches/rights.ts'
import { asWritten, both, nameFrom, type Text, t } from '../../src/text.ts'
import { view } from '../../src/view.ts'

const MOST_OFFERED = 80
const OFFERED_BYTES = 20_000

/** The first card in a new group introduces the bot and binds the chat to a branch. */
export function welcomeCard(chat: string, branches: readonly { id: string; name: string }[]): Card {
  const known = fitting(branches.slice(0, MOST_OFFERED), ({ name }) => name, OFFERED_BYTES, OPTION_BYTES).map(({ id, name }) => ({
    label: t(name, name),
    value: id,
  }))
  return card(t('你好，我是支部工作助手', 'Hello, I look after branch work'), [
    lines(
      t(
        '一句话开会，一键签到，该办的事到期前提醒书记，季度考核自动算好。',
        'A meeting in one line, check-in in one tap, duties before they are late, the quarter’s score worked out.',
      ),
    ),
    form(
      'bind',
      [
        ...(known.length > 0 ? [select('branch', t('选择已有的支部', 'Choose a branch'), known)] : []),
        input('name', known.length > 0 ? t('或填写新支部的名称', 'Or name a new branch') : t('支部名称', 'Name of the branch'), {
          most: 40,
        }),
      ],
      { label: t('把本群绑定到支部', 'Bind this chat to the branch'), value: submitBind.value({ chat }) },
    ),
    note(
      t(
        '由管理员、党委考核人或该支部书记绑定。还没有管理员？请私聊我发送启动日志里的认领码：/认领 ABCD-EFGH',
        'For an administrator, assessor or that branch’s secretary. No administrator yet? Send me the claim code from the start-up log in a direct chat: /claim ABCD-EFGH',
      ),
    ),
  ])
}

export const welcome = view({
  name: 'welcome',
  takes: z.object({ chat: z.string(), tenantKey: z.string() }),
  async show(db, { chat, tenantKey }) {
    const [[unit]] = await lookUp(db, [unitByTenant(db, { tenantKey })])
    const [branches] = unit ? await lookUp(db, [branchesOfUnit(db, unit.id)]) : [[]]
    return welcomeCard(chat, branches)
  },
})

export const submitBind = press({
  name: 'bind.submit',
  rights: ['bindBranch', 'makeBranch'],
  /** A press does not tell its chat's kind, so the card names the chat: a forwarded copy binds nothing. */
  sends: z.object({ chat: z.string() }),
  fills: z.object({ branch: z.string().nullish(), name: z.string().nullish() }),
  look: ({ db }, sent) => [chatById(db, { chatId: sent.chat })] as const,
  async answer(pressed, sent, [[chat]], { branch, name }) {
    if (pressed.chat.id !== sent.chat) refuse('请在要绑定的群里按这个按钮。', 'Please press this in the group that is to be bound.')
    const ctx = { ...pressed, chat: { ...pressed.chat, bound: chat ?? null } }
    const bound = await bindNamed(ctx, { id: branch ?? undefined, name: nameFrom(name ?? '', 40) })
    const made = bound.made ? await boundShown(ctx.db, bound.made, memberOrRefuse(ctx).actor) : null
    return { toast: bound.said, mood: 'success', card: made ?? sentence(bound.said) }
  },
})

/** Binds the chat to a branch, given by id or name. A new name makes a branch, where the person has the right. */
export async function bindNamed(
  ctx: Context,
  meant: { id?: string; name: string },
  answer: (said: Text, made?: string) => readonly Statement[] = () => [],
): Promise<{ said: Text; made?: string }> {
  const here = memberOrRefuse(ctx)
  const { actor, db, now, chat } = here
  await mayTakeOver(here)
  const found = (await lookUp(db, [statementOf(branchesOfUnit(db, actor.unit))]))[0].find((one) =>
    meant.id ? one.id === meant.id : one.name === meant.name,
  )
  if (found) {
    mayOrRefuse(actor, 'bindBranch', placeOf(found))
    const open = await openGatherings(db, found.id, now)
    const posts = open.map(({ id }) =>
      statementOf(
        enqueue(db, {
          occasion: `gathering ${id} ${chat.id}`,
          to: { chat: chat.id },
          ...messages.gathering({ subject: id }),
          dueAt: now,
        }),
      ),
    )
    const [people] = await lookUp(db, [peopleOfBranch(db, found.id)])
    const [[home]] = await lookUp(db, [committeeById(db, found.committee)])
    const said = boundTo(found.name, home?.name, people.length > 0)
    await bindToBranch(db, chat.id, { id: found.id }, actor, now, [...posts, ...answer(said)])
    return { said }
  }
  if (meant.name === '') refuse('请选择或填写一个支部。', 'Please choose or name a branch.')
  const committee = await homeOfNewBranch(db, actor)
  mayOrRefuse(actor, 'makeBranch', { unit: actor.unit, lineage: [committee] })
  const [[home]] = await lookUp(db, [committeeById(db, committee)])
  const said = boundTo(meant.name, home?.name, false)
  const make = { id: ctx.newId(), committee, name: meant.name, since: firstOfMonth(now) }
  await bindToBranch(db, chat.id, { make }, actor, now, answer(said, make.id))
  return { said, made: make.id }
}

/** A branch that was just made: under which committee, and the others that the maker might have meant. */
export const bound = view({
  name: 'bound',
  takes: z.object({ branch: id, viewer: id }),
  async show(db, { branch, viewer }) {
    const [[actor]] = await lookUp(db, [actorById(db, viewer)])
    return actor ? boundShown(db, branch, actor) : null
  },
})

async function boundShown(db: Db, branch: string, actor: Actor): Promise<Card | null> {
  const [[found], all] = await lookUp(db, [branchById(db, branch), committeesWithLineage(db, actor.unit)])
  if (!found) return null
  const home = all.find((one) => one.id === found.committee)
  const others = all.filter((one) => one !== home && may(actor, 'makeBranch', { unit: actor.unit, lineage: one.lineage }))
  return boundCard(boundTo(found.name, home?.name, false), branch, others)
}

const boundCard = (said: Text, branch: string, others: readonly { id: string; name: string }[]): Card =>
  others.length === 0
    ? sentence(said)
    : card(t('已绑定', 'Bound'), [
        lines(said),
        form(
          'under',
          [
            select(
              'committee',
              t('属于另一个党委', 'Under another committee'),
              fittingOptions(
                others.map(({ id, name }) => ({ label: t(name, name), value: id })),
                OFFERED_BYTES,
              ).slice(0, MOST_OFFERED),
              { required: true },
            ),
          ],
          { label: t('改换党委', 'Put it there'), value: putUnderPress.value({ branch }), type: 'default' },
        ),
      ])

export const putUnderPress = press({
  name: 'bind.under',
  rights: ['makeBranch'],
  sends: z.object({ branch: id }),
  fills: z.object({ committee: z.string().max(40).nullish() }),
  look: ({ db }, { branch }) => [statementOf(branchById(db, branch))] as const,
  async answer(ctx, { branch }, [[found]], filled) {
    const { actor, db, now } = memberOrRefuse(ctx)
    const it = foundOrRefuse(actor, 'makeBranch', found, placeOf)
    const [all] = await lookUp(db, [committeesWithLineage(db, actor.unit)])
    const to = all.find((one) => one.id === filled.committee)
    if (!to) refuse('请选择党委。', 'Please choose a committee.')
    mayOrRefuse(actor, 'makeBranch', { unit: actor.unit, lineage: to.lineage })
    await putUnder(db, it.id, to.id, actor, now)
    const said = t(`「${it.name}」现在属于${to.name}。`, `“${it.name}” is under ${to.name} now.`)
    return { toast: said, mood: 'success', card: (await boundShown(db, branch, actor)) ?? sentence(said) }
  },
})

/** An assessor's own committee, or the unit's top one. */
async function homeOfNewBranch(db: Db, actor: { unit: string; seats: readonly { committee: string | null }[] }): Promise<string> {
  const own = actor.seats.find(({ committee }) => committee !== null)?.committee
  const [[top]] = await lookUp(db, [topCommittee(db, actor.unit)])
  return (
    own ??
    top?.id ??
    refuse('单位还没有建立党委，请先由管理员认领。', 'The unit has no committee yet; an administrator must claim it first.')
  )
}

/** A branch that starts with us is asked for this month's duties already. */
const firstOfMonth = (now: Date) => `${day(now).slice(0, 7)}-01`

function boundTo(branch: string, committee: string | undefined, hasPeople: boolean): Text {
  const next = hasPeople
    ? t('今后支部的会议、签到和得分都发到这里。', 'Its meetings, check-ins and scores come here from now on.')
    : t(
        '接着把人加进名单：说「/名单」用表格，或「/成员 添加 @某人 正式 书记」；然后说「/会议 支委会 周五 15:00」。',
        'Next put its people on the roster: “/roster” for a spreadsheet, or “/member add @someone full secretary”; then say “/meeting committee Fri 3pm”.',
      )
  return both((l) => {
    const name = asWritten(branch)[l]
    const under = committee === undefined ? '' : asWritten(committee)[l]
    return l === 'zh'
      ? `本群已绑定到「${name}」${under && `（属于${under}）`}。${next.zh}`
      : `This chat now belongs to “${name}”${under && `, under ${under}`}. ${next.en}`
  })
}
