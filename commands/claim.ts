import { createHash } from 'node:crypto'
import { say } from '../cards/home/say.ts'
import { unitByTenant } from '../db/branches/units.ts'
import { isConstraint, lookUp, statementOf, together } from '../db/client.ts'
import { claimCodeByHash } from '../db/roster/claim-codes.ts'
import { foundUnit, takeAdminSeat } from '../db/roster/found.ts'
import { day } from '../src/calendar.ts'
import { command } from '../src/command.ts'
import { type Context, reply } from '../src/context.ts'
import { refuse } from '../src/refusal.ts'
import { t } from '../src/text.ts'

/** The code as it is typed: letters, whatever the case, blanks and dashes. */
export const claimHash = (code: string) =>
  createHash('sha256')
    .update(code.toUpperCase().replace(/[^A-Z2-9]/g, ''))
    .digest('hex')

export const claim = command({
  name: 'claim',
  zh: '认领',
  part: 'begin',
  needsWords: true,
  also: [],
  summary: t('用启动日志里的认领码成为管理员', 'Become administrator with the code from the start-up log'),
  usage: t('/认领 ABCD-EFGH', '/claim ABCD-EFGH'),
  rights: ['claim'],
  async answer(ctx, rest) {
    const { db, tenantKey } = ctx
    const [[code], [unit]] = await lookUp(db, [statementOf(claimCodeByHash(db, claimHash(rest))), unitByTenant(db, { tenantKey })])
    if (!code) refuseCode(ctx.openId)

    if (ctx.actor?.seats.some(({ role }) => role === 'admin'))
      refuse('你已经是管理员了，不用再认领。', 'You are the administrator already.')

    const done = t(
      '你现在是管理员了。把我拉进支部的群，在群里 @我 说「/绑定 支部名称」。',
      'You are the administrator now. Add me to the branch’s group and say “/bind branch name” to me there.',
    )
    // The seat bears the code's hash, so that of two who say it at once only one sits down.
    const seat = `claim ${code.hash.slice(0, 24)}`
    await together(db, [...becomeAdmin(ctx, unit?.id ?? null, seat), statementOf(reply(ctx, say.args(done)))]).catch((error) => {
      if (isConstraint(error)) refuseCode(ctx.openId)
      throw error
    })
    return undefined
  },
})

function refuseCode(openId: string): never {
  return refuse(
    `认领码不对或已经用过。请把你的编号告诉部署的同事，写进 ADMINS 也可以：${openId}`,
    `That code is wrong or used. Whoever runs the bot can also put your id into ADMINS: ${openId}`,
  )
}

/** Somebody entitled becomes administrator: known people take the seat, strangers found the unit or join it. */
export const becomeAdmin = (ctx: Context, unit: string | null, seat = ctx.newId()) =>
  ctx.actor
    ? takeAdminSeat(ctx.db, ctx.actor, seat, ctx.now)
    : foundUnit(
        ctx.db,
        {
          unit: ctx.newId(),
          committee: ctx.newId(),
          member: ctx.newId(),
          seat,
          tenantKey: ctx.tenantKey,
          openId: ctx.openId,
          name: '管理员',
        },
        unit,
        ctx.now,
        day(ctx.now),
      )
