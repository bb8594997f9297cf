import * as messages from '../../db/duties/messages.ts'
import { snooze } from '../../db/duties/quiet.ts'
import { memberOrRefuse } from '../../src/context.ts'
import { press } from '../../src/press.ts'
import { snoozedUntil } from '../../src/rules/duties/snooze.ts'
import { spokenMoment } from '../../src/spoken.ts'
import { t } from '../../src/text.ts'
import { view } from '../../src/view.ts'
import { digestLater } from './buttons.ts'

export const digest = view({
  message: messages.digest,
  show: async (db, { person }, now) => (await import('./drawn.ts')).digestFor(db, person, now),
})

export const digestLaterPress = press({
  button: digestLater,
  rights: ['quieten'],
  async answer(ctx, { until }) {
    const { actor, db, now } = memberOrRefuse(ctx)
    const at = snoozedUntil(until, now, actor.openId)
    await snooze(db, actor, at, now)
    const said = spokenMoment(at)
    return { toast: t(`好的，${said.zh}再提醒你。`, `All right, until ${said.en}.`), mood: 'success' }
  },
})
