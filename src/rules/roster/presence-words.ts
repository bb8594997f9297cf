import { isNothing } from './cell-words.ts'
import type { Column } from './roster-columns.ts'

/** Words about somebody who is no longer of the branch. */
export const hasLeft =
  /^(已|拟)?(转出|调出|调离|调走|离职|离校|去世|病故|死亡|逝世|出党|退党|脱党|除名|开除|停止党籍|失联|组织关系(已)?转出|毕业转出|deceased|transferred out)([(（,，。].*)?$/i

/** Undefined where nothing is said, null where it is not understood. */
export function awayIn(text: string, column: Column | undefined): boolean | undefined | null {
  if (text === '' || isNothing(text)) return undefined
  const isAboutAbsence = column?.isAboutAbsence ?? false
  if (/^(是|y|yes|true|1|√)$/i.test(text)) return isAboutAbsence
  if (/^(否|n|no|false|0|×)$/i.test(text)) return !isAboutAbsence
  if (/^(在|在位|在岗|在职|在校|在册|在籍|在读|正常|本地|退休|离退休|在职在岗|in place|active)$/i.test(text)) return false
  const plain = text.replace(/[、,， ]/g, '') || text
  if (
    /^(不在|不在位|不在岗|外出|流动|流出|外出流动|流动党员|外出党员|人不在|关系在人不在|借调|挂职|出国|出国境|出国\(境\)|away)$/i.test(
      plain,
    )
  )
    return true
  // A column that only may be about presence is left alone where it speaks of something else.
  return column?.isProvedByValues ? undefined : null
}
