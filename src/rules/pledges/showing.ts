import { type Text, t } from '../../text.ts'

/** How far a person lets name, seat, area and pledge be shown, the narrowest first. */
export const showingScopes = ['branch', 'unit', 'public'] as const
export type ShowingScope = (typeof showingScopes)[number]

export const scopeNames: Readonly<Record<ShowingScope, Text>> = {
  branch: t('仅本支部', 'this branch only'),
  unit: t('单位内网页', 'a page within the unit'),
  public: t('公开展板', 'the public board'),
}

/** The boards that have a page. The cards in the branch’s own chat show everybody who said yes at all. */
export const boardScopes = ['unit', 'public'] as const
export type BoardScope = (typeof boardScopes)[number]

/** The consents that a board obeys: whoever agreed to more is also shown where less is asked. */
export const shownOn = (board: ShowingScope): readonly ShowingScope[] => showingScopes.slice(showingScopes.indexOf(board))

export const MOST_AREA_NAME = 30
export const MOST_PLACE = 60
export const MOST_LINE = 40
export const MOST_CHECK_NOTE = 200
/** A notice longer than a season is a poster. */
export const LONGEST_LINE_DAYS = 92
/** A page bears so many people, on a screen and on a card. */
export const PEOPLE_A_SLIDE = 8
export const PEOPLE_A_SHEET = 9
/** A card on which names stand is emptied before Feishu stops letting us change it. */
export const BOARD_CARD_DAYS = 12
