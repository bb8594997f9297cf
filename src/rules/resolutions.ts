import { type Text, t } from '../text.ts'

/** What is resolved. Admission to the Party, and conversion, are voted in secret (发展党员工作细则, art. 20 and 32 of the text of 2026). */
export const matters = ['ordinary', 'admission', 'conversion'] as const
export type Matter = (typeof matters)[number]

export const matterNames: Readonly<Record<Matter, Text>> = {
  ordinary: t('一般事项', 'An ordinary matter'),
  admission: t('接收预备党员', 'Admission of a probationer'),
  conversion: t('预备党员转正', 'Conversion of a probationer'),
}

export const isVotedInSecret = (matter: Matter): boolean => matter !== 'ordinary'
