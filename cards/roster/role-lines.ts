import type { Holding, Office } from '../../db/roster/roles.ts'
import { fitting } from '../../src/card.ts'
import { literal, type Text, t } from '../../src/text.ts'

/** Of a committee and those below it; without one, of the whole unit. */
export interface Scope {
  committee: string | null
  committees: readonly { id: string; name: string }[]
  holdings: readonly Holding[]
}

export function roleLines({ committees, holdings }: Scope): Text[] {
  const names = (held: readonly Holding[], between: string) =>
    held
      .slice(0, MOST_NAMED)
      .map(({ name }) => literal(name))
      .join(between) + (held.length > MOST_NAMED ? ' …' : '')
  const admins = holdings.filter(({ role }) => role === 'admin')
  const each = committees.map(({ id, name }) => {
    const held = holdings.filter(({ committee }) => committee === id)
    return t(
      `**${literal(name)}** 考核人：${names(held, '、') || '还没有'}`,
      `**${literal(name)}** assessors: ${names(held, ', ') || 'none yet'}`,
    )
  })
  const shown = fitting(each.slice(0, MOST_COMMITTEES), ({ zh, en }) => zh + zh + en, LINES_BYTES, 0)
  const left = committees.length - shown.length
  return [
    ...shown,
    ...(left > 0 ? [t(`……另有 ${left} 个党委`, `… and ${left} more committees`)] : []),
    t(`**管理员** ${names(admins, '、') || '还没有'}`, `**Administrators** ${names(admins, ', ') || 'none yet'}`),
  ]
}

const MOST_COMMITTEES = 60

const LINES_BYTES = 10_000

const MOST_NAMED = 12

export const officeSaid = (office: Office, committeeName: string | null): Text =>
  office.role === 'admin'
    ? t('管理员', 'administrator')
    : t(`考核人 · ${literal(committeeName ?? '')}`, `assessor · ${literal(committeeName ?? '')}`)
