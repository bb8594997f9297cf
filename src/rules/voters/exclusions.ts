import { type Text, t } from '../../text.ts'

/** The closed list of the central organisation department on elections: nobody leaves a voting base for any other reason. */
export const exclusionReasons = ['ill', 'bedridden', 'abroad', 'serving', 'elsewhere'] as const
export type ExclusionReason = (typeof exclusionReasons)[number]

export const exclusionReasonNames: Readonly<Record<ExclusionReason, Text>> = {
  ill: t('患病不能表达本人意志', 'Cannot express themself through illness'),
  bedridden: t('年老体弱卧床不起、生活不能自理', 'Bedridden, cannot look after themself'),
  abroad: t('自费出国半年以上', 'Abroad at own expense for half a year or more'),
  serving: t('正在服刑', 'Serving a sentence'),
  elsewhere: t('外出学习、工作或流动半年以上，关系未转出', 'Elsewhere for half a year or more, the relation not moved'),
}

/** The votes from whose base a person is left out. An ordinary resolution leaves nobody out. */
export const exclusionScopes = ['elections', 'admissions'] as const
export type ExclusionScope = (typeof exclusionScopes)[number]

export const exclusionScopeNames: Readonly<Record<ExclusionScope, Text>> = {
  elections: t('选举', 'elections'),
  admissions: t('接收和转正', 'admission and conversion'),
}
