import { type Text, t } from '../../text.ts'
import type { PartId } from '../standards/standards.ts'

/** The subjects of short records. Each topic is gathered for a standard that people judge. */
export const topics = ['culture', 'workNetwork', 'talents', 'unionAndLeague', 'quality', 'production', 'safety', 'cost'] as const
export type Topic = (typeof topics)[number]

export const topicNames: Readonly<Record<Topic, Text>> = {
  culture: t('文化', 'Culture'),
  workNetwork: t('思想政治工作网络', 'Work network'),
  talents: t('人才', 'Talents'),
  unionAndLeague: t('工会共青团', 'Union and league'),
  quality: t('素质工程', 'Quality project'),
  production: t('生产科研', 'Production'),
  safety: t('安全', 'Safety'),
  cost: t('降本增效', 'Cost'),
}

export const partOfTopic: Readonly<Record<Topic, PartId>> = {
  culture: '16.judged',
  workNetwork: '18.judged',
  talents: '19.judged',
  unionAndLeague: '27.judged',
  quality: '11.judged',
  production: '1.judged',
  safety: '3.judged',
  cost: '2.judged',
}

export const LONGEST_RECORD = 80

/** A record is of what happened lately: older events were for the agenda of their time. */
export const RECORD_DAYS = 92
