import * as messages from '../../db/ledgers/messages.ts'
import { sentence } from '../../src/card.ts'
import { t } from '../../src/text.ts'
import { view } from '../../src/view.ts'

/** Replaces a card that would soon answer no more, once it has been sent anew. */
export const renewed = view({
  message: messages.renewed,
  show: async () =>
    sentence(t('这张卡片已重新发出，请用下面最新的一张。', 'This card has been sent again; please use the latest one below.')),
})
