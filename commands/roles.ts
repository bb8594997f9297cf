import { inDirectChat, say } from '../cards/home/say.ts'
import { mayGrantOffice, roles as rolesCard } from '../cards/roster/roles.ts'
import { topCommittee } from '../db/branches/units.ts'
import { lookUp, type Statement, statementOf } from '../db/client.ts'
import { grantOffice, holdingsOfUnit, type Office, revokeOffice } from '../db/roster/roles.ts'
import { personInUnit } from '../db/roster/roster.ts'
import { day } from '../src/calendar.ts'
import { command } from '../src/command.ts'
import { type KnownContext, memberOrRefuse, reply } from '../src/context.ts'
import { refuse } from '../src/refusal.ts'
import { literal, nameFrom, type Text, t } from '../src/text.ts'

const usage = t('/授权 考核人 @李华', '/roles assessor @LiHua')

export const roles = command({
  name: 'roles',
  zh: '授权',
  part: 'above',
  also: ['权限', '管理员'],
  summary: t('党委考核人和管理员：看是谁，授予，收回', 'Assessors and administrators: who they are, grant, revoke'),
  usage,
  rights: ['grantAssessor', 'grantAdmin'],
  async answer(ctx, rest) {
    const here = memberOrRefuse(ctx)
    const committee = committeeMeant(here)
    const words = rest
      .replace(/@_user_\d+/g, ' ')
      .trim()
      .split(/\s+/)
      .filter(Boolean)
    if (words.length === 0 && here.mentions.length === 0) {
      await mayGrantOffice(here, { role: 'assessor', committee })
      const shown = rolesCard.args({ unit: here.actor.unit, committee, viewer: here.actor.id })
      return here.chat.isGroup ? inDirectChat(here, shown) : shown
    }
    return change(here, committee, words)
  },
})

/** The committee whose chat it is. In a direct chat, the assessor's own; for an administrator, the whole unit. */
function committeeMeant({ chat, actor }: KnownContext): string | null {
  if (chat.bound?.committee) return chat.bound.committee
  if (chat.isGroup) refuse('请在党委的群里说，或者私聊我。', 'Please say it in the committee’s chat, or to me directly.')
  if (actor.seats.some(({ role }) => role === 'admin')) return null
  return actor.seats.find(({ role }) => role === 'assessor')?.committee ?? null
}

async function change(here: KnownContext, committee: string | null, words: readonly string[]) {
  const isRevoking = words.some((word) => /^(收回|取消|撤销|revoke|remove)$/i.test(word))
  const isAdmin = words.some((word) => /^(管理员|admin|administrator)$/i.test(word))
  const isAssessor = words.some((word) => /^(考核人|党委考核人|assessor)$/i.test(word))
  const [person, another] = new Map(here.mentions.map((one) => [one.openId, one])).values()
  if (!person || another || isAdmin === isAssessor)
    refuse(`请说授予什么、给哪一位，例如：${usage.zh}`, `Please say which role and for which one person, for example: ${usage.en}`)
  const office: Office = isAdmin ? { role: 'admin', committee: null } : { role: 'assessor', committee: committee ?? (await top(here)) }
  await mayGrantOffice(here, office)
  if (isRevoking) await revoke(here, person.openId, office)
  else await grant(here, person, office)
  return undefined
}

async function top({ db, actor }: KnownContext): Promise<string> {
  const [[found]] = await lookUp(db, [topCommittee(db, actor.unit)])
  return found?.id ?? refuse('单位还没有建立党委。', 'The unit has no committee yet.')
}

async function grant(here: KnownContext, { openId, name }: KnownContext['mentions'][number], office: Office) {
  const { db, actor, now, newId } = here
  const [[found]] = await lookUp(db, [personInUnit(db, actor.unit, openId)])
  const person = found ? { id: found.id, name: found.name } : { id: newId(), name: nameFrom(name, 30) || '未具名' }
  await grantOffice(db, { ...person, openId, isNew: !found }, office, {
    id: newId(),
    actor,
    now,
    today: day(now),
    causes: [said(here, t(`已授予${literal(person.name)}。`, `Granted to ${literal(person.name)}.`))],
  })
}

async function revoke(here: KnownContext, openId: string, { role, committee }: Office) {
  const [all] = await lookUp(here.db, [holdingsOfUnit(here.db, here.actor.unit)])
  const held = all.find((one) => one.openId === openId && one.role === role && one.committee === committee)
  if (!held) refuse('这个人没有这项授权，不用收回。', 'They do not hold that role; there is nothing to revoke.')
  const done = t(`已收回${literal(held.name)}的授权。`, `${literal(held.name)}’s role is revoked.`)
  await revokeOffice(here.db, held, here.actor, here.now, [said(here, done)])
}

const said = (here: KnownContext, text: Text): Statement => statementOf(reply(here, say.args(text)))
