import * as z from 'zod'
import { type Actor, memberById } from '../../db/branches/members.ts'
import { committeesUnder } from '../../db/branches/units.ts'
import { type Db, lookUp, statementOf } from '../../db/client.ts'
import {
  candidateById,
  committeeById,
  committeesFromTop,
  grantOffice,
  holdingBySeat,
  holdingsOfUnit,
  type Office,
  peopleNamed,
  revokeOffice,
} from '../../db/roster/roles.ts'
import { day } from '../../src/calendar.ts'
import { button, type Card, card, type Element, fitting, lines, note, row } from '../../src/card.ts'
import { type KnownContext, mayOrRefuse, memberOrRefuse } from '../../src/context.ts'
import { form, input, OPTION_BYTES, select } from '../../src/form.ts'
import { id } from '../../src/id.ts'
import { type PressAnswer, press } from '../../src/press.ts'
import { refuse } from '../../src/refusal.ts'
import { may, type Place } from '../../src/rules/branches/rights.ts'
import { asWritten, literal, nameFrom, type Text, t } from '../../src/text.ts'
import { view } from '../../src/view.ts'
import { officeSaid, roleLines, type Scope } from './role-lines.ts'

const OFFERED_BYTES = 14_000

const parts = ['grant', 'revoke'] as const

type Part = (typeof parts)[number]

/** The assessors and administrators, and forms to grant and revoke for people who may. */
export function rolesCard(scope: Scope, viewer: Actor, part?: Part): Card {
  return card(t('授权', 'Roles'), [
    lines(...roleLines(scope)),
    ...(part === 'grant' ? grantForm(scope, viewer) : part === 'revoke' ? revokeForm(scope, viewer) : []),
    part
      ? button(t('收起', 'Back'), openRoles.value({ committee: scope.committee }), { type: 'text' })
      : row(
          button(t('授予', 'Grant'), openRoles.value({ committee: scope.committee, part: 'grant' }), { type: 'primary' }),
          button(t('收回', 'Revoke'), openRoles.value({ committee: scope.committee, part: 'revoke' })),
        ),
    part ? null : note(t('也可以在党委的群里说「/授权 考核人 @某人」。', 'Or say “/roles assessor @someone” in the committee’s chat.')),
  ])
}

const isAdmin = ({ seats }: Actor) => seats.some(({ role }) => role === 'admin')

const ADMIN = 'admin'

function grantForm({ committee, committees }: Scope, viewer: Actor): Element[] {
  const assessing = committees.map(({ id, name }) => ({ value: id, label: officeSaid({ role: 'assessor', committee: id }, name) }))
  const administering = isAdmin(viewer) ? [{ value: ADMIN, label: officeSaid({ role: 'admin', committee: null }, null) }] : []
  return [
    form(
      'find',
      [
        select('office', t('授予什么', 'Which role'), [...asManyAsFit(assessing), ...administering], { required: true }),
        input('name', t('姓名，可只写一部分', 'Name, or part of it'), { most: 30 }),
      ],
      { label: t('查找', 'Find'), value: findForRole.value({ committee }) },
    ),
  ]
}

function revokeForm(scope: Scope, viewer: Actor): Element[] {
  const held = scope.holdings.filter(({ role, committee }) =>
    role === 'admin' ? isAdmin(viewer) : scope.committees.some((one) => one.id === committee),
  )
  const options = held.map((one) => {
    const office = officeSaid(one, one.committeeName)
    return { value: one.seat, label: t(`${literal(one.name)}：${office.zh}`, `${literal(one.name)}: ${office.en}`) }
  })
  if (options.length === 0) return [lines(t('没有可以收回的。', 'There is nothing to revoke.'))]
  return [
    form('revoke', [select('seat', t('收回谁的授权', 'Whose role'), asManyAsFit(options), { required: true })], {
      label: t('收回', 'Revoke'),
      value: revokeRole.value({ committee: scope.committee }),
    }),
    note(t('本人会收到私聊，下一次按按钮就按新的权限。', 'They are told by direct message; it holds from their next press.')),
  ]
}

const asManyAsFit = <O extends { label: Text }>(options: readonly O[]) =>
  fitting(options.slice(0, 100), ({ label: { zh, en } }) => zh + zh + en, OFFERED_BYTES, OPTION_BYTES)

type Found = Awaited<ReturnType<typeof peopleNamed>>

function foundCard(scope: Scope, office: Office, officeName: Text, found: Found): Card {
  const label = ({ name, branchName }: Found[number]) => asWritten(branchName ? `${name}（${branchName}）` : name)
  return card(t('授权', 'Roles'), [
    lines(t(`授予：**${officeName.zh}**`, `To grant: **${officeName.en}**`)),
    found.length === 0
      ? lines(
          t(
            '没有找到这个人；不在任何名单上的，可以在党委的群里说「/授权 考核人 @某人」。',
            'Nobody of that name is known; for somebody on no roster say “/roles assessor @someone” in the committee’s chat.',
          ),
        )
      : form(
          'grant',
          [
            select('person', t('授予谁', 'To whom'), asManyAsFit(found.map((one) => ({ value: one.id, label: label(one) }))), {
              required: true,
            }),
          ],
          {
            label: t('授予', 'Grant'),
            value: grantRole.value({ scope: scope.committee, ...office }),
          },
        ),
    button(t('重新查找', 'Search again'), openRoles.value({ committee: scope.committee, part: 'grant' }), { type: 'text' }),
  ])
}

const nullableId = id.nullable()

