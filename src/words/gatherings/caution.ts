import { labelled, type Text, t } from '../../text.ts'

/** A reason to look twice before a meeting is called or moved. It can be done all the same; `code` tells that somebody has seen it. */
export interface Caution {
  code: string
  says: Text
}

export const cautionLines = (cautions: readonly Pick<Caution, 'says'>[]): Text[] =>
  cautions.map(({ says }) => labelled(t('⚠', '⚠'), says, ' '))
