import { t } from '../../text.ts'
import { type DeclaredStandard, gathered, own } from './standard.ts'

export const leagueStandards = [
  {
    id: 27,
    weight: 2,
    proof: 'S',
    name: t('工会、共青团工作', 'Union and youth league'),
    parts: [
      gathered(
        27,
        'half',
        t('听取工会、共青团工作', 'Union and youth league heard'),
        own(27, '定期听取，建议每半年至少一次', 'Regularly; once a half-year at least is advised'),
        [{ tag: 'unionAndLeague' }],
      ),
    ],
  },
  {
    id: 28,
    weight: 2,
    proof: 'A',
    name: t('创新创效、合理化建议', 'Suggestions and innovation'),
    parts: [
      {
        id: '28.suggestions',
        standard: 28,
        proof: 'attested',
        by: 'voices',
        credits: [{ tag: 'suggestions', among: ['committee', 'general'] }],
        cadence: 'quarter',
        atLeast: 1,
        name: t('合理化建议有答复', 'Suggestions answered'),
        rule: own(
          28,
          '收到的建议都按期答复；没有收到的季度，支委会或党员大会研究一次合理化建议',
          'Every suggestion is answered by its day; in a quarter without any, a committee or general meeting has them on its agenda once',
        ),
      },
    ],
  },
] as const satisfies readonly DeclaredStandard[]
