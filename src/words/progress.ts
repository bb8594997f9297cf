import type { Progress } from '../rules/duties/progress.ts'
import { type Text, t } from '../text.ts'

/** In the order in which a branch reads them. */
export const progressNames: readonly (readonly [keyof Progress, Text])[] = [
  ['done', t('已完成', 'Done')],
  ['waiting', t('待确认', 'Waiting')],
  ['owed', t('还欠', 'Owed')],
  ['missed', t('未完成', 'Missed')],
]

/** Figures that compare with nobody. */
export const progressFigures = (progress: Progress): { figure: string; of: Text }[] =>
  progressNames.map(([key, of]) => ({ figure: String(progress[key]), of }))
