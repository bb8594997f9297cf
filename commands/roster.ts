import { say } from '../cards/home/say.ts'
import { rosterGuide, rosterTemplate } from '../cards/roster/roster.ts'
import { type Branch, branchById } from '../db/branches/units.ts'
import { lookUp, together } from '../db/client.ts'
import { enqueue } from '../db/ledgers/outbox.ts'
import { askedFor, rememberAsk } from '../db/roster/asks.ts'
import { keepFile } from '../db/roster/received-files.ts'
import { branchHere } from '../src/chats/whereabouts.ts'
import { type Answer, command } from '../src/command.ts'
import { type Context, type KnownContext, mayOrRefuse, memberOrRefuse, placeOf, reply } from '../src/context.ts'
import { Refusal, refuse } from '../src/refusal.ts'
import { may } from '../src/rules/branches/rights.ts'
import { t } from '../src/text.ts'

export const roster = command({
  name: 'roster',
  zh: '名单',
  part: 'branch',
  also: ['花名册', '导入名单'],
  summary: t('用表格导入或更新支部名单', 'Import or update the branch’s roster from a spreadsheet'),
  usage: t('/名单', '/roster'),
  rights: ['importRoster'],
  async answer(ctx) {
    const here = memberOrRefuse(ctx)
    const branch = await branchHere(here)
    mayOrRefuse(here.actor, 'importRoster', placeOf(branch))
    const { db, chat, openId, eventId, now } = here
    // A file cannot mention the bot in a group, hence all of this happens in the direct chat.
    const to = chat.isGroup || chat.id === '' ? { person: openId } : { chat: chat.id }
    const inDirectChat = { to, dueAt: now, lane: 'answer' as const }
    await together(db, [
      rememberAsk(db, openId, branch.id, now),
      enqueue(db, { occasion: `template ${eventId}`, ...rosterTemplate.args({ branch: branch.id }), ...inDirectChat }),
      enqueue(db, { occasion: `guide ${eventId}`, ...rosterGuide.args({ branch: branch.id }), ...inDirectChat }),
      ...(chat.isGroup
        ? [
            reply(
              here,
              say.args(t('模板已私聊发给你，填好后也请私聊发给我。', 'The template is in our direct chat; please send it back there.')),
            ),
          ]
        : []),
    ])
    return undefined
  },
})

/** A file sent without words is a list. It is only noted here, since reading takes longer than the platform waits. */
export async function receiveRoster(ctx: Context, { key, name }: { key: string; name: string }): Promise<Answer> {
  if (ctx.chat.isGroup || !('reply' in ctx.answerTo)) return undefined
  const here = memberOrRefuse(ctx)
  await refuseOtherKinds(name)
  const branch = await rosterMeant(here)
  const { db, actor, chat, now } = here
  await together(db, [
    keepFile(db, {
      messageId: ctx.answerTo.reply,
      fileKey: key,
      name: name.replaceAll('\t', ' ').slice(0, 200),
      branch: branch?.id ?? null,
      by: actor.id,
      chatId: chat.id,
      at: now,
    }),
  ])
  return undefined
}

/** Finds the branch of a roster. It is null where a person above may have sent another kind of list: only reading it tells. */
async function rosterMeant(here: KnownContext): Promise<Branch | null> {
  const sitsAbove = here.actor.seats.some(({ role }) => role === 'assessor' || role === 'admin')
  const branch = await branchMeant(here).catch((error) => {
    if (sitsAbove && error instanceof Refusal) return null
    throw error
  })
  if (branch && may(here.actor, 'importRoster', placeOf(branch))) return branch
  if (branch && !sitsAbove) mayOrRefuse(here.actor, 'importRoster', placeOf(branch))
  return null
}

async function branchMeant(here: KnownContext): Promise<Branch> {
  const [[asked]] = await lookUp(here.db, [askedFor(here.db, here.openId, here.now)])
  const [[branch]] = asked ? await lookUp(here.db, [branchById(here.db, asked.branch)]) : [[]]
  return branch ?? branchHere(here)
}

async function refuseOtherKinds(name: string): Promise<void> {
  if (/\.(xlsx|csv|txt)$/i.test(name)) return
  const { refuseByName } = await import('../src/spreadsheet/other-kinds.ts')
  refuseByName(name)
  refuse(
    '文件里我只读支部名单：请发 .xlsx 或 .csv，说「/名单」可以拿到模板。',
    'Of files I only read rosters: please send .xlsx or .csv; say “/roster” for a template.',
  )
}
