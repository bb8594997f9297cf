import { type Text, t } from '../../text.ts'

/** The kinds of decision by which a full member has no vote for a time. The bot records the kind and never the case. */
export const suspensionKinds = ['probation', 'detained', 'decided'] as const
export type SuspensionKind = (typeof suspensionKinds)[number]

export const suspensionKindNames: Readonly<Record<SuspensionKind, Text>> = {
  probation: t('留党察看期间', 'On probation within the Party'),
  detained: t('被依法留置、逮捕，中止党员权利', 'Detained or arrested, rights suspended'),
  decided: t('上级决定中止', 'Suspended by decision of the committee above'),
}
