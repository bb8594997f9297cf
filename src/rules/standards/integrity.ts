import { t } from '../../text.ts'
import { type DeclaredStandard, gathered, own } from './standard.ts'

export const integrityStandards = [
  {
    id: 22,
    weight: 3,
    proof: 'S',
    name: t('党风党纪教育', 'Integrity education'),
    parts: [
      gathered(
        22,
        'quarter',
        t('党风党纪教育', 'Integrity education'),
        own(22, '经常开展，建议每季度至少一次', 'Often; once a quarter at least is advised'),
        [{ kind: 'integrity' }, { tag: 'integrity' }],
      ),
    ],
  },
  {
    id: 23,
    weight: 4,
    proof: 'A',
    name: t('廉政责任制、廉政承诺制', 'Integrity duty and pledge'),
    parts: [
      {
        id: '23.pledge',
        standard: 23,
        proof: 'attested',
        by: 'pledges',
        mustHold: true,
        cadence: 'year',
        dueIn: 1,
        mayPrecede: 'quarter',
        atLeast: 1,
        name: t('廉政承诺', 'Integrity pledge'),
        rule: own(23, '每年年初作出廉政承诺', 'An integrity pledge at the start of each year'),
      },
      {
        id: '23.check',
        standard: 23,
        proof: 'attested',
        by: 'pledges',
        cadence: 'half',
        atLeast: 1,
        name: t('廉政承诺检查', 'Integrity pledge checked'),
        rule: own(23, '建议每半年检查一次', 'A check each half-year is advised'),
      },
    ],
  },
] as const satisfies readonly DeclaredStandard[]