export const roles = view({
  name: 'roles',
  takes: z.object({ unit: id, committee: nullableId, viewer: id }),
  async show(db, { unit, committee, viewer }) {
    const [[actor]] = await lookUp(db, [memberById(db, unit, viewer)])
    return actor ? rolesCard(await scopeOf(db, unit, committee), actor) : null
  },
})

async function scopeOf(db: Db, unit: string, committee: string | null): Promise<Scope> {
  const [committees, holdings] = await lookUp(db, [
    committee ? statementOf(committeesUnder(db, committee)) : statementOf(committeesFromTop(db, unit)),
    statementOf(holdingsOfUnit(db, unit)),
  ])
  return { committee, committees, holdings }
}

/** The committee's place; null stands for the whole unit, which only an administrator covers. */
async function placeOfCommittee({ db, actor }: KnownContext, committee: string | null): Promise<Place> {
  if (committee === null) return { unit: actor.unit, lineage: [] }
  const [[found]] = await lookUp(db, [committeeById(db, committee)])
  return found ? { unit: found.unit, lineage: found.lineage } : { unit: '' }
}

export async function mayGrantOffice(here: KnownContext, { role, committee }: Office) {
  if (role === 'admin') mayOrRefuse(here.actor, 'grantAdmin', { unit: here.actor.unit })
  else mayOrRefuse(here.actor, 'grantAssessor', await placeOfCommittee(here, committee))
}

/** The scope that a returned card may show its presser. */
async function scopeFor(here: KnownContext, committee: string | null): Promise<Scope> {
  mayOrRefuse(here.actor, 'grantAssessor', await placeOfCommittee(here, committee))
  return scopeOf(here.db, here.actor.unit, committee)
}

const answered = async (here: KnownContext, toast: Text, committee: string | null, mood: PressAnswer['mood'] = 'success') => {
  const place = await placeOfCommittee(here, committee)
  const shown = may(here.actor, 'grantAssessor', place)
    ? { card: rolesCard(await scopeOf(here.db, here.actor.unit, committee), here.actor) }
    : {}
  return { toast, mood, ...shown }
}

export const openRoles = press({
  name: 'roles.open',
  rights: ['grantAssessor'],
  sends: z.object({ committee: nullableId, part: z.enum(parts).optional() }),
  async answer(ctx, { committee, part }) {
    const here = memberOrRefuse(ctx)
    return { toast: t('请看卡片。', 'See the card.'), mood: 'info', card: rolesCard(await scopeFor(here, committee), here.actor, part) }
  },
})

const MOST_FOUND = 60

export const findForRole = press({
  name: 'roles.find',
  rights: ['grantAssessor', 'grantAdmin'],
  sends: z.object({ committee: nullableId }),
  fills: z.object({ office: z.string().max(40).nullish(), name: z.string().max(200).nullish() }),
  async answer(ctx, { committee }, _seen, filled) {
    const here = memberOrRefuse(ctx)
    const scope = await scopeFor(here, committee)
    const chosen = scope.committees.find(({ id }) => id === filled.office)
    if (!chosen && filled.office !== ADMIN) refuse('请选择授予什么。', 'Please choose which role.')
    const office: Office = chosen ? { role: 'assessor', committee: chosen.id } : { role: 'admin', committee: null }
    await mayGrantOffice(here, office)
    const [found] = await lookUp(here.db, [peopleNamed(here.db, here.actor.unit, nameFrom(filled.name ?? '', 30), MOST_FOUND)])
    return {
      toast: t('请选人。', 'Please choose.'),
      mood: 'info',
      card: foundCard(scope, office, officeSaid(office, chosen?.name ?? null), found),
    }
  },
})

export const grantRole = press({
  name: 'roles.grant',
  rights: ['grantAssessor', 'grantAdmin'],
  sends: z.object({ scope: nullableId, role: z.enum(['assessor', 'admin']), committee: nullableId }),
  fills: z.object({ person: z.string().max(40).nullish() }),
  async answer(ctx, { scope, role, committee }, _seen, filled) {
    const here = memberOrRefuse(ctx)
    const { actor, db, now, newId } = here
    const office: Office = { role, committee: role === 'admin' ? null : committee }
    if (role === 'assessor' && !committee) refuse('请选择授予什么。', 'Please choose which role.')
    await mayGrantOffice(here, office)
    const [[person]] = await lookUp(db, [candidateById(db, actor.unit, filled.person ?? '')])
    if (!person) refuse('请先选一个人。', 'Please choose a person first.')
    await grantOffice(db, { ...person, isNew: false }, office, { id: newId(), actor, now, today: day(now) })
    return answered(here, t(`已授予${person.name}。`, `Granted to ${person.name}.`), scope)
  },
})

export const revokeRole = press({
  name: 'roles.revoke',
  rights: ['grantAssessor', 'grantAdmin'],
  sends: z.object({ committee: nullableId }),
  fills: z.object({ seat: z.string().max(120).nullish() }),
  async answer(ctx, { committee }, _seen, filled) {
    const here = memberOrRefuse(ctx)
    const { actor, db, now } = here
    await scopeFor(here, committee)
    if (!filled.seat) refuse('请选择收回谁的授权。', 'Please choose whose role.')
    const [[held]] = await lookUp(db, [holdingBySeat(db, actor.unit, filled.seat)])
    if (!held) return answered(here, t('这项授权已经收回了。', 'That role is revoked already.'), committee, 'info')
    await mayGrantOffice(here, held)
    await revokeOffice(db, held, actor, now)
    return answered(here, t(`已收回${held.name}的授权。`, `${held.name}’s role is revoked.`), committee)
  },
})
