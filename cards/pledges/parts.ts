import type { Element } from '../../src/card.ts'
import { input } from '../../src/form.ts'
import { LONGEST_POINT, MOST_POINTS } from '../../src/rules/pledges/points.ts'
import { t } from '../../src/text.ts'

const names = ['p1', 'p2', 'p3', 'p4', 'p5'] as const

/** One line a point; the first is enough. */
export const pointFields = (points: readonly string[]): Element[] =>
  names.slice(0, MOST_POINTS).map((name, nth) =>
    input(
      name,
      nth === 0
        ? t(`第 1 条（${LONGEST_POINT} 字以内）`, `Point 1 (at most ${LONGEST_POINT} characters)`)
        : t(`第 ${nth + 1} 条（可不填）`, `Point ${nth + 1} (may stay empty)`),
      {
        ...(points[nth] ? { value: points[nth] } : {}),
        required: nth === 0,
        // A point that is too long is answered with its count, so that nobody loses what was typed.
        most: 200,
        hint:
          nth === 0
            ? t('比如：6 月底前带教 2 名新员工', 'For example: train two new colleagues by the end of June')
            : t('选填', 'Optional'),
      },
    ),
  )

export const pointsIn = (filled: Partial<Record<(typeof names)[number], string | null | undefined>>) => names.map((name) => filled[name])
