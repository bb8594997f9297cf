import { type Text, t } from '../../text.ts'
import type { SeatRole } from '../branches/rights.ts'

export type Stage = 'applicant' | 'activist' | 'prospect' | 'probationer' | 'full'
export const dateFields = ['appliedOn', 'activistOn', 'prospectOn', 'probationerOn', 'fullOn'] as const
export type DateField = (typeof dateFields)[number]

export const stageNames: Record<Stage, Text> = {
  full: t('正式党员', 'full member'),
  probationer: t('预备党员', 'probationer'),
  prospect: t('发展对象', 'prospect'),
  activist: t('积极分子', 'activist'),
  applicant: t('申请人', 'applicant'),
}

export const seatNames: Partial<Record<SeatRole, Text>> = {
  secretary: t('书记', 'secretary'),
  deputy: t('副书记', 'deputy secretary'),
  organisation: t('组织委员', 'organisation member'),
  publicity: t('宣传委员', 'publicity member'),
  discipline: t('纪检委员', 'discipline member'),
  committeeMember: t('委员', 'committee member'),
  leader: t('党小组长', 'group leader'),
}

export const dateNames: Record<DateField, Text> = {
  appliedOn: t('申请日期', 'date of application'),
  activistOn: t('积极分子日期', 'date as activist'),
  prospectOn: t('发展对象日期', 'date as prospect'),
  probationerOn: t('入党日期', 'date of joining'),
  fullOn: t('转正日期', 'date of conversion'),
}
