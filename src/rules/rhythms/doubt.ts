import { type Text, t } from '../../text.ts'
import type { When } from '../time/when.ts'
import type { RhythmSaid } from './words.ts'

/** A doubt is asked back in the form, one at a time. */
export function doubtOf(said: RhythmSaid, { kind, group }: Record<'kind' | 'group', string | undefined>, when: When): Text | undefined {
  if (said.found === 'unclear') return said.why
  if (said.found === 'nothing')
    return t('还差多久一次，例如“每月第一个周五”。', 'How often is missing, as in “first Friday of each month”.')
  if (!kind) return t('请选择开什么会。', 'Please choose which meeting.')
  if (kind === 'group' && !group) return t('请选择哪个党小组。', 'Please choose which group.')
  if (when.found === 'time') return undefined
  if (when.found === 'unclear') return when.why
  return when.found === 'nothing'
    ? t('还差开会的时间，请在下面选。', 'The time of day is missing; please choose it below.')
    : t('还说了另外的日期，请看下面对不对。', 'Another date was said too; please check below.')
}
